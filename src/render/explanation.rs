//! How a score came about, for people.

use crate::locale::Locale;
use crate::render::sanitize::one_line;
use crate::search::{Explanation, WordExplanation};
use std::fmt::Write;

/// Returns the lines that explain the score of an article: one for each word of the query, one for
/// their closeness and one for its age, which is known where it `is_dated`.
pub fn lines(explanation: &Explanation, is_dated: bool, locale: Locale) -> Vec<String> {
    let mut lines: Vec<String> = explanation
        .words
        .iter()
        .map(|word| word_line(word, locale))
        .collect();
    if explanation.closeness > 0.0 {
        let reason = locale.choose("the words stand near each other", "слова стоять поруч");
        lines.push(format!("+{:.2} {reason}", explanation.closeness));
    }
    if explanation.recency < 1.0 {
        let reason = if is_dated {
            locale.choose("for its age", "через давність")
        } else {
            locale.choose("as its date is not known", "бо дата невідома")
        };
        lines.push(format!("×{:.2} {reason}", explanation.recency));
    }
    lines
}

fn word_line(word: &WordExplanation, locale: Locale) -> String {
    let text = one_line(&word.text);
    let articles = word.articles;
    let rarity = match locale {
        Locale::English => format!("articles with it: {articles}"),
        Locale::Ukrainian => format!("статей із цим: {articles}"),
    };
    let optional = if word.optional {
        locale.choose("optional; ", "необов'язкове; ")
    } else {
        ""
    };
    let mut line = format!("+{:.2} {text} ({optional}{rarity})", word.score);
    for (ordinal, part) in ["title", "lead", "body"].iter().enumerate() {
        let forms: Vec<String> = word
            .forms
            .iter()
            .filter(|form| form.part == *part)
            .map(|form| match form.count {
                1 => one_line(&form.form).into_owned(),
                count => format!("{} ×{count}", one_line(&form.form)),
            })
            .collect();
        if !forms.is_empty() {
            let ukrainian = ["заголовок", "лід", "текст"];
            let part = locale.choose(part, ukrainian.get(ordinal).unwrap_or(part));
            let _ = write!(line, "; {part}: {}", forms.join(", "));
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::FormCount;

    #[test]
    fn a_word_is_explained_by_its_rarity_and_its_forms_in_each_part() {
        let form = |form: &str, part, count| FormCount {
            form: form.to_owned(),
            part,
            count,
        };
        let explanation = Explanation {
            words: vec![WordExplanation {
                text: "гарантії".to_owned(),
                optional: false,
                score: 4.314,
                articles: 75,
                forms: vec![form("гарантії", "title", 1), form("гарантіями", "body", 2)],
            }],
            closeness: 1.5,
            recency: 0.5,
        };
        assert_eq!(
            lines(&explanation, true, Locale::English),
            [
                "+4.31 гарантії (articles with it: 75); title: гарантії; body: гарантіями ×2",
                "+1.50 the words stand near each other",
                "×0.50 for its age"
            ]
        );
        assert_eq!(
            lines(&explanation, false, Locale::English)[2],
            "×0.50 as its date is not known"
        );
        assert_eq!(
            lines(&explanation, true, Locale::Ukrainian)[0],
            "+4.31 гарантії (статей із цим: 75); заголовок: гарантії; текст: гарантіями ×2"
        );
    }
}
