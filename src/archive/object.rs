//! One JSON object into one article.

use super::json_entries::Entries;
use super::read_article::{Origin, ReadArticle};
use super::{ArchiveFile, author, blocks, dateline, json_body, json_value, markup};
use crate::article::{Article, ArticleId, DateSource, Published};
use crate::date::{Date, field};
use crate::error::{Doubt, Field, Problem};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// What an object is to its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Share {
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
pub(super) fn article(
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
        return Err(reader.no_text());
    }
    let (published, date_text) = match reader.published() {
        Some((published, text)) => (Some(published), text),
        None if share == Share::Whole => (dateline::in_file_path(file), String::new()),
        None => (None, String::new()),
    };
    let given_id = reader.id();
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
        author: reader.authors(),
        url: url.or(source_url),
        tags: reader.tags(other_sections),
        lang: reader.plain(Field::Lang),
        path: file.path.clone(),
        title,
        body,
    };
    Ok(ReadArticle {
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
        let read = json_body::read(&self.entries);
        self.doubts.extend(read.doubts);
        if let Some(key) = read.key {
            self.set_origin(Field::Body, key);
        }
        read.text
    }

    /// Names the keys that may hold the text that is missing.
    fn no_text(&mut self) -> Problem {
        let wrong = self.doubts.drain(..).map(|doubt| doubt.problem);
        let is_wrong = |problem: &Problem| matches!(problem, Problem::WrongType { .. });
        wrong.into_iter().find(is_wrong).unwrap_or(Problem::NoText)
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
            let text = reader.shaped(field, key, json_value::text(value))?;
            match markup::read(&text) {
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
            let text = reader.shaped(field, key, json_value::text(value))?;
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
            let text = reader.shaped(Field::Published, key, json_value::date(value))?;
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
            let id = reader.shaped(Field::Id, key, json_value::id(value))?;
            Some(id.into_owned())
        })
    }

    /// Returns the address; an id that is one serves too.
    fn url(&mut self, id: Option<&str>) -> Option<String> {
        let url = self.first(Field::Url, |reader, key, value| {
            let url = reader.shaped(Field::Url, key, json_value::url(value))?;
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

    fn authors(&mut self) -> Option<String> {
        let names = self.first(Field::Author, |reader, key, value| {
            let names = reader.names(Field::Author, key, value)?;
            let names: Vec<String> = names.iter().filter_map(|name| author::name(name)).collect();
            (!names.is_empty()).then_some(names)
        });
        names.map(|names| names.join(", "))
    }

    /// Returns the tags: a list, or one text with commas between, as our format and that of
    /// schema.org have it.
    fn tags(&mut self, sections: Vec<String>) -> Vec<String> {
        let tags = self.first(Field::Tags, |reader, key, value| match value {
            Value::String(text) => {
                Some(blocks::names(text.split(','))).filter(|tags| !tags.is_empty())
            }
            _ => reader.names(Field::Tags, key, value),
        });
        let tags = tags.unwrap_or_default();
        blocks::names(tags.iter().chain(&sections).map(String::as_str))
    }

    fn names(&mut self, field: Field, key: &str, value: &Value) -> Option<Vec<String>> {
        let (names, wrong) = json_value::names(value);
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
    match markup::read(name) {
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
fn short_hash(parts: &[&str]) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part.as_bytes());
        // No byte of UTF-8.
        hasher.update(&[0xFF]);
    }
    hasher.finalize().to_hex().chars().take(12).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{doubts, problem, read_one};

    #[test]
    fn all_keys_and_their_other_names_are_read() {
        let article = read_one(
            "a.json",
            r#"{"id": 7, "headline": "Міст", "summary": "Коротко.", "content": "Довго.", "datePublished": "2025",
            "source": "Вісті", "category": "місто", "authors": ["Оля Гай", "Іван Рись"],
            "link": "https://example.org/1", "topics": ["мости", " ", 5, "річка", "мости"], "language": "uk", "views": {"n": 5}}"#
                .as_bytes(),
        );
        assert_eq!(article.id.as_str(), "7");
        assert_eq!(
            (article.title.as_str(), article.lead.as_str()),
            ("Міст", "Коротко.")
        );
        assert_eq!(article.body, "Довго.");
        assert_eq!(article.published.unwrap().date.to_string(), "2025");
        assert_eq!(article.section.as_deref(), Some("місто"));
        assert_eq!(article.author.as_deref(), Some("Оля Гай, Іван Рись"));
        assert_eq!(article.url.as_deref(), Some("https://example.org/1"));
        assert_eq!(article.lang.as_deref(), Some("uk"));
        assert_eq!(article.tags, ["мости", "річка"]);
    }

    #[test]
    fn nulls_and_empty_texts_are_absent() {
        let article = read_one(
            "a.json",
            r#"{"title": null, "headline": "Міст", "date": "", "url": ""}"#.as_bytes(),
        );
        assert_eq!(
            (article.title.as_str(), article.published, article.url),
            ("Міст", None, None)
        );
    }

    #[test]
    fn the_lead_is_the_first_paragraph_where_none_is_given() {
        let article = read_one(
            "a.json",
            r#"{"title": "Т", "body": "Один.\r\n\r\nДва.\u0000"}"#.as_bytes(),
        );
        assert_eq!(
            (article.lead.as_str(), article.body.as_str()),
            ("Один.", "Один.\n\nДва.")
        );
    }

    #[test]
    fn a_field_of_another_shape_leaves_a_doubt_and_not_the_article() {
        for (json, codes) in [
            (
                r#"{"title": "a", "body": "b", "author": [1]}"#,
                vec!["wrong-type"],
            ),
            (
                r#"{"title": "a", "body": "b", "source": {"n": 5}}"#,
                vec!["wrong-type"],
            ),
            (
                r#"{"title": "a", "body": "b", "url": {"city": "Newark"}}"#,
                vec!["wrong-type"],
            ),
            (
                r#"{"title": "a", "body": "b", "date": {"n": 1}}"#,
                vec!["wrong-type"],
            ),
            (
                r#"{"title": "a", "body": "b", "date": "2025-13-01"}"#,
                vec!["bad-date"],
            ),
            (r#"{"title": true, "body": "b"}"#, vec!["wrong-type"]),
            (r#"{"title": "a", "body": "b", "published": true}"#, vec![]),
            (
                r#"{"title": "a", "body": 5}"#,
                vec!["wrong-type", "no-body"],
            ),
        ] {
            assert_eq!(doubts("a.json", json.as_bytes()), codes, "{json}");
        }
        assert_eq!(
            problem("a.json", br#"{"body": true}"#),
            "body: expected a string, found a boolean"
        );
    }

    #[test]
    fn metadata_of_any_plain_shape_is_taken() {
        let article = read_one(
            "a.json",
            r#"{"title": 2024, "body": "Міст", "author": {"name": "Оля Гай"}, "source": {"id": null, "name": "Вісті"},
            "categories": [{"name": "місто"}, {"name": "ремонт"}], "date": {"$date": {"$numberLong": "1704182400000"}},
            "_id": {"$oid": "65a"}, "url": {"uri": "https://visti.ua/1"}, "tags": [{"name": "мости"}]}"#
                .as_bytes(),
        );
        assert_eq!(
            (article.id.as_str(), article.title.as_str()),
            ("65a", "2024")
        );
        assert_eq!(article.author.as_deref(), Some("Оля Гай"));
        assert_eq!(article.source.as_deref(), Some("Вісті"));
        assert_eq!(article.section.as_deref(), Some("місто"));
        assert_eq!(article.tags, ["мости", "ремонт"]);
        assert_eq!(article.url.as_deref(), Some("https://visti.ua/1"));
        assert!(
            article
                .published
                .unwrap()
                .date
                .to_string()
                .starts_with("2024-01-02")
        );
    }

    #[test]
    fn dates_of_every_form_are_read() {
        for (entries, day) in [
            (r#""date": 1704182400"#, "2024-01-02"),
            (r#""date": "1704182400000""#, "2024-01-02"),
            (r#""date": "2 січня 2024""#, "2024-01-02"),
            (r#""date": "02.01.2024, 10:15""#, "2024-01-02T10:15"),
            (
                r#""date": "02.01.2024", "time": "10:15""#,
                "2024-01-02T10:15",
            ),
            (r#""Pub Date": "2024-01-02""#, "2024-01-02"),
            (r#""date_gmt": "2024-01-02T08:15:00""#, "2024-01-02T10:15"),
            (
                r#""created_at": "2024-02-03", "datePublished": "2024-01-02""#,
                "2024-01-02",
            ),
            (r#""date": "колись", "timestamp": 1704182400"#, "2024-01-02"),
        ] {
            let json = format!("{{\"title\": \"Міст\", {entries}}}");
            let published = read_one("a.json", json.as_bytes()).published.unwrap();
            assert!(
                published.date.to_string().starts_with(day),
                "{entries}: {}",
                published.date
            );
        }
    }

    #[test]
    fn html_in_fields_is_read_as_html() {
        let article = read_one(
            "a.json",
            r#"{"title": "&laquo;Міст&raquo; <i>відкрито</i>", "content_html": "<p>Гарантії <b>без</b>пеки&nbsp;міста</p><p>Два</p>",
            "description": "Люди &mdash; раді <3"}"#
                .as_bytes(),
        );
        assert_eq!(article.title, "«Міст» відкрито");
        assert_eq!(article.body, "Гарантії безпеки міста\n\nДва");
        assert_eq!(article.lead, "Люди — раді <3");
    }

    #[test]
    fn articles_wrapped_in_objects_are_found() {
        for json in [
            r#"{"_index": "n", "_id": "1", "_source": {"title": "Міст", "text": "Довго."}}"#,
            r#"{"id": "1", "type": "post", "attributes": {"title": "Міст", "body": "Довго."}}"#,
            r#"{"id": 1, "title": {"rendered": "Міст"}, "content": {"rendered": "<p>Довго.</p>", "protected": false}}"#,
            r#"{"status": "ok", "article": {"id": "1", "headline": "Міст", "articleBody": "Довго."}}"#,
            r#"{"pk": 5, "fields": {"id": "1", "title": "Міст", "full_text": "Довго."}}"#,
        ] {
            let article = read_one("a.json", json.as_bytes());
            let told = (
                article.id.as_str(),
                article.title.as_str(),
                article.body.as_str(),
            );
            assert_eq!(told, ("1", "Міст", "Довго."), "{json}");
        }
    }

    #[test]
    fn names_of_a_wordpress_post_come_from_what_is_embedded() {
        let article = read_one(
            "a.json",
            r#"{"id": 1, "author": 7, "categories": [3], "tags": [4], "title": {"rendered": "Міст"}, "content": {"rendered": "<p>Так</p>"},
            "_embedded": {"author": [{"id": 7, "name": "Оля Гай"}], "wp:term": [[{"taxonomy": "category", "name": "Місто"}],
            [{"taxonomy": "post_tag", "name": "мости"}]]}}"#
                .as_bytes(),
        );
        assert_eq!(article.author.as_deref(), Some("Оля Гай"));
        assert_eq!(
            (article.section.as_deref(), article.tags.as_slice()),
            (Some("Місто"), &["мости".to_owned()][..])
        );
    }

    #[test]
    fn a_source_given_as_an_address_is_its_host() {
        let article = read_one(
            "a.json",
            r#"{"title": "Міст", "source": "https://www.visti.ua/news/1"}"#.as_bytes(),
        );
        assert_eq!(article.source.as_deref(), Some("visti.ua"));
        assert_eq!(article.url.as_deref(), Some("https://www.visti.ua/news/1"));
    }

    #[test]
    fn an_object_without_text_is_told() {
        assert_eq!(
            problem("a.json", br#"{"title": " ", "date": "2025"}"#),
            "no text: neither a title nor a body"
        );
    }

    #[test]
    fn no_date_is_guessed_from_the_text() {
        let article = read_one(
            "a.json",
            r#"{"title": "Міст", "body": "28 грудня 2025 року"}"#.as_bytes(),
        );
        assert_eq!(article.published, None);
    }
}
