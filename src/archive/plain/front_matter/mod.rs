//! The metadata at the beginning of a text or Markdown file: YAML, TOML or JSON.
//!
//! | module | what it holds |
//! |---|---|
//! | `fence` | where it begins and ends |
//! | `syntax` | which syntax it has |
//! | `key` | the names of its fields |
//! | `mend` | mends broken YAML |

mod fence;
mod key;
mod mend;
mod syntax;

use crate::archive::plain::front_matter::key::Key;
use crate::archive::{ArchiveFile, Flaw};
use crate::article::{ArticleId, DateSource, Published};
use crate::date::field;
use crate::error::{Doubt, Field, Problem};
use crate::markup::blocks;
use jiff::civil;
use serde_json::{Map, Value};

/// What the front matter tells of its article.
#[derive(Debug, Default)]
pub(crate) struct FrontMatter {
    pub(crate) id: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) lead: Option<String>,
    pub(crate) published: Option<Published>,
    pub(crate) source: Option<String>,
    pub(crate) section: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) url: Option<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) lang: Option<String>,
    /// What could not be read as it stands.
    pub(crate) doubts: Vec<Doubt>,
}

impl FrontMatter {
    /// Returns the article's id: the one given, else the name of the file.
    pub(crate) fn article_id(&self, file: &ArchiveFile) -> ArticleId {
        ArticleId::new(self.id.as_deref().unwrap_or(&file.name))
    }
}

/// Reads the front matter, if there is any, and returns it with the text behind it. What is broken
/// is mended, and what cannot be is left out; both leave a doubt.
///
/// # Errors
///
/// Fails where it says that the file is no article: a draft, a page, an attachment.
pub(crate) fn split(text: &str, today: civil::Date) -> Result<(FrontMatter, &str), Flaw> {
    let Some(fenced) = fence::find(text) else {
        return Ok((FrontMatter::default(), text));
    };
    let syntax::Parsed { map, flaw } = syntax::parse(&fenced);
    let keys = Keys::of(map);
    if let Some(kind) = keys.other_than_article() {
        return Err(Problem::NotAnArticle { kind }.into());
    }
    let mut front = keys.front_matter(today);
    for doubt in &mut front.doubts {
        let line = doubt
            .field
            .and_then(|_| line_of(fenced.source, &doubt.problem));
        doubt.line = line.map(|line| line + fenced.first_line);
    }
    if let Some((reason, line)) = flaw {
        let doubt = Doubt::from(Problem::BrokenFrontMatter { reason });
        let line = line.map(|line| line + fenced.first_line);
        front.doubts.push(doubt.at_line(line));
    }
    Ok((front, fenced.body))
}

/// Returns the line of a key, counted from 0.
fn line_of(source: &str, problem: &Problem) -> Option<u64> {
    let (Problem::BadDate { key, .. } | Problem::WrongType { key, .. }) = problem else {
        return None;
    };
    let name = |line: &str| line.split([':', '=']).next().map(key::folded);
    let ordinal = source.lines().position(|line| {
        name(line).is_some_and(|name| name.trim_matches(['"', '\'', '{']) == *key)
    })?;
    u64::try_from(ordinal).ok()
}

/// The values of front matter by their names in small letters without `-` and `_`.
struct Keys {
    map: Map<String, Value>,
}

impl Keys {
    fn of(map: Map<String, Value>) -> Self {
        let mut folded = Map::new();
        for (name, value) in map {
            folded.entry(key::folded(&name)).or_insert(value);
        }
        Self { map: folded }
    }

    /// Returns the values of a field, those of its surest name first; nulls and empty texts are
    /// none.
    fn values(&self, key: Key) -> impl Iterator<Item = (&'static str, &Value)> {
        let value = |name: &&'static str| Some((*name, self.map.get(*name)?));
        let is_filled = |(_, value): &(&str, &Value)| match value {
            Value::Null => false,
            Value::String(text) => !text.trim().is_empty(),
            _ => true,
        };
        key::names(key).iter().filter_map(value).filter(is_filled)
    }

