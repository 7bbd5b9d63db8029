//! The lines of a file of queries, of one format for all commands.

use shukach::search::NamedQuery;

/// Reads a line: a query, or a name, a tab and a query; columns behind that are left out, as judged
/// query sets have them. A query without a name is its own. `None` for a blank line, and for a
/// comment, which begins with `#`.
pub(crate) fn named_query(line: &str) -> Option<NamedQuery> {
    let line = line.trim_start_matches('\u{feff}').trim_end();
    if line.is_empty() || line.starts_with('#') {
        return None;
    }
    let mut columns = line.split('\t');
    let (name, query) = match (columns.next(), columns.next()) {
        (Some(name), Some(query)) => (name.trim(), query.trim()),
        _ => ("", line.trim()),
    };
    Some(NamedQuery {
        name: if name.is_empty() { query } else { name }.to_owned(),
        query: query.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_query_or_a_name_and_a_query() {
        let read = |line: &str| named_query(line).map(|named| (named.name, named.query));
        let pair = |name: &str, query: &str| Some((name.to_owned(), query.to_owned()));
        assert_eq!(read("мир -війна"), pair("мир -війна", "мир -війна"));
        assert_eq!(read("м1\tмир -війна\t2"), pair("м1", "мир -війна"));
        assert_eq!(read("\tмир"), pair("мир", "мир"));
        assert_eq!(read("\t#мир\r"), pair("#мир", "#мир"));
        assert_eq!(read("\u{feff}мир\r"), pair("мир", "мир"));
        for nothing in ["", " \t \r", "# про мир\tмир", "#", "\u{feff}# перший"] {
            assert_eq!(read(nothing), None, "{nothing:?}");
        }
    }
}
