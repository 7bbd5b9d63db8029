//! Dates of other systems as dates of ours.

use super::super::notice::{Difference, Remark};

/// A number above this is a day, not a month.
const MONTHS: u32 = 12;
/// Times of day that say nothing beside a day.
const WHOLE_DAY: [&str; 2] = ["00:00", "23:59"];

/// Returns a date as we write it: `20260318`, `2026-03-18T10:00`, `3/18/2026` and, where the first number can be no month,
/// `18/3/2026`. What it is not stays as it stands. Adds to `remarks` where it could be read in another way, or where it was more
/// exact than a day.
pub(super) fn ours(text: &str, remarks: &mut Vec<Remark>) -> String {
    let text = text.trim();
    let mut differs = |how| {
        let text = text.to_owned();
        remarks.push(Remark::Differs { text, how });
    };
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
        return format!("{}-{}-{}", part(0, 4), part(4, 6), part(6, 8));
    }
    let numbers: Vec<&str> = text.split('/').collect();
    if let [first, second, year] = numbers.as_slice()
        && let (Ok(first), Ok(second)) = (first.parse::<u32>(), second.parse::<u32>())
    {
        let (month, day) = if first > MONTHS {
            (second, first)
        } else {
            (first, second)
        };
        if first <= MONTHS && second <= MONTHS && first != second {
            differs(Difference::MonthFirst);
        }
        let century = if year.len() == 2 { "20" } else { "" };
        return format!("{century}{year}-{month:02}-{day:02}");
    }
    match text.split_once('T') {
        Some((day, time)) => {
            if !WHOLE_DAY.iter().any(|whole| time.starts_with(whole)) {
                differs(Difference::TimeOfDay);
            }
            day.to_owned()
        }
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_in_our_way_and_doubts_are_told() {
        for (text, expected, code) in [
            ("20260318", "2026-03-18", None),
            ("2026-03-18T00:00:00Z", "2026-03-18", None),
            (
                "2026-03-18T10:00:00Z",
                "2026-03-18",
                Some(Difference::TimeOfDay),
            ),
            ("3/18/2026", "2026-03-18", None),
            ("18/3/2026", "2026-03-18", None),
            ("3/4/2026", "2026-03-04", Some(Difference::MonthFirst)),
            ("4/4/26", "2026-04-04", None),
            ("2026", "2026", None),
            ("учора", "учора", None),
        ] {
            let mut remarks = Vec::new();
            assert_eq!(ours(text, &mut remarks), expected, "{text}");
            let told = remarks.into_iter().map(|remark| match remark {
                Remark::Differs { how, .. } => how,
                other => panic!("{other:?}"),
            });
            assert_eq!(told.collect::<Vec<_>>(), Vec::from_iter(code), "{text}");
        }
    }
}
