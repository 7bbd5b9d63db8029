//! One thread that analyses articles and gathers their postings.

use crate::analysis::Language;
use crate::index::segment::content::{Content, text_fields};
use crate::index::segment::room::Place;
use crate::index::segment::run::{RunReader, RunWriter};
use crate::index::segment::text_postings::{Postings, TextPostings};
use crate::index::segment::word_terms::{Occurrences, WordTerms};
use crate::ranking::impact;
use crate::ranking::impact::ByPart;
use crate::schema::{Part, fields};
use std::collections::BTreeMap;
use std::io::Result;
use std::path::PathBuf;
use std::sync::mpsc::Receiver;
use std::sync::{Mutex, PoisonError};
use tantivy::DocId;
use tantivy::schema::Field;

/// The texts of an article that are to be analysed.
pub(super) struct Task {
    /// The article's number in the segment; numbers grow.
    pub(super) doc: DocId,
    pub(super) language: Language,
    /// Of a lead that the body begins with, nothing.
    pub(super) texts: ByPart<String>,
    /// How many positions of the body are the lead.
    pub(super) lead_words: u32,
    pub(super) _place: Place,
}

/// What a thread has made of the articles that it took.
pub(super) struct Output {
    pub(super) runs: Vec<RunReader>,
    /// How many keys each part of each article has, by the article's number.
    pub(super) lengths: Vec<(DocId, ByPart<u32>)>,
    /// How many terms each field has.
    pub(super) token_counts: BTreeMap<Field, u64>,
    /// What is known of words, for the next segment.
    pub(super) terms: WordTerms,
}

/// A thread's own state.
pub(super) struct Worker {
    /// Where runs are written.
    scratch: PathBuf,
    memory_bytes: usize,
    keys: TextPostings,
    forms: TextPostings,
    occurrences: Occurrences,
    output: Output,
}

impl Worker {
    /// Makes one that writes a run into `scratch` whenever it takes `memory_bytes`.
    pub(super) fn new(scratch: PathBuf, memory_bytes: usize, terms: WordTerms) -> Self {
        Self {
            scratch,
            memory_bytes,
            keys: TextPostings::default(),
            forms: TextPostings::default(),
            occurrences: Occurrences::default(),
            output: Output {
                runs: Vec::new(),
                lengths: Vec::new(),
                token_counts: BTreeMap::new(),
                terms,
            },
        }
    }

    /// Takes articles from `queue` until nobody sends any more.
    pub(super) fn run(mut self, queue: &Mutex<Receiver<Task>>) -> Result<Output> {
        loop {
            let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok(task) = next else { break };
            self.add(&task);
            if self.occurrences.mem_usage() > self.memory_bytes / 8 {
                // A very large article; the next one will not need as much.
                self.occurrences = Occurrences::default();
            }
            let terms = self.output.terms.mem_usage();
            if terms + self.keys.mem_usage() + self.forms.mem_usage() >= self.memory_bytes {
                self.write_run()?;
            }
        }
        self.write_run()?;
        Ok(self.output)
    }

    fn add(&mut self, task: &Task) {
        let Output {
            terms,
            token_counts,
            lengths,
            ..
        } = &mut self.output;
        let found = &mut self.occurrences;
        found.clear();
        let (mut part_lengths, mut counts) = (ByPart::default(), ByPart::default());
        for (part, text) in Part::ALL.into_iter().zip(&task.texts) {
            let before = (found.keys.len(), found.forms.len());
            terms.add(task.language, part, text, found);
            let keys = found.keys.len() - before.0;
            let forms = found.forms.len() - before.1;
            *token_counts.entry(part.fields().keys).or_default() += keys as u64;
            *token_counts.entry(part.fields().forms).or_default() += forms as u64;
            let length = u32::try_from(keys).unwrap_or(u32::MAX);
            part_lengths[part as usize] = length;
            counts[part as usize] = impact::mention(part, length);
        }
        if task.lead_words > 0 {
            let body = found
                .keys
                .iter()
                .filter(|key| key.is_in_lead(task.lead_words));
            let length = u32::try_from(body.count()).unwrap_or(u32::MAX);
            counts[Part::Lead as usize] = impact::mention(Part::Lead, length);
        }
        lengths.push((task.doc, part_lengths));
        let mut impacts = 0;
        self.keys
            .add(task.doc, &mut found.keys, |mut often, places| {
                let lead = places.iter().filter(|key| key.is_in_lead(task.lead_words));
                often[Part::Lead as usize] += u32::try_from(lead.count()).unwrap_or(u32::MAX);
                let impact = impact::of(often, counts).unwrap_or(0);
                impacts += u64::from(impact);
                impact
            });
        *token_counts.entry(fields().impacts).or_default() += impacts;
        self.forms.add(task.doc, &mut found.forms, |_, _| 0);
    }

    fn write_run(&mut self) -> Result<()> {
        let (keys, forms) = (
            std::mem::take(&mut self.keys),
            std::mem::take(&mut self.forms),
        );
        let terms = &self.output.terms;
        let (sorted_keys, sorted_forms) = (terms.keys.sorted(), terms.forms.sorted());
        let mut run = RunWriter::new(&self.scratch)?;
        let mut postings = Postings::default();
        for (_, content) in text_fields() {
            let (numbers, table) = match content {
                Content::Forms(_) => (&sorted_forms, &terms.forms),
                Content::Keys(_) | Content::Impacts => (&sorted_keys, &terms.keys),
            };
            for number in numbers {
                let stands = match content {
                    Content::Keys(part) => keys.read_part(*number, *part, &mut postings),
                    Content::Forms(part) => forms.read_part(*number, *part, &mut postings),
                    Content::Impacts => keys.read_impacts(*number, &mut postings),
                };
                if stands {
                    run.write_term(table.term(*number), &postings)?;
                }
            }
            run.end_section()?;
        }
        self.output.runs.push(run.finish()?);
        // What is known of words is worth keeping, but not most of the memory.
        if terms.mem_usage() > self.memory_bytes / 2 {
            self.output.terms = WordTerms::default();
        }
        Ok(())
    }
}
