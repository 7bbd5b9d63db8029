//! Periods of a timeline as ends that `from` and `to` take, and as labels.

use jiff::civil::{Date, ISOWeekDate, Weekday};

/// Returns the first and the last day, month or year of a period as a timeline names it.
pub(crate) fn ends(period: &str) -> Option<[String; 2]> {
    if let Some((year, week)) = period.split_once("-W") {
        let monday =
            ISOWeekDate::new(year.parse().ok()?, week.parse().ok()?, Weekday::Monday).ok()?;
        let monday: Date = monday.date();
        let sunday = monday.checked_add(jiff::Span::new().days(6)).ok()?;
        return Some([monday.to_string(), sunday.to_string()]);
    }
    if let Some((year, quarter)) = period.split_once("-Q") {
        let last = quarter.parse::<u8>().ok()?.checked_mul(3)?;
        let first = last.checked_sub(2)?;
        return Some([format!("{year}-{first:02}"), format!("{year}-{last:02}")]);
    }
    Some([period.to_owned(), period.to_owned()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_a_period_are_dates() {
        for (period, from, to) in [
            ("2025", "2025", "2025"),
            ("2025-Q4", "2025-10", "2025-12"),
            ("2025-12", "2025-12", "2025-12"),
            ("2025-W52", "2025-12-22", "2025-12-28"),
            ("2026-W01", "2025-12-29", "2026-01-04"),
            ("2025-12-28", "2025-12-28", "2025-12-28"),
        ] {
            let found = ends(period);
            assert_eq!(found, Some([from.to_owned(), to.to_owned()]), "{period}");
        }
        assert_eq!(ends("2025-W99"), None);
    }
}
