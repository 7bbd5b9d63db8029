//! The name of an author out of what exports put into its place.

use crate::markup::blocks;

/// Names of accounts that are no person.
const ACCOUNTS: &[&str] = &[
    "admin",
    "administrator",
    "root",
    "user",
    "editor",
    "webmaster",
    "wordpress",
    "null",
    "none",
    "адмін",
];

/// Returns the name, without an e-mail address beside it; an account and an address of a page are
/// no name.
pub(crate) fn name(text: &str) -> Option<String> {
    let name = blocks::one_line(text);
    let name = name
        .strip_prefix("Автор:")
        .or_else(|| name.strip_prefix("By "))
        .unwrap_or(&name)
        .trim();
    let name = without_address(name);
    let is_account = ACCOUNTS
        .iter()
        .any(|account| name.eq_ignore_ascii_case(account));
    let is_address = name.contains("://");
    (!name.is_empty() && !is_account && !is_address).then(|| name.to_owned())
}

/// `olia@visti.ua (Оля Гай)` and `Оля Гай <olia@visti.ua>` give the name.
fn without_address(text: &str) -> &str {
    let is_address = |text: &str| text.contains('@') && !text.trim().contains(' ');
    if let Some((before, name)) = text.strip_suffix(')').and_then(|text| text.split_once('('))
        && is_address(before)
        && !name.trim().is_empty()
    {
        return name.trim();
    }
    if let Some((name, inside)) = text.strip_suffix('>').and_then(|text| text.split_once('<'))
        && is_address(inside)
        && !name.trim().is_empty()
    {
        return name.trim().trim_matches('"');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_comes_without_what_stands_around_it() {
        for (text, expected) in [
            ("Оля  Гай ", Some("Оля Гай")),
            ("olia@visti.ua (Оля Гай)", Some("Оля Гай")),
            ("\"Оля Гай\" <olia@visti.ua>", Some("Оля Гай")),
            ("olia@visti.ua", Some("olia@visti.ua")),
            ("Оля Гай (Львів)", Some("Оля Гай (Львів)")),
            ("Автор: Оля Гай", Some("Оля Гай")),
            ("admin", None),
            ("https://facebook.com/visti", None),
            (" ", None),
        ] {
            assert_eq!(name(text).as_deref(), expected, "{text}");
        }
    }
}
