//! The names that exports give to the fields of an article.

use crate::error::Field;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Names of each field as [`Key`] folds them: without case, blanks and marks. The first present one
/// gives the field.
const ALIASES: &[(Field, &str)] = &[
    (
        Field::Id,
        "id guid uuid uid identifier oid docid documentid articleid newsid postid uri urn",
    ),
    (
        Field::Title,
        "title headline headlines headlinemain heading header hed titletext webtitle articletitle \
         ogtitle dctitle caption name subject заголовок назва заголовокстатті название",
    ),
    (
        Field::Lead,
        "lead description summary excerpt abstract dek standfirst teaser intro subtitle \
         subheadline subheading trailtext annotation anons shortdescription shorttext \
         descriptiontext descriptionmain descriptionsummary metadescription ogdescription \
         dcdescription preview лід опис анонс підзаголовок лид описание",
    ),
    (
        Field::Body,
        "body text content articlebody bodytext bodymain fulltext fullcontent maintext \
         plaintext textplain contenttext rawtext cleantext articletext articlecontent \
         newstext posttext postcontent storytext story paragraphs html bodyhtml contenthtml \
         articlehtml fulltexthtml texthtml bodyxhtml bodyrichtext bodies contentencoded \
         yandexfulltext rawcontent rawhtml message selftext blocks текст вміст зміст тіло \
         текстстатті содержание",
    ),
    (
        Field::Published,
        "published datepublished publishedat publishedon publisheddate publishedtime \
         publisheddatetime publisheddateutc articlepublishedtime pubdate publicationdate \
         publicationtime publicationdatetime publishdate publishtime publishedutc \
         firstpublished firstpublicationdate webpublicationdate date datetime dateiso \
         dateutc dategmt datelocal daterfc dateunixtime issued dcdate dctermsissued \
         displaydate releasedate posted postedat postedon postdate newsdate day firstcreated \
         contentcreated versioncreated created createdat datecreated createdutc createdtime \
         creationdate createtime added addedat dateadded timestamp unixtime time pubtime \
         дата датапублікації опубліковано час датапубликации",
    ),
    (
        Field::Source,
        "source sourcename publisher publishername outlet publication newspaper media \
         sitename ogsitename site website provider providername channel feed feedname domain \
         dcpublisher джерело видання сайт источник издание",
    ),
    (
        Field::Section,
        "section sectionname articlesection category categories categoryname sections rubric \
         rubrics rubrika department desk рубрика рубрики розділ категорія раздел категория",
    ),
    (
        Field::Author,
        "author authors byline bylines authorname authornames authorsname dccreator creator \
         creators writer writers journalist reporter articleauthor автор автори авторы",
    ),
    (
        Field::Url,
        "url link permalink canonicalurl canonical weburl articleurl newsurl posturl pageurl \
         sourceurl originalurl externalurl ogurl href mainentityofpage shareurl shorturl \
         посилання адреса ссылка",
    ),
    (
        Field::Tags,
        "tags topics keywords tag keyword hashtags labels taglist tagnames articletag \
         subjects theme themes теги мітки ключовіслова теми ключевыеслова темы",
    ),
    (
        Field::Lang,
        "lang language inlanguage languagecode langcode locale oglocale dclanguage мова язык",
    ),
];

/// Words that say nothing of what the field is, before or behind the one that does.
const EMPTY_WORDS: &str = "article news post item story doc document entry page full main raw clean cleaned plain \
    original orig meta og dc web value str string rendered field html xhtml text content \
    data the f s t txt attr статті новини новина";

/// A name of a field that its words make up may stand for another, so one from the list goes before
/// it.
const GUESSED: u16 = 1_000;
/// A text in another language gives way to one in Ukrainian.
const OTHER_LANGUAGE: u16 = 2_000;

/// A key that is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Meaning {
    pub(crate) field: Field,
    /// The lowest rank gives the field.
    pub(crate) rank: u16,
}

/// Returns what a key of any case and spelling means: `pub_date`, `Pub Date`, `pubDate`,
/// `dc:creator`, `title_uk`.
pub(crate) fn meaning(key: &str) -> Option<Meaning> {
    if key.len() > MAX_KEY_BYTES {
        return None;
    }
    if let Some(meaning) = known(key) {
        return Some(meaning);
    }
    // `id` goes before `_id`.
    let folded = known(&folded(key)).map(|meaning| Meaning {
        rank: meaning.rank + 1,
        ..meaning
    });
    folded.or_else(|| meaning_of_words(&words(key)))
}

