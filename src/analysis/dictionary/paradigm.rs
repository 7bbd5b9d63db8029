//! Paradigms: the endings of a lexicon's words, by declension pattern.

/// What the lemmas of a pattern become: for the first of these ends that a lemma has, that end is
/// replaced by each of the others. `-` is no ending at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paradigm {
    /// Its name in a lexicon.
    pub name: &'static str,
    ends: &'static [(&'static str, &'static str)],
}

/// All patterns, in the order of their names.
pub const PARADIGMS: [Paradigm; 16] = [
    Paradigm {
        name: "adj",
        ends: &[
            ("ий", "ий ого ому им ім а ої ій у ою е і их ими"),
            ("ій", "ій ього ьому ім я ьої ю ьою є і іх іми"),
            ("їй", "їй його йому їм я йої ю йою є ї їх їми"),
        ],
    },
    Paradigm {
        name: "indeclinable",
        ends: &[("", "-")],
    },
    // Рютте stays as it is in good style; people and machines decline it nevertheless.
    Paradigm {
        name: "name-e",
        ends: &[("е", "е а у ові ом і")],
    },
    Paradigm {
        name: "noun-f-a",
        ends: &[
            ("ка", "ка ки ці ку кою ко ок кам ками ках"),
            ("га", "га ги зі гу гою го г гам гами гах"),
            ("ха", "ха хи сі ху хою хо х хам хами хах"),
            ("а", "а и і у ою о - ам ами ах"),
        ],
    },
    Paradigm {
        name: "noun-f-ja",
        ends: &[
            ("ія", "ія ії ію ією іє ій іям іями іях"),
            ("я", "я і ю ею е ь ям ями ях"),
        ],
    },
    Paradigm {
        name: "noun-m-ec",
        ends: &[
            ("єць", "єць йця йцю йцеві йцем йці йче йців йцям йцями йцях"),
            ("ець", "ець ця цю цеві цем ці че ців цям цями цях"),
        ],
    },
    Paradigm {
        name: "noun-m-hard",
        ends: &[
            ("к", "к ка ку кові ком кі ки ків кам ками ках"),
            ("г", "г га гу гові гом зі ги гів гам гами гах"),
            ("х", "х ха ху хові хом сі хи хів хам хами хах"),
            ("", "- а у ові ом і е и ів ам ами ах"),
        ],
    },
    Paradigm {
        name: "noun-m-j",
        ends: &[
            ("ій", "ій ія ію ієві ієм ії їв іїв іям іями іях"),
            ("й", "й я ю єві єм ї їв ям ями ях"),
        ],
    },
    Paradigm {
        name: "noun-m-o",
        ends: &[("о", "о а у ові ом і и ів ам ами ах")],
    },
    Paradigm {
        name: "noun-m-ok",
        ends: &[("ок", "ок ка ку кові ком че ки ків кам ками ках")],
    },
    Paradigm {
        name: "noun-m-soft",
        ends: &[("ь", "ь я ю еві ем і ів ям ями ях")],
    },
    Paradigm {
        name: "noun-m-zh",
        ends: &[("", "- а у еві ем і е ів ам ами ах")],
    },
    Paradigm {
        name: "noun-n-ja",
        ends: &[
            ("ння", "ння нню нням нні нь нням ннями ннях"),
            ("ччя", "ччя ччю ччям ччі ччями ччях"),
        ],
    },
    Paradigm {
        name: "noun-pl",
        ends: &[("и", "и ів - ам ами ах"), ("і", "і ів ей ям ями ях")],
    },
    Paradigm {
        name: "surname-ov",
        ends: &[("", "- а у ові им і и их ими ої ій ою")],
    },
    Paradigm {
        name: "verb-uvaty",
        ends: &[(
            "увати",
            "увати ую уєш ує уємо уєте ують уй уймо уйте уватиму уватимеш уватиме уватимемо уватимете \
                 уватимуть ував увала увало ували увано уючи увавши",
        )],
    },
];

