//! The Ukrainian dictionary: from a form (`гарантіями`) to its lemmas (`гарантія`).

use crate::analysis::letters::Letters;
use crate::analysis::rules::RuleTables;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

static FORMS: &[u8] = include_bytes!("data/uk.fst");
static RULES: &[u8] = include_bytes!("data/uk.rules");
static DESCRIPTION: &[u8] = include_bytes!("data/uk.meta.json");

/// Where the data of a dictionary come from; the content of `uk.meta.json`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Description<'a> {
    /// Name and version of the source, such as `morfologik-ukrainian-search 4.9.1`.
    pub version: &'a str,
    /// Who made the source.
    pub copyright: &'a str,
    /// SPDX identifier of the licence of the source and so of the data.
    pub license: &'a str,
    /// SHA-256 of the file `ukrainian.dict` in the source, in hexadecimal.
    pub source_sha256: &'a str,
    /// Count of distinct forms.
    pub forms: usize,
    /// Count of distinct lemmas.
    pub lemmas: usize,
    /// Count of distinct pairs of a form and a lemma.
    pub pairs: usize,
    /// The first 16 hexadecimal digits of the BLAKE3 hash of `uk.fst` and `uk.rules` behind it.
    pub fingerprint: &'a str,
}

/// A list of word forms with the lemmas of each.
///
/// It is read in place from the program itself: opening takes microseconds and no memory, a look-up
/// below a microsecond and no allocation. Threads share it.
#[derive(Debug)]
pub struct Dictionary {
    /// `None` if the data are not what they should be; then every word is unknown.
    tables: Option<Tables>,
    description: Description<'static>,
}

#[derive(Debug)]
struct Tables {
    sets_by_form: fst::Map<&'static [u8]>,
    rules: RuleTables<'static>,
}

impl Dictionary {
    /// Returns the dictionary that is part of the program.
    ///
    /// ```
    /// use shukach::analysis::dictionary::Dictionary;
    ///
    /// let mut lemmas = Vec::new();
    /// let found = Dictionary::ukrainian()
    ///     .lemmas("гарантіями", &mut String::new(), &mut |lemma| lemmas.push(lemma.to_owned()));
    /// assert!(found);
    /// assert_eq!(lemmas, ["гарантія"]);
    /// ```
    pub fn ukrainian() -> &'static Self {
        static UKRAINIAN: OnceLock<Dictionary> = OnceLock::new();
        UKRAINIAN.get_or_init(|| Self {
            tables: Tables::open(FORMS, RULES),
            description: serde_json::from_slice(DESCRIPTION).unwrap_or_default(),
        })
    }

    /// Tells whether `form` is a known word form, under the conditions of [`Dictionary::lemmas`].
    pub fn contains(&self, form: &str) -> bool {
        let set = || {
            self.tables
                .as_ref()?
                .sets_by_form
                .get(Letters::of(form)?.codes())
        };
        set().is_some()
    }

    /// Calls `each` with every lemma of `form` and returns whether there was one.
    ///
    /// `form` is in lower case and composed (NFC) and has U+0027 as its only apostrophe; ґ is folded
    /// into г here, and lemmas come so folded. A word with other characters or of more than
    /// [`MAX_LETTERS`](super::letters::MAX_LETTERS) letters is unknown. `buffer` is overwritten; if it
    /// is kept from call to call, none of them allocates.
    pub fn lemmas(&self, form: &str, buffer: &mut String, each: &mut dyn FnMut(&str)) -> bool {
        let mut found = false;
        self.encoded_lemmas(form, &mut |lemma| {
            buffer.clear();
            lemma.write_to(buffer);
            each(buffer);
            found = true;
        });
        found
    }

    /// Returns the fingerprint of the data. Whoever stores lemmas stores it with them: under another
    /// fingerprint the same form may have other lemmas.
    pub fn fingerprint(&self) -> &str {
        self.description.fingerprint
    }

    /// Returns name and version of the source of the data.
    pub fn version(&self) -> &str {
        self.description.version
    }

    /// Returns where the data come from.
    pub fn description(&self) -> &Description<'_> {
        &self.description
    }

    fn encoded_lemmas(&self, form: &str, each: &mut dyn FnMut(&Letters)) -> Option<()> {
        let tables = self.tables.as_ref()?;
        let form = Letters::of(form)?;
        let set = tables.sets_by_form.get(form.codes())?;
        for rule in tables.rules.set(set) {
            if let Some(lemma) = rule.lemma(&form).filter(|lemma| !lemma.codes().is_empty()) {
                each(&lemma);
            }
        }
        Some(())
    }
}

