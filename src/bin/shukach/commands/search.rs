//! `shukach search`.

use crate::arguments::answer::AnswerArguments;
use crate::arguments::copies::CopiesArguments;
use crate::arguments::facets::FacetArguments;
use crate::arguments::links::LinkArguments;
use crate::arguments::matching::WordArguments;
use crate::arguments::query_reading::ReadingArguments;
use crate::arguments::shared::FilterArguments;
use crate::arguments::shared::Format;
use crate::arguments::shared::IndexFolder;
use crate::arguments::shared::PeriodChoice;
use crate::arguments::shared::SortChoice;
use crate::exit::{Exit, Failure, not_utf8};
use crate::help::query_syntax::QUERY_HELP;
use crate::terminal::colour::ColourChoice;
use crate::terminal::destination::Destination;
use crate::terminal::notices::tell;
use crate::terminal::output;
use clap::Args;
use shukach::analysis::dictionary::lexicon::Lexicon;
use shukach::index::Index;
use shukach::locale::Locale;
use shukach::render::chosen::ChosenFields;
use shukach::render::hit_field::HitField;
use shukach::render::hit_lines::{HitLines, LineForm, LineFormat};
use shukach::render::sanitize::one_line;
use shukach::render::shell::SearchCommand;
use shukach::search::Sort;
use shukach::search::{Hit, SearchError, SearchRequest, SearchResponse, Searcher, StreamOrder};
use shukach::{Error, render};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use std::time::Instant;

pub(crate) fn run(arguments: &SearchArguments, locale: Locale) -> Result<Exit, Failure> {
    let outcome = answer(arguments, locale);
    match outcome {
        Err(failure) if wants_json(arguments) && !failure.is_silent() => {
            failure.report_json(locale);
            Ok(Exit::Failed)
        }
        outcome => outcome,
    }
}

fn wants_json(arguments: &SearchArguments) -> bool {
    matches!(arguments.answer.format(), Format::Json | Format::Ndjson)
}

fn answer(arguments: &SearchArguments, locale: Locale) -> Result<Exit, Failure> {
    if let Some(conflict) = arguments
        .answer
        .conflict(arguments.queries.is_some(), locale)
    {
        return Err(Failure::Usage(conflict.to_owned()));
    }
    let lexicon = arguments.words.lexicon.read(locale)?.map(Arc::new);
    let searcher = Searcher::open(&Index::open(&arguments.folder.path())?)?;
    if let Some(id) = &arguments.copies.copies {
        searcher.check_article(id)?;
    }
    let desk = Desk {
        searcher,
        arguments,
        locale,
        lexicon,
    };
    let form = &arguments.answer;
    let mut out = if form.format() == Format::Text && !form.count && !form.quiet {
        Destination::open_paged(form.output.as_deref(), &form.pager)?
    } else {
        Destination::open(form.output.as_deref())?
    };
    let exit = match &arguments.queries {
        None => desk.answer("1", &arguments.query.join(" "), &mut out)?,
        Some(path) => desk.answer_all(path, &mut out)?,
    };
    out.finish()?;
    Ok(exit)
}

/// Answers queries in the form that the command line asks for.
struct Desk<'a> {
    searcher: Searcher,
    arguments: &'a SearchArguments,
    locale: Locale,
    lexicon: Option<Arc<Lexicon>>,
}