    /// Returns what the file says it is, if that is no article.
    fn other_than_article(&self) -> Option<String> {
        let is = |key: Key, texts: &[&str]| {
            self.values(key).find_map(|(name, value)| {
                let text = scalar(value)?.to_lowercase();
                texts
                    .contains(&text.as_str())
                    .then(|| format!("{name}: {text}"))
            })
        };
        is(Key::Draft, &["true", "yes", "1"])
            .or_else(|| is(Key::Published, &["false", "no"]))
            .or_else(|| {
                is(
                    Key::Status,
                    &[
                        "draft",
                        "pending",
                        "private",
                        "trash",
                        "auto-draft",
                        "future",
                    ],
                )
            })
            .or_else(|| {
                is(
                    Key::Type,
                    &["page", "attachment", "revision", "nav_menu_item"],
                )
            })
    }

    fn front_matter(&self, today: civil::Date) -> FrontMatter {
        let mut doubts = Vec::new();
        let published = self.published(today, &mut doubts);
        let mut text = |key: Key, field: Field| {
            let (name, value) = self.values(key).next()?;
            let text = scalar(value);
            if text.is_none() {
                let (expected, found) = ("a string", crate::archive::json::value::type_name(value));
                let problem = Problem::WrongType {
                    key: name.into(),
                    expected,
                    found,
                };
                doubts.push(Doubt::of(field, problem));
            }
            text
        };
        let (id, title) = (text(Key::Id, Field::Id), text(Key::Title, Field::Title));
        let (lead, url) = (text(Key::Lead, Field::Lead), text(Key::Url, Field::Url));
        let lang = text(Key::Lang, Field::Lang);
        let list = |key: Key| {
            self.values(key)
                .map(|(_, value)| names(value))
                .find(|list| !list.is_empty())
        };
        let first = |key: Key| list(key).and_then(|list| list.into_iter().next());
        let tags = list(Key::Tags).unwrap_or_default();
        FrontMatter {
            id,
            title,
            lead,
            published,
            source: first(Key::Source),
            section: first(Key::Section)
                .or_else(|| first(Key::Sections))
                .or_else(|| tags.first().cloned()),
            authors: list(Key::Author).unwrap_or_default(),
            url,
            tags,
            lang,
            doubts,
        }
    }

    /// Returns the first date that can be one; the others are doubts.
    fn published(&self, today: civil::Date, doubts: &mut Vec<Doubt>) -> Option<Published> {
        for (key, value) in self.values(Key::Date) {
            let Some(text) = scalar(value).filter(|_| !value.is_boolean()) else {
                continue;
            };
            match field::parse(&text, today) {
                Ok(date) => return Some(Published::new(date, DateSource::FrontMatter)),
                Err(source) => doubts.push(Doubt::of(
                    Field::Published,
                    Problem::BadDate {
                        key: key.into(),
                        source,
                    },
                )),
            }
        }
        None
    }
}

/// Returns the text of a single value.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Array(list) => match list.as_slice() {
            [only] => scalar(only),
            _ => None,
        },
        Value::Null | Value::Object(_) => None,
    }
}

