//! The names of columns: those of the header, or what the columns seem to hold.

use crate::archive::fields::field_map::FieldMap;
use crate::archive::formats::table::rows::Row;
use crate::archive::formats::table::shape::{Shape, is_content};
use crate::archive::json::key;
use crate::date::field;
use jiff::civil;

/// A title is longer, on average and in characters; shorter texts name a section or an author.
const MIN_TITLE_CHARS: usize = 10;

/// A text alone in its row is longer than a title, on average and in characters.
const MIN_BODY_CHARS: usize = 120;

/// Says whether a row is the header: it names fields, or at least nothing in it is content. A map
/// that counts the columns says that there is none.
pub(crate) fn is_header(cells: &[String], map: &FieldMap) -> bool {
    let is_number = |key: &str| key.parse::<usize>().is_ok();
    let mut keys = map.pairs().iter().map(|(_, key)| key.as_str());
    if !map.is_empty() && keys.clone().all(is_number) {
        return false;
    }
    if keys.any(|key| cells.iter().any(|cell| cell == key)) {
        return true;
    }
    let known = cells.iter().filter(|cell| key::meaning(cell).is_some());
    let contents = cells.iter().filter(|cell| is_content(cell)).count();
    contents == 0 || known.count() > contents
}

/// Names the columns of a table without a header by what they hold; `None` where no column has a
/// text. Other columns are numbered from 1.
pub(crate) fn guessed(sample: &[Row], map: &FieldMap, today: civil::Date) -> Option<Vec<String>> {
    let count = sample.first()?.cells.len();
    let mut names: Vec<String> = (1..=count).map(|ordinal| ordinal.to_string()).collect();
    if !map.is_empty() {
        return Some(names);
    }
    let columns: Vec<Column> = (0..count).map(|at| Column::of(sample, at, today)).collect();
    let mut name = |at: Option<usize>, field: &str| {
        if let Some(name) = at.and_then(|at| names.get_mut(at)) {
            field.clone_into(name);
        }
    };
    name(columns.iter().position(|column| column.is_address), "url");
    name(columns.iter().position(|column| column.is_date), "date");
    let texts = || (0..).zip(&columns).filter(|(_, column)| column.is_text());
    let (longest, column) = texts().max_by_key(|(_, column)| column.mean_chars)?;
    let mut others = texts().filter(|(at, _)| *at != longest);
    let title = others.find(|(_, column)| column.mean_chars >= MIN_TITLE_CHARS);
    match title {
        Some((title, _)) => {
            name(Some(title), "title");
            name(Some(longest), "body");
        }
        None if column.mean_chars >= MIN_BODY_CHARS => name(Some(longest), "body"),
        None => name(Some(longest), "title"),
    }
    Some(names)
}

/// What the cells of a column have in common.
struct Column {
    is_address: bool,
    is_date: bool,
    shape: Shape,
    mean_chars: usize,
}

impl Column {
    fn of(sample: &[Row], at: usize, today: civil::Date) -> Self {
        let cells = sample.iter().filter_map(|row| row.cells.get(at));
        let cells: Vec<&str> = cells
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty())
            .collect();
        let shape = cells
            .iter()
            .fold(Shape::Unknown, |shape, cell| shape.with(cell));
        let chars: usize = cells.iter().map(|cell| cell.chars().count()).sum();
        let is_date = |cell: &&str| field::parse(cell, today).is_ok();
        Self {
            is_address: shape == Shape::Address,
            // A number may be a year, but more likely it is an id.
            is_date: !matches!(shape, Shape::Unknown | Shape::Number) && cells.iter().all(is_date),
            shape,
            mean_chars: chars.checked_div(cells.len()).unwrap_or_default(),
        }
    }

    fn is_text(&self) -> bool {
        self.shape == Shape::Text && !self.is_date
    }
}
