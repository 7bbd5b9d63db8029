//! Rankings as TREC runs: `query Q0 article rank score shukach`.

use std::io::{self, Write};

/// Writes the ranking of one query: ranks, ids and scores, the best first. Fields of a run have no
/// white space: that of ids becomes `_`.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write<'a>(
    query_id: &str,
    ranking: impl IntoIterator<Item = (usize, (&'a str, f32))>,
    out: &mut impl Write,
) -> io::Result<()> {
    let query_id = query_id.replace(char::is_whitespace, "_");
    for (rank, (id, score)) in ranking {
        let id = id.replace(char::is_whitespace, "_");
        writeln!(out, "{query_id} Q0 {id} {rank} {score:.6} shukach")?;
    }
    Ok(())
}
