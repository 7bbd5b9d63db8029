//! The YAML between `---` lines at the beginning of a text or Markdown file.

use super::{ArchiveFile, Flaw, blocks};
use crate::article::{ArticleId, DateSource, Published};
use crate::date::written::Written;
use crate::error::Problem;
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;

/// What the front matter tells of its article.
#[derive(Debug, Default)]
pub(super) struct FrontMatter {
    pub(super) id: Option<String>,
    pub(super) title: Option<String>,
    pub(super) lead: Option<String>,
    pub(super) published: Option<Published>,
    pub(super) source: Option<String>,
    pub(super) section: Option<String>,
    pub(super) author: Option<String>,
    pub(super) url: Option<String>,
    pub(super) tags: Vec<String>,
    pub(super) lang: Option<String>,
}

impl FrontMatter {
    /// Returns the article's id: the one given, else the name of the file.
    pub(super) fn article_id(&self, file: &ArchiveFile) -> ArticleId {
        ArticleId::new(self.id.as_deref().unwrap_or(&file.name))
    }
}

/// Reads the front matter, if there is any, and returns it with the text behind it.
///
/// A first line `---` without a second is a rule across the page and no front matter.
///
/// # Errors
///
/// Fails with the line where the YAML is broken or holds a list where one value belongs, and on a date
/// that cannot be one: half an article is worse than none.
pub(super) fn split(text: &str) -> Result<(FrontMatter, &str), Flaw> {
    let Some((yaml, body)) = fenced(text) else {
        return Ok((FrontMatter::default(), text));
    };
    if yaml.trim().is_empty() {
        return Ok((FrontMatter::default(), body));
    }
    let keys: Keys =
        serde_saphyr::from_str_with_options(yaml, limits()).map_err(|error| broken(&error))?;
    let line = |key| line_of(yaml, key);
    Ok((
        keys.into_front_matter().map_err(|(key, problem)| Flaw {
            line: line(key),
            problem,
        })?,
        body,
    ))
}

fn fenced(text: &str) -> Option<(&str, &str)> {
    let (first, behind) = text.split_once('\n')?;
    if first.trim_end() != "---" {
        return None;
    }
    let mut start = 0;
    for line in behind.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Some((behind.get(..start)?, behind.get(start + line.len()..)?));
        }
        start += line.len();
    }
    None
}

/// Front matter is a few lines; whatever needs more events, depth or aliases is an attack or a mistake.
fn limits() -> serde_saphyr::Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_events: 20_000,
            max_nodes: 10_000,
            max_depth: 32,
            max_aliases: 32,
            max_anchors: 32,
            max_documents: 1,
        },
        with_snippet: false,
    }
}

fn broken(error: &serde_saphyr::Error) -> Flaw {
    // The fence is line 1, the YAML begins behind it.
    let line = error.location().map(|location| location.line() + 1);
    let told = error.to_string();
    // The parser counts lines from behind the fence, and speaks of options that are not the reader's.
    let reason = told
        .split(" at line ")
        .next()
        .and_then(|told| told.split(", set ").next());
    let reason = reason.unwrap_or_default().to_owned();
    Flaw {
        line,
        problem: Problem::BrokenFrontMatter { reason },
    }
}

fn line_of(yaml: &str, key: &str) -> Option<u64> {
    let ordinal = yaml
        .lines()
        .position(|line| line.trim_start().starts_with(key))?;
    u64::try_from(ordinal).ok().map(|ordinal| ordinal + 2)
}

/// The keys that are read, as they stand in the file.
#[derive(Debug, Deserialize)]
struct Keys {
    id: Option<String>,
    title: Option<String>,
    lead: Option<String>,
    description: Option<String>,
    excerpt: Option<String>,
    summary: Option<String>,
    date: Option<String>,
    published: Option<String>,
    source: Option<String>,
    section: Option<String>,
    #[serde(default)]
    category: Names,
    #[serde(default)]
    categories: Names,
    #[serde(default)]
    tags: Names,
    #[serde(default)]
    author: Names,
    #[serde(default)]
    authors: Names,
    url: Option<String>,
    permalink: Option<String>,
    link: Option<String>,
    lang: Option<String>,
    language: Option<String>,
}

impl Keys {
    fn into_front_matter(self) -> Result<FrontMatter, (&'static str, Problem)> {
        let first = |values: Vec<Option<String>>| {
            values.into_iter().flatten().find_map(|text| filled(&text))
        };
        let dates = [("date", self.date), ("published", self.published)];
        let date = dates
            .into_iter()
            .find_map(|(key, text)| text.as_deref().and_then(filled).map(|text| (key, text)));
        Ok(FrontMatter {
            id: first(vec![self.id]),
            title: first(vec![self.title]),
            lead: first(vec![
                self.lead,
                self.description,
                self.excerpt,
                self.summary,
            ]),
            published: date.map(|(key, text)| published(key, &text)).transpose()?,
            source: first(vec![self.source]),
            section: first(vec![
                self.section,
                self.category.first(),
                self.categories.first(),
                self.tags.first(),
            ]),
            author: first(vec![self.author.joined(), self.authors.joined()]),
            url: first(vec![self.url, self.permalink, self.link]),
            tags: blocks::names(self.tags.0.iter().map(String::as_str)),
            lang: first(vec![self.lang, self.language]),
        })
    }
}

