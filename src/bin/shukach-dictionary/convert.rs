//! From the bytes of the source to the bytes of the data files.

use crate::cfsa2::Automaton;
use crate::converbs;
use crate::data::Data;
use crate::endings::Endings;
use crate::entry::Entry;
use crate::error::Error;
use crate::files::{DICTIONARY, FREQUENCIES};
use crate::lexicon::Lexicon;
use crate::likelihood;
use crate::likelihood::Frequencies;
use crate::pack::{Packed, choices};
use shukach::analysis::dictionary::language_data::Description;
use std::collections::BTreeSet;

/// Makes the data files of the bytes of the source.
pub(crate) fn convert(source: &[u8]) -> Result<Data, Error> {
    let mut lexicon = Lexicon::default();
    Automaton::open(source)?.strings(&mut |string| {
        lexicon.add(&Entry::parse(string)?);
        Ok(())
    })?;
    let converbs = converbs::mend(&mut lexicon);
    likelihood::order(&mut lexicon, &Frequencies::own());
    let learned = Endings::learn(&lexicon);

    let words = lexicon
        .forms
        .iter()
        .map(|(form, readings)| (&**form, choices(form, readings)));
    let forms = Packed::of(words)?;
    let endings = Packed::of(learned.iter())?;

    let mut hasher = blake3::Hasher::new();
    for bytes in [&forms.words, &forms.rules, &endings.words, &endings.rules] {
        hasher.update(bytes);
    }
    let hash = hasher.finalize().to_hex();
    let readings = || lexicon.forms.values().flatten();
    let lemmas: BTreeSet<&[u8]> = readings().map(|reading| &*reading.lemma).collect();
    let description = Description {
        dictionary: DICTIONARY,
        frequencies: FREQUENCIES,
        forms: lexicon.forms.len(),
        lemmas: lemmas.len(),
        pairs: readings().count(),
        endings: learned.count(),
        fingerprint: hash.get(..16).unwrap_or_default(),
    };
    let likely_count = readings().filter(|reading| reading.is_likely).count();
    let report = [
        format!("{} forms, {} lemmas", description.forms, description.lemmas),
        format!("{} pairs, {likely_count} of them likely", description.pairs),
        format!("{} entries left out", lexicon.left_out),
        format!(
            "{} converbs given to their verbs, {} kept",
            converbs.mended, converbs.kept
        ),
        format!("forms: {}", forms.report()),
        format!("{} endings: {}", description.endings, endings.report()),
        format!("fingerprint {}", description.fingerprint),
    ]
    .join("\n");
    let description = serde_json::to_string_pretty(&description)? + "\n";
    Ok(Data {
        forms,
        endings,
        description,
        report,
    })
}
