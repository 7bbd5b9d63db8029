//! A setting that was found, and where.

use crate::arguments::index_folder::is_address;
use crate::config::problem::SettingPlace;
use crate::config::setting::{Setting, SettingKind};
use std::env;
use std::ffi::OsString;
use std::path::Path;

/// A setting that was found somewhere.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) setting: &'static Setting,
    /// As its argument is typed; of a switch `true` or `false`.
    pub(crate) value: OsString,
    pub(crate) place: SettingPlace,
}

impl Found {
    /// Returns whether it is a list of paths, as only a variable can be.
    pub(crate) fn is_list(&self) -> bool {
        let is_variable = matches!(self.place, SettingPlace::Variable(_));
        self.setting.kind == SettingKind::Path
            && is_variable
            // An address has colons of its own.
            && !is_address(Path::new(&self.value))
            && env::split_paths(&self.value).nth(1).is_some()
    }
}
