//! What readers of archives hand out.

use crate::archive::flaw::Flaw;
use std::io::Read;

/// Takes the members of an archive: the path of each and its content, or what is wrong with it.
pub(crate) type EachMember<'e> = dyn FnMut(&str, Result<&mut dyn Read, Flaw>) + 'e;

/// Says whether a member is one that systems leave behind and nobody wrote.
pub(crate) fn is_left_behind(path: &str) -> bool {
    path.split(['/', '\\'])
        .any(|part| part == "__MACOSX" || (part.starts_with('.') && !matches!(part, "." | "..")))
}