impl Paradigm {
    /// Returns the pattern with a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        PARADIGMS.iter().find(|paradigm| paradigm.name == name)
    }

    /// Splits off the stem of `lemma` and returns it with its endings, separated by spaces; `-` is
    /// none. `None` if the pattern has no such lemmas.
    pub fn split<'a>(&self, lemma: &'a str) -> Option<(&'a str, &'static str)> {
        let split =
            |(end, endings): &(&str, &'static str)| Some((lemma.strip_suffix(end)?, *endings));
        self.ends.iter().find_map(split)
    }

    /// Returns what the lemmas of the pattern may end in, for a message; empty if in anything.
    pub fn lemma_ends(&self) -> Vec<&'static str> {
        let ends = self.ends.iter().map(|(end, _)| *end);
        ends.filter(|end| !end.is_empty()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(name: &str, lemma: &str) -> String {
        let Some((stem, endings)) = Paradigm::named(name).unwrap().split(lemma) else {
            return String::new();
        };
        let form = |ending: &str| format!("{stem}{}", ending.trim_matches('-'));
        let all: Vec<_> = endings.split(' ').map(form).collect();
        all.join(" ")
    }

    #[test]
    fn names_are_sorted_and_unique() {
        assert!(PARADIGMS.windows(2).all(|pair| pair[0].name < pair[1].name));
        assert_eq!(Paradigm::named("noun"), None);
    }

    #[test]
    fn each_pattern_makes_its_forms() {
        for (name, lemma, expected) in [
            (
                "noun-m-hard",
                "шольц",
                "шольц шольца шольцу шольцові шольцом шольці",
            ),
            (
                "noun-m-soft",
                "шмигаль",
                "шмигаль шмигаля шмигалю шмигалеві шмигалем шмигалі",
            ),
            (
                "noun-m-zh",
                "вучич",
                "вучич вучича вучичу вучичеві вучичем вучичі",
            ),
            (
                "noun-m-j",
                "мілей",
                "мілей мілея мілею мілеєві мілеєм мілеї",
            ),
            (
                "noun-m-o",
                "клименко",
                "клименко клименка клименку клименкові клименком",
            ),
            (
                "noun-m-ok",
                "застосунок",
                "застосунок застосунка застосунку застосункові",
            ),
            (
                "noun-m-ec",
                "азовець",
                "азовець азовця азовцю азовцеві азовцем азовці",
            ),
            ("noun-f-a", "сибіга", "сибіга сибіги сибізі сибігу сибігою"),
            (
                "noun-f-a",
                "стрімерка",
                "стрімерка стрімерки стрімерці стрімерку стрімеркою",
            ),
            ("noun-f-a", "крипта", "крипта крипти крипті крипту криптою"),
            (
                "noun-f-ja",
                "релокація",
                "релокація релокації релокацію релокацією",
            ),
            (
                "noun-n-ja",
                "гуглення",
                "гуглення гугленню гугленням гугленні",
            ),
            (
                "noun-pl",
                "рілзи",
                "рілзи рілзів рілз рілзам рілзами рілзах",
            ),
            (
                "surname-ov",
                "буданов",
                "буданов буданова буданову буданові будановим",
            ),
            ("adj", "сирський", "сирський сирського сирському сирським"),
            ("name-e", "рютте", "рютте рютта рютту рюттові рюттом рютті"),
            ("indeclinable", "шойгу", "шойгу"),
            (
                "verb-uvaty",
                "релокувати",
                "релокувати релокую релокуєш релокує",
            ),
        ] {
            let made = forms(name, lemma);
            for form in expected.split(' ') {
                assert!(made.split(' ').any(|f| f == form), "{form}: {made}");
            }
        }
    }

    #[test]
    fn a_lemma_with_another_end_has_no_forms() {
        assert_eq!(forms("adj", "шольц"), "");
        assert_eq!(
            Paradigm::named("noun-m-ec").unwrap().lemma_ends(),
            ["єць", "ець"]
        );
    }
}