/// Returns one name, those of a list, or those of people with a `name`.
fn names(value: &Value) -> Vec<String> {
    let name = |value: &Value| match value {
        Value::Object(object) => object
            .get("name")
            .or_else(|| object.get("title"))
            .and_then(scalar),
        other => scalar(other),
    };
    let list: Vec<String> = match value {
        Value::Array(list) => list.iter().filter_map(name).collect(),
        Value::Object(object) if !object.contains_key("name") => {
            object.values().filter_map(name).collect()
        }
        other => name(other).into_iter().collect(),
    };
    blocks::names(list.iter().map(String::as_str))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: civil::Date = civil::date(2026, 11, 30);

    fn front_matter(text: &str) -> FrontMatter {
        split(text, TODAY).unwrap().0
    }

    /// Returns the doubts with their lines.
    fn doubts(text: &str) -> Vec<(Option<u64>, String)> {
        let front = front_matter(text);
        front
            .doubts
            .iter()
            .map(|doubt| (doubt.line, doubt.to_string()))
            .collect()
    }

    #[test]
    fn the_fields_are_read_and_the_text_follows() {
        let text = "---\ntitle: Міст відкрито\ndate: 2025-12-28\nauthors: [Оля Гай, Іван Рись]\n\
                    categories:\n  - місто\n  - ремонт\ntags: [міст]\nlanguage: uk\nlayout: post\n---\nТекст.";
        let (front, body) = split(text, TODAY).unwrap();
        assert_eq!(front.title.as_deref(), Some("Міст відкрито"));
        assert_eq!(front.published.unwrap().date.to_string(), "2025-12-28");
        assert_eq!(front.authors, ["Оля Гай", "Іван Рись"]);
        assert_eq!(front.section.as_deref(), Some("місто"));
        assert_eq!(front.lang.as_deref(), Some("uk"));
        assert_eq!(body, "Текст.");
        assert!(front.doubts.is_empty(), "{:?}", front.doubts);
    }

    #[test]
    fn yaml_toml_and_json_say_the_same() {
        for text in [
            "---\nTitle: Міст відкрито\nDate: 2024-05-06\nTags: [міст, річка]\n---\nТекст.",
            "---\nTITLE: \"Міст відкрито\"\nPublish_Date: '2024-05-06'\ntags:\n- міст\n- річка\n...\nТекст.",
            "+++\ntitle = \"Міст відкрито\"\ndate = 2024-05-06\ntags = [\"міст\", \"річка\"]\n+++\nТекст.",
            "+++\nTitle = 'Міст відкрито'\npublishDate = \"2024-05-06\"\nkeywords = ['міст', 'річка']\n\n[params]\na = 1\n+++\nТекст.",
            "{\n  \"title\": \"Міст відкрито\",\n  \"date\": \"2024-05-06\", \"tags\": [\"міст\", \"річка\"]\n}\nТекст.",
            "\u{FEFF}\n---\nzaholovok: ні\ntitle: Міст відкрито\npost_date: 06.05.2024\ntags: [міст, річка]\n---\nТекст.",
            "Title: Міст відкрито\nDate: 2024-05-06\nTags: міст\n\nТекст.",
        ] {
            let (front, body) = split(text, TODAY).unwrap();
            assert_eq!(front.title.as_deref(), Some("Міст відкрито"), "{text}");
            let published = front.published.unwrap();
            assert_eq!(published.date.to_string(), "2024-05-06", "{text}");
            assert_eq!(published.date_source, DateSource::FrontMatter);
            assert_eq!(
                front.tags.first().map(String::as_str),
                Some("міст"),
                "{text}"
            );
            assert_eq!(body.trim(), "Текст.", "{text}");
        }
    }

    #[test]
    fn every_generator_names_the_date_otherwise() {
        for name in [
            "date",
            "Date",
            "publishDate",
            "publish_date",
            "published",
            "pubDate",
            "pubdate",
            "published_at",
            "created",
            "date created",
            "datePublished",
            "post_date",
            "дата",
            "published_time",
        ] {
            let front = front_matter(&format!("---\ntitle: Т\n{name}: \"2024-05-06\"\n---\n"));
            assert_eq!(
                front.published.unwrap().date.to_string(),
                "2024-05-06",
                "{name}"
            );
        }
        let both = front_matter(
            "---\ntitle: Т\nlastmod: 2025-01-01\nupdated: 2025-01-01\npublished: true\ndate: 2024-05-06\n---\n",
        );
        assert_eq!(both.published.unwrap().date.to_string(), "2024-05-06");
    }

    #[test]
    fn plain_numbers_stay_as_they_are_written() {
        let front = front_matter("---\nid: 007\ntitle: 1984\ndate: 2018\ntags: [1991]\n---\n");
        assert_eq!(front.id.as_deref(), Some("007"));
        assert_eq!(front.title.as_deref(), Some("1984"));
        assert_eq!(front.published.unwrap().date.to_string(), "2018");
        assert_eq!(front.section.as_deref(), Some("1991"));
        assert_eq!(
            front_matter("---\ntitle: 1.10\n---\n").title.as_deref(),
            Some("1.10")
        );
    }

    #[test]
    fn null_and_empty_values_are_absent() {
        let front = front_matter("---\ntitle:\ndate: ''\nauthor: ~\ncategory: null\n---\n");
        assert!(front.title.is_none() && front.published.is_none() && front.authors.is_empty());
        assert!(front.section.is_none() && front.doubts.is_empty());
    }

    #[test]
    fn a_rule_across_the_page_is_no_front_matter() {
        for text in [
            "---\nПросто текст.",
            "---\nПросто текст.\n---\nІнший текст.",
            "---\nМер сказав: міст буде. А потім додав ще.\nІ ще.\n---\nТекст.",
            "+++\nПросто текст.\n+++\n",
            "{інше} і текст",
            "{\"a\": 1}\nтекст",
            "Дата: 5 травня\nМісце: Київ\n\nТекст.",
            "Title: Міст\nТекст.",
        ] {
            let (front, body) = split(text, TODAY).unwrap();
            assert!(front.title.is_none(), "{text}");
            assert_eq!(body, text);
        }
    }

    #[test]
    fn what_people_write_by_hand_is_mended_and_told() {
        for (line, title) in [
            ("title: Мер: міст відкрито", "Мер: міст відкрито"),
            ("title: \"Міст\" відкрито", "\"Міст\" відкрито"),
            (
                "title: [Оновлено] Міст відкрито",
                "[Оновлено] Міст відкрито",
            ),
            ("title: @мер відкрив міст", "@мер відкрив міст"),
            (
                "title: Міст: 'Північний' відкрито",
                "Міст: 'Північний' відкрито",
            ),
            (
                "title: 100 %: міст відкрито\n\tlayout: post",
                "100 %: міст відкрито",
            ),
            ("title: Міст відкрито\nauthor: [Оля", "Міст відкрито"),
        ] {
            let text = format!("---\n{line}\ndate: 2024-05-06\ntags:\n  - міст\n---\nТекст.");
            let front = front_matter(&text);
            assert_eq!(front.title.as_deref(), Some(title), "{line}");
            assert_eq!(
                front.published.unwrap().date.to_string(),
                "2024-05-06",
                "{line}"
            );
            let (line, told) = &doubts(&text)[0];
            assert!(told.starts_with("broken front matter: "), "{told}");
            assert!(line.is_none_or(|line| (2..=6).contains(&line)), "{line:?}");
        }
        let front = front_matter("+++\ntitle = Міст відкрито\ndate = 2024-05-06\n+++\n");
        assert_eq!(front.title.as_deref(), Some("Міст відкрито"));
        assert_eq!((front.published.is_some(), front.doubts.len()), (true, 1));
    }

    #[test]
    fn a_value_of_another_shape_is_left_out_and_told_with_its_line() {
        let told = doubts("---\ndate: 2025\ntitle: [a, b]\n---\n");
        assert_eq!(
            told,
            [(
                Some(3),
                "title: expected a string, found an array".to_owned()
            )]
        );
        let front = front_matter("---\ntitle: Т\nauthor: {name: Оля Гай, url: x}\n---\n");
        assert_eq!(front.authors, ["Оля Гай"]);
    }

    #[test]
    fn a_date_that_cannot_be_is_told_with_its_line_and_the_next_is_taken() {
        let told = doubts("---\ntitle: Т\ndate: 2025-02-31\n---\n");
        let reason = "date: day 31: the days of 2025-02 run from 01 to 28";
        assert_eq!(told, [(Some(3), reason.to_owned())]);
        let front = front_matter("---\ntitle: Т\ndate: 1970-01-01\ncreated: 2024-05-06\n---\n");
        assert_eq!(front.published.unwrap().date.to_string(), "2024-05-06");
        assert_eq!(front.doubts.len(), 1);
    }

    #[test]
    fn what_says_that_it_is_no_article_is_none() {
        for text in [
            "---\ntitle: Т\ndraft: true\n---\n",
            "+++\ntitle = 'Т'\ndraft = true\n+++\n",
            "{\"title\": \"Т\", \"draft\": true}\n",
            "---\ntitle: Т\npublished: false\n---\n",
            "---\ntitle: Т\nstatus: draft\n---\n",
            "---\ntitle: Т\ntype: page\n---\n",
            "---\ntitle: Т\nDraft: 'True'\n---\n",
        ] {
            let flaw = split(text, TODAY).unwrap_err();
            assert!(
                flaw.problem.to_string().starts_with("not an article: "),
                "{text}"
            );
        }
        assert!(
            split(
                "---\ntitle: Т\ndraft: false\nstatus: publish\ntype: post\n---\n",
                TODAY
            )
            .is_ok()
        );
    }

    #[test]
    fn a_bomb_of_aliases_is_told() {
        let bomb = (1..12).map(|n| {
            let many = format!("*a{}, ", n - 1).repeat(10);
            format!("a{n}: &a{n} [{many}]\n")
        });
        let yaml = "---\ntitle: Т\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned()
            + &bomb.collect::<String>();
        let told = doubts(&(yaml + "---\n"));
        assert!(told[0].1.starts_with("broken front matter: "), "{told:?}");
    }
}
