//! Keyboard layouts: what the same keys type in another one, and which keys are adjacent.

/// A layout of the keyboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// QWERTY, as in the United States.
    Latin,
    /// ЙЦУКЕН with і, ї and є.
    Ukrainian,
    /// ЙЦУКЕН with ы, ъ and э.
    Russian,
}

/// The rows of keys from above, in the layouts' order; each begins half a key to the right of the
/// one above.
const ROWS: [[&str; 3]; 3] = [
    ["qwertyuiop[]", "йцукенгшщзхї", "йцукенгшщзхъ"],
    ["asdfghjkl;'", "фівапролджє", "фывапролджэ"],
    ["zxcvbnm,.", "ячсмитьбю", "ячсмитьбю"],
];

/// The keys outside of the three rows.
const CORNERS: [&str; 3] = ["`\\", "'ґ", "ё\\"];

/// What the keys of [`ROWS`] and [`CORNERS`] that are no letters in the Latin layout type with
/// Shift.
const SHIFTED: [(char, char); 8] = [
    ('{', '['),
    ('}', ']'),
    (':', ';'),
    ('"', '\''),
    ('<', ','),
    ('>', '.'),
    ('~', '`'),
    ('|', '\\'),
];

impl Layout {
    fn ordinal(self) -> usize {
        match self {
            Self::Latin => 0,
            Self::Ukrainian => 1,
            Self::Russian => 2,
        }
    }

    fn lines(self) -> impl Iterator<Item = &'static str> {
        let ordinal = self.ordinal();
        ROWS.into_iter()
            .chain([CORNERS])
            .filter_map(move |row| row.get(ordinal).copied())
    }

    /// Returns the key that types `c`, a small letter or a mark without Shift, as its row and its
    /// place there.
    fn key(self, c: char) -> Option<(usize, usize)> {
        self.lines().enumerate().find_map(|(row, line)| {
            let column = line.chars().position(|typed| typed == c)?;
            Some((row, column))
        })
    }

    fn typed_by(self, (row, column): (usize, usize)) -> Option<char> {
        self.lines().nth(row)?.chars().nth(column)
    }

    /// Returns whether a key of this layout types `c`, with Shift or without.
    pub(crate) fn types(self, c: char) -> bool {
        self.key(unshifted(self, c).0).is_some()
    }
}

/// Returns what `c` is without Shift, and whether Shift was held.
fn unshifted(layout: Layout, c: char) -> (char, bool) {
    let mark = SHIFTED.iter().find(|(shifted, _)| *shifted == c);
    if let Some((_, plain)) = mark.filter(|_| layout == Layout::Latin) {
        return (*plain, true);
    }
    let small = c.to_lowercase().next().unwrap_or(c);
    (small, small != c)
}

/// Returns the mark on the key of `c` with Shift; `c` where it is the key of a letter.
fn shifted(layout: Layout, c: char) -> char {
    let mark = SHIFTED.iter().find(|(_, plain)| *plain == c);
    mark.filter(|_| layout == Layout::Latin)
        .map_or(c, |(shifted, _)| *shifted)
}

/// Returns what the keys that typed `text` in the layout `from` type in the layout `to`; `None`
/// where `from` has no key for a character. Digits and hyphens stay.
pub(crate) fn retyped(text: &str, from: Layout, to: Layout) -> Option<String> {
    let mut typed = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        if c.is_ascii_digit() || c == '-' {
            typed.push(c);
            continue;
        }
        let (plain, is_shifted) = unshifted(from, c);
        let new = to.typed_by(from.key(plain)?)?;
        if is_shifted {
            typed.extend(shifted(to, new).to_uppercase());
        } else {
            typed.push(new);
        }
    }
    Some(typed)
}

/// Returns whether the keys of two small letters lie side by side, so that a finger may slip from
/// one to the other.
pub(crate) fn are_neighbours(a: char, b: char) -> bool {
    [Layout::Latin, Layout::Ukrainian, Layout::Russian]
        .into_iter()
        .any(|layout| match (layout.key(a), layout.key(b)) {
            (Some(a), Some(b)) if a.0 < ROWS.len() && b.0 < ROWS.len() => touch(a, b),
            _ => false,
        })
}

fn touch((row, column): (usize, usize), (other_row, other_column): (usize, usize)) -> bool {
    if row == other_row {
        return column.abs_diff(other_column) == 1;
    }
    if row.abs_diff(other_row) != 1 {
        return false;
    }
    let (upper, lower) = if row < other_row {
        (column, other_column)
    } else {
        (other_column, column)
    };
    upper == lower || upper == lower + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_typed_in_another_layout_are_typed_anew() {
        for (typed, from, to, meant) in [
            ("ufhfynsq", Layout::Latin, Layout::Ukrainian, "гарантій"),
            ("<tpgtrf", Layout::Latin, Layout::Ukrainian, "Безпека"),
            ("]]", Layout::Latin, Layout::Ukrainian, "її"),
            ("g`znm", Layout::Latin, Layout::Ukrainian, "п'ять"),
            ("\\fyjr", Layout::Latin, Layout::Ukrainian, "ґанок"),
            ("'njn", Layout::Latin, Layout::Russian, "этот"),
            ("яудутілн", Layout::Ukrainian, Layout::Latin, "zelensky"),
            ("гарантыъ", Layout::Russian, Layout::Ukrainian, "гарантії"),
        ] {
            assert_eq!(retyped(typed, from, to).as_deref(), Some(meant), "{typed}");
        }
        assert_eq!(retyped("слово", Layout::Latin, Layout::Ukrainian), None);
    }

    #[test]
    fn keys_are_neighbours_in_their_row_and_across_rows() {
        for (a, b) in [
            ('а', 'п'),
            ('й', 'ф'),
            ('ц', 'ф'),
            ('ф', 'я'),
            ('і', 'я'),
            ('q', 'a'),
        ] {
            assert!(are_neighbours(a, b) && are_neighbours(b, a), "{a} {b}");
        }
        for (a, b) in [('а', 'а'), ('а', 'о'), ('й', 'я'), ('й', 'q'), ('ґ', '\'')] {
            assert!(!are_neighbours(a, b), "{a} {b}");
        }
    }

    proptest! {
        #[test]
        fn typing_in_one_layout_and_back_in_the_other_gives_the_same(text in "[а-щьюяіїєґА-ЩЮЯІЇЄҐ0-9-]{0,20}") {
            let latin = retyped(&text, Layout::Ukrainian, Layout::Latin).unwrap();
            prop_assert_eq!(retyped(&latin, Layout::Latin, Layout::Ukrainian), Some(text));
        }
    }
}
