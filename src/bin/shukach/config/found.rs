//! A setting that was found, and where.

use crate::config::problem::SettingPlace;
use crate::config::setting::Setting;
use std::ffi::OsString;

/// A setting that was found somewhere.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) setting: &'static Setting,
    /// As its argument is typed; of a switch `true` or `false`.
    pub(crate) value: OsString,
    pub(crate) place: SettingPlace,
}
