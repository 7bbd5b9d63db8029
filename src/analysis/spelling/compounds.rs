//! Words that are written as one or as two: `півгодини` and `пів години`, `експрезидент` and
//! `екс-президент`.

use crate::analysis::dictionary::Dictionary;
use crate::analysis::spelling::keyed_word::{KeyedWord, ukrainian_keys};

/// The half: a genitive follows.
const HALF: &str = "пів";

/// Beginnings of words with `пів` that have nothing to do with a half.
const NO_HALVES: &str = "північ півден півень півн півон півостр";

/// What is written together with the word behind it, with a hyphen or apart.
const FRONTS: &str = "авіа авто агро анти архі біо веб віце відео гідро екс еко електро енерго євро кібер кіно контр \
макро максі медіа мета міні мікро мото нано онлайн обер псевдо прес радіо смарт спец супер теле топ турбо ультра фото";

/// The fewest letters of the word behind a front.
const SHORTEST: usize = 4;

/// Calls `each` with the other way to write what `words` begin with.
pub(crate) fn of_words(words: &[KeyedWord], each: &mut dyn FnMut(usize, Vec<Vec<String>>)) {
    let Some(first) = words.first() else { return };
    let form = first.form.as_str();
    if let Some(next) = words.get(1)
        && is_first(form)
        && next.form.chars().count() >= SHORTEST
        && Dictionary::ukrainian().contains(&next.form)
        && (form != HALF || is_genitive(&next.form))
    {
        let joint = match next.form.chars().next() {
            Some('я' | 'ю' | 'є' | 'ї') if form == HALF => "'",
            _ => "",
        };
        each(
            2,
            vec![ukrainian_keys(&format!("{form}{joint}{}", next.form))],
        );
    }
    if let Some((front, rest)) = parts_of(form) {
        each(1, vec![ukrainian_keys(front), ukrainian_keys(rest)]);
    }
}

/// Returns whether `form` may be the first of two words that are also written as one.
pub(crate) fn is_first(form: &str) -> bool {
    form == HALF || is_front(form)
}

fn is_front(form: &str) -> bool {
    FRONTS.split(' ').any(|front| front == form)
}

/// Returns the two words that `form` may be written as.
fn parts_of(form: &str) -> Option<(&str, &str)> {
    if let Some(rest) = form.strip_prefix(HALF) {
        let rest = rest.trim_start_matches('\'');
        let is_other = NO_HALVES.split(' ').any(|begin| form.starts_with(begin));
        return (!is_other && is_genitive(rest)).then_some((HALF, rest));
    }
    // The longest front: `авто` before `ав`.
    let front = FRONTS.split(' ').filter(|front| form.starts_with(front));
    let front = front.max_by_key(|front| front.len())?;
    let rest = form.strip_prefix(front)?;
    let is_word = rest.chars().count() >= SHORTEST && Dictionary::ukrainian().contains(rest);
    is_word.then_some((front, rest))
}

/// Returns whether `form` is a known form other than its lemma that ends in a vowel, as nearly all
/// genitives do.
fn is_genitive(form: &str) -> bool {
    let mut is_lemma = false;
    let is_known = Dictionary::ukrainian().lemmas(form, &mut String::new(), &mut |lemma| {
        is_lemma |= lemma == form;
    });
    is_known
        && !is_lemma
        && form.chars().count() > 2
        && form.ends_with(['а', 'я', 'и', 'і', 'ї', 'у', 'ю'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_and_fronts_are_found() {
        for (form, expected) in [
            ("півгодини", Some(("пів", "години"))),
            ("півроку", Some(("пів", "року"))),
            ("пів'яблука", Some(("пів", "яблука"))),
            ("експрезидент", Some(("екс", "президент"))),
            ("вебсайту", Some(("веб", "сайту"))),
            ("північ", None),
            ("південного", None),
            ("півфінал", None),
            ("екскурсія", None),
            ("слово", None),
        ] {
            assert_eq!(parts_of(form), expected, "{form}");
        }
    }
}