fn published(key: &'static str, text: &str) -> Result<Published, (&'static str, Problem)> {
    match Written::parse(text) {
        Ok(date) => Ok(Published::new(date, DateSource::FrontMatter)),
        Err(source) => Err((
            key,
            Problem::BadDate {
                key: key.into(),
                source,
            },
        )),
    }
}

fn filled(text: &str) -> Option<String> {
    let trimmed = text.trim();
    (!trimmed.is_empty()).then(|| trimmed.to_owned())
}

/// One name or a list of names.
#[derive(Debug, Default)]
struct Names(Vec<String>);

impl Names {
    fn first(&self) -> Option<String> {
        self.0.iter().find(|name| !name.trim().is_empty()).cloned()
    }

    fn joined(&self) -> Option<String> {
        (!self.0.is_empty()).then(|| self.0.join(", "))
    }
}

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NamesVisitor)
    }
}

struct NamesVisitor;

impl<'de> Visitor<'de> for NamesVisitor {
    type Value = Names;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name or a list of names")
    }

    fn visit_str<E>(self, name: &str) -> Result<Names, E> {
        Ok(Names(vec![name.to_owned()]))
    }

    fn visit_bool<E>(self, name: bool) -> Result<Names, E> {
        Ok(Names(vec![name.to_string()]))
    }

    fn visit_i64<E>(self, name: i64) -> Result<Names, E> {
        Ok(Names(vec![name.to_string()]))
    }

    fn visit_u64<E>(self, name: u64) -> Result<Names, E> {
        Ok(Names(vec![name.to_string()]))
    }

    fn visit_unit<E>(self) -> Result<Names, E> {
        Ok(Names::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Names, A::Error> {
        let mut names = Vec::new();
        while let Some(name) = list.next_element::<Option<String>>()? {
            names.extend(name);
        }
        Ok(Names(names))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn front_matter(text: &str) -> FrontMatter {
        split(text).unwrap().0
    }

    fn flaw(text: &str) -> (Option<u64>, String) {
        let flaw = split(text).unwrap_err();
        (flaw.line, flaw.problem.to_string())
    }

    #[test]
    fn the_fields_are_read_and_the_text_follows() {
        let text = "---\ntitle: Міст відкрито\ndate: 2025-12-28\nauthors: [Оля Гай, Іван Рись]\n\
                    categories:\n  - місто\n  - ремонт\ntags: [міст]\nlanguage: uk\nlayout: post\n---\nТекст.";
        let (front, body) = split(text).unwrap();
        assert_eq!(front.title.as_deref(), Some("Міст відкрито"));
        assert_eq!(front.published.unwrap().date.to_string(), "2025-12-28");
        assert_eq!(front.author.as_deref(), Some("Оля Гай, Іван Рись"));
        assert_eq!(front.section.as_deref(), Some("місто"));
        assert_eq!(front.lang.as_deref(), Some("uk"));
        assert_eq!(body, "Текст.");
    }

    #[test]
    fn plain_numbers_stay_as_they_are_written() {
        let front = front_matter("---\nid: 007\ntitle: 1984\ndate: 2018\ntags: [1991]\n---\n");
        assert_eq!(front.id.as_deref(), Some("007"));
        assert_eq!(front.title.as_deref(), Some("1984"));
        assert_eq!(front.published.unwrap().date.to_string(), "2018");
        assert_eq!(front.section.as_deref(), Some("1991"));
    }

    #[test]
    fn null_and_empty_values_are_absent() {
        let front = front_matter("---\ntitle:\ndate: ''\nauthor: ~\ncategory: null\n---\n");
        assert!(front.title.is_none() && front.published.is_none() && front.author.is_none());
        assert!(front.section.is_none());
    }

    #[test]
    fn a_rule_across_the_page_is_no_front_matter() {
        let (front, body) = split("---\nПросто текст.").unwrap();
        assert!(front.title.is_none());
        assert_eq!(body, "---\nПросто текст.");
    }

    #[test]
    fn broken_yaml_is_told_with_its_line() {
        let (line, problem) = flaw("---\ntitle: Добре\nauthor: [Оля\n---\nТекст.");
        assert!(line.is_some_and(|line| (2..=4).contains(&line)), "{line:?}");
        assert!(problem.starts_with("broken front matter: "), "{problem}");
    }

    #[test]
    fn a_list_for_a_title_is_told_with_its_line() {
        let (line, problem) = flaw("---\ndate: 2025\ntitle: [a, b]\n---\n");
        assert_eq!(line, Some(3), "{problem}");
    }

    #[test]
    fn a_date_that_cannot_be_is_told_with_its_line() {
        let (line, problem) = flaw("---\ntitle: Т\ndate: 2025-02-31\n---\n");
        assert_eq!(line, Some(3));
        assert_eq!(
            problem,
            "date: day 31: the days of 2025-02 run from 01 to 28"
        );
    }

    #[test]
    fn a_bomb_of_aliases_is_refused() {
        let bomb = (1..12).map(|n| {
            let many = format!("*a{}, ", n - 1).repeat(10);
            format!("a{n}: &a{n} [{many}]\n")
        });
        let yaml =
            "---\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned() + &bomb.collect::<String>();
        let (_, problem) = flaw(&(yaml + "---\n"));
        assert!(problem.starts_with("broken front matter: "), "{problem}");
    }
}
