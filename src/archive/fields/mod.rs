//! One JSON object into one article.
//!
//! | module | what it holds |
//! |---|---|
//! | `record` | a record of any format as fields |
//! | `field_map` | the mapping that a user gives |
//! | `author` | authors |
//! | `dateline` | a dateline at the head of a text |
//! | `path_date` | dates in paths and addresses |

pub(crate) mod author;
pub(crate) mod dateline;
pub(crate) mod field_map;
pub(crate) mod path_date;
pub(crate) mod record;
#[cfg(test)]
mod tests;

use crate::archive::ArchiveFile;
use crate::archive::json::entries::Entries;
use crate::archive::json::{body, value};
use crate::archive::read_article::{Origin, ReadArticle};
use crate::article::{Article, ArticleId, DateSource, Published};
use crate::date::{Date, field};
use crate::error::{Doubt, Field, Problem};
use crate::markup::{blocks, html};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// What an object is to its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Share {
    /// The file is this one article, so its name and path speak of the article.
    Whole,
    /// The file holds other articles too.
    Part,
}

/// Reads the article of an object: a field of any usual name and shape is taken, another leaves a
/// doubt.
///
/// # Errors
///
/// Fails where there is neither a title nor a text.
pub(crate) fn article(
    file: &ArchiveFile,
    object: &Map<String, Value>,
    share: Share,
) -> Result<ReadArticle, Problem> {
    let mut reader = Reader {
        file,
        entries: Entries::of(object, &file.map),
        doubts: Vec::new(),
        origins: Vec::new(),
    };
    let body = reader.body();
    let given_lead = reader.text(Field::Lead);
    let title = reader.title();
    if [Some(&title), Some(&body), given_lead.as_ref()]
        .iter()
        .flatten()
        .all(|text| text.trim().is_empty())
    {
        return Err(reader.no_text(object));
    }
    let (published, date_text) = match reader.published() {
        Some((published, text)) => (Some(published), text),
        None if share == Share::Whole => (dateline::in_file_path(file), String::new()),
        None => (None, String::new()),
    };
    let given_id = reader.id();
    let has_given_id = given_id.is_some();
    let url = reader.url(given_id.as_deref());
    let id = given_id.map(|id| ArticleId::new(&id));
    let id = id.unwrap_or_else(|| match share {
        Share::Whole => ArticleId::new(&file.name),
        Share::Part => {
            let parts = [
                &title,
                &body,
                date_text.as_str(),
                url.as_deref().unwrap_or_default(),
            ];
            ArticleId::new(&format!("{}#{}", file.name, short_hash(&parts)))
        }
    });
    let (source, source_url) = reader.source();
    let (section, other_sections) = reader.sections();
    let article = Article {
        id,
        lead: given_lead.unwrap_or_else(|| blocks::first_paragraph(&body)),
        published,
        source,
        section,
        authors: reader.authors(),
        url: url.or(source_url),
        tags: reader.tags(&other_sections),
        lang: reader.plain(Field::Lang),
        path: file.path.clone(),
        title,
        body,
    };
    Ok(ReadArticle {
        has_given_id,
        origins: reader.origins,
        doubts: reader.doubts,
        ..ReadArticle::from(article)
    })
}

/// Takes fields out of the entries of an object and keeps what was not sure.
struct Reader<'v> {
    file: &'v ArchiveFile,
    entries: Entries<'v>,
    doubts: Vec<Doubt>,
    origins: Vec<Origin>,
}

