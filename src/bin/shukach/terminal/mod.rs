//! The terminal: what is printed, where and how.
//!
//! | module | what it holds |
//! |---|---|
//! | `output` | width and colours of the output |
//! | `colour` | when to use colours |
//! | `pager` | pages long answers |
//! | `destination` | standard output or a file |
//! | `progress` | the progress bar |
//! | `notices` | notices on standard error |
//! | `interrupt` | Ctrl-C |
//! | `locale` | the language of the system |
//! | `completion` | completions in the shell |
//! | `report` | one line for each failed or doubtful input |

pub(crate) mod colour;
pub(crate) mod completion;
pub(crate) mod destination;
pub(crate) mod interrupt;
pub(crate) mod locale;
pub(crate) mod notices;
pub(crate) mod output;
pub(crate) mod pager;
pub(crate) mod progress;
pub(crate) mod report;