impl Desk<'_> {
    fn answer(&self, id: &str, query: &str, out: &mut Destination) -> Result<Exit, Failure> {
        let request = self
            .arguments
            .request(query, self.locale)
            .lexicon(self.lexicon.clone());
        self.write(id, request, out)
            .map_err(|failure| failure.about(query))
    }

    fn write(
        &self,
        id: &str,
        request: SearchRequest,
        out: &mut Destination,
    ) -> Result<Exit, Failure> {
        let form = &self.arguments.answer;
        if form.quiet {
            let has_hits = self.searcher.has_hits(&self.announced(request)?)?;
            return Ok(Exit::of_hits(has_hits));
        }
        if form.count {
            let count = self.searcher.count(&self.announced(request)?)?;
            tell(&count.notices, self.locale);
            let total = count.value;
            if self.arguments.queries.is_some() {
                write!(out, "{}\t", one_line(id))?;
            }
            writeln!(out, "{total}")?;
            return Ok(Exit::of_count(total));
        }
        if form.format() == Format::Trec {
            let first_rank = request.offset + 1;
            let ranking = self.searcher.ranking(&self.announced(request)?)?;
            tell(&ranking.notices, self.locale);
            let hits = ranking.value.iter();
            let lines = (first_rank..).zip(hits.map(|(id, score)| (id.text(), *score)));
            render::trec::write(id, lines, out)?;
            return Ok(Exit::of_count(ranking.value.len() as u64));
        }
        if form.all {
            return self.write_all(&self.announced(request)?, out);
        }
        let mut response = self.searcher.search(&request)?;
        response.query_id = self.arguments.queries.as_ref().map(|_| id.to_owned());
        if form.no_timing {
            response.took_ms = 0.0;
        }
        self.write_response(&response, out)?;
        Ok(Exit::of_hits(response.has_hits()))
    }

    /// Writes every hit as it is made.
    fn write_all(&self, request: &SearchRequest, out: &mut Destination) -> Result<Exit, Failure> {
        let started = Instant::now();
        let form = &self.arguments.answer;
        let Some(format) = form.line_format() else {
            return Ok(Exit::NothingFound);
        };
        let mut summary = self.searcher.search(&request.clone().limit(0))?;
        if format != LineFormat::Ndjson {
            tell(&summary.notices, self.locale);
        }
        let order = match self.arguments.sort {
            Some(_) => StreamOrder::Request,
            None => StreamOrder::Index,
        };
        let shown = LineForm::new(format, self.fields());
        let mut lines = HitLines::new(shown.clone(), &mut *out)?;
        let make = |hits: &[Hit]| shown.lines(hits).map_err(Failure::from);
        let mut write = |made: Vec<u8>| lines.made(&made).map_err(Failure::from);
        self.searcher
            .for_all_hits(request, order, &make, &mut write)?;
        summary.took_ms = if form.no_timing {
            0.0
        } else {
            started.elapsed().as_secs_f64() * 1_000.0
        };
        lines.finish(&summary)?;
        Ok(Exit::of_hits(summary.has_hits()))
    }

    /// Returns the fields of each hit in a table; those that were chosen, if any were.
    fn fields(&self) -> &[HitField] {
        let form = &self.arguments.answer;
        let is_table = matches!(form.line_format(), Some(LineFormat::Table(_)));
        if form.fields.is_empty() && is_table && self.arguments.copies.collapse {
            &HitField::OF_TABLES_WITHOUT_COPIES
        } else {
            &form.fields
        }
    }

    fn write_response(
        &self,
        response: &SearchResponse,
        out: &mut Destination,
    ) -> Result<(), Failure> {
        let form = &self.arguments.answer;
        if let Some(format) = form.line_format() {
            if format != LineFormat::Ndjson {
                tell(&response.notices, self.locale);
            }
            let mut lines = HitLines::new(LineForm::new(format, self.fields()), &mut *out)?;
            lines.hits(&response.hits)?;
            lines.finish(response)?;
        } else if form.format() != Format::Json {
            let layout = output::layout_for(self.arguments.color, self.locale, out.is_stdout());
            let layout = self.arguments.links.within(layout, out);
            render::text::write(response, &self.arguments.command(), layout, out)?;
        } else if form.fields.is_empty() {
            render::json::write(response, out)?;
        } else {
            let fields = &form.fields;
            render::json::write(&ChosenFields { response, fields }, out)?;
        }
        Ok(())
    }

    /// Returns the request with its wrong words replaced, if that is asked for, and each
    /// replacement told on standard error: for forms that have no place for it.
    fn announced(&self, request: SearchRequest) -> Result<SearchRequest, SearchError> {
        if !request.accept_suggestions {
            return Ok(request);
        }
        let (mended, notices) = self.searcher.with_suggestions(&request)?;
        tell(&notices, self.locale);
        Ok(mended)
    }

    /// Answers all queries of a file; a line that cannot be understood is reported and the others
    /// still answered.
    fn answer_all(&self, path: &Path, out: &mut Destination) -> Result<Exit, Failure> {
        let unreadable = |source| {
            Failure::Library(Error::Io {
                action: "read",
                path: path.to_owned(),
                source,
            })
        };
        let input: Box<dyn Read> = if path == Path::new("-") {
            Box::new(io::stdin())
        } else {
            Box::new(std::fs::File::open(path).map_err(unreadable)?)
        };
        let mut exit = Exit::NothingFound;
        let mut has_failed = false;
        for (number, line) in (1..).zip(BufReader::new(input).split(b'\n')) {
            let line = line.map_err(unreadable)?;
            if line.trim_ascii().is_empty() {
                continue;
            }
            match self.answer_line(&line, out) {
                Ok(Exit::Success) => exit = Exit::Success,
                Ok(_) => {}
                Err(failure) if failure.is_silent() => return Err(failure),
                Err(failure) => {
                    eprintln!("{}:{number}:", path.display());
                    failure.report(self.locale);
                    has_failed = true;
                }
            }
        }
        Ok(if has_failed { Exit::Failed } else { exit })
    }

    /// Answers a line of an id, a tab and a query; judged query sets carry more columns behind.
    fn answer_line(&self, line: &[u8], out: &mut Destination) -> Result<Exit, Failure> {
        let broken = |_| Failure::Usage(not_utf8(self.locale).to_owned());
        let line = std::str::from_utf8(line).map_err(broken)?;
        let line = line.trim_start_matches('\u{feff}').trim_end_matches('\r');
        let mut columns = line.split('\t');
        match (columns.next().map(str::trim), columns.next()) {
            (Some(id), Some(query)) if !id.is_empty() => self.answer(id, query, out),
            _ => Err(Failure::Usage(
                self.locale
                    .choose(
                        "expected an id, a tab and a query",
                        "тут мають бути ідентифікатор, табуляція й запит",
                    )
                    .to_owned(),
            )),
        }
    }
}

