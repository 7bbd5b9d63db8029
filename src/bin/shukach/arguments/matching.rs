//! Arguments that choose where and in which spellings words match.

use crate::arguments::lexicon::LexiconFile;
use crate::arguments::shared::PartChoice;
use clap::Args;
use shukach::search::SearchRequest;

/// The parts of an article that are searched.
#[derive(Debug, Args)]
pub(crate) struct PartArguments {
    /// Where words must match
    #[arg(
        long = "in",
        value_enum,
        value_name = "PARTS",
        value_delimiter = ',',
        default_value = "title,lead,body"
    )]
    parts: Vec<PartChoice>,
}

impl PartArguments {
    /// Puts them into a request.
    pub(crate) fn within(&self, request: SearchRequest) -> SearchRequest {
        request.parts(PartChoice::parts(&self.parts))
    }
}

/// Which words count as those of the query.
#[derive(Debug, Args)]
pub(crate) struct WordArguments {
    /// Find words in their own language only, not also in others (Зеленський, Зеленский, Zelenskyy)
    #[arg(long)]
    no_translit: bool,
    /// Find words only as they are spelt, not also in other spellings (проєкт, проект; вебсайт,
    /// веб-сайт)
    #[arg(long)]
    no_variants: bool,
    #[command(flatten)]
    parts: PartArguments,
    #[command(flatten)]
    pub(crate) lexicon: LexiconFile,
}

impl WordArguments {
    /// Puts them into a request; the lexicon is yet to be read.
    pub(crate) fn within(&self, request: SearchRequest) -> SearchRequest {
        self.parts.within(
            request
                .transliterate(!self.no_translit)
                .variants(!self.no_variants),
        )
    }
}
