//! What is wrong with an index, and what is lost with it.

use crate::locale::{Locale, ukrainian_plural};
use serde::Serialize;

/// What a file of an index holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileKind {
    /// `meta.json`: which segments a commit has.
    Commit,
    /// What is known of the files that were read.
    Manifest,
    /// The clusters of copies.
    Copies,
    /// The terms of a segment.
    Terms,
    /// Which articles have them.
    Postings,
    /// Where they stand.
    Positions,
    /// The lengths of texts.
    Lengths,
    /// One value an article: ids, dates, sources.
    Columns,
    /// The texts as they were read.
    Texts,
    /// Which articles of a segment were removed.
    Removals,
}

impl FileKind {
    /// Those that a segment has.
    pub const OF_SEGMENTS: [Self; 7] = [
        Self::Terms,
        Self::Postings,
        Self::Positions,
        Self::Lengths,
        Self::Columns,
        Self::Texts,
        Self::Removals,
    ];
}

/// What is wrong with the bytes of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileFault {
    /// It is not there.
    Missing,
    /// The system does not give it.
    Unreadable(String),
    /// It is shorter than the commit says.
    Short {
        /// Its length, in bytes.
        bytes: u64,
        /// What the commit says.
        expected: u64,
    },
    /// Its end is not that of such a file: cut short or overwritten.
    NoFooter,
    /// Its checksum is not the one that was written.
    Altered,
    /// It cannot be understood.
    Malformed(String),
    /// Lines of it cannot be understood, and no checksum was kept: how many.
    Lines(u64),
}

/// What contradicts what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contradiction {
    /// A part of a segment is of another number of articles than the commit says.
    ArticleCount {
        /// The part.
        part: FileKind,
        /// What the commit says.
        expected: u64,
        /// What was found.
        found: u64,
    },
    /// Several articles have one key.
    RepeatedKeys,
    /// Articles whose key finds another article or none.
    Keys,
    /// Articles of a file that the manifest has and the index has not.
    LostArticles {
        /// The file.
        path: String,
        /// What the manifest says.
        expected: u64,
        /// What the index holds.
        found: u64,
    },
    /// Articles that were removed for good and are there.
    RemovedArticles,
    /// Articles of which the index has other words than their texts.
    Words {
        /// The id of the first.
        first: String,
    },
    /// The index has words that no text has.
    StrayWords {
        /// The field.
        field: String,
    },
    /// Articles of which the columns have other values than their texts.
    Values {
        /// The column.
        field: String,
        /// The id of the first article.
        first: String,
    },
    /// The clusters of copies are not those of the articles.
    Clusters,
    /// Articles for which others stand that the index does not hold.
    LostHolders,
    /// The exact repeats are not those that the manifest has.
    Repeats,
    /// The engine gave up.
    Engine(String),
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A file is not what was written.
    File {
        /// Its name.
        name: String,
        /// What it holds.
        kind: FileKind,
        /// What is wrong with it.
        fault: FileFault,
    },
    /// Files are what was written and contradict each other.
    Contradiction(Contradiction),
}

/// A fault with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The segment, by the name that its files begin with.
    pub segment: Option<String>,
    /// How many articles it concerns; all of a segment, where a file of it is damaged.
    pub articles: Option<u64>,
    /// What is wrong.
    pub fault: Fault,
}

impl Finding {
    /// Makes one of a file.
    pub(crate) fn file(name: &str, kind: FileKind, fault: FileFault) -> Self {
        Self {
            segment: None,
            articles: None,
            fault: Fault::File {
                name: name.to_owned(),
                kind,
                fault,
            },
        }
    }

    /// Makes one of a contradiction.
    pub(crate) fn contradiction(contradiction: Contradiction) -> Self {
        Self {
            segment: None,
            articles: None,
            fault: Fault::Contradiction(contradiction),
        }
    }

    /// Returns the finding of a segment, of which it concerns so many articles.
    #[must_use]
    pub(crate) fn within(mut self, segment: &str, articles: u64) -> Self {
        self.segment = Some(segment.to_owned());
        self.articles = Some(articles);
        self
    }

