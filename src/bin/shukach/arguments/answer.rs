//! Arguments that choose the form of an answer.

use crate::arguments::shared::Format;
use crate::terminal::pager::PagerArguments;
use clap::Args;
use shukach::locale::Locale;
use shukach::render;
use shukach::render::chosen::ChosenFields;
use shukach::render::hit_field::{HitField, depth_of};
use shukach::render::hit_lines::{LineForm, LineFormat};
use shukach::render::table::Dialect;
use shukach::search::{Depth, SearchResponse};
use std::io::{self, Write};
use std::path::PathBuf;

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct AnswerArguments {
    /// Print JSON; the same as --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// The form of the answer
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The fields of each hit in JSON, tables and Markdown, in this order:
    /// id,title,published,source,url,…
    #[arg(long, value_name = "FIELDS", value_delimiter = ',', value_parser = HitField::of_name)]
    pub(crate) fields: Vec<HitField>,
    /// Print the ids only, one a line; the same as --format ids
    #[arg(short = 'l', long = "ids", conflicts_with_all = ["format", "json"])]
    ids: bool,
    /// End each id with a NUL instead of a line break
    #[arg(short = '0', long)]
    null: bool,
    /// Print only how many articles match
    #[arg(short, long, conflicts_with_all = ["format", "json", "ids", "quiet"])]
    pub(crate) count: bool,
    /// Print nothing; the exit code tells whether an article matches
    #[arg(short, long, conflicts_with_all = ["format", "json", "ids", "output"])]
    pub(crate) quiet: bool,
    /// Write the answer into a file, which is replaced only once the answer is whole
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) pager: PagerArguments,
    /// Every hit, in the order of the index unless --sort is given; for ndjson, csv, tsv, markdown
    /// and ids
    #[arg(long, conflicts_with_all = ["limit", "offset", "cursor", "count", "quiet"])]
    pub(crate) all: bool,
    /// Find the hits alone, without total, timeline and facets; phrases and NEAR are answered
    /// sooner
    #[arg(long, conflicts_with_all = ["by", "facet", "share", "count", "all"])]
    pub(crate) no_counts: bool,
    /// Go on where an earlier answer ended: its `next_cursor` in JSON
    #[arg(long, value_name = "CURSOR")]
    pub(crate) cursor: Option<String>,
    /// How many passages to show of each hit
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub(crate) snippets: usize,
    /// The longest passage, in characters
    #[arg(long, value_name = "N", default_value_t = 240, value_parser = clap::value_parser!(u16).range(20..=10_000))]
    pub(crate) snippet_chars: u16,
    /// Leave out the time taken (0 in JSON), so that the same question to the same index gives the
    /// same bytes
    #[arg(long)]
    pub(crate) no_timing: bool,
}

impl AnswerArguments {
    /// Returns the form of the answer.
    pub(crate) fn format(&self) -> Format {
        match (self.json, self.ids) {
            (true, _) => Format::Json,
            (_, true) => Format::Ids,
            _ => self.format,
        }
    }

    /// Returns the form if its hits are written one by one.
    pub(crate) fn line_format(&self) -> Option<LineFormat> {
        match self.format() {
            Format::Text | Format::Json | Format::Trec => None,
            Format::Ndjson => Some(LineFormat::Ndjson),
            Format::Csv => Some(LineFormat::Table(Dialect::Csv)),
            Format::Tsv => Some(LineFormat::Table(Dialect::Tsv)),
            Format::Markdown => Some(LineFormat::Markdown),
            Format::Ids => Some(LineFormat::Ids(if self.null { 0 } else { b'\n' })),
        }
    }

    /// Returns what hits look like that are written one by one, if they are; of copies their number
    /// and sources too where one stands for all.
    pub(crate) fn line_form(&self, is_collapsed: bool) -> Option<LineForm> {
        let format = self.line_format()?;
        let is_table = matches!(format, LineFormat::Table(_));
        let fields: &[HitField] = if self.fields.is_empty() && is_table && is_collapsed {
            &HitField::OF_TABLES_WITHOUT_COPIES
        } else {
            &self.fields
        };
        Some(LineForm::new(format, fields))
    }

    /// Writes an answer as JSON, its hits with the fields that were chosen.
    pub(crate) fn write_json(
        &self,
        response: &SearchResponse,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let fields = &self.fields;
        if fields.is_empty() {
            return render::json::write(response, out);
        }
        render::json::write(&ChosenFields { response, fields }, out)
    }

    /// Returns how much of each hit is shown.
    pub(crate) fn depth(&self) -> Depth {
        match self.line_format() {
            Some(format) => LineForm::new(format, &self.fields).depth(),
            None => depth_of(&self.fields).unwrap_or_default(),
        }
    }

    /// Returns what is wrong with these arguments together, if anything is.
    pub(crate) fn conflict(&self, has_many_queries: bool, locale: Locale) -> Option<&'static str> {
        let format = self.format();
        if self.null && format != Format::Ids {
            Some(locale.choose(
                "--null ends ids; use it with -l or --format ids",
                "--null закінчує ідентифікатори; додайте -l або --format ids",
            ))
        } else if !self.fields.is_empty()
            && matches!(format, Format::Text | Format::Trec | Format::Ids)
        {
            Some(locale.choose(
                "--fields chooses among json, ndjson, csv, tsv and markdown; name one with --format",
                "--fields діє для json, ndjson, csv, tsv і markdown; назвіть котресь через --format",
            ))
        } else if self.all && self.line_format().is_none() {
            Some(locale.choose(
                "--all writes hits one by one; name ndjson, csv, tsv, markdown or ids with --format",
                "--all виводить статті по одній; назвіть ndjson, csv, tsv, markdown чи ids через --format",
            ))
        } else if self.cursor.is_some() && format == Format::Trec {
            Some(locale.choose(
                "--cursor goes on in other formats; a TREC run goes on with --offset",
                "--cursor діє в інших форматах; у TREC далі йдуть через --offset",
            ))
        } else if has_many_queries && matches!(format, Format::Csv | Format::Tsv) {
            Some(locale.choose(
                "a table has the hits of one query; for --queries use --format ndjson, json or trec",
                "у таблиці – статті за одним запитом; для --queries візьміть --format ndjson, json чи trec",
            ))
        } else {
            None
        }
    }
}
