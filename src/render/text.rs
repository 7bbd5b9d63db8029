//! Answers for people.

use crate::locale::{Locale, english_count, ukrainian_plural};
use crate::query::Notice;
use crate::query::diagnostics::notice::EMPTY_INDEX;
use crate::render::bars;
use crate::render::bars::Row;
use crate::render::explanation;
use crate::render::facets;
use crate::render::hit_field::placed;
use crate::render::layout::INDENT;
use crate::render::layout::Layout;
use crate::render::layout::marked;
use crate::render::layout::passage;
use crate::render::layout::shown_date;
use crate::render::layout::wrap;
use crate::render::layout::write_without;
use crate::render::sanitize::one_line;
use crate::render::shell::SearchCommand;
use crate::render::suggestions;
use crate::render::timeline;
use crate::render::wording;
use crate::render::wording::{articles, took};
use crate::search::{
    CollectionSummary, FacetCount, Facets, Hit, IndexSummary, MatchedBy, SearchResponse,
};
use std::fmt::Write as _;
use std::io::{self, Write};

/// The most sources that are listed; the rest is summed up.
const MAX_SOURCES: usize = 10;
/// Writes the answer to a search that was asked by `command`.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write(
    response: &SearchResponse,
    command: &SearchCommand,
    layout: Layout,
    out: &mut impl Write,
) -> io::Result<()> {
    let (style, locale) = (layout.style, layout.locale);
    let query = one_line(&response.query);
    let is_list = is_list(response);
    let query = if is_list {
        String::new()
    } else {
        format!("{} · ", style.bold(&query))
    };
    writeln!(
        out,
        "{query}{}{}",
        counted(response, locale),
        took(response.took_ms, style, locale)
    )?;
    for notice in wording::for_people(&response.notices) {
        writeln!(out, "{}", wording::notice(notice, locale))?;
    }
    let is_empty = |notice: &Notice| notice.code == EMPTY_INDEX;
    if !is_list && !response.notices.iter().any(is_empty) {
        suggestions::write(response, command, locale, out)?;
    }
    for hit in &response.hits {
        writeln!(out)?;
        write_article(hit, !is_list, layout, out)?;
    }
    match &response.facets {
        Some(facets) => write_facets(facets, response.has_hits(), command, layout, out),
        None => Ok(()),
    }
}

/// Returns how many articles were found, in words.
fn counted(response: &SearchResponse, locale: Locale) -> String {
    let Some(total) = response.total else {
        return locale.choose("not counted", "без підрахунку").to_owned();
    };
    let found = articles(total, locale);
    match response.copies {
        Some(copies) if copies > 0 => {
            let copies = wording::copies(copies, locale);
            let relation = if response.is_unique {
                locale.choose("plus", "крім них")
            } else {
                locale.choose("among them", "серед них")
            };
            format!("{found}, {relation} {copies}")
        }
        _ => found,
    }
}

fn write_facets(
    counts: &Facets,
    has_hits: bool,
    command: &SearchCommand,
    layout: Layout,
    out: &mut impl Write,
) -> io::Result<()> {
    let (style, locale) = (layout.style, layout.locale);
    if let Some(timeline) = counts.timeline.as_ref().filter(|_| has_hits) {
        timeline::write(timeline, layout, out)?;
    }
    // Where sources are asked for, that says more of them.
    let is_asked_for = counts.fields.iter().any(|facet| facet.name == "source");
    if !counts.source.is_empty() && !is_asked_for {
        writeln!(out, "\n{}", style.bold(&wording::by("source", locale)))?;
        write_sources(&counts.source, layout, out)?;
        let without = locale.choose("without a source", "без джерела");
        write_without(without, counts.without_source, locale, out)?;
    }
    for facet in &counts.fields {
        facets::write(facet, command, layout, out)?;
    }
    Ok(())
}

/// Returns whether articles were listed without a query, so that nothing matched and no score says
/// anything.
fn is_list(response: &SearchResponse) -> bool {
    response.understood.is_empty()
}

