//! Notices beside an answer, on standard error.

use shukach::locale::Locale;
use shukach::query::Notice;
use shukach::render::wording;

/// Prints notices on standard error, for formats without a place for them.
pub(crate) fn tell(notices: &[Notice], locale: Locale) {
    for notice in wording::for_people(notices) {
        eprintln!("{}", wording::notice(notice, locale));
    }
}
