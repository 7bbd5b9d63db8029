//! The fields that a query can name, in English and Ukrainian.

use crate::schema::Part;

/// A part of the article that words can be looked for in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartField {
    /// The headline.
    Title,
    /// The summary or first paragraph.
    Lead,
    /// The whole text without the headline.
    Text,
}

impl PartField {
    /// Returns the name that is printed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Lead => "lead",
            Self::Text => "body",
        }
    }

    /// Returns the part of the index that it stands for.
    pub fn part(self) -> Part {
        match self {
            Self::Title => Part::Title,
            Self::Lead => Part::Lead,
            Self::Text => Part::Body,
        }
    }
}

/// What is known of an article beside its text and its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// The outlet.
    Source,
    /// The author.
    Author,
    /// The section.
    Section,
    /// The language.
    Lang,
    /// The address on the web.
    Url,
    /// A tag.
    Tag,
    /// The id of an article: that one and its copies.
    Copies,
    /// The outlet of the earliest publication of the text.
    FirstPublisher,
    /// The name of what was indexed together.
    Collection,
}

impl Column {
    /// Those that an article has values of in the index.
    pub const ALL: [Self; 7] = [
        Self::Source,
        Self::Author,
        Self::Section,
        Self::Lang,
        Self::Url,
        Self::Tag,
        Self::Collection,
    ];
}

impl Column {
    /// Returns the name that is printed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Author => "author",
            Self::Section => "section",
            Self::Lang => "lang",
            Self::Url => "url",
            Self::Tag => "tag",
            Self::Copies => "copies",
            Self::FirstPublisher => "first_publisher",
            Self::Collection => "collection",
        }
    }
}

/// What a name before a colon stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// A part of the article.
    Part(PartField),
    /// What is known of it beside its text.
    Column(Column),
    /// The date of publication.
    Date,
}

/// Every name, the printed one of each field first.
const NAMES: [(&str, Field); 36] = [
    ("title", Field::Part(PartField::Title)),
    ("заголовок", Field::Part(PartField::Title)),
    ("назва", Field::Part(PartField::Title)),
    ("lead", Field::Part(PartField::Lead)),
    ("лід", Field::Part(PartField::Lead)),
    ("анонс", Field::Part(PartField::Lead)),
    ("body", Field::Part(PartField::Text)),
    ("text", Field::Part(PartField::Text)),
    ("текст", Field::Part(PartField::Text)),
    ("тіло", Field::Part(PartField::Text)),
    ("source", Field::Column(Column::Source)),
    ("джерело", Field::Column(Column::Source)),
    ("видання", Field::Column(Column::Source)),
    ("author", Field::Column(Column::Author)),
    ("автор", Field::Column(Column::Author)),
    ("section", Field::Column(Column::Section)),
    ("розділ", Field::Column(Column::Section)),
    ("рубрика", Field::Column(Column::Section)),
    ("lang", Field::Column(Column::Lang)),
    ("language", Field::Column(Column::Lang)),
    ("мова", Field::Column(Column::Lang)),
    ("url", Field::Column(Column::Url)),
    ("адреса", Field::Column(Column::Url)),
    ("tag", Field::Column(Column::Tag)),
    ("tags", Field::Column(Column::Tag)),
    ("тег", Field::Column(Column::Tag)),
    ("copies", Field::Column(Column::Copies)),
    ("копії", Field::Column(Column::Copies)),
    ("first_publisher", Field::Column(Column::FirstPublisher)),
    ("першоджерело", Field::Column(Column::FirstPublisher)),
    ("теги", Field::Column(Column::Tag)),
    ("collection", Field::Column(Column::Collection)),
    ("колекція", Field::Column(Column::Collection)),
    ("добірка", Field::Column(Column::Collection)),
    ("date", Field::Date),
    ("дата", Field::Date),
];

/// Returns what `name` stands for; names are lower-case.
pub fn field(name: &str) -> Option<Field> {
    let known = NAMES.iter().find(|(known, _)| *known == name);
    known.map(|(_, field)| *field)
}

/// Returns all names, English and Ukrainian.
pub fn names() -> impl Iterator<Item = &'static str> {
    NAMES.iter().map(|(name, _)| *name)
}

/// A name shorter than this has too many neighbours among ordinary words.
const MIN_NEAR_MISS_CHARS: usize = 4;
/// From this length on, two slips still leave no doubt which name was meant.
const TWO_SLIPS_CHARS: usize = 7;

/// Returns the name that `typed` was probably meant for, if it is one or two slips away from one.
pub fn near_miss(typed: &str) -> Option<&'static str> {
    let typed: Vec<char> = typed.chars().flat_map(char::to_lowercase).collect();
    // A name has no digits, and `тег1` is a word.
    if typed.len() < MIN_NEAR_MISS_CHARS || typed.iter().any(|c| c.is_numeric()) {
        return None;
    }
    let max_slips = if typed.len() >= TWO_SLIPS_CHARS { 2 } else { 1 };
    names()
        .map(|name| (slips(&typed, &name.chars().collect::<Vec<_>>()), name))
        .filter(|(slips, name)| *slips <= max_slips && name.chars().count() >= MIN_NEAR_MISS_CHARS)
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, name)| name)
}

/// Returns how many letters are missing, added, wrong or swapped with their neighbour between two
/// words (optimal string alignment distance). Costs the product of their lengths.
fn slips(a: &[char], b: &[char]) -> usize {
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    rows[0] = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        for (j, &y) in b.iter().enumerate() {
            let wrong = rows[i][j] + usize::from(x != y);
            let mut best = wrong.min(rows[i][j + 1] + 1).min(rows[i + 1][j] + 1);
            if i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y {
                best = best.min(rows[i - 1][j - 1] + 1);
            }
            rows[i + 1][j + 1] = best;
        }
    }
    rows[a.len()][b.len()]
}

impl Column {
    /// Returns the name of the column in the index that its values come from.
    pub fn index_name(self) -> &'static str {
        match self {
            Self::Tag => "tags",
            Self::Copies => "id",
            Self::FirstPublisher => "source",
            other => other.name(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_an_english_and_a_ukrainian_name() {
        for (english, ukrainian) in [
            ("title", "заголовок"),
            ("lead", "лід"),
            ("body", "текст"),
            ("text", "тіло"),
            ("tags", "теги"),
            ("language", "мова"),
            ("source", "джерело"),
            ("author", "автор"),
            ("section", "розділ"),
            ("lang", "мова"),
            ("url", "адреса"),
            ("tag", "тег"),
            ("copies", "копії"),
            ("first_publisher", "першоджерело"),
            ("collection", "колекція"),
            ("date", "дата"),
        ] {
            assert!(field(english).is_some(), "{english}");
            assert_eq!(field(english), field(ukrainian), "{ukrainian}");
        }
        assert_eq!(field("Title"), None);
        assert_eq!(field("слово"), None);
    }

    #[test]
    fn slips_in_a_name_are_seen_and_other_words_are_left_alone() {
        for (typed, meant) in [
            ("tilte", "title"),
            ("загловок", "заголовок"),
            ("заголвоок", "заголовок"),
            ("джерела", "джерело"),
            ("atuhor", "author"),
            ("Titel", "title"),
        ] {
            assert_eq!(near_miss(typed), Some(meant), "{typed}");
        }
        for other in ["https", "слово", "url2", "ст", "тег1", "президент"] {
            assert_eq!(near_miss(other), None, "{other}");
        }
    }
}