pub(crate) fn write_hit(hit: &Hit, layout: Layout, out: &mut impl Write) -> io::Result<()> {
    write_article(hit, true, layout, out)
}

/// Writes an article, with why it matched and how well where that `is_hit`.
fn write_article(hit: &Hit, is_hit: bool, layout: Layout, out: &mut impl Write) -> io::Result<()> {
    let (style, locale) = (layout.style, layout.locale);
    let rank = format!("{:>3}", hit.rank);
    let title = if hit.title.is_empty() {
        let none = locale.choose("(no headline)", "(без заголовка)");
        let words = hit.first_words.as_deref().map(one_line);
        let words = words.map(|words| format!("{words} "));
        format!("{}{}", words.unwrap_or_default(), style.dim(none))
    } else {
        marked(&hit.title, &hit.title_highlights, style, |text| {
            style.bold(text)
        })
    };
    writeln!(out, "{rank} {}", wrap(&title, layout.width_columns, INDENT))?;
    let no_date = || locale.choose("no date", "без дати").to_owned();
    let shown = |date| shown_date(date, hit.date_source.as_deref());
    let published = hit.published.as_deref().map_or_else(no_date, shown);
    let mut about = vec![published];
    about.extend(hit.source.clone());
    if is_hit {
        let score = locale.choose("score", "вага");
        about.push(format!("{score} {:.2}", hit.score));
    }
    writeln!(out, "{INDENT}{}", style.dim(&one_line(&about.join(" · "))))?;
    if let Some(copies) = hit.copies.as_ref().filter(|copies| copies.count > 0) {
        let more = wording::more_copies(copies, locale);
        let more = wrap(&one_line(&more), layout.width_columns, INDENT);
        writeln!(out, "{INDENT}{}", style.dim(&more))?;
    }
    let file = placed(&hit.path, hit.line);
    let place = hit.url.as_ref().unwrap_or(&file);
    let place = style.dim(&one_line(place));
    let place = layout.linked(&place, hit.url.as_deref(), &hit.path);
    writeln!(out, "{INDENT}{place}")?;
    if let Some(others) = wording::more_places(&hit.places, locale) {
        let others = wrap(&one_line(&others), layout.width_columns, INDENT);
        writeln!(out, "{INDENT}{}", style.dim(&others))?;
    }
    if is_hit && hit.matched_by == MatchedBy::Conditions {
        let why = locale.choose(
            "found by its date, its fields or what it lacks: no word to mark",
            "знайдено за датою, полями чи тим, чого в ній немає: виділяти нема чого",
        );
        let why = wrap(why, layout.width_columns, INDENT);
        writeln!(out, "{INDENT}{}", style.dim(&why))?;
    }
    for snippet in &hit.snippets {
        writeln!(
            out,
            "{INDENT}{}",
            wrap(&passage(snippet, style), layout.width_columns, INDENT)
        )?;
    }
    if let Some(explained) = &hit.explanation {
        for line in explanation::lines(explained, hit.published.is_some(), layout.locale) {
            writeln!(
                out,
                "{INDENT}{}",
                wrap(&style.dim(&line), layout.width_columns, INDENT)
            )?;
        }
    }
    Ok(())
}

fn write_sources(sources: &[FacetCount], layout: Layout, out: &mut impl Write) -> io::Result<()> {
    let names: Vec<_> = sources
        .iter()
        .take(MAX_SOURCES)
        .map(|source| one_line(&source.value))
        .collect();
    let rows = names.iter().zip(sources);
    let rows: Vec<Row<'_>> = rows
        .map(|(name, source)| Row {
            label: name.as_ref(),
            count: source.count,
            share: None,
        })
        .collect();
    bars::write(&rows, layout, out)?;
    let others = sources.len().saturating_sub(MAX_SOURCES);
    if others > 0 {
        let count: u64 = sources
            .iter()
            .skip(MAX_SOURCES)
            .map(|source| source.count)
            .sum();
        match layout.locale {
            Locale::English => {
                let sources = english_count(others as u64, "other source");
                writeln!(out, "{INDENT}and {count} in {sources}")?;
            }
            Locale::Ukrainian => {
                let forms = ["іншому джерелі", "інших джерелах", "інших джерелах"];
                let sources = ukrainian_plural(others as u64, forms);
                writeln!(out, "{INDENT}і ще {count} в {others} {sources}")?;
            }
        }
    }
    Ok(())
}

