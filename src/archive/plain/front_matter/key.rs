//! The names that generators of sites, WordPress and Obsidian have for the fields of an article.

/// A field of front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    Id,
    Title,
    Lead,
    Date,
    Source,
    Section,
    Sections,
    Author,
    Url,
    Tags,
    Lang,
    /// `draft: true`, `status: pending`, `type: page`: what is no article.
    Draft,
    Published,
    Status,
    Type,
}

/// The names of each field, the surest first, in small letters without `-`, `_` and spaces.
const NAMES: &[(Key, &[&str])] = &[
    (Key::Id, &["id"]),
    (Key::Title, &["title", "headline", "заголовок", "назва"]),
    (
        Key::Lead,
        &["lead", "description", "excerpt", "summary", "лід"],
    ),
    (
        Key::Date,
        &[
            "publishdate",
            "datepublished",
            "publisheddate",
            "pubdate",
            "publishedat",
            "publishedon",
            "publishedtime",
            "publicationdate",
            "date",
            "published",
            "postdate",
            "datepublish",
            "created",
            "createdat",
            "datecreated",
            "creationdate",
            "дата",
        ],
    ),
    (
        Key::Source,
        &["source", "outlet", "publisher", "site", "джерело"],
    ),
    (Key::Section, &["section", "category", "rubric", "рубрика"]),
    (Key::Sections, &["categories", "sections"]),
    (
        Key::Author,
        &["author", "authors", "byline", "creator", "автор", "автори"],
    ),
    (
        Key::Url,
        &[
            "url",
            "permalink",
            "link",
            "canonicalurl",
            "canonical",
            "sourceurl",
        ],
    ),
    (Key::Tags, &["tags", "tag", "keywords", "topics", "теги"]),
    (Key::Lang, &["lang", "language", "locale", "мова"]),
    (Key::Draft, &["draft"]),
    (Key::Published, &["published"]),
    (Key::Status, &["status", "poststatus"]),
    (Key::Type, &["type", "posttype"]),
];

/// Names that stand in front matter and say nothing of the article.
const OTHERS: &[&str] = &[
    "layout",
    "slug",
    "aliases",
    "weight",
    "coverimage",
    "image",
    "cover",
    "comments",
    "lastmod",
    "updated",
    "modified",
    "cssclasses",
    "cssclass",
    "thumbnail",
    "toc",
    "featured",
    "subtitle",
    "images",
    "parent",
    "menu",
];

/// Returns whether front matter has a field of that name, in any case of letters.
pub(crate) fn is_known(name: &str) -> bool {
    let name = folded(name);
    OTHERS.contains(&name.as_str())
        || NAMES
            .iter()
            .any(|(_, names)| names.contains(&name.as_str()))
}

/// Returns the names of a field, the surest first.
pub(crate) fn names(key: Key) -> &'static [&'static str] {
    NAMES
        .iter()
        .find(|(found, _)| *found == key)
        .map_or(&[], |(_, names)| names)
}

/// Returns a name in small letters without `-`, `_` and spaces.
pub(crate) fn folded(name: &str) -> String {
    name.chars()
        .filter(|c| !matches!(c, '-' | '_' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}