/// No name of a field is longer, in bytes; a text that became a key is not looked into.
const MAX_KEY_BYTES: usize = 80;

/// Returns the key without case, blanks and marks.
pub(crate) fn folded(key: &str) -> String {
    key.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn known(key: &str) -> Option<Meaning> {
    static KNOWN: LazyLock<FxHashMap<&str, Meaning>> = LazyLock::new(|| {
        let mut known = FxHashMap::default();
        for (field, aliases) in ALIASES {
            for (rank, alias) in (0..).zip(aliases.split_whitespace()) {
                known.insert(
                    alias,
                    Meaning {
                        field: *field,
                        rank: 2 * rank,
                    },
                );
            }
        }
        known
    });
    KNOWN.get(key).copied()
}

/// Understands `article_title`, `titleRaw` and `title_uk` by the word that counts.
fn meaning_of_words(words: &[String]) -> Option<Meaning> {
    let (words, other_language) = match words {
        [rest @ .., last] if !rest.is_empty() => match last.as_str() {
            "uk" | "ua" | "ukr" => (rest, 0),
            "ru" | "rus" | "en" | "eng" => (rest, OTHER_LANGUAGE),
            _ => (words, 0),
        },
        _ => (words, 0),
    };
    let is_empty = |word: &String| EMPTY_WORDS.split_whitespace().any(|empty| empty == word);
    let start = words.iter().take_while(|word| is_empty(word)).count();
    let end = words.iter().rev().take_while(|word| is_empty(word)).count();
    // `article_text_html`: where all words are empty, one of them is the field.
    (0..=start)
        .flat_map(|from| (0..=end).map(move |behind| (from, behind)))
        .filter_map(|(from, behind)| words.get(from..words.len().checked_sub(behind)?))
        .filter(|words| !words.is_empty())
        .find_map(|words| known(&words.concat()))
        .map(|meaning| Meaning {
            rank: meaning.rank + GUESSED + other_language,
            ..meaning
        })
}

/// Splits a key at marks and where a capital follows a small letter.
fn words(key: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut is_inside = false;
    let mut was_lowercase = false;
    for c in key.chars() {
        if !c.is_alphanumeric() {
            is_inside = false;
            continue;
        }
        if !is_inside || (was_lowercase && c.is_uppercase()) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(c.to_lowercase());
        }
        is_inside = true;
        was_lowercase = c.is_lowercase();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(key: &str) -> Option<Field> {
        meaning(key).map(|meaning| meaning.field)
    }

    #[test]
    fn keys_are_known_in_any_spelling() {
        for (key, expected) in [
            ("articleBody", Field::Body),
            ("body_text", Field::Body),
            ("content_html", Field::Body),
            ("CONTENT", Field::Body),
            ("Full Text", Field::Body),
            ("yandex:full-text", Field::Body),
            ("pub_date", Field::Published),
            ("versioncreated", Field::Published),
            ("Published At", Field::Published),
            ("dc:creator", Field::Author),
            ("article-title", Field::Title),
            ("titleRaw", Field::Title),
            ("article_text_html", Field::Body),
            ("news_content", Field::Body),
            ("title_uk", Field::Title),
            ("Заголовок", Field::Title),
            ("Дата публікації", Field::Published),
        ] {
            assert_eq!(field(key), Some(expected), "{key}");
        }
    }

    #[test]
    fn keys_of_other_things_are_not_taken_for_fields() {
        for key in [
            "author_id",
            "title_length",
            "image_url",
            "urlToImage",
            "views",
            "",
            "_",
            "date_modified",
            "updated_at",
            "crawled_at",
            "comments",
            "text_entities",
            "subtitle_count",
            "isPublished",
        ] {
            assert_eq!(field(key), None, "{key}");
        }
    }

    #[test]
    fn a_name_from_the_list_goes_before_a_guessed_one_and_ukrainian_before_other_languages() {
        let rank = |key| meaning(key).unwrap().rank;
        assert!(rank("title") < rank("headline"));
        assert!(rank("headline") < rank("title_ua"));
        assert!(rank("title_ua") < rank("title_ru"));
    }

    #[test]
    fn no_name_stands_for_two_fields() {
        let all = ALIASES
            .iter()
            .flat_map(|(_, aliases)| aliases.split_whitespace());
        let mut seen = std::collections::HashSet::new();
        for alias in all {
            assert!(seen.insert(alias), "{alias}");
            assert_eq!(folded(alias), alias);
        }
    }
}
