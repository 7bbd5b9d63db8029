//! Writes answers in the form that the command line asks for.

use crate::arguments::answer::AnswerArguments;
use crate::arguments::links::LinkArguments;
use crate::arguments::query_lines::named_query;
use crate::arguments::shared::Format;
use crate::exit::{ErrorForm, Exit, Failure, not_utf8};
use crate::terminal::colour::ColourChoice;
use crate::terminal::destination::Destination;
use crate::terminal::notices::tell;
use crate::terminal::output;
use shukach::locale::Locale;
use shukach::render::hit_lines::HitLines;
use shukach::render::sanitize::one_line;
use shukach::render::shell::SearchCommand;
use shukach::search::{Answering, Hit, SearchError, SearchRequest, SearchResponse, StreamOrder};
use shukach::{Error, render};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::time::Instant;

/// Answers queries in the form that the command line asks for.
pub(crate) struct Desk<'a, I> {
    pub(crate) index: &'a I,
    /// Makes the request for a query.
    pub(crate) request: &'a dyn Fn(&str) -> SearchRequest,
    pub(crate) form: &'a AnswerArguments,
    /// Whether copies are left out, so that tables tell how many each hit has.
    pub(crate) is_collapsed: bool,
    /// Whether several queries are answered, so that each answer needs a name.
    pub(crate) has_many: bool,
    /// The order in which all hits are written.
    pub(crate) order: StreamOrder,
    pub(crate) color: ColourChoice,
    pub(crate) links: &'a LinkArguments,
    /// What other queries are asked with.
    pub(crate) command: SearchCommand,
    pub(crate) locale: Locale,
}

/// Opens where the answer goes; long ones for people are paged.
pub(crate) fn destination(form: &AnswerArguments) -> Result<Destination, Failure> {
    let file = form.output.as_deref();
    if form.format() == Format::Text && !form.count && !form.quiet {
        Destination::open_paged(file, &form.pager)
    } else {
        Destination::open(file)
    }
}

impl<I: Answering> Desk<'_, I> {
    /// Answers a query, which the answer calls `id` where there are several.
    pub(crate) fn answer(
        &self,
        id: &str,
        query: &str,
        out: &mut Destination,
    ) -> Result<Exit, Failure> {
        self.write(id, (self.request)(query), out)
            .map_err(|failure| failure.about(query))
    }

    fn write(
        &self,
        id: &str,
        request: SearchRequest,
        out: &mut Destination,
    ) -> Result<Exit, Failure> {
        let form = self.form;
        if form.quiet {
            let has_hits = self.index.has_hits(&self.announced(request)?)?;
            return Ok(Exit::of_hits(has_hits));
        }
        if form.count {
            let count = self.index.count(&self.announced(request)?)?;
            tell(&count.notices, self.locale);
            let total = count.value;
            if self.has_many {
                write!(out, "{}\t", one_line(id))?;
            }
            writeln!(out, "{total}")?;
            return Ok(Exit::of_count(total));
        }
        if form.format() == Format::Trec {
            let first_rank = request.offset + 1;
            let ranking = self.index.ranking(&self.announced(request)?)?;
            tell(&ranking.notices, self.locale);
            let hits = ranking.value.iter();
            let lines = (first_rank..).zip(hits.map(|(id, score)| (id.as_str(), *score)));
            render::trec::write(id, lines, out)?;
            return Ok(Exit::of_count(ranking.value.len() as u64));
        }
        if form.all {
            return self.write_all(&self.announced(request)?, out);
        }
        let mut response = self.index.search(&request)?;
        response.query_id = self.has_many.then(|| id.to_owned());
        if form.no_timing {
            response.took_ms = 0.0;
        }
        self.write_response(&response, out)?;
        Ok(Exit::of_hits(response.has_hits()))
    }

    /// Writes every hit as it is made.
    fn write_all(&self, request: &SearchRequest, out: &mut Destination) -> Result<Exit, Failure> {
        let started = Instant::now();
        let form = self.form;
        let Some(shown) = form.line_form(self.is_collapsed) else {
            return Ok(Exit::NothingFound);
        };
        let mut summary = self.index.search(&request.clone().limit(0))?;
        if form.format() != Format::Ndjson {
            tell(&summary.notices, self.locale);
        }
        let mut lines = HitLines::new(shown.clone(), &mut *out)?;
        let make = |hits: &[Hit]| shown.lines(hits).map_err(Failure::from);
        let mut write = |made: Vec<u8>| lines.made(&made).map_err(Failure::from);
        let left = request.timeout;
        let left = left.map(|limit| limit.saturating_sub(started.elapsed()));
        let request = request.clone().timeout(left);
        self.index
            .for_all_hits(&request, self.order, &make, &mut write)?;
        summary.took_ms = if form.no_timing {
            0.0
        } else {
            started.elapsed().as_secs_f64() * 1_000.0
        };
        lines.finish(&summary)?;
        Ok(Exit::of_hits(summary.has_hits()))
    }

    fn write_response(
        &self,
        response: &SearchResponse,
        out: &mut Destination,
    ) -> Result<(), Failure> {
        let form = self.form;
        if let Some(shown) = form.line_form(self.is_collapsed) {
            if form.format() != Format::Ndjson {
                tell(&response.notices, self.locale);
            }
            let mut lines = HitLines::new(shown, &mut *out)?;
            lines.hits(&response.hits)?;
            lines.finish(response)?;
        } else if form.format() != Format::Json {
            let layout = output::layout_for(self.color, self.locale, out.is_stdout());
            let layout = self.links.within(layout, out);
            render::text::write(response, &self.command, layout, out)?;
        } else {
            form.write_json(response, out)?;
        }
        Ok(())
    }

    /// Returns the request with its wrong words replaced, if that is asked for, and each
    /// replacement told on standard error: for forms that have no place for it.
    fn announced(&self, request: SearchRequest) -> Result<SearchRequest, SearchError> {
        if !request.accept_suggestions {
            return Ok(request);
        }
        let (mended, notices) = self.index.with_suggestions(&request)?;
        tell(&notices, self.locale);
        Ok(mended)
    }

    fn error_form(&self) -> ErrorForm {
        match self.form.format() {
            Format::Json | Format::Ndjson => ErrorForm::Json,
            _ => ErrorForm::Text,
        }
    }

    /// Answers all queries of a file; a line that cannot be understood is reported and the others
    /// still answered.
    pub(crate) fn answer_all(&self, path: &Path, out: &mut Destination) -> Result<Exit, Failure> {
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
            let answered = match std::str::from_utf8(&line).map(named_query) {
                Ok(None) => continue,
                Ok(Some(named)) => self.answer(&named.name, &named.query, out),
                Err(_) => Err(Failure::Usage(not_utf8(self.locale).to_owned())),
            };
            match answered {
                Ok(Exit::Success) => exit = Exit::Success,
                Ok(_) => {}
                Err(failure) if failure.is_silent() => return Err(failure),
                Err(failure) => {
                    let place = format!("{}:{number}", path.display());
                    failure.report_at(&place, self.error_form(), self.locale);
                    has_failed = true;
                }
            }
        }
        Ok(if has_failed { Exit::Failed } else { exit })
    }
}
