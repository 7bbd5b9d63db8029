//! Answers of the endpoints, as the command line gives them in JSON.

use crate::arguments::answer::AnswerArguments;
use crate::arguments::opened::Opened;
use crate::commands::count::{AskedArguments, CountArguments, TimelineArguments};
use crate::commands::kwic::{KwicArguments, LineForm};
use crate::commands::list::ListArguments;
use crate::commands::more_like::MoreLikeArguments;
use crate::commands::parse::ParseArguments;
use crate::commands::search::SearchArguments;
use crate::commands::show::ShowArguments;
use crate::commands::translate::TranslateArguments;
use crate::exit::Failure;
use crate::serve::api::completion::SuggestArguments;
use crate::serve::problem::JSON;
use crate::serve::time_limit::TimeLimit;
use clap::{ArgMatches, FromArgMatches};
use serde::Serialize;
use shukach::locale::Locale;
use shukach::render;
use shukach::search::{Answering, CountsResponse, Hit, SearchRequest, SearchResponse};

pub(crate) const CSV: &str = "text/csv; charset=utf-8";
pub(crate) const TSV: &str = "text/tab-separated-values; charset=utf-8";

/// What is asked, and of which commit.
pub(crate) struct Asked<'a> {
    pub(crate) searcher: &'a Opened,
    pub(crate) matches: &'a ArgMatches,
    pub(crate) locale: Locale,
    pub(crate) shows_paths: bool,
    pub(crate) time_limit: TimeLimit,
}

/// An answer.
pub(crate) struct Answer {
    pub(crate) media: &'static str,
    pub(crate) body: Vec<u8>,
    /// Whether the time limit ended the search; asked again, it may find more.
    pub(crate) is_partial: bool,
}

impl Answer {
    fn whole(media: &'static str, body: Vec<u8>) -> Self {
        Self {
            media,
            body,
            is_partial: false,
        }
    }

    fn json(value: &impl Serialize) -> Result<Self, Failure> {
        let mut body = Vec::new();
        render::json::write(value, &mut body)?;
        Ok(Self::whole(JSON, body))
    }
}

impl Asked<'_> {
    /// Returns the parameters as the arguments of a command.
    pub(crate) fn arguments<A: FromArgMatches>(&self) -> Result<A, Failure> {
        A::from_arg_matches(self.matches).map_err(|error| Failure::Usage(error.to_string()))
    }

    /// Takes the paths of files out of hits, unless they may be shown.
    pub(crate) fn hide_paths(&self, hits: &mut [Hit]) {
        if !self.shows_paths {
            for hit in hits {
                hit.path.clear();
                hit.places.clear();
            }
        }
    }

    /// Returns `request` with the time that it may take.
    pub(crate) fn limited(&self, request: SearchRequest) -> SearchRequest {
        self.time_limit
            .limit(request, self.searcher.is_in_cluster())
    }

    /// Searches; paths of files are taken out of the hits, unless they may be shown.
    pub(crate) fn found(&self, request: &SearchRequest) -> Result<SearchResponse, Failure> {
        let mut response = self
            .searcher
            .search(request)
            .map_err(|error| Failure::of_search(&request.query, error))?;
        self.hide_paths(&mut response.hits);
        Ok(response)
    }

    fn hits(&self, request: SearchRequest, form: &AnswerArguments) -> Result<Answer, Failure> {
        if let Some(conflict) = form.conflict(false, self.locale) {
            return Err(Failure::Usage(conflict.to_owned()));
        }
        let mut response = self.found(&self.limited(request))?;
        if form.no_timing {
            response.took_ms = 0.0;
        }
        let mut body = Vec::new();
        form.write_json(&response, &mut body)?;
        Ok(Answer {
            is_partial: response.partial,
            ..Answer::whole(JSON, body)
        })
    }
}

pub(crate) fn search(asked: &Asked<'_>) -> Result<Answer, Failure> {
    let arguments: SearchArguments = asked.arguments()?;
    arguments.check(asked.searcher)?;
    asked.hits(arguments.whole_request(asked.locale)?, &arguments.answer)
}

pub(crate) fn list(asked: &Asked<'_>) -> Result<Answer, Failure> {
    let arguments: ListArguments = asked.arguments()?;
    asked.hits(arguments.request("", asked.locale), &arguments.answer)
}

pub(crate) fn count(asked: &Asked<'_>) -> Result<Answer, Failure> {
    let arguments: CountArguments = asked.arguments()?;
    let response =
        arguments.response(asked.searcher, Some(asked.time_limit.whole()), asked.locale)?;
    counted(&response, &arguments.asked)
}

pub(crate) fn timeline(asked: &Asked<'_>) -> Result<Answer, Failure> {
    let arguments: TimelineArguments = asked.arguments()?;
    let response =
        arguments.response(asked.searcher, Some(asked.time_limit.whole()), asked.locale)?;
    counted(&response, &arguments.asked)
}

fn counted(response: &CountsResponse, form: &AskedArguments) -> Result<Answer, Failure> {
    let mut body = Vec::new();
    form.write_data(response, &mut body)?;
    let media = if form.csv { CSV } else { JSON };
    Ok(Answer::whole(media, body))
}

pub(crate) fn kwic(asked: &Asked<'_>) -> Result<Answer, Failure> {
    let arguments: KwicArguments = asked.arguments()?;
    let limit = Some(asked.time_limit.whole());
    let mut response = arguments.response(asked.searcher, limit, asked.locale)?;
    if !asked.shows_paths {
        for line in &mut response.lines {
            line.path.clear();
        }
    }
    let mut body = Vec::new();
    arguments.write_data(&response, &mut body)?;
    let media = match arguments.form() {
        LineForm::Csv => CSV,
        LineForm::Tsv => TSV,
        LineForm::Json | LineForm::Text => JSON,
    };
    Ok(Answer::whole(media, body))
}

pub(crate) fn article(asked: &Asked<'_>) -> Result<Answer, Failure> {
    let arguments: ShowArguments = asked.arguments()?;
    let mut response = arguments.response(asked.searcher, asked.locale)?;
    if !asked.shows_paths {
        response.path.clear();
        response.places.clear();
    }
    Answer::json(&response)
}

pub(crate) fn similar(asked: &Asked<'_>) -> Result<Answer, Failure> {
    let arguments: MoreLikeArguments = asked.arguments()?;
    let limit = Some(asked.time_limit.whole());
    let mut response = arguments.response(asked.searcher, limit, asked.locale)?;
    asked.hide_paths(&mut response.hits);
    Answer::json(&response)
}

pub(crate) fn parse(asked: &Asked<'_>) -> Result<Answer, Failure> {
    let arguments: ParseArguments = asked.arguments()?;
    Answer::json(&arguments.report(asked.locale)?)
}

pub(crate) fn translate(asked: &Asked<'_>) -> Result<Answer, Failure> {
    let arguments: TranslateArguments = asked.arguments()?;
    Answer::json(&arguments.report(asked.locale)?)
}

pub(crate) fn suggest(asked: &Asked<'_>) -> Result<Answer, Failure> {
    let arguments: SuggestArguments = asked.arguments()?;
    Answer::json(&asked.searcher.completions(&arguments.request())?)
}

pub(crate) fn info(asked: &Asked<'_>) -> Result<Answer, Failure> {
    let mut summary = asked.searcher.summary()?;
    if !asked.shows_paths {
        summary.path.clear();
        for collection in &mut summary.collections {
            collection.roots.clear();
        }
    }
    Answer::json(&summary)
}
