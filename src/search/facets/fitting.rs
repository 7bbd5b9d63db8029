//! The length of the buckets of a timeline where the request leaves it open.

use crate::search::facets::FacetCounter;
use crate::search::facets::facet_fields::PeriodCounts;
use crate::search::request::{Buckets, Period};
use std::collections::BTreeSet;

/// The most buckets: a month has as many days.
const MOST_BUCKETS: usize = 31;
/// Of so many buckets at least one must have articles.
const BUCKETS_A_FILLED_ONE: usize = 2;
/// Of so many dated articles at most one may be known less exactly than the buckets.
const DATED_A_COARSE_ONE: u64 = 4;

/// All lengths, the shortest first.
const PERIODS: [Period; 5] = [
    Period::Day,
    Period::Week,
    Period::Month,
    Period::Quarter,
    Period::Year,
];

impl Buckets {
    /// Returns the length of a bucket, the same for all that was counted.
    pub(crate) fn period(self, counters: &[FacetCounter]) -> Period {
        match self {
            Self::Each(period) => period,
            Self::Fitting => {
                let mut periods = PERIODS.into_iter();
                let fits = |period: &Period| {
                    let counts = counters.iter().map(|counter| counter.by_period(*period));
                    fits(&counts.collect::<Vec<PeriodCounts>>(), dated(counters))
                };
                periods.find(fits).unwrap_or(Period::Year)
            }
        }
    }
}

fn dated(counters: &[FacetCounter]) -> u64 {
    counters.iter().map(FacetCounter::dated).sum()
}

/// Returns whether buckets are few, enough of them have articles, and few articles have none.
fn fits(counts: &[PeriodCounts], dated: u64) -> bool {
    let filled: BTreeSet<i64> = counts
        .iter()
        .flat_map(|counts| counts.counts.keys().copied())
        .collect();
    let (Some(first), Some(last)) = (filled.first(), filled.last()) else {
        return false;
    };
    let buckets = usize::try_from(last - first + 1).unwrap_or(usize::MAX);
    let counted = counts.iter().flat_map(|counts| counts.counts.values());
    let coarse = dated.saturating_sub(counted.sum());
    buckets <= MOST_BUCKETS
        && filled.len() * BUCKETS_A_FILLED_ONE >= buckets
        && coarse * DATED_A_COARSE_ONE <= dated
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::day_number;
    use crate::date::zone::Zone;
    use crate::search::request::FacetRequest;
    use jiff::civil::Date;

    fn chosen(days: &[(i16, i8, i8)], years: &[i16]) -> Period {
        let mut counter = FacetCounter::new(&FacetRequest::default(), &Zone::default(), true);
        for (year, month, day) in days {
            let day = day_number(Date::constant(*year, *month, *day));
            counter.count_period((day, day), 1);
        }
        for year in years {
            let first = Date::constant(*year, 1, 1);
            counter.count_period((day_number(first), day_number(first.last_of_year())), 1);
        }
        Buckets::Fitting.period(&[counter])
    }

    #[test]
    fn a_timeline_is_short_and_not_mostly_empty() {
        assert_eq!(chosen(&[(2025, 12, 1), (2025, 12, 2)], &[]), Period::Day);
        let four = [(2022, 3, 1), (2023, 1, 9), (2024, 7, 7), (2026, 2, 3)];
        assert_eq!(chosen(&four, &[]), Period::Year);
        assert_eq!(chosen(&[(2025, 12, 1), (2025, 12, 20)], &[]), Period::Week);
        let monthly: Vec<_> = (1..=12).map(|month| (2025, month, 3)).collect();
        assert_eq!(chosen(&monthly, &[]), Period::Month);
        let quarterly: Vec<_> = (2020..2026)
            .flat_map(|year| [1, 4, 7, 10].map(|month| (year, month, 3)))
            .collect();
        assert_eq!(chosen(&quarterly, &[]), Period::Quarter);
        assert_eq!(chosen(&[], &[]), Period::Year);
    }

    #[test]
    fn dates_known_to_the_year_are_counted_in_years() {
        assert_eq!(chosen(&[(2025, 12, 1)], &[2025, 2025]), Period::Year);
        let december: Vec<_> = (1..=9).map(|day| (2025, 12, day)).collect();
        assert_eq!(chosen(&december, &[2025]), Period::Day);
    }
}