/// Writes what an index holds.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write_summary(
    summary: &IndexSummary,
    layout: Layout,
    out: &mut impl Write,
) -> io::Result<()> {
    let (style, locale) = (layout.style, layout.locale);
    let mut dates = match (&summary.first_day, &summary.last_day) {
        (Some(first), Some(last)) => format!("{first} … {last}"),
        _ => locale.choose("none", "немає").to_owned(),
    };
    if summary.undated > 0 {
        let without = locale.choose("without a date", "без дати");
        let _ = write!(dates, ", {} {without}", summary.undated);
    }
    let megabytes = megabytes(summary.size_bytes);
    let segments = summary.segments;
    let size = match locale {
        Locale::English => {
            let segments = english_count(segments, "segment");
            format!("{megabytes:.1} MB in {segments}")
        }
        Locale::Ukrainian => {
            let word = ukrainian_plural(segments, ["сегменті", "сегментах", "сегментах"]);
            format!("{megabytes:.1} МБ у {segments} {word}")
        }
    };
    let [format, analyzer, dictionary] = locale.choose(
        ["format", "analyzer", "dictionary"],
        ["формат", "аналізатор", "словник"],
    );
    let versions = format!(
        "{format} {}, {analyzer} {}, {dictionary} {} ({})",
        summary.format, summary.analyzer, summary.dictionary, summary.dictionary_fingerprint
    );
    let names = locale.choose(
        ["index", "articles", "dates", "size", "built with"],
        ["індекс", "статті", "дати", "розмір", "збудовано"],
    );
    let values = [
        one_line(&summary.path).into_owned(),
        match summary.repeats {
            0 => summary.articles.to_string(),
            count => {
                let repeats = wording::stored_once(count, locale);
                format!("{}, {repeats}", summary.articles)
            }
        },
        dates,
        size,
        versions,
    ];
    let map = summary.map.as_deref().map(one_line);
    let map = map.map(|map| (locale.choose("map", "мапа"), map.into_owned()));
    let cluster = summary.cluster.as_ref();
    let cluster = cluster.map(|cluster| {
        let name = locale.choose("cluster", "кластер");
        (name, wording::cluster(cluster, locale))
    });
    for (name, value) in names.into_iter().zip(values).chain(map).chain(cluster) {
        writeln!(out, "{} {value}", style.dim(&format!("{name:<10}")))?;
    }
    write_collections(&summary.collections, layout, out)?;
    for (heading, counts) in [
        (locale.choose("Sources", "Джерела"), &summary.sources),
        (locale.choose("Languages", "Мови"), &summary.languages),
        (
            locale.choose("Dates from", "Звідки дати"),
            &summary.date_sources,
        ),
    ] {
        if !counts.is_empty() {
            writeln!(out, "\n{}", style.bold(heading))?;
            write_sources(counts, layout, out)?;
        }
    }
    Ok(())
}

fn write_collections(
    collections: &[CollectionSummary],
    layout: Layout,
    out: &mut impl Write,
) -> io::Result<()> {
    let (style, locale) = (layout.style, layout.locale);
    if collections.is_empty() {
        return Ok(());
    }
    let heading = locale.choose("Collections", "Колекції");
    writeln!(out, "\n{}", style.bold(heading))?;
    for collection in collections {
        let dates = match (&collection.first_day, &collection.last_day) {
            (Some(first), Some(last)) => format!("{first} … {last}"),
            _ => locale.choose("without dates", "без дат").to_owned(),
        };
        let name = one_line(&collection.name);
        writeln!(out, "{INDENT}{name}  {}  {dates}", collection.articles)?;
        for root in &collection.roots {
            writeln!(out, "{INDENT}{INDENT}{}", style.dim(&one_line(root)))?;
        }
    }
    Ok(())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a size for people has one decimal"
)]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
