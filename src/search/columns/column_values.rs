//! Reads a column for several articles of one segment.

use std::io;
use tantivy::DocId;
use tantivy::columnar::StrColumn;

/// Returns the first value of each of `docs`. They are looked up together, in the order of the
/// dictionary, as many of them stand close to each other in it or are the same.
///
/// # Errors
/// Where the column cannot be read.
pub(crate) fn first_values(
    column: Option<&StrColumn>,
    docs: &[DocId],
) -> io::Result<Vec<Option<String>>> {
    let mut values = vec![None; docs.len()];
    let Some(column) = column else {
        return Ok(values);
    };
    let first = |(at, doc): (usize, &DocId)| Some((column.term_ords(*doc).next()?, at));
    let mut wanted: Vec<(u64, usize)> = docs.iter().enumerate().filter_map(first).collect();
    wanted.sort_unstable();
    let ordinals: Vec<u64> = wanted.iter().map(|(ordinal, _)| *ordinal).collect();
    let mut places = wanted.iter().map(|(_, at)| *at);
    let mut keep = |value: &[u8]| {
        if let Some(place) = places.next().and_then(|at| values.get_mut(at)) {
            *place = str::from_utf8(value).ok().map(str::to_owned);
        }
    };
    column
        .dictionary()
        .sorted_ords_to_term_cb(&ordinals, &mut keep)?;
    Ok(values)
}

/// Returns all values of each of `docs`.
///
/// # Errors
/// Where the column cannot be read.
pub(crate) fn all_values(
    column: Option<&StrColumn>,
    docs: &[DocId],
) -> io::Result<Vec<Vec<String>>> {
    let Some(column) = column else {
        return Ok(vec![Vec::new(); docs.len()]);
    };
    let all = |doc: &DocId| {
        let mut values = Vec::new();
        for ordinal in column.term_ords(*doc) {
            let mut value = String::new();
            if column.ord_to_str(ordinal, &mut value)? {
                values.push(value);
            }
        }
        Ok(values)
    };
    docs.iter().map(all).collect()
}
