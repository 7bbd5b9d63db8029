//! Rankings as TREC runs: `query Q0 article rank score shukach`.

use std::io::{self, Write};

/// Writes the ranking of one query: ids and scores, the best first. Fields of a run have no spaces: those of ids become
/// `_`.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write<'a>(
    query_id: &str,
    ranking: impl IntoIterator<Item = (&'a str, f32)>,
    out: &mut impl Write,
) -> io::Result<()> {
    for (rank, (id, score)) in (1..).zip(ranking) {
        let id = id.replace(' ', "_");
        writeln!(out, "{query_id} Q0 {id} {rank} {score:.6} shukach")?;
    }
    Ok(())
}
