//! The counts of an answer, beside those of a plain scan.

use crate::scan::{Pair, days_of, is_wanted};
use jiff::civil;
use proptest::prelude::*;
use shukach::Article;
use shukach::analysis::Language;
use shukach::query::field::Column;
use shukach::search::{CountsRequest, NamedQuery};
use shukach::search::{Facet, FacetField, FacetRequest, Period, SearchRequest, SearchResponse};
use std::collections::BTreeMap;

/// Checks the counts of one answer.
pub(crate) struct FacetCheck<'a> {
    pub(crate) pair: &'a Pair,
    pub(crate) request: &'a SearchRequest,
}

type Counts = BTreeMap<String, u64>;

fn name_of(period: Period, day: civil::Date) -> String {
    match period {
        Period::Year => day.strftime("%Y").to_string(),
        Period::Quarter => format!("{}-Q{}", day.year(), (day.month() - 1) / 3 + 1),
        Period::Month => day.strftime("%Y-%m").to_string(),
        Period::Week => day.strftime("%G-W%V").to_string(),
        Period::Day => day.strftime("%Y-%m-%d").to_string(),
    }
}

impl FacetCheck<'_> {
    /// Returns the values that an article has of a facet.
    fn values(&self, article: &Article, language: Language, field: FacetField) -> Vec<String> {
        match field {
            FacetField::Column(Column::Source) => article.source.iter().cloned().collect(),
            FacetField::Column(Column::Section) => article.section.iter().cloned().collect(),
            FacetField::Column(Column::Tag) => article.tags.clone(),
            FacetField::Column(Column::Lang) => vec![language.code().to_owned()],
            FacetField::Column(_) => Vec::new(),
            FacetField::Period(period) => days_of(article, &self.request.zone)
                .map(|(first, last)| (name_of(period, first), name_of(period, last)))
                .and_then(|(first, last)| (first == last).then_some(first))
                .into_iter()
                .collect(),
        }
    }

    /// Counts articles by a facet; those without a value under an empty name.
    fn naive(&self, articles: &[&Article], field: FacetField) -> Counts {
        let mut counts = Counts::new();
        for article in articles {
            let known = self
                .pair
                .articles()
                .find(|(known, _)| known.id == article.id);
            let language = known.map(|(_, language)| *language).unwrap();
            let values = self.values(article, language, field);
            if values.is_empty() {
                *counts.entry(String::new()).or_default() += 1;
            }
            for value in values {
                *counts.entry(value).or_default() += 1;
            }
        }
        counts
    }

    pub(crate) fn sources_and_timeline(
        &self,
        response: &SearchResponse,
        matching: &[&Article],
    ) -> Result<(), TestCaseError> {
        let facets = response.facets.as_ref().unwrap();
        let found = facets.source.iter().map(|s| (s.value.clone(), s.count));
        let mut expected = self.naive(matching, FacetField::Column(Column::Source));
        prop_assert_eq!(
            facets.without_source,
            expected.remove("").unwrap_or_default()
        );
        prop_assert_eq!(found.collect::<Counts>(), expected);
        let timeline = facets.timeline.as_ref().unwrap();
        let mut expected = self.naive(matching, FacetField::Period(Period::Month));
        prop_assert_eq!(timeline.undated, expected.remove("").unwrap_or_default());
        let found = timeline.buckets.iter().filter(|bucket| bucket.count > 0);
        let found = found.map(|bucket| (bucket.period.clone(), bucket.count));
        prop_assert_eq!(found.collect::<Counts>(), expected);
        Ok(())
    }

    pub(crate) fn facets(
        &self,
        response: &SearchResponse,
        matching: &[&Article],
    ) -> Result<(), TestCaseError> {
        let all: Vec<&Article> = self
            .pair
            .articles()
            .map(|(article, _)| article)
            .filter(|article| is_wanted(article, self.request))
            .collect();
        let fields = &self.request.facets.fields;
        let facets = &response.facets.as_ref().unwrap().fields;
        prop_assert_eq!(facets.len(), fields.len());
        for (facet, field) in facets.iter().zip(fields) {
            prop_assert_eq!(facet.name, field.name());
            let mut expected = self.naive(matching, *field);
            prop_assert_eq!(facet.without, expected.remove("").unwrap_or_default());
            let listed: u64 = facet.values.iter().map(|value| value.count).sum();
            prop_assert_eq!(listed + facet.other, expected.values().sum::<u64>());
            let all = self.naive(&all, *field);
            for value in &facet.values {
                let count = expected.remove(&value.value).unwrap_or_default();
                prop_assert_eq!(value.count, count, "{}", &value.value);
                let all = all.get(&value.value).copied().unwrap_or_default();
                let share = |all: u64| {
                    if all == 0 {
                        0.0
                    } else {
                        as_f64(count) / as_f64(all)
                    }
                };
                let has_shares = self.request.facets.has_shares;
                prop_assert_eq!(value.share, has_shares.then(|| share(all)));
            }
            prop_assert_eq!(facet.other_values, expected.len() as u64);
            self.selecting(facet)?;
        }
        self.counting(response)
    }

    /// The query of a value finds as many articles as it counts.
    fn selecting(&self, facet: &Facet) -> Result<(), TestCaseError> {
        let with_hits = facet.values.iter().filter(|value| value.count > 0);
        let without = facet.values.iter().filter(|value| value.count == 0);
        for value in with_hits.take(6).chain(without.take(1)) {
            let narrowed = self
                .request
                .clone()
                .query(value.query.clone())
                .limit(0)
                .timeline(None)
                .facets(FacetRequest::default());
            let answer = self.pair.searcher.search(&narrowed).unwrap();
            prop_assert_eq!(answer.total, Some(value.count), "{}", &value.query);
        }
        Ok(())
    }

    /// `shukach count` counts what `shukach search` counts.
    fn counting(&self, response: &SearchResponse) -> Result<(), TestCaseError> {
        let asked = CountsRequest::new(
            vec![NamedQuery {
                name: "перший".to_owned(),
                query: self.request.query.clone(),
            }],
            self.request.clone(),
        )
        .column(Some(Column::Source));
        let counts = self.pair.searcher.counts(&asked).unwrap();
        let query = &counts.queries[0];
        prop_assert_eq!(Some(query.total), response.total);
        let facets = response.facets.as_ref().unwrap();
        let series = query.series.iter();
        let found = series.filter_map(|series| Some((series.value.clone()?, series.total)));
        let expected = facets.source.iter();
        let expected = expected.map(|source| (source.value.clone(), source.count));
        prop_assert_eq!(found.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
        let timeline = facets.timeline.as_ref().unwrap();
        let mut by_period = vec![0; counts.periods.len()];
        for series in &query.series {
            for (sum, count) in by_period.iter_mut().zip(&series.counts) {
                *sum += count;
            }
        }
        let found = counts.periods.iter().zip(&by_period);
        let expected = timeline.buckets.iter();
        prop_assert!(found.eq(expected.map(|bucket| (&bucket.period, &bucket.count))));
        let undated: u64 = query.series.iter().map(|series| series.undated).sum();
        prop_assert_eq!(undated, timeline.undated);
        Ok(())
    }
}

fn as_f64(count: u64) -> f64 {
    f64::from(u32::try_from(count).unwrap())
}
