//! Which Ukrainian words a word in Russian or in Latin letters may be a spelling of.
//!
//! The other way round than [`crate::analysis::spelling::transliteration`], and held against it:
//! what is found here is a form of the dictionary, of the supplement or of the list of names that
//! could have been spelt so letter by letter. The spellings of all 3.4 million forms need not be
//! made: an automaton walks the dictionary and leaves a branch as soon as no spelling begins so.

use crate::analysis::dictionary::Dictionary;
use crate::analysis::dictionary::letters;
use crate::analysis::dictionary::letters::Letters;
use crate::analysis::dictionary::lexicon::Lexicon;
use crate::analysis::spelling::exceptions;
use fst::Automaton;

/// The most letters of a word that is looked for.
const MOST_LETTERS: usize = 40;
/// The most forms that one word may be a spelling of.
const MOST_FORMS: usize = 24;

/// What a letter may be in another spelling.
type Ways = &'static [&'static str];

/// What a Ukrainian letter may be in Russian; a letter that is missing stays as it is.
const RUSSIAN: &[(char, Ways)] = &[
    ('е', &["е", "э", "ё"]),
    ('є', &["е", "э"]),
    ('и', &["и", "ы"]),
    ('і', &["и", "е", "о", "ые", "ие"]),
    ('ї', &["и", "е", "й"]),
    ('о', &["о", "ё"]),
    ('а', &["а", "ая"]),
    ('\'', &["ь", "ъ"]),
];

/// What a Ukrainian letter may be in Latin letters.
const LATIN: &[(char, Ways)] = &[
    ('а', &["a"]),
    ('б', &["b"]),
    ('в', &["v"]),
    ('г', &["h", "g", "gh"]),
    ('д', &["d"]),
    ('е', &["e"]),
    ('є', &["ye", "ie", "e"]),
    ('ж', &["zh"]),
    ('з', &["z"]),
    ('и', &["y", "i"]),
    ('і', &["i"]),
    ('ї', &["yi", "i"]),
    ('й', &["y", "i"]),
    ('к', &["k"]),
    ('л', &["l"]),
    ('м', &["m"]),
    ('н', &["n"]),
    ('о', &["o"]),
    ('п', &["p"]),
    ('р', &["r"]),
    ('с', &["s"]),
    ('т', &["t"]),
    ('у', &["u"]),
    ('ф', &["f"]),
    ('х', &["kh"]),
    ('ц', &["ts"]),
    ('ч', &["ch"]),
    ('ш', &["sh"]),
    ('щ', &["shch"]),
    ('ю', &["yu", "iu"]),
    ('я', &["ya", "ia"]),
];

/// Ends that are spelt with fewer letters than they have: the Ukrainian one, then the other.
const ENDS: &[(&str, &str)] = &[("ий", "y")];

/// The codes of letters are below this.
const CODES: usize = 128;

/// Letters that other spellings may leave out.
const SILENT: [char; 2] = ['ь', '\''];

/// What a lemma may have behind the beginning that stands in the list of names.
const NAME_ENDS: [&str; 9] = ["", "а", "я", "о", "ь", "и", "і", "й", "ій"];

/// Returns the Ukrainian forms that `word`, in small letters, may be a spelling of.
pub(crate) fn ukrainian_spellings(word: &str) -> Vec<String> {
    let mut forms = names(word);
    let Some(spelling) = Spelling::of(word) else {
        return forms;
    };
    let mut each = |form: &Letters| {
        let mut text = String::new();
        form.write_to(&mut text);
        if !forms.contains(&text) {
            forms.push(text);
        }
        forms.len() < MOST_FORMS
    };
    Lexicon::supplement().forms_of_stems(
        &|stem| spelling.can_match(&spelling.after(stem)),
        &mut |form| !spelling.is_match(&spelling.after(form.codes())) || each(form),
    );
    Dictionary::ukrainian().search(&spelling, &mut each);
    forms
}

/// Returns the lemmas of the list of names that have `word` among their spellings, or in Russian
/// the beginning of it.
fn names(word: &str) -> Vec<String> {
    let beginnings = exceptions::beginnings_of(word);
    let lemmas = beginnings
        .into_iter()
        .flat_map(|name| NAME_ENDS.map(|end| format!("{name}{end}")));
    lemmas
        .filter(|lemma| Dictionary::ukrainian().contains(lemma))
        .collect()
}

/// An automaton that accepts, in codes of letters, the Ukrainian words that a word may be a
/// spelling of. Its states are sets of places in the word, a bit each, up to which it may be spelt
/// out.
struct Spelling {
    /// For each place in the word and each code: the places behind, if the letter is spelt so.
    behind: Vec<[u64; CODES]>,
}