pub(crate) const SEARCH_EXAMPLES: &str = "\
Examples:
  shukach search 'гарантії безпеки'
  shukach search '«гарантії безпеки» -реклама' --from 2025-12 --source 'Хвиля Поділля'
  shukach search 'школа OR вчитель' --sort -date --limit 20
  shukach search 'мир NEAR/5 воля' --facet section --share
  shukach search 'міст' --format csv --fields published,source,title,url -o mosty.csv";

#[derive(Debug, Args)]
#[command(after_help = format!("{SEARCH_EXAMPLES}\n\n{QUERY_HELP}"))]
pub(crate) struct SearchArguments {
    /// What to look for
    #[arg(value_name = "QUERY", required_unless_present_any = ["queries", "copies"])]
    pub(crate) query: Vec<String>,
    #[command(flatten)]
    pub(crate) folder: IndexFolder,
    #[command(flatten)]
    pub(crate) filter: FilterArguments,
    /// How many hits to show
    #[arg(
        short = 'n',
        long,
        value_name = "N",
        default_value_t = 10,
        allow_negative_numbers = true
    )]
    pub(crate) limit: usize,
    /// How many hits to leave out first
    #[arg(
        long,
        value_name = "N",
        default_value_t = 0,
        allow_negative_numbers = true
    )]
    pub(crate) offset: usize,
    /// The best first (score), the oldest first (date) or the newest first (-date) [default: score]
    #[arg(long, value_enum, allow_hyphen_values = true)]
    pub(crate) sort: Option<SortChoice>,
    /// Buckets of the timeline
    #[arg(long, value_enum, default_value_t = PeriodChoice::Month)]
    pub(crate) by: PeriodChoice,
    #[command(flatten)]
    pub(crate) copies: CopiesArguments,
    #[command(flatten)]
    pub(crate) facets: FacetArguments,
    #[command(flatten)]
    pub(crate) reading: ReadingArguments,
    #[command(flatten)]
    pub(crate) words: WordArguments,
    /// Let scores fade with age: after so many days an article counts half
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=36_500))]
    pub(crate) recent: Option<u32>,
    /// With --match any, do not also find words that begin alike (гарантувати beside гарантія)
    #[arg(long)]
    pub(crate) no_related: bool,
    /// Replace words that no article has by what was most likely meant, and say so
    #[arg(long)]
    pub(crate) accept_suggestions: bool,
    /// Answer with what is found after so many milliseconds, and say so
    #[arg(long, value_name = "MS")]
    pub(crate) timeout: Option<u64>,
    /// Tell of each hit which forms matched, where, and how its score came about
    #[arg(long)]
    pub(crate) explain: bool,
    #[command(flatten)]
    pub(crate) answer: AnswerArguments,
    /// Answer many queries: a file with one query a line, its id and a tab before it; - for
    /// standard input
    #[arg(long, value_name = "FILE", conflicts_with = "query")]
    pub(crate) queries: Option<PathBuf>,
    /// Colours
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = ColourChoice::Auto)]
    pub(crate) color: ColourChoice,
    #[command(flatten)]
    pub(crate) links: LinkArguments,
    /// The options that another query is asked with.
    #[arg(skip)]
    pub(crate) repeated: Vec<String>,
}

impl SearchArguments {
    /// Returns the request for one query.
    pub(crate) fn request(&self, query: &str, locale: Locale) -> SearchRequest {
        let request = SearchRequest::new(self.copies.narrowed(query));
        self.words
            .within(self.copies.within(self.filter.within(request)))
            .options(
                self.reading
                    .options_in(&self.filter.tz)
                    .allows_negation(self.answer.all),
            )
            .locale(locale)
            .limit(self.limit)
            .offset(self.offset)
            .sort(match self.sort {
                None if self.copies.copies.is_none() => Sort::Score,
                Some(SortChoice::Score) => Sort::Score,
                None | Some(SortChoice::Oldest) => Sort::Oldest,
                Some(SortChoice::Newest) => Sort::Newest,
            })
            .cursor(self.answer.cursor.clone())
            .track_total(!self.answer.no_counts)
            .timeline(self.by.period())
            .facets(self.facets.request())
            .depth(self.answer.depth())
            .snippets(self.answer.snippets)
            .snippet_chars(usize::from(self.answer.snippet_chars))
            .half_life_days(self.recent)
            .related(!self.no_related)
            .timeout(self.timeout.map(Duration::from_millis))
            .explain(self.explain)
            .accept_suggestions(self.accept_suggestions)
    }

    /// Returns the command that asks another query in the same way, for people to copy; what
    /// concerns only the look of the answer, and the page, is left out.
    pub(crate) fn command(&self) -> SearchCommand {
        SearchCommand {
            options: self.repeated.clone(),
            has_all_buckets: self.facets.commands,
        }
    }
}
