//! `shukach search`.

use crate::args::{Format, SearchArguments};
use crate::exit::{Exit, Failure};
use crate::output;
use shukach::analysis::lexicon::Lexicon;
use shukach::locale::Locale;
use shukach::render;
use shukach::render::sanitize::one_line;
use shukach::search::{SearchError, SearchRequest, Searcher};
use shukach::{Error, index::Index};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::sync::Arc;

pub(crate) fn run(arguments: &SearchArguments, locale: Locale) -> Result<Exit, Failure> {
    let outcome = answer(arguments, locale);
    match outcome {
        Err(failure) if arguments.format() == Format::Json && !failure.is_broken_pipe() => {
            failure.report_json(locale);
            Ok(Exit::Failed)
        }
        outcome => outcome,
    }
}

fn answer(arguments: &SearchArguments, locale: Locale) -> Result<Exit, Failure> {
    let lexicon = arguments.lexicon.read()?.map(Arc::new);
    let searcher = Searcher::open(&Index::open(&arguments.folder.path())?)?;
    let desk = Desk {
        searcher,
        arguments,
        locale,
        lexicon,
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let exit = match &arguments.queries {
        None => desk.answer("1", &arguments.query.join(" "), &mut out)?,
        Some(path) => desk.answer_all(path, &mut out)?,
    };
    out.flush()?;
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
    fn answer(&self, id: &str, query: &str, out: &mut impl Write) -> Result<Exit, Failure> {
        let request = SearchRequest {
            lexicon: self.lexicon.clone(),
            ..self.arguments.request(query, self.locale)
        };
        let failed = |error| Failure::of_search(query, error);
        if self.arguments.format() == Format::Trec {
            let request = self.announced(request).map_err(failed)?;
            let ranking = self.searcher.ranking(&request).map_err(failed)?;
            let lines = ranking.iter().map(|(id, score)| (id.text(), *score));
            render::trec::write(id, lines, out)?;
            return Ok(Exit::of_count(ranking.len() as u64));
        }
        let response = self.searcher.search(&request).map_err(failed)?;
        if self.arguments.format() == Format::Json {
            render::json::write(&response, out)?;
        } else {
            let layout = output::layout(self.arguments.color, self.locale);
            render::text::write(&response, &self.arguments.command(), layout, out)?;
        }
        Ok(Exit::of_count(response.total))
    }

    /// Returns the request to rank by: with its wrong words replaced, if that is asked for, and each replacement
    /// told on standard error, as a run has no place for it.
    fn announced(&self, request: SearchRequest) -> Result<SearchRequest, SearchError> {
        if !request.accept_suggestions {
            return Ok(request);
        }
        let (mended, notices) = self.searcher.mended(&request)?;
        for notice in notices {
            eprintln!("note[{}]: {}", notice.code, one_line(&notice.message));
        }
        Ok(mended)
    }

    /// Answers all queries of a file; a line that cannot be understood is reported and the others still answered.
    fn answer_all(&self, path: &Path, out: &mut impl Write) -> Result<Exit, Failure> {
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
        for (number, line) in (1..).zip(BufReader::new(input).lines()) {
            let line = line.map_err(unreadable)?;
            if line.trim().is_empty() {
                continue;
            }
            match self.answer_line(&line, out) {
                Ok(Exit::Success) => exit = Exit::Success,
                Ok(_) => {}
                Err(failure) if failure.is_broken_pipe() => return Err(failure),
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
    fn answer_line(&self, line: &str, out: &mut impl Write) -> Result<Exit, Failure> {
        let mut columns = line.split('\t');
        match (columns.next(), columns.next()) {
            (Some(id), Some(query)) => self.answer(id, query, out),
            _ => Err(Failure::Usage(
                "expected an id, a tab and a query".to_owned(),
            )),
        }
    }
}
