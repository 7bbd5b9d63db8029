//! Facets: values with counts and shares, to include or to leave out.

use crate::serve::page::asked::PageRequest;
use crate::serve::page::numbers::{grouped, part, percent};
use shukach::locale::{Locale, ukrainian_plural};
use shukach::query::Query;
use shukach::query::ast::{ColumnQuery, QueryRange, ValueFit};
use shukach::query::field::Column;
use shukach::render::sanitize::one_line;
use shukach::render::wording::by;
use shukach::search::Facet;
use shukach::text::ByteRange;

/// The facets of the page.
pub(crate) const SHOWN: [&str; 7] = [
    "--facet=source",
    "--facet=section",
    "--facet=author",
    "--facet=lang",
    "--facet=tag",
    "--facet=collection",
    "--facet=first_publisher",
];

/// The facet whose values are searched, and the words that they have.
pub(crate) const FACET_IN: &str = "facet-in";
pub(crate) const FACET_MATCH: &str = "facet-match";

/// A value.
pub(crate) struct ValueView {
    pub(crate) name: String,
    pub(crate) count: String,
    pub(crate) share: String,
    /// Which part of the widest bar it has, in hundredths.
    pub(crate) width: String,
    pub(crate) href: String,
    pub(crate) excluded: String,
    pub(crate) is_chosen: bool,
}

/// A facet.
pub(crate) struct FacetView {
    pub(crate) name: &'static str,
    pub(crate) heading: String,
    pub(crate) values: Vec<ValueView>,
    pub(crate) other: Option<String>,
    pub(crate) without: Option<String>,
    pub(crate) is_open: bool,
    /// The words that its values are searched for; none where all its values are shown anyway.
    pub(crate) searched: Option<String>,
}

impl FacetView {
    /// Makes the view of `facet`, of `total` hits; none where all of them have the same value.
    pub(crate) fn of(facet: &Facet, total: u64, asked: &PageRequest<'_>) -> Option<Self> {
        let locale = asked.locale;
        let (column, parameter) = column(facet.name)?;
        let chosen = asked.parameters.all(parameter).next().is_some();
        let is_searched = asked.parameters.get(FACET_IN) == Some(facet.name);
        let has_choice = facet.values.len() > 1 || facet.other_values > 0;
        let keeps_choice = chosen && !facet.values.is_empty();
        if !has_choice && !is_searched && !keeps_choice {
            return None;
        }
        let text = asked.parameters.get(FACET_MATCH).filter(|_| is_searched);
        let most = facet.values.iter().map(|value| value.count).max();
        let most = most.unwrap_or_default();
        let value = |value: &shukach::search::FacetValue| {
            let is_chosen = asked
                .parameters
                .all(parameter)
                .any(|known| known == value.value);
            let state = asked.first_page();
            let rest = state.only(|name, text| (name, text) != (parameter, &value.value));
            let narrowed = if is_chosen {
                rest.clone()
            } else if parameter.is_empty() {
                state.with("query", &value.query)
            } else {
                state.and(parameter, &value.value)
            };
            let left = without(asked.query(), column, &value.value);
            ValueView {
                name: one_line(&value.value).into_owned(),
                count: grouped(value.count, locale),
                share: percent(
                    value.share.unwrap_or_else(|| part(value.count, total)),
                    locale,
                ),
                width: format!("{:.1}", part(value.count, most) * 100.0),
                href: narrowed.address(asked.path),
                excluded: rest.with("query", &left).address(asked.path),
                is_chosen,
            }
        };
        Some(Self {
            name: facet.name,
            heading: by(facet.name, locale),
            values: facet.values.iter().map(value).collect(),
            other: (facet.other_values > 0).then(|| other(facet, locale)),
            without: (facet.without > 0).then(|| {
                let told = locale.choose("without a value", "без значення");
                format!("{told}: {}", grouped(facet.without, locale))
            }),
            is_open: ["source", "section"].contains(&facet.name) || chosen || is_searched,
            searched: (facet.other_values > 0 || is_searched)
                .then(|| text.unwrap_or_default().to_owned()),
        })
    }
}

fn other(facet: &Facet, locale: Locale) -> String {
    let (count, values) = (grouped(facet.other, locale), facet.other_values);
    match locale {
        Locale::English => format!("{values} other: {count}"),
        Locale::Ukrainian => {
            let word = ukrainian_plural(values, ["інше", "інші", "інших"]);
            format!("ще {values} {word}: {count}")
        }
    }
}

/// Returns the column of a facet, and the parameter that narrows to a value of it, if there is one.
pub(crate) fn column(name: &str) -> Option<(Column, &'static str)> {
    Some(match name {
        "source" => (Column::Source, "source"),
        "section" => (Column::Section, "section"),
        "author" => (Column::Author, "author"),
        "lang" => (Column::Lang, "language"),
        "tag" => (Column::Tag, "tag"),
        "collection" => (Column::Collection, "collection"),
        "first_publisher" => (Column::FirstPublisher, ""),
        _ => return None,
    })
}

/// Returns `query` without the articles that have `value`.
fn without(query: &str, column: Column, value: &str) -> String {
    let value = Query::Column(ColumnQuery {
        column,
        value: value.to_owned(),
        fit: ValueFit::Literal,
        place: QueryRange(ByteRange::new(0, 0)),
    });
    let condition = Query::Not(Box::new(value)).to_string();
    if query.is_empty() {
        condition
    } else {
        format!("({query}) {condition}")
    }
}
