//! The language of the system.

use shukach::locale::Locale;
use std::env;

/// Returns the language of the system.
pub(crate) fn system_locale() -> Locale {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(env::var_os)
        .find(|name| !name.is_empty())
        .map_or(Locale::English, |name| {
            Locale::of_name(&name.to_string_lossy())
        })
}
