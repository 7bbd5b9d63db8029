//! Tells the language of an article from its letters and its commonest words.

use super::words::Words;

/// A language that the analysis tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// Ukrainian, also the guess for Cyrillic text without any sign of another language.
    Ukrainian,
    /// Russian.
    Russian,
    /// English.
    English,
    /// Any other language, or too little text to tell.
    Other,
}

/// How much of a text is looked at, in words: enough to be sure, and long articles cost no more.
const SAMPLE_WORDS: usize = 200;

const UKRAINIAN_WORDS: &[&str] = &[
    "але",
    "був",
    "було",
    "вже",
    "від",
    "до",
    "його",
    "й",
    "та",
    "так",
    "також",
    "це",
    "цього",
    "чи",
    "що",
    "щоб",
    "як",
    "який",
    "яка",
    "які",
    "під",
    "після",
    "може",
    "має",
    "тільки",
    "якщо",
    "через",
    "про",
    "із",
    "зі",
    "у",
];
const RUSSIAN_WORDS: &[&str] = &[
    "и",
    "в",
    "был",
    "было",
    "были",
    "что",
    "как",
    "это",
    "этого",
    "его",
    "или",
    "от",
    "также",
    "если",
    "только",
    "после",
    "чтобы",
    "уже",
    "который",
    "которые",
    "она",
    "они",
    "еще",
    "при",
    "из",
    "об",
    "когда",
    "нет",
    "со",
];
const ENGLISH_WORDS: &[&str] = &[
    "the", "of", "and", "to", "in", "is", "that", "for", "on", "with", "was", "by", "at", "from",
    "are", "has", "have", "said", "it", "as", "be", "will", "his", "an", "not", "this", "who",
    "were", "its", "after",
];

impl Language {
    /// Returns the ISO 639-1 code, or `und`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ukrainian => "uk",
            Self::Russian => "ru",
            Self::English => "en",
            Self::Other => "und",
        }
    }

    /// Returns the language of a declared code (`uk`, `uk-UA`, `RU`); `ua` is taken for Ukrainian.
    pub fn of_code(code: &str) -> Self {
        match code
            .split(['-', '_'])
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase()
            .as_str()
        {
            "uk" | "ua" | "ukr" => Self::Ukrainian,
            "ru" | "rus" => Self::Russian,
            "en" | "eng" => Self::English,
            _ => Self::Other,
        }
    }

    /// Tells the language of `text`; looks at its first 200 words.
    ///
    /// The letters і ї є ґ speak for Ukrainian, ы э ъ ё for Russian, ў ј љ and their like for neither;
    /// beside them the commonest words of each language count.
    pub fn detect(text: &str) -> Self {
        let mut words = Words::new(text);
        let mut form = String::new();
        let mut signs = Signs::default();
        for _ in 0..SAMPLE_WORDS {
            if words.next_into(&mut form).is_none() {
                break;
            }
            signs.count(&form);
        }
        signs.verdict()
    }
}

#[derive(Debug, Default)]
struct Signs {
    cyrillic_words: u32,
    latin_words: u32,
    ukrainian: u32,
    russian: u32,
    english: u32,
    foreign_cyrillic: u32,
}

impl Signs {
    fn count(&mut self, form: &str) {
        let is_latin = |c: char| c.is_alphabetic() && (c as u32) < 0x250;
        if form.chars().any(is_latin) {
            self.latin_words += 1;
            self.english += u32::from(ENGLISH_WORDS.contains(&form));
            return;
        }
        if !form.chars().any(|c| ('\u{400}'..='\u{52f}').contains(&c)) {
            return;
        }
        self.cyrillic_words += 1;
        self.ukrainian += u32::from(form.contains(['і', 'ї', 'є', 'ґ', '\''])) * 2;
        self.russian += u32::from(form.contains(['ы', 'э', 'ъ', 'ё'])) * 2;
        self.foreign_cyrillic +=
            u32::from(form.contains(['ў', 'ј', 'љ', 'њ', 'ћ', 'ђ', 'џ', 'ќ', 'ѓ', 'ѕ']));
        self.ukrainian += u32::from(UKRAINIAN_WORDS.contains(&form));
        self.russian += u32::from(RUSSIAN_WORDS.contains(&form));
    }

    fn verdict(&self) -> Language {
        if self.latin_words > self.cyrillic_words {
            // Running English has one of these words in four; names alone tell nothing.
            return if self.english * 12 >= self.latin_words {
                Language::English
            } else {
                Language::Other
            };
        }
        if self.cyrillic_words == 0 || self.foreign_cyrillic * 20 > self.cyrillic_words {
            return Language::Other;
        }
        if self.russian > self.ukrainian {
            Language::Russian
        } else {
            Language::Ukrainian
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_languages_of_the_archives_are_told_apart() {
        for (text, language) in [
            (
                "Громада отримала гроші на ремонт школи, повідомив голова.",
                Language::Ukrainian,
            ),
            (
                "Мешканцям обіцяють, що світло буде до вечора",
                Language::Ukrainian,
            ),
            ("Рада ухвалила бюджет", Language::Ukrainian),
            (
                "Жители говорят, что свет дадут только к вечеру",
                Language::Russian,
            ),
            ("Мэр города объявил о начале ремонта", Language::Russian),
            (
                "The city council has approved the budget for the next year",
                Language::English,
            ),
            ("12 345", Language::Other),
            ("", Language::Other),
        ] {
            assert_eq!(Language::detect(text), language, "{text}");
        }
    }

    #[test]
    fn a_ukrainian_article_that_quotes_russian_stays_ukrainian() {
        let text = "Речник зауважив, що фраза «это было вчера» не відповідає дійсності, і подякував усім, хто її перевірив.";
        assert_eq!(Language::detect(text), Language::Ukrainian);
    }

    #[test]
    fn declared_codes_are_understood_with_their_regions() {
        assert_eq!(Language::of_code("uk-UA"), Language::Ukrainian);
        assert_eq!(Language::of_code("ua"), Language::Ukrainian);
        assert_eq!(Language::of_code("RU_ru"), Language::Russian);
        assert_eq!(Language::of_code("pl"), Language::Other);
    }
}