impl Spelling {
    fn of(word: &str) -> Option<Self> {
        let word: Vec<char> = word.chars().filter(|c| *c != '\'').collect();
        let is_latin = word.iter().all(char::is_ascii_lowercase);
        let is_russian = || word.iter().all(|c| matches!(c, 'а'..='я' | 'ё'));
        if word.len() > MOST_LETTERS || word.is_empty() || !(is_latin || is_russian()) {
            return None;
        }
        let reader = Reader { word, is_latin };
        let places = 0..=reader.word.len();
        Some(Self {
            behind: places.map(|place| reader.row(place)).collect(),
        })
    }

    /// Returns the state behind a form that begins with `codes`.
    fn after(&self, codes: &[u8]) -> u64 {
        let mut state = self.start();
        for code in codes {
            state = self.accept(&state, *code);
            if state == 0 {
                break;
            }
        }
        state
    }
}

/// Reads a word in all ways that its letters allow.
struct Reader {
    word: Vec<char>,
    is_latin: bool,
}

impl Reader {
    /// Returns the places behind what stands at `place`, by the code of the letter that it may be
    /// the spelling of.
    fn row(&self, place: usize) -> [u64; CODES] {
        let mut row = [0; CODES];
        let mut add = |letter: char, places: u64| {
            let code = letters::code(letter).map(usize::from);
            if let Some(all) = code.and_then(|code| row.get_mut(code)) {
                *all |= places;
            }
        };
        let rest = self.word.get(place..).unwrap_or_default();
        let listed = if self.is_latin { LATIN } else { RUSSIAN };
        for (letter, ways) in listed {
            for way in ways.iter().filter(|way| begins(rest, way)) {
                add(*letter, 1 << (place + way.chars().count()));
            }
        }
        let itself = rest.first().filter(|_| !self.is_latin).copied();
        if let Some(letter) = itself.filter(|letter| listed.iter().all(|(c, _)| c != letter)) {
            add(letter, 1 << (place + 1));
        }
        for letter in SILENT {
            add(letter, 1 << place);
        }
        // Only one letter is left of the end, so its first letter may be silent.
        let is_end = |(_, way): &&(&str, &str)| rest.iter().copied().eq(way.chars());
        for (end, _) in ENDS.iter().filter(|_| self.is_latin).filter(is_end) {
            end.chars().take(1).for_each(|first| add(first, 1 << place));
        }
        for places in row.iter_mut().filter(|places| **places != 0) {
            *places = self.with_silent(*places);
        }
        row
    }

    /// Adds to a set of places those behind a `ь` or the second of two equal letters, which
    /// Ukrainian may leave out.
    fn with_silent(&self, mut state: u64) -> u64 {
        for (place, letter) in self.word.iter().enumerate().skip(1) {
            let before = self.word.get(place - 1);
            if state & (1 << place) != 0 && (*letter == 'ь' || before == Some(letter)) {
                state |= 1 << (place + 1);
            }
        }
        state
    }
}

fn begins(rest: &[char], way: &str) -> bool {
    let mut rest = rest.iter();
    way.chars().all(|c| rest.next() == Some(&c))
}

impl Automaton for Spelling {
    type State = u64;

    fn start(&self) -> u64 {
        1
    }

    fn is_match(&self, state: &u64) -> bool {
        state & (1 << (self.behind.len() - 1)) != 0
    }

    fn can_match(&self, state: &u64) -> bool {
        *state != 0
    }

    fn accept(&self, state: &u64, code: u8) -> u64 {
        let mut next = 0;
        let mut places = *state;
        while places != 0 {
            let row = self.behind.get(places.trailing_zeros() as usize);
            next |= row.and_then(|row| row.get(usize::from(code))).unwrap_or(&0);
            places &= places - 1;
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_word_in_other_letters_leads_to_the_ukrainian_one() {
        for (word, expected) in [
            ("zelenskyy", "зеленський"),
            ("zelensky", "зеленський"),
            ("zelenskyi", "зеленський"),
            ("зеленский", "зеленський"),
            ("зеленского", "зеленського"),
            ("kyiv", "київ"),
            ("kiev", "київ"),
            ("киева", "київ"),
            ("odessa", "одеса"),
            ("одесса", "одеса"),
            ("germany", "німеччина"),
            ("zaluzhnyi", "залужний"),
            ("shoigu", "шойгу"),
            ("вашингтон", "вашингтон"),
            ("безопасный", ""),
        ] {
            let forms = ukrainian_spellings(word);
            assert!(
                expected.is_empty() || forms.iter().any(|form| form == expected),
                "{word}: {forms:?}"
            );
        }
    }

    #[test]
    fn what_is_no_spelling_leads_nowhere() {
        for word in ["", "2025", "qwerty", "xxi", "зеленськийщщ", "þorn", "naïve"] {
            assert_eq!(ukrainian_spellings(word), [""; 0], "{word}");
        }
    }

    proptest! {
        #[test]
        fn any_word_is_looked_for_without_panic(word in "[a-z']{0,45}|[а-яё']{0,45}|\\PC{0,10}") {
            prop_assert!(ukrainian_spellings(&word).len() <= MOST_FORMS + 40);
        }
    }
}