    /// Returns the name of the fault that stands in JSON; it never changes.
    pub fn code(&self) -> &'static str {
        match &self.fault {
            Fault::File { fault, .. } => match fault {
                FileFault::Missing => "missing",
                FileFault::Unreadable(_) => "unreadable",
                FileFault::Short { .. } => "short",
                FileFault::NoFooter => "no-footer",
                FileFault::Altered => "altered",
                FileFault::Malformed(_) | FileFault::Lines(_) => "malformed",
            },
            Fault::Contradiction(contradiction) => match contradiction {
                Contradiction::ArticleCount { .. } => "article-count",
                Contradiction::RepeatedKeys => "repeated-keys",
                Contradiction::Keys => "keys",
                Contradiction::LostArticles { .. } => "lost-articles",
                Contradiction::RemovedArticles => "removed-articles",
                Contradiction::Words { .. } => "words",
                Contradiction::StrayWords { .. } => "stray-words",
                Contradiction::Values { .. } => "values",
                Contradiction::Clusters => "clusters",
                Contradiction::LostHolders => "lost-holders",
                Contradiction::Repeats => "repeats",
                Contradiction::Engine(_) => "engine",
            },
        }
    }

    /// Returns the file that is damaged, where it is one.
    pub fn file_name(&self) -> Option<&str> {
        match &self.fault {
            Fault::File { name, .. } => Some(name),
            Fault::Contradiction(_) => None,
        }
    }

    /// Returns what the damaged file holds.
    pub fn kind(&self) -> Option<FileKind> {
        match &self.fault {
            Fault::File { kind, .. } => Some(*kind),
            Fault::Contradiction(_) => None,
        }
    }

    /// Says what is wrong.
    pub fn message(&self, locale: Locale) -> String {
        match &self.fault {
            Fault::File { name, fault, .. } => format!("{name}: {}", fault.message(locale)),
            Fault::Contradiction(contradiction) => {
                let what = contradiction.message(locale, self.articles.unwrap_or_default());
                match &self.segment {
                    Some(segment) => format!("{segment}: {what}"),
                    None => what,
                }
            }
        }
    }

    /// Says what is lost with a damaged file.
    pub fn loss(&self, locale: Locale) -> Option<String> {
        let count = self.articles.unwrap_or_default();
        let articles = articles(count, locale);
        Some(match self.kind()? {
            FileKind::Commit => locale.choose(
                "lost: which segments belong to the index".to_owned(),
                "утрачено: які сегменти належать до індексу".to_owned(),
            ),
            FileKind::Manifest => locale.choose(
                "lost: what is known of the files that were read; the articles are whole"
                    .to_owned(),
                "утрачено: що відомо про прочитані файли; самі статті цілі".to_owned(),
            ),
            FileKind::Copies => locale.choose(
                "lost: which articles are copies; it can be found out again".to_owned(),
                "утрачено: які статті є копіями; це можна визначити знову".to_owned(),
            ),
            FileKind::Terms | FileKind::Postings | FileKind::Positions | FileKind::Lengths => {
                locale.choose(
                    format!("lost: the words of {articles}; their texts are another file"),
                    format!("утрачено: слова {articles}; тексти лежать в іншому файлі"),
                )
            }
            FileKind::Columns => locale.choose(
                format!("lost: ids, dates, sources and other values of {articles}"),
                format!("утрачено: ідентифікатори, дати, джерела й інші значення {articles}"),
            ),
            FileKind::Texts => locale.choose(
                format!("lost: the texts of {articles}"),
                format!("утрачено: тексти {articles}"),
            ),
            FileKind::Removals => locale.choose(
                format!("lost: which articles of a segment were removed; it has {count} others"),
                format!("утрачено: які статті сегмента вилучено; інших у ньому {count}"),
            ),
        })
    }
}

/// Returns a count of articles as the object of a loss.
fn articles(count: u64, locale: Locale) -> String {
    match locale {
        Locale::English => crate::locale::english_count(count, "article"),
        Locale::Ukrainian => {
            let noun = ukrainian_plural(count, ["статті", "статей", "статей"]);
            format!("{count} {noun}")
        }
    }
}

