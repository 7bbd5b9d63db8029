//! `shukach inspect`.

use crate::arguments::reading::ReadingArguments;
use crate::exit::{Exit, Failure};
use crate::terminal::report::{ReportLine, write_line};
use clap::Args;
use serde::Serialize;
use shukach::archive::{ArchiveFile, LeftAside, ReadArticle};
use shukach::error::kind_of_record;
use shukach::locale::{Locale, english_count, ukrainian_plural};
use shukach::render::sanitize::one_line;
use shukach::{ArticleError, Field};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

pub(crate) const INSPECT_EXAMPLES: &str = "\
Examples:
  shukach inspect export.json
  shukach inspect ~/archive --sample 3
  shukach inspect dump.jsonl --map title=headline,body=content.text --json";

/// A longer value is cut where people read it, in characters.
const SHOWN_CHARS: usize = 100;

#[derive(Debug, Args)]
#[command(after_help = INSPECT_EXAMPLES)]
pub(crate) struct InspectArguments {
    #[command(flatten)]
    pub(crate) reading: ReadingArguments,
    /// Read no more than the first N articles of each file
    #[arg(long, value_name = "N")]
    pub(crate) sample: Option<u64>,
    /// Print a line of JSON for each article, each failure and the counts
    #[arg(long)]
    pub(crate) json: bool,
}

pub(crate) fn run(arguments: &InspectArguments, locale: Locale) -> Result<Exit, Failure> {
    let archive = arguments.reading.archive(locale)?;
    let mut view = View {
        out: BufWriter::new(io::stdout().lock()),
        is_json: arguments.json,
        locale,
        counts: Counts::default(),
        left_aside: LeftAside::default(),
        fault: None,
    };
    let mut files = archive.files();
    for file in files.by_ref() {
        match file {
            Ok(file) => view.read(&file, arguments.sample),
            Err(error) => view.failure(&error),
        }
        if view.fault.is_some() {
            break;
        }
    }
    view.left_aside.add(files.left_aside());
    let exit = if view.counts.failed > 0 {
        Exit::SomeFailed
    } else {
        Exit::Success
    };
    view.finish()?;
    Ok(exit)
}

/// What was met so far.
#[derive(Debug, Default, Serialize)]
struct Counts {
    files: u64,
    articles: u64,
    failed: u64,
    doubtful: u64,
    formats: BTreeMap<String, u64>,
    date_sources: BTreeMap<&'static str, u64>,
    encodings: BTreeMap<&'static str, u64>,
    doubts: BTreeMap<&'static str, u64>,
    failures: BTreeMap<&'static str, u64>,
    /// Files of no known format by the ending of their names.
    left_aside: BTreeMap<String, u64>,
    /// Records that are no articles, by kind.
    passed_over: BTreeMap<&'static str, u64>,
}

struct View<W> {
    out: W,
    is_json: bool,
    locale: Locale,
    counts: Counts,
    left_aside: LeftAside,
    /// Standard output failed; nothing more is read.
    fault: Option<io::Error>,
}

/// One line of `--json`.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line<'a> {
    Article(ArticleLine<'a>),
    Failure(ReportLine),
    Counts(&'a Counts),
}

#[derive(Debug, Serialize)]
struct ArticleLine<'a> {
    path: String,
    inner_path: Option<&'a str>,
    line: Option<u64>,
    format: Option<String>,
    encoding: Option<&'a str>,
    fields: BTreeMap<&'static str, FieldValue>,
    doubts: Vec<ReportLine>,
}

/// A field with where it comes from.
#[derive(Debug, Serialize)]
struct FieldValue {
    value: String,
    from: Option<String>,
}

impl<W: Write> View<W> {
    fn read(&mut self, file: &ArchiveFile, sample: Option<u64>) {
        self.counts.files += 1;
        let left = Cell::new(sample.unwrap_or(u64::MAX));
        let is_faulty = Cell::new(false);
        let left_aside = file.read_until(&|| left.get() == 0 || is_faulty.get(), &mut |read| {
            if left.get() == 0 {
                return;
            }
            left.set(left.get() - 1);
            match read {
                Ok(read) => self.article(&read),
                Err(error) => self.failure(&error),
            }
            is_faulty.set(self.fault.is_some());
        });
        self.left_aside.add(&left_aside);
    }

