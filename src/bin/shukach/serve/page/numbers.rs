//! Numbers as people read them.

use shukach::locale::Locale;

/// Returns `count` with its thousands apart.
pub(crate) fn grouped(count: u64, locale: Locale) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + 4);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(locale.choose(',', '\u{a0}'));
        }
        text.push(digit);
    }
    text
}

/// Returns a share from 0 to 1 as a percentage.
pub(crate) fn percent(share: f64, locale: Locale) -> String {
    let percent = share * 100.0;
    let digits = usize::from(percent < 10.0 && percent > 0.0);
    let text = format!("{percent:.digits$}");
    match locale {
        Locale::English => format!("{text}%"),
        Locale::Ukrainian => format!("{}\u{a0}%", text.replace('.', ",")),
    }
}

/// Returns which part `count` is of `all`.
#[expect(clippy::cast_precision_loss, reason = "a percentage needs few digits")]
pub(crate) fn part(count: u64, all: u64) -> f64 {
    if all == 0 {
        return 0.0;
    }
    count as f64 / all as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_shares_are_short() {
        assert_eq!(grouped(1_234_567, Locale::English), "1,234,567");
        assert_eq!(grouped(1234, Locale::Ukrainian), "1\u{a0}234");
        assert_eq!(grouped(12, Locale::Ukrainian), "12");
        assert_eq!(percent(0.256, Locale::English), "26%");
        assert_eq!(percent(0.0256, Locale::Ukrainian), "2,6\u{a0}%");
        assert_eq!(percent(part(0, 0), Locale::English), "0%");
    }
}