impl FileFault {
    fn message(&self, locale: Locale) -> String {
        match self {
            Self::Missing => locale.choose("missing", "немає").to_owned(),
            Self::Unreadable(error) => {
                let told = locale.choose("cannot be read", "не читається");
                format!("{told}: {error}")
            }
            Self::Short { bytes, expected } => locale.choose(
                format!("{bytes} bytes of {expected}"),
                format!("{bytes} байтів із {expected}"),
            ),
            Self::NoFooter => locale
                .choose(
                    "cut short, or its end is overwritten",
                    "обрізано, або його кінець перезаписано",
                )
                .to_owned(),
            Self::Altered => locale
                .choose(
                    "its checksum is not the one that was written",
                    "контрольна сума не та, що була записана",
                )
                .to_owned(),
            Self::Malformed(error) => {
                let told = locale.choose("cannot be understood", "незрозумілий уміст");
                format!("{told}: {error}")
            }
            Self::Lines(count) => {
                let told = locale.choose("lines that cannot be understood", "незрозумілих рядків");
                format!("{told}: {count}")
            }
        }
    }
}

impl Contradiction {
    fn message(&self, locale: Locale, count: u64) -> String {
        let told = match self {
            Self::ArticleCount {
                part,
                expected,
                found,
            } => {
                let part = part.name(locale);
                return locale.choose(
                    format!("{part} of {found} articles, and the commit says {expected}"),
                    format!("{part} мають {found} статей, а в записі про сегмент їх {expected}"),
                );
            }
            Self::LostArticles {
                path,
                expected,
                found,
            } => {
                return locale.choose(
                    format!("{path} gave {expected} articles, and the index has {found}"),
                    format!("{path}: прочитано статей {expected}, а в індексі їх {found}"),
                );
            }
            Self::Words { first } => locale.choose(
                format!("other words in the index than in the text, first of {first}"),
                format!("слова в індексі не ті, що в тексті, перша стаття: {first}"),
            ),
            Self::StrayWords { field } => locale.choose(
                format!("words in the field {field} that no text has"),
                format!("слова в полі {field}, яких немає в жодному тексті"),
            ),
            Self::Values { field, first } => locale.choose(
                format!("values of {field} that are not those of the text, first of {first}"),
                format!("значення {field} не відповідає тексту, перша стаття: {first}"),
            ),
            Self::Clusters => {
                return locale
                    .choose(
                        "the clusters of copies are not those of the articles",
                        "групи копій не відповідають статтям",
                    )
                    .to_owned();
            }
            Self::Repeats => {
                return locale
                    .choose(
                        "the exact repeats are not those that the manifest has",
                        "точні повтори не ті, що в маніфесті",
                    )
                    .to_owned();
            }
            Self::LostHolders => locale
                .choose(
                    "exact repeats of articles that the index does not hold",
                    "точні повтори статей, яких в індексі немає",
                )
                .to_owned(),
            Self::Engine(error) => {
                let told = locale.choose("the search engine gave up", "збій пошукового рушія");
                return format!("{told}: {error}");
            }
            Self::RepeatedKeys => locale
                .choose(
                    "articles with the key of another one",
                    "статті з ключем іншої статті",
                )
                .to_owned(),
            Self::Keys => locale
                .choose(
                    "articles that their key does not find",
                    "статті, яких не знаходить їхній ключ",
                )
                .to_owned(),
            Self::RemovedArticles => locale
                .choose(
                    "articles that were removed for good and are there",
                    "статті, вилучені назавжди, але наявні",
                )
                .to_owned(),
        };
        format!("{told} ({count})")
    }
}

impl FileKind {
    fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Commit => locale.choose("the commit", "запис про сегменти"),
            Self::Manifest => locale.choose("the manifest", "маніфест"),
            Self::Copies => locale.choose("clusters", "групи"),
            Self::Terms => locale.choose("terms", "терміни"),
            Self::Postings => locale.choose("postings", "списки статей"),
            Self::Positions => locale.choose("positions", "позиції"),
            Self::Lengths => locale.choose("lengths", "довжини"),
            Self::Columns => locale.choose("columns", "колонки"),
            Self::Texts => locale.choose("texts", "тексти"),
            Self::Removals => locale.choose("removals", "вилучення"),
        }
    }
}
