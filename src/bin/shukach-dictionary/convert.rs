//! From the bytes of the source to the bytes of the data files.

use crate::cfsa2::Automaton;
use crate::converbs;
use crate::entry::Entry;
use crate::error::Error;
use crate::files::{SOURCE_COPYRIGHT, SOURCE_LICENSE, SOURCE_VERSION, Source};
use crate::lexicon::Lexicon;
use crate::pack::Packed;
use shukach::analysis::dictionary::Description;
use std::collections::BTreeSet;

/// The content of the data files, and what to tell about it.
pub(crate) struct Data {
    /// `uk.fst`: from a form to the ordinal of a set of rules.
    pub(crate) forms: Vec<u8>,
    /// `uk.rules`: the rules and their sets.
    pub(crate) rules: Vec<u8>,
    /// `uk.meta.json`: where they come from.
    pub(crate) description: String,
    /// Counts and sizes, one a line.
    pub(crate) report: String,
}

/// Makes the data files.
pub(crate) fn convert(source: &Source) -> Result<Data, Error> {
    let mut lexicon = Lexicon::default();
    Automaton::open(&source.bytes)?.strings(&mut |string| {
        lexicon.add(&Entry::parse(string)?);
        Ok(())
    })?;
    let converbs = converbs::mend(&mut lexicon);

    let packed = Packed::of(&lexicon)?;
    let lemmas: BTreeSet<&[u8]> = lexicon
        .forms
        .values()
        .flatten()
        .map(|reading| &*reading.lemma)
        .collect();
    let hash = blake3::Hasher::new()
        .update(&packed.forms)
        .update(&packed.rules)
        .finalize();
    let hash = hash.to_hex();
    let description = Description {
        version: SOURCE_VERSION,
        copyright: SOURCE_COPYRIGHT,
        license: SOURCE_LICENSE,
        source_sha256: &source.sha256,
        forms: lexicon.forms.len(),
        lemmas: lemmas.len(),
        pairs: lexicon.forms.values().map(Vec::len).sum(),
        fingerprint: hash.get(..16).unwrap_or_default(),
    };
    let report = format!(
        "{} forms, {} lemmas, {} pairs; {} entries left out\n\
         {} converbs given to their verbs, {} kept\n\
         {} rules in {} sets\n\
         uk.fst {} bytes, uk.rules {} bytes, fingerprint {}",
        description.forms,
        description.lemmas,
        description.pairs,
        lexicon.left_out,
        converbs.mended,
        converbs.kept,
        packed.rule_count,
        packed.set_count,
        packed.forms.len(),
        packed.rules.len(),
        description.fingerprint,
    );
    let description = serde_json::to_string_pretty(&description)? + "\n";
    Ok(Data {
        forms: packed.forms,
        rules: packed.rules,
        description,
        report,
    })
}
