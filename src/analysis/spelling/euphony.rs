//! Words that change their first sound for euphony: `у`/`в`, `і`/`й`, `учитель`/`вчитель`.
//!
//! Pairs of longer words come from the dictionary by rule: two lemmas that differ in their first
//! letter alone are one word, but for the reviewed exceptions.

use crate::analysis::dictionary::Dictionary;
use crate::analysis::dictionary::letters::Letters;
use crate::analysis::dictionary::stem_of_lemma::key_of_lemma;
use crate::analysis::spelling::keyed_word::ukrainian_keys;

/// Words that are one and the same, whichever stands.
const SAME: &[&[&str]] = &[
    &["і", "й", "та"],
    &["у", "в", "ув", "уві", "вві"],
    &["з", "із", "зі", "зо"],
    &["б", "би"],
    &["ж", "же"],
    &["над", "наді"],
    &["під", "піді"],
    &["перед", "переді"],
    &["весь", "увесь", "ввесь"],
];

/// Lemmas in `в-` whose pair in `у-` is another word begin so: a share and a way of life (`вклад`,
/// `уклад`), an entry and a ledge (`вступ`, `уступ`), an exercise and an administration (`вправа`,
/// `управа`).
const OTHERS: &str = "вбір вбор вдав вдал вдач вказ вкіс вкос вклад вмов вніверс впир впов вправ врод врок вряд вріз \
всев всто вступ встав встан всув всун вход вхід вхил втор влад влас вліт вгод вда взор взир взір вваж вчасн вчаст \
вїд втіл втян втяг втяж впряж вплав вплив впад впас вставн вскоч вслан вбудов";

/// The vowels: before one of them no first letter changes.
const VOWELS: &str = "аеєиіїоуюя";

/// Returns the keys of the words that `form` is one with.
pub(crate) fn keys(form: &str) -> Vec<String> {
    let mut keys = Vec::new();
    if let Some(same) = SAME.iter().find(|same| same.contains(&form)) {
        for other in same.iter().filter(|other| **other != form) {
            keys.extend(ukrainian_keys(other));
        }
    }
    let mut lemmas = Vec::new();
    Dictionary::ukrainian().lemmas(form, &mut String::new(), &mut |lemma| {
        lemmas.push(lemma.to_owned());
    });
    for lemma in lemmas {
        if let Some(other) = other_of(&lemma)
            && let Some(letters) = Letters::of(&other)
        {
            let mut key = String::new();
            key_of_lemma(&letters).write_to(&mut key);
            keys.push(key);
        }
    }
    keys
}

/// Returns the lemma that `lemma` is one with.
fn other_of(lemma: &str) -> Option<String> {
    let mut letters = lemma.chars();
    let first = match letters.next()? {
        'в' => 'у',
        'у' => 'в',
        'і' => 'й',
        'й' => 'і',
        _ => return None,
    };
    let rest = letters.as_str();
    let second = letters.next()?;
    if VOWELS.contains(second) || letters.next().is_none() {
        return None;
    }
    let other = format!("{first}{rest}");
    let in_v = if first == 'в' { other.as_str() } else { lemma };
    let is_exception = OTHERS.split(' ').any(|begin| in_v.starts_with(begin));
    if is_exception && matches!(first, 'в' | 'у') {
        return None;
    }
    let mut is_lemma = false;
    Dictionary::ukrainian().lemmas(&other, &mut String::new(), &mut |found| {
        is_lemma |= found == other;
    });
    is_lemma.then_some(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lemmas_that_differ_in_their_first_sound_are_one_word() {
        for (one, other) in [
            ("вчитель", "учитель"),
            ("вбивство", "убивство"),
            ("врятувати", "урятувати"),
            ("вранці", "уранці"),
            ("вже", "уже"),
            ("впровадження", "упровадження"),
            ("вперше", "уперше"),
            ("взяти", "узяти"),
            ("іти", "йти"),
            ("ймовірний", "імовірний"),
        ] {
            assert_eq!(other_of(one).as_deref(), Some(other));
            assert_eq!(other_of(other).as_deref(), Some(one));
        }
    }

    #[test]
    fn pairs_of_different_meaning_are_two_words() {
        for lemma in [
            "вклад",
            "уклад",
            "вступ",
            "уступ",
            "вправа",
            "управа",
            "влада",
            "вряд",
            "уряд",
            "вдача",
            "удача",
            "вхід",
            "устав",
            "указ",
            "вода",
            "укол-",
            "від",
            "ім'я",
        ] {
            assert_eq!(other_of(lemma), None, "{lemma}");
        }
    }

    #[test]
    fn short_words_have_the_keys_of_all_their_shapes() {
        for (form, other) in [
            ("у", "в"),
            ("в", "уві"),
            ("з", "зі"),
            ("й", "та"),
            ("би", "б"),
        ] {
            let wanted = ukrainian_keys(other);
            assert!(keys(form).iter().any(|key| wanted.contains(key)), "{form}");
        }
    }
}
