//! Facets that were asked for, for people.

use crate::locale::{Locale, ukrainian_plural};
use crate::render::bars::Row;
use crate::render::layout::{INDENT, Layout, write_without};
use crate::render::sanitize::one_line;
use crate::render::shell::SearchCommand;
use crate::render::{bars, timeline, wording};
use crate::search::Timeline;
use crate::search::{Facet, FacetValue, TimelineBucket};
use std::io::{self, Write};

/// Writes a facet: its values as bars, or its periods as a timeline, and what is not listed.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write(
    facet: &Facet,
    command: &SearchCommand,
    layout: Layout,
    out: &mut impl Write,
) -> io::Result<()> {
    if facet.values.is_empty() && facet.without == 0 {
        return Ok(());
    }
    let heading = wording::by(facet.name, layout.locale);
    writeln!(out, "\n{}", layout.style.bold(&heading))?;
    if ["year", "quarter", "month", "week", "day"].contains(&facet.name) {
        timeline::write_buckets(&timeline_of(facet), &[], layout, out)?;
    } else {
        let names: Vec<_> = facet.values.iter().map(|v| one_line(&v.value)).collect();
        let rows = names.iter().zip(&facet.values).map(|(name, value)| Row {
            label: name,
            count: value.count,
            share: value.share,
        });
        bars::write(&rows.collect::<Vec<_>>(), layout, out)?;
        if facet.other_values > 0 {
            let (count, others) = (facet.other, facet.other_values);
            match layout.locale {
                Locale::English => writeln!(out, "{INDENT}and {count} in {others} others")?,
                Locale::Ukrainian => {
                    let word = ukrainian_plural(others, ["іншому", "інших", "інших"]);
                    writeln!(out, "{INDENT}і ще {count} в {others} {word}")?;
                }
            }
        }
        let without = layout.locale.choose("without a value", "без значення");
        write_without(without, facet.without, layout.locale, out)?;
    }
    let shown: Vec<&FacetValue> = if command.has_all_buckets {
        let has_hits = |value: &&FacetValue| value.count > 0;
        facet.values.iter().filter(has_hits).collect()
    } else {
        // The first of several, as the iterator keeps the last.
        let fullest = facet.values.iter().rev().max_by_key(|value| value.count);
        fullest
            .into_iter()
            .filter(|value| value.count > 0)
            .collect()
    };
    for value in shown {
        let narrower = command.of_understood().with_query(&value.query);
        writeln!(out, "{INDENT}{}", layout.style.dim(&narrower))?;
    }
    Ok(())
}

fn timeline_of(facet: &Facet) -> Timeline {
    let bucket = |value: &FacetValue| TimelineBucket {
        period: value.value.clone(),
        count: value.count,
        share: value.share,
    };
    Timeline {
        by: facet.name,
        buckets: facet.values.iter().map(bucket).collect(),
        undated: facet.without,
    }
}
