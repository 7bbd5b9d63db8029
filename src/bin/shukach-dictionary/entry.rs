//! One entry of the source: a form, its lemma and its tags.

use crate::error::Error;

/// What stands between form, lemma and tags.
const SEPARATOR: u8 = b'+';

/// An entry `form+K<suffix>+tags`.
///
/// `K` is `A` for "cut nothing from the form's end", `B` for one byte and so on; then the suffix is
/// appended to make the lemma.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Entry<'a> {
    /// The form in lower case.
    pub(crate) form: &'a str,
    /// The lemma; proper names have capitals.
    pub(crate) lemma: String,
    /// The readings, between `|`, each with `:` between its tags.
    pub(crate) tags: &'a str,
}

impl<'a> Entry<'a> {
    /// Takes a string of the automaton apart.
    pub(crate) fn parse(bytes: &'a [u8]) -> Result<Self, Error> {
        let parts = || {
            let mut parts = bytes.splitn(3, |&byte| byte == SEPARATOR);
            let (form, lemma, tags) = (parts.next()?, parts.next()?, parts.next()?);
            let (&code, suffix) = lemma.split_first()?;
            let kept = match code.wrapping_sub(b'A') {
                u8::MAX => 0,
                cut => form.len().checked_sub(cut.into())?,
            };
            let lemma = [form.get(..kept)?, suffix].concat();
            Some(Self {
                form: str::from_utf8(form).ok()?,
                lemma: String::from_utf8(lemma).ok()?,
                tags: str::from_utf8(tags).ok()?,
            })
        };
        parts().ok_or_else(|| Error::Entry(String::from_utf8_lossy(bytes).into_owned()))
    }

    /// Returns the tags of each reading, with `:` between them.
    pub(crate) fn readings(&self) -> impl Iterator<Item = &'a str> {
        self.tags.split('|')
    }

    /// Returns the part of speech of each reading.
    pub(crate) fn parts_of_speech(&self) -> impl Iterator<Item = &'a str> {
        self.readings()
            .filter_map(|reading| reading.split(':').next())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lemma_is_the_form_with_another_end() {
        let entry = Entry::parse("руці+Eка+noun:inanim:f:v_dav|noun:inanim:f:v_mis".as_bytes());
        let entry = entry.unwrap();
        assert_eq!((entry.form, entry.lemma.as_str()), ("руці", "рука"));
        assert!(entry.parts_of_speech().eq(["noun", "noun"]));
    }

    #[test]
    fn the_whole_form_may_be_replaced() {
        assert_eq!(
            Entry::parse("є+@бути+verb".as_bytes()).unwrap().lemma,
            "бути"
        );
    }

    #[test]
    fn an_entry_that_lacks_a_part_or_cuts_a_letter_is_refused() {
        for entry in [
            "рука",
            "рука+A",
            "рука++noun",
            "рука+Bи+noun",
            "рука+Zи+noun",
        ] {
            assert!(Entry::parse(entry.as_bytes()).is_err(), "{entry}");
        }
    }
}