impl Tables {
    fn open(forms: &'static [u8], rules: &'static [u8]) -> Option<Self> {
        Some(Self {
            sets_by_form: fst::Map::new(forms).ok()?,
            rules: RuleTables::open(rules)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fst::Streamer;
    use proptest::prelude::*;

    fn lemmas(form: &str) -> Vec<String> {
        let mut all = Vec::new();
        let mut each = |lemma: &str| all.push(lemma.to_owned());
        Dictionary::ukrainian().lemmas(form, &mut String::new(), &mut each);
        all.sort();
        all
    }

    #[test]
    fn a_form_leads_to_its_lemma() {
        for (form, lemma) in [
            ("гарантіями", "гарантія"),
            ("гарантій", "гарантія"),
            ("кота", "кіт"),
            ("києві", "київ"),
            ("рукою", "рука"),
            ("руці", "рука"),
            ("друзі", "друг"),
            ("п'ять", "п'ять"),
            ("п'ятьма", "п'ять"),
            ("людей", "людина"),
            ("веде", "вести"),
            ("зеленського", "зеленський"),
            ("івано-франківську", "івано-франківськ"),
        ] {
            assert!(
                lemmas(form).iter().any(|l| l == lemma),
                "{form}: {:?}",
                lemmas(form)
            );
        }
    }

    #[test]
    fn an_unambiguous_form_has_one_lemma() {
        for (form, lemma) in [("гарантіями", "гарантія"), ("безпеки", "безпека")]
        {
            assert_eq!(lemmas(form), [lemma]);
        }
    }

    #[test]
    fn an_ambiguous_form_has_all_its_lemmas() {
        assert_eq!(lemmas("замок"), ["замок", "замокти"]);
        assert_eq!(lemmas("рік"), ["ректи", "рік", "ріка"]);
        assert_eq!(lemmas("друга"), ["друг", "друга", "другий"]);
        assert_eq!(lemmas("ночі"), ["ніч"]);
    }

    #[test]
    fn a_converb_belongs_to_its_verb() {
        for (form, lemma) in [
            ("читаючи", "читати"),
            ("сміючись", "сміятися"),
            ("приїхавши", "приїхати"),
            ("посміхнувшись", "посміхнутися"),
            ("принісши", "принести"),
        ] {
            assert_eq!(lemmas(form), [lemma], "{form}");
        }
    }

    #[test]
    fn ge_with_upturn_is_the_same_as_ge() {
        assert_eq!(lemmas("ґанку"), lemmas("ганку"));
        assert_eq!(lemmas("ґанку"), ["ганка", "ганок"]);
    }

    #[test]
    fn an_unknown_word_has_no_lemma() {
        let dictionary = Dictionary::ukrainian();
        for form in [
            "",
            "-",
            "щщщ",
            "word",
            "covid-19",
            "Київ",
            "п’ять",
            "2025",
            "хаймарсами",
        ] {
            assert!(lemmas(form).is_empty(), "{form}");
            assert!(!dictionary.contains(form), "{form}");
        }
        assert!(lemmas(&"а".repeat(1000)).is_empty());
    }

    #[test]
    fn every_form_has_lemmas_in_lower_case_of_the_same_alphabet() {
        let tables = Tables::open(FORMS, RULES).unwrap();
        let mut stream = tables.sets_by_form.stream();
        let mut count = 0;
        while let Some((codes, set)) = stream.next() {
            let form = Letters::from_codes(codes).unwrap();
            count += 1;
            assert!(tables.rules.set(set).next().is_some());
            for rule in tables.rules.set(set) {
                let lemma = rule.lemma(&form).unwrap();
                assert!(!lemma.codes().is_empty());
            }
        }
        assert_eq!(count, Dictionary::ukrainian().description().forms);
    }

    #[test]
    fn the_data_are_whole_and_match_their_description() {
        let dictionary = Dictionary::ukrainian();
        dictionary
            .tables
            .as_ref()
            .unwrap()
            .sets_by_form
            .as_fst()
            .verify()
            .unwrap();
        let hash = blake3::Hasher::new()
            .update(FORMS)
            .update(RULES)
            .finalize()
            .to_hex();
        assert_eq!(Some(dictionary.fingerprint()), hash.as_str().get(..16));
        assert_eq!(dictionary.version(), "morfologik-ukrainian-search 4.9.1");
        assert_eq!(dictionary.description().license, "Apache-2.0");
    }

    #[test]
    fn data_of_another_kind_make_every_word_unknown() {
        assert!(Tables::open(b"", RULES).is_none());
        assert!(Tables::open(FORMS, b"").is_none());
        let tables = Tables::open(RULES, FORMS);
        let dictionary = Dictionary {
            tables,
            description: Description::default(),
        };
        assert!(!dictionary.contains("рука"));
        assert!(!dictionary.lemmas("рука", &mut String::new(), &mut |_| ()));
    }

    proptest! {
        #[test]
        fn any_text_is_looked_up_without_panic(text in ".*", word in "[а-яґєії'-]{0,80}") {
            for form in [text, word] {
                let found = lemmas(&form);
                prop_assert_eq!(found.is_empty(), !Dictionary::ukrainian().contains(&form));
                prop_assert!(found.iter().all(|lemma| !lemma.is_empty()));
            }
        }
    }
}
