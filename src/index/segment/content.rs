//! The fields of texts, in the order of the schema.

use crate::schema::{Part, fields, schema};
use std::sync::LazyLock;
use tantivy::schema::Field;

/// What a field of texts holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Keys(Part),
    Forms(Part),
    Impacts,
}

impl Content {
    pub(super) fn has_positions(self) -> bool {
        self != Self::Impacts
    }
}

/// Returns all fields of texts.
pub(super) fn text_fields() -> &'static [(Field, Content)] {
    static FIELDS: LazyLock<Vec<(Field, Content)>> = LazyLock::new(|| {
        let all = schema().fields().map(|(field, _)| field);
        all.filter_map(|field| Some((field, content_of(field)?)))
            .collect()
    });
    &FIELDS
}

fn content_of(field: Field) -> Option<Content> {
    if field == fields().impacts {
        return Some(Content::Impacts);
    }
    Part::ALL.into_iter().find_map(|part| match part.fields() {
        of if of.keys == field => Some(Content::Keys(part)),
        of if of.forms == field => Some(Content::Forms(part)),
        _ => None,
    })
}