    fn failure(&mut self, error: &ArticleError) {
        self.counts.failed += 1;
        *self
            .counts
            .failures
            .entry(error.problem.code())
            .or_default() += 1;
        let written = if self.is_json {
            let line = Line::Failure(ReportLine::of_failure(error, self.locale));
            write_line(&line, &mut self.out)
        } else {
            let word = self.locale.choose("failed", "не прочитано");
            let told = error.message(self.locale);
            writeln!(self.out, "{word}: {}\n", one_line(&told))
        };
        self.note(written);
    }

    fn article(&mut self, read: &ReadArticle) {
        self.count(read);
        let written = if self.is_json {
            let line = Line::Article(article_line(read, self.locale));
            write_line(&line, &mut self.out)
        } else {
            write_article(read, self.locale, &mut self.out)
        };
        self.note(written);
    }

    fn count(&mut self, read: &ReadArticle) {
        let counts = &mut self.counts;
        counts.articles += 1;
        counts.doubtful += u64::from(!read.doubts.is_empty());
        if let Some(format) = read.format {
            *counts.formats.entry(format.to_string()).or_default() += 1;
        }
        let published = read.article.published;
        let source = published.map_or("none", |published| published.date_source.as_str());
        *counts.date_sources.entry(source).or_default() += 1;
        *counts
            .encodings
            .entry(read.encoding.unwrap_or("none"))
            .or_default() += 1;
        for doubt in &read.doubts {
            *counts.doubts.entry(doubt.problem.code()).or_default() += 1;
        }
    }

    fn note(&mut self, written: io::Result<()>) {
        if self.fault.is_none() {
            self.fault = written.err();
        }
    }

    fn finish(mut self) -> io::Result<()> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        self.counts
            .left_aside
            .clone_from(self.left_aside.by_extension());
        self.counts
            .passed_over
            .clone_from(self.left_aside.by_kind());
        if self.is_json {
            write_line(&Line::Counts(&self.counts), &mut self.out)?;
        } else {
            write_counts(&self.counts, self.locale, &mut self.out)?;
        }
        self.out.flush()
    }
}

fn article_line(read: &ReadArticle, locale: Locale) -> ArticleLine<'_> {
    let doubts = read.doubts.iter();
    ArticleLine {
        path: read.file_path().to_string_lossy().into_owned(),
        inner_path: read.inner_path.as_deref(),
        line: read.line,
        format: read.format.map(|format| format.to_string()),
        encoding: read.encoding,
        fields: fields(read)
            .into_iter()
            .map(|(field, value)| (field.name(), value))
            .collect(),
        doubts: doubts
            .map(|doubt| ReportLine::of_doubt(read, doubt, locale))
            .collect(),
    }
}

/// Returns the fields that the article has, in the order in which people read them.
fn fields(read: &ReadArticle) -> Vec<(Field, FieldValue)> {
    let with_origin = |field| {
        let value = value(read, field).filter(|value| !value.is_empty())?;
        let origin = read.origins.iter().find(|origin| origin.field == field);
        let from = origin.map(|origin| origin.name.to_string());
        let from = match (field, read.article.published) {
            (Field::Published, Some(published)) => Some(match from {
                Some(name) => format!("{}: {name}", published.date_source.as_str()),
                None => published.date_source.as_str().to_owned(),
            }),
            _ => from,
        };
        Some((field, FieldValue { value, from }))
    };
    Field::ALL.into_iter().filter_map(with_origin).collect()
}

fn value(read: &ReadArticle, field: Field) -> Option<String> {
    let article = &read.article;
    match field {
        Field::Id => Some(article.id.as_str().to_owned()),
        Field::Title => Some(article.title.clone()),
        Field::Lead => Some(article.lead.clone()),
        Field::Body => Some(article.body.clone()),
        Field::Published => article
            .published
            .map(|published| published.date.to_string()),
        Field::Source => article.source.clone(),
        Field::Section => article.section.clone(),
        Field::Author => Some(article.authors.join(", ")),
        Field::Url => article.url.clone(),
        Field::Tags => Some(article.tags.join(", ")),
        Field::Lang => article.lang.clone(),
    }
}

