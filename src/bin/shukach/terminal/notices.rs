//! Notices beside an answer, on standard error.

use shukach::locale::Locale;
use shukach::query::Notice;
use shukach::render::wording;

/// Tells notices on standard error, for forms that have no place for them.
pub(crate) fn tell(notices: &[Notice], locale: Locale) {
    for notice in wording::for_people(notices) {
        eprintln!("{}", wording::notice(notice, locale));
    }
}
