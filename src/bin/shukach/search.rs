//! `shukach search`.

use crate::args::{Format, SearchArguments};
use crate::exit::{Exit, Failure};
use crate::output;
use shukach::render;
use shukach::search::Searcher;
use shukach::{Error, index::Index};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;

pub(crate) fn run(arguments: &SearchArguments) -> Result<Exit, Failure> {
    let searcher = Searcher::open(&Index::open(&arguments.folder.path())?)?;
    let mut out = BufWriter::new(io::stdout().lock());
    let exit = match &arguments.queries {
        None => answer(
            &searcher,
            "1",
            &arguments.query.join(" "),
            arguments,
            &mut out,
        )?,
        Some(path) => answer_all(&searcher, path, arguments, &mut out)?,
    };
    out.flush()?;
    Ok(exit)
}

fn answer(
    searcher: &Searcher,
    id: &str,
    query: &str,
    arguments: &SearchArguments,
    out: &mut impl Write,
) -> Result<Exit, Failure> {
    let request = arguments.request(query);
    let failed = |error| Failure::of_search(query, error);
    let is_found = if arguments.format() == Format::Trec {
        let ranking = searcher.ranking(&request).map_err(failed)?;
        render::trec::write(id, &ranking, out)?;
        !ranking.is_empty()
    } else {
        let response = searcher.search(&request).map_err(failed)?;
        match arguments.format() {
            Format::Json => render::json::write(&response, out)?,
            _ => render::text::write(&response, output::layout(arguments.color), out)?,
        }
        response.total > 0
    };
    Ok(if is_found {
        Exit::Success
    } else {
        Exit::NothingFound
    })
}

/// Answers all queries of a file; a line that cannot be understood is reported and the others still answered.
fn answer_all(
    searcher: &Searcher,
    path: &Path,
    arguments: &SearchArguments,
    out: &mut impl Write,
) -> Result<Exit, Failure> {
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
        // Judged query sets carry more columns behind the query.
        let mut columns = line.split('\t');
        let (id, query) = (columns.next().unwrap_or_default(), columns.next());
        let outcome = match query {
            Some(query) => answer(searcher, id, query, arguments, out),
            None => Err(Failure::Usage(
                "expected an id, a tab and a query".to_owned(),
            )),
        };
        match outcome {
            Ok(Exit::Success) => exit = Exit::Success,
            Ok(_) => {}
            Err(failure) if failure.is_broken_pipe() => return Err(failure),
            Err(failure) => {
                eprintln!("{}:{number}:", path.display());
                failure.report();
                has_failed = true;
            }
        }
    }
    Ok(if has_failed { Exit::Failed } else { exit })
}
