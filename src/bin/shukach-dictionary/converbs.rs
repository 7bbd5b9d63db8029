//! Gives converbs the lemma of their verb: читаючи is a form of читати, as читає is.
//!
//! In the source a converb is a lemma of its own. The verb is found by way of a finite form.

use crate::lexicon::{EntryKind, Lexicon, Reading};
use shukach::analysis::dictionary::letters::Letters;

/// Endings of converbs and of the finite forms beside them, the longer ones first.
const ENDINGS: [(&str, &str); 9] = [
    ("вшися", "вся"),
    ("вшись", "вся"),
    ("чися", "ться"),
    ("чись", "ться"),
    ("шися", "ся"),
    ("шись", "ся"),
    ("вши", "в"),
    ("чи", "ть"),
    ("ши", ""),
];

/// How many converbs there were.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// Those that are forms of their verb now.
    pub(crate) mended: usize,
    /// Those whose verb was not found; they stay lemmas of their own.
    pub(crate) kept: usize,
}

/// Replaces the lemma of every converb by those of its verb, where the verb is known.
pub(crate) fn mend(lexicon: &mut Lexicon) -> Outcome {
    let mut outcome = Outcome::default();
    let mut mended = Vec::new();
    for (form, readings) in &lexicon.forms {
        if !readings
            .iter()
            .any(|reading| reading.kind == EntryKind::Converb)
        {
            continue;
        }
        let verbs = verbs(lexicon, form);
        if verbs.is_empty() {
            outcome.kept += 1;
            continue;
        }
        outcome.mended += 1;
        let mut kept: Vec<Reading> = readings
            .iter()
            .filter(|r| r.kind != EntryKind::Converb)
            .cloned()
            .collect();
        for verb in verbs {
            if !kept.iter().any(|reading| reading.lemma == verb.lemma) {
                kept.push(verb.clone());
            }
        }
        mended.push((form.clone(), kept));
    }
    lexicon.forms.extend(mended);
    outcome
}

fn verbs<'a>(lexicon: &'a Lexicon, converb: &[u8]) -> Vec<&'a Reading> {
    let finite = finite_form(converb);
    let readings = finite
        .as_ref()
        .map_or(&[][..], |finite| lexicon.readings(finite.codes()));
    readings
        .iter()
        .filter(|reading| reading.kind == EntryKind::Verb)
        .collect()
}

fn finite_form(converb: &[u8]) -> Option<Letters> {
    ENDINGS.iter().find_map(|(ending, replacement)| {
        let stem = converb.strip_suffix(Letters::of(ending)?.codes())?;
        let mut finite = Letters::from_codes(stem)?;
        finite.append(Letters::of(replacement)?.codes())?;
        Some(finite)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::lexicon_of;

    fn lemmas(lexicon: &Lexicon, form: &str) -> Vec<String> {
        let readings = lexicon.readings(Letters::of(form).unwrap().codes());
        let text = |reading: &Reading| {
            let mut text = String::new();
            Letters::from_codes(&reading.lemma)
                .unwrap()
                .write_to(&mut text);
            text
        };
        readings.iter().map(text).collect()
    }

    #[test]
    fn a_converb_gets_the_lemma_of_the_verb_alone() {
        let mut lexicon = lexicon_of(&[
            ("читаючи", "читаючи", "advp:imperf"),
            ("читають", "читати", "verb:imperf:pres:p:3"),
            ("принісши", "принісши", "advp:perf"),
            ("приніс", "приніс", "noun"),
            ("приніс", "принести", "verb:perf:past:m"),
            ("сміючись", "сміючись", "advp:rev:imperf"),
            ("сміючися", "сміючися", "advp:rev:imperf"),
            ("сміються", "сміятися", "verb:rev:imperf:pres:p:3"),
        ]);
        assert_eq!(mend(&mut lexicon), Outcome { mended: 4, kept: 0 });
        assert_eq!(lemmas(&lexicon, "читаючи"), ["читати"]);
        assert_eq!(lemmas(&lexicon, "принісши"), ["принести"]);
        assert_eq!(lemmas(&lexicon, "сміючись"), ["сміятися"]);
        assert_eq!(lemmas(&lexicon, "сміючися"), ["сміятися"]);
        assert_eq!(lemmas(&lexicon, "приніс"), ["приніс", "принести"]);
    }

    #[test]
    fn a_converb_of_an_unknown_verb_and_other_readings_stay() {
        let mut lexicon = lexicon_of(&[
            ("мовчки", "мовчки", "advp"),
            ("лежачи", "лежачи", "advp|adv"),
            ("лежать", "лежати", "verb"),
        ]);
        assert_eq!(mend(&mut lexicon), Outcome { mended: 0, kept: 1 });
        assert_eq!(lemmas(&lexicon, "лежачи"), ["лежачи"]);
    }
}
