//! What the endpoint `suggest` takes; the command line completes words in its own way.

use crate::arguments::matching::PartArguments;
use crate::arguments::query_word::query_word;
use clap::Args;
use shukach::search::SearchRequest;

#[derive(Debug, Args)]
pub(crate) struct SuggestArguments {
    /// The query as far as it is typed
    #[arg(value_name = "QUERY", required = true, value_parser = query_word)]
    query: Vec<String>,
    /// How many words to offer
    #[arg(long, value_name = "N", default_value_t = 8)]
    limit: usize,
    #[command(flatten)]
    parts: PartArguments,
}

impl SuggestArguments {
    /// Returns the request.
    pub(crate) fn request(&self) -> SearchRequest {
        let request = SearchRequest::new(self.query.join(" "));
        self.parts.within(request.limit(self.limit))
    }
}