impl Reader<'_> {
    fn body(&mut self) -> String {
        let read = body::read(&self.entries);
        self.doubts.extend(read.doubts);
        if let Some(key) = read.key {
            self.set_origin(Field::Body, key);
        }
        read.text
    }

    /// Says why there is no text: its value is none, or no key says that it is one.
    fn no_text(&mut self, object: &Map<String, Value>) -> Problem {
        let wrong = self.doubts.drain(..).map(|doubt| doubt.problem);
        let is_wrong = |problem: &Problem| matches!(problem, Problem::WrongType { .. });
        let wrong = wrong.into_iter().find(is_wrong);
        let has_text_key = [Field::Title, Field::Lead, Field::Body]
            .iter()
            .any(|field| !self.entries.of_field(*field).is_empty());
        wrong.unwrap_or_else(|| {
            if has_text_key || object.is_empty() {
                Problem::NoText
            } else {
                unknown_keys(object.keys().map(String::as_str))
            }
        })
    }

    fn title(&mut self) -> String {
        let title = self.text(Field::Title).unwrap_or_default();
        if title.contains('\n') {
            blocks::one_line(&title)
        } else {
            title
        }
    }

    /// Returns the first filled text of a field, HTML read as such.
    fn text(&mut self, field: Field) -> Option<String> {
        self.first(field, |reader, key, value| {
            let text = reader.shaped(field, key, value::text(value))?;
            match html::read(&text) {
                Ok(None) => Some(blocks::with_unix_lines(&text).into_owned()),
                Ok(Some(markup)) => {
                    let text = markup.text();
                    (!text.trim().is_empty()).then(|| blocks::with_unix_lines(&text).into_owned())
                }
                Err(problem) => {
                    reader.doubts.push(Doubt::of(field, problem));
                    None
                }
            }
        })
    }

    /// Returns the first filled text of a field as it stands.
    fn plain(&mut self, field: Field) -> Option<String> {
        self.first(field, |reader, key, value| {
            let text = reader.shaped(field, key, value::text(value))?;
            Some(text.trim().to_owned())
        })
    }

    fn published(&mut self) -> Option<(Published, String)> {
        let time = self.entries.time_of_day().map(str::to_owned);
        self.first(Field::Published, |reader, key, value| {
            // `published: true` tells of the article's state, not of its date.
            if value.is_boolean() {
                return None;
            }
            let text = reader.shaped(Field::Published, key, value::date(value))?;
            let today = reader.file.today;
            let is_utc = key.to_ascii_lowercase().ends_with("gmt")
                || key.to_ascii_lowercase().ends_with("utc");
            let zoned = is_utc.then(|| format!("{}Z", text.trim()));
            let read = zoned.and_then(|text| field::parse(&text, today).ok());
            match read.map_or_else(|| field::parse(&text, today), Ok) {
                Ok(written) => {
                    let timed = time
                        .as_ref()
                        .filter(|_| matches!(written.date, Date::Day(_)))
                        .and_then(|time| {
                            field::parse(&format!("{} {time}", text.trim()), today).ok()
                        });
                    let written = timed.unwrap_or(written);
                    Some((
                        Published::new(written, DateSource::Field),
                        text.into_owned(),
                    ))
                }
                Err(source) => {
                    let key = Cow::Owned(key.to_owned());
                    let problem = Problem::BadDate { key, source };
                    reader.doubts.push(Doubt::of(Field::Published, problem));
                    None
                }
            }
        })
    }

    fn id(&mut self) -> Option<String> {
        self.first(Field::Id, |reader, key, value| {
            let id = reader.shaped(Field::Id, key, value::id(value))?;
            Some(id.into_owned())
        })
    }

    /// Returns the address; an id that is one serves too.
    fn url(&mut self, id: Option<&str>) -> Option<String> {
        let url = self.first(Field::Url, |reader, key, value| {
            let url = reader.shaped(Field::Url, key, value::url(value))?;
            Some(url.trim().to_owned())
        });
        url.or_else(|| id.filter(|id| is_address(id)).map(str::to_owned))
    }

    /// Returns the outlet; an address gives its host, and is the article's where it names a page.
    fn source(&mut self) -> (Option<String>, Option<String>) {
        let source = self
            .first(Field::Source, |reader, key, value| {
                reader.names(Field::Source, key, value)
            })
            .and_then(|names| names.into_iter().next());
        match source {
            Some(address) if is_address(&address) => {
                let (host, page) = host_and_page(&address);
                let is_page = !page.is_empty();
                (Some(host.to_owned()), is_page.then_some(address))
            }
            other => (other, None),
        }
    }

    /// Returns the first section and the others, which are kept as tags.
    fn sections(&mut self) -> (Option<String>, Vec<String>) {
        let names = self.first(Field::Section, |reader, key, value| {
            reader.names(Field::Section, key, value)
        });
        let mut names = names.unwrap_or_default().into_iter();
        (names.next(), names.collect())
    }

    fn authors(&mut self) -> Vec<String> {
        let names = self.first(Field::Author, |reader, key, value| {
            let names = reader.names(Field::Author, key, value)?;
            let names: Vec<String> = names.iter().filter_map(|name| author::name(name)).collect();
            (!names.is_empty()).then_some(names)
        });
        names.unwrap_or_default()
    }

    /// Returns the tags: a list, or one text with commas between, as our format and that of
    /// schema.org have it.
    fn tags(&mut self, sections: &[String]) -> Vec<String> {
        let tags = self.first(Field::Tags, |reader, key, value| match value {
            Value::String(text) => {
                Some(blocks::names(text.split(','))).filter(|tags| !tags.is_empty())
            }
            _ => reader.names(Field::Tags, key, value),
        });
        let tags = tags.unwrap_or_default();
        blocks::names(tags.iter().chain(sections).map(String::as_str))
    }

    fn names(&mut self, field: Field, key: &str, value: &Value) -> Option<Vec<String>> {
        let (names, wrong) = value::names(value);
        if let Some(found) = wrong {
            self.doubt_shape(field, key, found);
        }
        let names: Vec<String> = names.iter().map(|name| plain_name(name)).collect();
        let names = blocks::names(names.iter().map(String::as_str));
        (!names.is_empty()).then_some(names)
    }

    /// Tries the entries of a field one after another, the likeliest first.
    fn first<T>(
        &mut self,
        field: Field,
        take: impl Fn(&mut Self, &str, &Value) -> Option<T>,
    ) -> Option<T> {
        for entry in self.entries.of_field(field) {
            if let Some(taken) = take(self, entry.key, entry.value) {
                self.set_origin(field, entry.key);
                return Some(taken);
            }
        }
        None
    }

    fn shaped<T>(
        &mut self,
        field: Field,
        key: &str,
        read: Result<Option<T>, &'static str>,
    ) -> Option<T> {
        read.unwrap_or_else(|found| {
            self.doubt_shape(field, key, found);
            None
        })
    }

    fn doubt_shape(&mut self, field: Field, key: &str, found: &'static str) {
        let problem = Problem::WrongType {
            key: Cow::Owned(key.to_owned()),
            expected: expected(field),
            found,
        };
        self.doubts.push(Doubt::of(field, problem));
    }

    fn set_origin(&mut self, field: Field, key: &str) {
        let name = Cow::Owned(key.to_owned());
        self.origins.push(Origin { field, name });
    }
}

