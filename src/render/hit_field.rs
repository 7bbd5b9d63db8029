//! The fields of a hit, as people choose them for a table.

use crate::search::{Depth, Hit};

/// A field of a hit, under the name that it has in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of Hit")]
pub enum HitField {
    Rank,
    Id,
    Score,
    Title,
    TitleHighlights,
    TitleHighlightsChars,
    Published,
    DateSource,
    Source,
    Section,
    Author,
    Url,
    Path,
    Lang,
    Snippets,
    MatchedBy,
    Copies,
    CopySources,
    FirstWords,
    Collection,
    Line,
    Places,
    Lead,
    Body,
    Tags,
}

impl HitField {
    /// All of them, in the order of JSON; `copy_sources` and the last three
    /// are there only where they are chosen.
    pub const ALL: [Self; 25] = [
        Self::Rank,
        Self::Id,
        Self::Score,
        Self::Title,
        Self::TitleHighlights,
        Self::TitleHighlightsChars,
        Self::Published,
        Self::DateSource,
        Self::Source,
        Self::Section,
        Self::Author,
        Self::Url,
        Self::Path,
        Self::Lang,
        Self::Snippets,
        Self::MatchedBy,
        Self::Copies,
        Self::CopySources,
        Self::FirstWords,
        Self::Collection,
        Self::Line,
        Self::Places,
        Self::Lead,
        Self::Body,
        Self::Tags,
    ];

    /// The columns of a table where none were chosen.
    pub const OF_TABLES: [Self; 10] = [
        Self::Rank,
        Self::Id,
        Self::Published,
        Self::Source,
        Self::Title,
        Self::Author,
        Self::Section,
        Self::Url,
        Self::Score,
        Self::Snippets,
    ];

    /// The same where copies were left out.
    pub const OF_TABLES_WITHOUT_COPIES: [Self; 12] = [
        Self::Rank,
        Self::Id,
        Self::Published,
        Self::Source,
        Self::Copies,
        Self::CopySources,
        Self::Title,
        Self::Author,
        Self::Section,
        Self::Url,
        Self::Score,
        Self::Snippets,
    ];

    /// What a list for reading shows where nothing was chosen.
    pub const OF_LISTS: [Self; 4] = [Self::Title, Self::Published, Self::Source, Self::Snippets];

    /// Returns the name of the field in JSON, on the command line and at the head of a column.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rank => "rank",
            Self::Id => "id",
            Self::Score => "score",
            Self::Title => "title",
            Self::TitleHighlights => "title_highlights",
            Self::TitleHighlightsChars => "title_highlights_chars",
            Self::Published => "published",
            Self::DateSource => "date_source",
            Self::Source => "source",
            Self::Section => "section",
            Self::Author => "author",
            Self::Url => "url",
            Self::Path => "path",
            Self::Lang => "lang",
            Self::Snippets => "snippets",
            Self::MatchedBy => "matched_by",
            Self::Copies => "copies",
            Self::CopySources => "copy_sources",
            Self::FirstWords => "first_words",
            Self::Collection => "collection",
            Self::Line => "line",
            Self::Places => "places",
            Self::Lead => "lead",
            Self::Body => "body",
            Self::Tags => "tags",
        }
    }

    /// Returns the depth that this field needs.
    pub fn depth(self) -> Depth {
        match self {
            Self::Rank
            | Self::Id
            | Self::Score
            | Self::Source
            | Self::Section
            | Self::Author
            | Self::Path
            | Self::Lang
            | Self::Copies
            | Self::CopySources
            | Self::Collection
            | Self::Line
            | Self::Places => Depth::Columns,
            Self::Title
            | Self::Published
            | Self::DateSource
            | Self::Url
            | Self::FirstWords
            | Self::Lead
            | Self::Body
            | Self::Tags => Depth::Texts,
            Self::TitleHighlights
            | Self::TitleHighlightsChars
            | Self::Snippets
            | Self::MatchedBy => Depth::Matches,
        }
    }

    /// Returns the field called `name`.
    ///
    /// # Errors
    /// A message that lists the fields.
    pub fn of_name(name: &str) -> Result<Self, String> {
        let name = if name == "text" { "body" } else { name };
        let known = Self::ALL.into_iter().find(|field| field.name() == name);
        known.ok_or_else(|| {
            let names = Self::ALL.map(Self::name);
            format!("expected fields among {}", names.join(", "))
        })
    }

    /// Returns the field of `hit` as the text of a cell; empty where the article has none.
    pub fn cell(self, hit: &Hit) -> Cell {
        let optional = |value: &Option<String>| Cell::Text(value.clone().unwrap_or_default());
        match self {
            Self::Rank => Cell::Number(hit.rank.to_string()),
            Self::Id => Cell::Text(hit.id.clone()),
            Self::Score => Cell::Number(format!("{:.4}", hit.score)),
            Self::Title => Cell::Text(hit.title.clone()),
            Self::TitleHighlights | Self::TitleHighlightsChars => {
                let words = hit.title_highlights.iter();
                let words: Vec<&str> = words.map(|range| range.of(&hit.title)).collect();
                Cell::Text(words.join(" "))
            }
            Self::Published => optional(&hit.published),
            Self::DateSource => optional(&hit.date_source),
            Self::Source => optional(&hit.source),
            Self::Section => optional(&hit.section),
            Self::Author => optional(&hit.author),
            Self::Url => optional(&hit.url),
            Self::Path => Cell::Text(hit.path.clone()),
            Self::Lang => Cell::Text(hit.lang.clone()),
            Self::Snippets => {
                let texts = hit.snippets.iter().map(|snippet| snippet.text.as_str());
                Cell::Text(texts.collect::<Vec<_>>().join(" … "))
            }
            Self::MatchedBy => Cell::Text(hit.matched_by.name().to_owned()),
            Self::Copies => {
                let copies = hit.copies.as_ref();
                Cell::Number(copies.map_or_else(String::new, |copies| copies.count.to_string()))
            }
            Self::CopySources => {
                let copies = hit.copies.as_ref();
                Cell::Text(copies.map_or_else(String::new, |copies| copies.sources.join(", ")))
            }
            Self::FirstWords => optional(&hit.first_words),
            Self::Collection => Cell::Text(hit.collection.clone()),
            Self::Line => Cell::Number(hit.line.map_or_else(String::new, |line| line.to_string())),
            Self::Places => {
                let places = hit
                    .places
                    .iter()
                    .map(|place| placed(&place.path, place.line));
                Cell::Text(places.collect::<Vec<_>>().join(" "))
            }
            Self::Lead => Cell::Text(hit.lead.clone()),
            Self::Body => Cell::Text(hit.body.clone()),
            Self::Tags => Cell::Text(hit.tags.join(", ")),
        }
    }
}

/// Returns a file with the line in it, as programs name them.
pub fn placed(path: &str, line: Option<u64>) -> String {
    match line {
        Some(line) => format!("{path}:{line}"),
        None => path.to_owned(),
    }
}

/// Returns the depth that all of `fields` need; `None` if there are none.
pub fn depth_of(fields: &[HitField]) -> Option<Depth> {
    fields.iter().map(|field| field.depth()).max()
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Text from an archive, which is untrusted.
    Text(String),
    /// A number of our own making.
    Number(String),
}

impl Cell {
    /// Returns its text.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Number(text) => text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_found_by_its_name_and_others_are_told_the_names() {
        for field in HitField::ALL {
            assert_eq!(HitField::of_name(field.name()), Ok(field));
        }
        let message = HitField::of_name("date").unwrap_err();
        assert!(message.contains("published"), "{message}");
    }
}
