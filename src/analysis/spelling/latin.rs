//! How a Ukrainian name is spelt in Latin letters.
//!
//! By the rules of the Cabinet of Ministers (2010: Zelenskyi), in the way of English-language media
//! (Zelenskyy, Zelensky), and by way of Russian (Zelenskiy).

use crate::analysis::spelling::exceptions::KnownSpelling;

/// How many Russian spellings are romanised.
const RUSSIAN_SPELLINGS: usize = 4;

/// What a scheme makes of the letters that schemes differ in, at the beginning of a word and behind
/// it.
struct Scheme {
    differing: &'static [(char, &'static str, &'static str)],
}

const OFFICIAL: Scheme = Scheme {
    differing: &[
        ('г', "h", "h"),
        ('и', "y", "y"),
        ('й', "y", "i"),
        ('є', "ye", "ie"),
        ('ї', "yi", "i"),
        ('ю', "yu", "iu"),
        ('я', "ya", "ia"),
    ],
};

const COMMON: Scheme = Scheme {
    differing: &[
        ('г', "h", "h"),
        ('и', "y", "y"),
        ('й', "y", "y"),
        ('є', "ye", "ye"),
        ('ї', "yi", "yi"),
        ('ю', "yu", "yu"),
        ('я', "ya", "ya"),
    ],
};

const BY_RUSSIAN: Scheme = Scheme {
    differing: &[
        ('г', "g", "g"),
        ('и', "i", "i"),
        ('й', "y", "y"),
        ('ю', "yu", "yu"),
        ('я', "ya", "ya"),
    ],
};

/// The ends of names that are romanised in many ways.
const ENDS: &[(&str, &[&str])] = &[
    ("ий", &["yi", "yy", "y", "iy"]),
    ("ый", &["y", "yy"]),
    ("ій", &["ii", "iy", "y"]),
    ("ія", &["iia", "ia", "iya"]),
    ("ия", &["ia", "iya"]),
];

/// Returns the Latin spellings of `form`, which is a lower-case Ukrainian word with these `russian`
/// spellings; each once.
pub(crate) fn latin_spellings(form: &str, russian: &[String]) -> Vec<String> {
    if let Some(known) = KnownSpelling::of(form).filter(KnownSpelling::is_noun)
        && !known.latin.is_empty()
    {
        return known.latin.split(' ').map(str::to_owned).collect();
    }
    let mut spellings = Vec::new();
    for scheme in [OFFICIAL, COMMON] {
        romanise(form, &scheme, &mut spellings);
    }
    for russian in russian.iter().take(RUSSIAN_SPELLINGS) {
        romanise(russian, &BY_RUSSIAN, &mut spellings);
    }
    spellings
}

fn romanise(form: &str, scheme: &Scheme, spellings: &mut Vec<String>) {
    let end = ENDS.iter().find(|(end, _)| form.ends_with(end));
    let front = end
        .and_then(|(end, _)| form.strip_suffix(end))
        .unwrap_or(form);
    let mut spelling = String::new();
    let mut before = None;
    for letter in front.chars() {
        let differing = scheme.differing.iter().find(|(known, ..)| *known == letter);
        spelling.push_str(match differing {
            Some((.., "h")) if before == Some('з') => "gh",
            Some((_, first, _)) if before.is_none() => first,
            Some((.., later)) => later,
            None => shared(letter),
        });
        before = Some(letter);
    }
    for end in end.map_or(&[""] as &[_], |(_, ways)| ways) {
        let length = spelling.len();
        spelling.push_str(end);
        if !spellings.contains(&spelling) {
            spellings.push(spelling.clone());
        }
        spelling.truncate(length);
    }
}

/// Returns the Latin letters of a letter that is romanised in one way only.
fn shared(letter: char) -> &'static str {
    match letter {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'ґ' => "g",
        'д' => "d",
        'е' | 'э' => "e",
        'ж' => "zh",
        'з' => "z",
        'і' => "i",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ы' => "y",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::spelling::russian::russian_spellings;

    fn latin_spellings(form: &str) -> Vec<String> {
        super::latin_spellings(form, &russian_spellings(form))
    }

    #[test]
    fn names_have_their_usual_romanisations() {
        for (form, expected) in [
            (
                "зеленський",
                &["zelenskyi", "zelenskyy", "zelensky", "zelenskiy"][..],
            ),
            ("київ", &["kyiv", "kiev"]),
            ("запоріжжя", &["zaporizhzhia", "zaporozhye"]),
            ("згурський", &["zghurskyi"]),
            ("гройсман", &["hroisman", "hroysman", "groysman"]),
            ("німеччина", &["germany"]),
            ("наталія", &["nataliia", "natalia", "nataliya"]),
            ("юрій", &["yurii", "yuriy"]),
        ] {
            let spellings = latin_spellings(form);
            for latin in expected {
                assert!(
                    spellings.iter().any(|s| s == latin),
                    "{form}: {spellings:?}"
                );
            }
        }
    }

    #[test]
    fn an_adjective_of_a_country_is_not_the_country() {
        assert!(!latin_spellings("австрійський").contains(&"austria".to_owned()));
    }
}
