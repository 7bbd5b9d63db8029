//! Dates of other systems as dates of ours.

/// A number above this is a day, not a month.
const MONTHS: u32 = 12;

/// Returns a date as we write it, and whether it could be read in another way: `20260318`, `2026-03-18T10:00`,
/// `3/18/2026` and, where the first number can be no month, `18/3/2026`. What it is not stays as it stands.
pub(super) fn ours(text: &str) -> (String, bool) {
    let text = text.trim();
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
        return (
            format!("{}-{}-{}", part(0, 4), part(4, 6), part(6, 8)),
            false,
        );
    }
    let mut numbers = text.split('/');
    if let (Some(first), Some(second), Some(year), None) = (
        numbers.next(),
        numbers.next(),
        numbers.next(),
        numbers.next(),
    ) && let (Ok(first), Ok(second)) = (first.parse::<u32>(), second.parse::<u32>())
    {
        let (month, day) = if first > MONTHS {
            (second, first)
        } else {
            (first, second)
        };
        let is_doubtful = first <= MONTHS && second <= MONTHS && first != second;
        let century = if year.len() == 2 { "20" } else { "" };
        return (format!("{century}{year}-{month:02}-{day:02}"), is_doubtful);
    }
    let day = text.split_once('T').map_or(text, |(day, _)| day);
    (day.to_owned(), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_in_our_way() {
        for (text, expected) in [
            ("20260318", ("2026-03-18", false)),
            ("2026-03-18T10:00:00Z", ("2026-03-18", false)),
            ("3/18/2026", ("2026-03-18", false)),
            ("18/3/2026", ("2026-03-18", false)),
            ("3/4/2026", ("2026-03-04", true)),
            ("4/4/26", ("2026-04-04", false)),
            ("2026", ("2026", false)),
            ("учора", ("учора", false)),
        ] {
            assert_eq!(ours(text), (expected.0.to_owned(), expected.1), "{text}");
        }
    }
}
