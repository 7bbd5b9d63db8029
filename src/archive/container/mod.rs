//! Files that hold other files: compressed streams and archives. Nothing is unpacked to the disk.
//!
//! | module | what it holds |
//! |---|---|
//! | `compressed` | gzip, zstd, bzip2, xz |
//! | `tarball` | tar |
//! | `zipped` | zip |
//! | `members` | what a container yields |

pub(crate) mod compressed;
pub(crate) mod members;
pub(crate) mod tarball;
pub(crate) mod zipped;
