//! Names that other systems and their indexes use for our fields.

use crate::query::field;
use crate::query::field::Field;

/// Names of indexes that people set up, in small letters, each with ours.
const NAMES: [(&str, &str); 34] = [
    ("headline", "title"),
    ("heading", "title"),
    ("name", "title"),
    ("summary", "lead"),
    ("description", "lead"),
    ("abstract", "lead"),
    ("intro", "lead"),
    ("content", "body"),
    ("contents", "body"),
    ("fulltext", "body"),
    ("site", "source"),
    ("publisher", "source"),
    ("publication", "source"),
    ("outlet", "source"),
    ("media", "source"),
    ("domain", "source"),
    ("byline", "author"),
    ("authors", "author"),
    ("creator", "author"),
    ("rubric", "section"),
    ("category", "section"),
    ("link", "url"),
    ("keyword", "tag"),
    ("keywords", "tag"),
    ("published", "date"),
    ("published_at", "date"),
    ("publishedat", "date"),
    ("pubdate", "date"),
    ("publicationdate", "date"),
    ("publication_date", "date"),
    ("datetime", "date"),
    ("creationdate", "date"),
    ("timestamp", "date"),
    ("@timestamp", "date"),
];

/// What Elasticsearch calls a field that is indexed in another way.
const SUBFIELDS: [&str; 3] = [".keyword", ".raw", ".exact"];

/// Returns our field that `name` stands for, and our name of it.
pub(crate) fn known(name: &str) -> Option<(Field, &'static str)> {
    let name = name.to_lowercase();
    let whole = SUBFIELDS.iter().find_map(|end| name.strip_suffix(end));
    let name = whole.unwrap_or(&name);
    let other = NAMES.iter().find(|(other, _)| *other == name);
    let ours = other.map_or(name, |(_, ours)| ours);
    let field = field::field(ours)?;
    let printed = match field {
        Field::Part(part) => part.name(),
        Field::Column(column) => column.name(),
        Field::Date => "date",
    };
    Some((field, printed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_stands_for_one_of_our_fields() {
        for (other, ours) in NAMES {
            assert_eq!(field::field(other), None, "{other}");
            assert_eq!(known(other).unwrap().1, ours, "{other}");
        }
        assert_eq!(known("Заголовок").unwrap().1, "title");
        assert_eq!(known("source.keyword").unwrap().1, "source");
        assert_eq!(known("zone"), None);
    }
}