fn write_article(read: &ReadArticle, locale: Locale, out: &mut impl Write) -> io::Result<()> {
    let inner = read.inner_path.as_ref().map(|path| format!("/{path}"));
    let line = read.line.map(|line| format!(":{line}"));
    let place = [
        read.file_path().to_string_lossy().into_owned(),
        inner.unwrap_or_default(),
        line.unwrap_or_default(),
    ];
    let format = read.format.map(|format| format.to_string());
    let about = [format.as_deref(), read.encoding];
    let about: Vec<&str> = about.into_iter().flatten().collect();
    writeln!(out, "{} ({})", one_line(&place.concat()), about.join(", "))?;
    for (field, FieldValue { value, from }) in fields(read) {
        let value = shown(field, &value, locale);
        let from = from.map(|from| format!("  [{}]", one_line(&from)));
        writeln!(
            out,
            "  {:<8} {value}{}",
            field.name(),
            from.unwrap_or_default()
        )?;
    }
    for doubt in &read.doubts {
        let told = doubt.message(locale);
        writeln!(out, "  ? {}: {}", doubt.problem.code(), one_line(&told))?;
    }
    writeln!(out)
}

/// Returns a value on one line, cut where it is long; of a text also how long it is.
fn shown(field: Field, value: &str, locale: Locale) -> String {
    let line = one_line(value);
    let mut shown: String = line.chars().take(SHOWN_CHARS).collect();
    if line.chars().nth(SHOWN_CHARS).is_some() {
        shown.push('…');
    }
    if field == Field::Body {
        let chars = value.chars().count();
        let unit = locale.choose("characters", "символів");
        return format!("{shown} ({chars} {unit})");
    }
    shown
}

fn write_counts(counts: &Counts, locale: Locale, out: &mut impl Write) -> io::Result<()> {
    match locale {
        Locale::English => {
            let articles = english_count(counts.articles, "article");
            let files = english_count(counts.files, "file");
            let (doubtful, failed) = (counts.doubtful, counts.failed);
            writeln!(
                out,
                "{articles} in {files}, {doubtful} of them in doubt; {failed} failed"
            )?;
        }
        Locale::Ukrainian => writeln!(
            out,
            "{} {} у {} {}, із сумнівами {}; не прочитано {}",
            counts.articles,
            ukrainian_plural(counts.articles, ["стаття", "статті", "статей"]),
            counts.files,
            ukrainian_plural(counts.files, ["файлі", "файлах", "файлах"]),
            counts.doubtful,
            counts.failed
        )?,
    }
    let formats: Vec<(&str, u64)> = counts
        .formats
        .iter()
        .map(|(name, count)| (name.as_str(), *count))
        .collect();
    write_row(locale.choose("formats", "формати"), formats, out)?;
    for (name, counted) in [
        (
            locale.choose("dates from", "дати звідки"),
            &counts.date_sources,
        ),
        (locale.choose("encodings", "кодування"), &counts.encodings),
        (locale.choose("doubts", "сумніви"), &counts.doubts),
        (locale.choose("failures", "невдачі"), &counts.failures),
    ] {
        let counted = counted.iter().map(|(name, count)| (*name, *count));
        write_row(name, counted.collect(), out)?;
    }
    write_passed_over(&counts.passed_over, locale, out)?;
    write_left_aside_counts(counts.left_aside.iter(), locale, out)
}

/// Writes how many records were passed over, by kind.
pub(crate) fn write_passed_over(
    kinds: &BTreeMap<&'static str, u64>,
    locale: Locale,
    out: &mut impl Write,
) -> io::Result<()> {
    let counts = kinds.iter();
    let counts = counts.map(|(kind, count)| (kind_of_record(kind, locale), *count));
    write_row(
        locale.choose("passed over", "без статей"),
        counts.collect(),
        out,
    )
}

/// Writes how many files were left aside, by the ending of their names.
pub(crate) fn write_left_aside_counts<'c>(
    counts: impl Iterator<Item = (&'c String, &'c u64)>,
    locale: Locale,
    out: &mut impl Write,
) -> io::Result<()> {
    let none = locale.choose("(no ending)", "(без закінчення)");
    let named = |name: &'c String| if name.is_empty() { none } else { name.as_str() };
    let counts = counts.map(|(name, count)| (named(name), *count));
    write_row(
        locale.choose("left aside", "пропущено"),
        counts.collect(),
        out,
    )
}

/// Writes counts, the most frequent first.
pub(crate) fn write_row(
    name: &str,
    mut counts: Vec<(&str, u64)>,
    out: &mut impl Write,
) -> io::Result<()> {
    if counts.is_empty() {
        return Ok(());
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let told: Vec<String> = counts
        .iter()
        .map(|(value, count)| format!("{value} {count}"))
        .collect();
    writeln!(out, "{name}: {}", one_line(&told.join(", ")))
}
