//! Files that hold other files: compressed streams and archives. Nothing is unpacked to the disk.

pub(crate) mod compressed;
pub(crate) mod members;
pub(crate) mod tarball;
pub(crate) mod zipped;
