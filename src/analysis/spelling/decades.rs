//! Decades, which are written with the century or without it: `1990-ті`, `90-х`.

/// The endings of a decade: those of a plural, Ukrainian and Russian.
const ENDINGS: [&str; 13] = [
    "ті", "х", "их", "тих", "м", "им", "тим", "ми", "ими", "тими", "е", "ых", "ым",
];

/// Returns the other forms of the decade `form`; none where it is no decade of the twentieth
/// century. `00-ті` and `10-ті` are of this century first of all.
pub(crate) fn forms_of(form: &str) -> Vec<String> {
    let Some(number) = form
        .split_once('-')
        .filter(|(_, ending)| ENDINGS.contains(ending))
        .map(|(number, _)| number)
    else {
        return Vec::new();
    };
    let other = match number.as_bytes() {
        [b'2'..=b'9', b'0'] => format!("19{number}"),
        [b'1', b'9', b'2'..=b'9', b'0'] => number.chars().skip(2).collect(),
        _ => return Vec::new(),
    };
    let forms = ENDINGS.iter().map(|ending| format!("{other}-{ending}"));
    forms.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decade_has_the_forms_of_its_other_number() {
        let forms = forms_of("90-ті");
        assert!(forms.contains(&"1990-ті".to_owned()) && forms.contains(&"1990-х".to_owned()));
        assert!(forms_of("1990-х").contains(&"90-ті".to_owned()));
        for other in [
            "90",
            "90-й",
            "47-х",
            "1890-ті",
            "2020-ті",
            "1990",
            "10-х",
            "-ті",
            "",
        ] {
            assert!(forms_of(other).is_empty(), "{other}");
        }
    }
}