/// As many keys are named in a message, in characters as many of each.
const SHOWN_KEYS: usize = 12;
const SHOWN_KEY_CHARS: usize = 40;

/// Says that none of these keys is one of a title or a text.
pub(crate) fn unknown_keys<'k>(keys: impl Iterator<Item = &'k str>) -> Problem {
    let mut keys = keys.filter(|key| !key.is_empty());
    let shown: Vec<String> = keys
        .by_ref()
        .take(SHOWN_KEYS)
        .map(|key| key.chars().take(SHOWN_KEY_CHARS).collect())
        .collect();
    let more = if keys.next().is_some() { " …" } else { "" };
    Problem::UnknownKeys {
        keys: format!("{}{more}", shown.join(", ")),
    }
}

fn expected(field: Field) -> &'static str {
    match field {
        Field::Id => "a string or a number",
        Field::Published => "a date",
        Field::Url => "an address",
        Field::Author | Field::Source | Field::Section | Field::Tags => "a name or a list of names",
        Field::Title | Field::Lead | Field::Body | Field::Lang => "a string",
    }
}

/// Returns a name without markup, on one line.
fn plain_name(name: &str) -> String {
    match html::read(name) {
        Ok(Some(markup)) => blocks::one_line(&markup.text()),
        _ => blocks::one_line(name),
    }
}

fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// Splits `https://www.visti.ua/news/1` into `visti.ua` and `news/1`.
fn host_and_page(address: &str) -> (&str, &str) {
    let (_, behind) = address.split_once("://").unwrap_or(("", address));
    let (host, page) = behind.split_once('/').unwrap_or((behind, ""));
    (host.strip_prefix("www.").unwrap_or(host), page)
}

/// Returns 12 hexadecimal digits over the parts, told apart even where they run into one another.
pub(crate) fn short_hash(parts: &[&str]) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part.as_bytes());
        // No byte of UTF-8.
        hasher.update(&[0xFF]);
    }
    hasher.finalize().to_hex().chars().take(12).collect()
}
