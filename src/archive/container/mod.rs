//! Files that hold other files: compressed streams and archives. Nothing is unpacked to the disk.

pub(super) mod compressed;
pub(super) mod members;
pub(super) mod tarball;
pub(super) mod zipped;
