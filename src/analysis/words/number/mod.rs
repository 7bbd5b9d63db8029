//! Numbers of several groups of digits: `1 000 000`, `3,5`, `24.02.2022`.
//!
//! Such a number is one word. Its form has no marks between thousands, a point before decimals and
//! two digits for day and month, so that all its spellings meet. What fits no pattern
//! (`192.168.0.1`, `5,6,7`) is cut at its marks into words at neighbouring positions.

#[cfg(test)]
mod tests;

/// More groups of thousands than these are columns of a table, not one number.
const MAX_THOUSANDS: usize = 4;

/// What stands at the beginning of a text that begins with a digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Digits alone.
    Digits,
    /// A number with marks or spaces between its digits; its length in bytes.
    Number(usize),
    /// Groups of digits that are not one number; their length in bytes.
    Groups(usize),
}

/// Reads the digits that `text` begins with. Looks no further than the groups reach.
pub fn read(text: &str) -> Reading {
    let first = leading_digits(text);
    let (spaced, thousands) = spaced_thousands(text, first);
    let mut groups = Groups::default();
    let mut end = spaced;
    while let Some(group) = next_marked(text, end) {
        groups.add(group);
        end += 1 + group.digits.len();
    }
    let integer = text.get(..first).unwrap_or_default();
    let is_number = match groups.count {
        0 => thousands > 0,
        1 => true,
        _ => thousands == 0 && (groups.are_thousands_of(integer) || groups.are_date_of(integer)),
    };
    if end == first {
        Reading::Digits
    } else if is_number && (thousands == 0 || is_whole(text, end, thousands)) {
        Reading::Number(end)
    } else {
        Reading::Groups(end)
    }
}

/// Appends the form of `number`, a text that [`read`] found to be a number as a whole.
pub fn push_form(number: &str, form: &mut String) {
    let is_mark = |c: char| matches!(c, '.' | ',');
    match number.matches(is_mark).count() {
        2 if is_date(number) => {
            for (ordinal, part) in number.split('.').enumerate() {
                if ordinal > 0 {
                    form.push('.');
                }
                if part.len() == 1 {
                    form.push('0');
                }
                form.push_str(part);
            }
        }
        // Whether these are thousands or decimals depends on the language.
        1 if may_be_thousands(number) => form.push_str(number),
        1 => form.extend(number.chars().filter_map(|c| match c {
            '.' | ',' => Some('.'),
            c => c.is_ascii_digit().then_some(c),
        })),
        _ => form.extend(number.chars().filter(char::is_ascii_digit)),
    }
}

/// Returns whether `number`, with one mark, may be one of thousands: `10,000`, `3.500`.
fn may_be_thousands(number: &str) -> bool {
    let Some((integer, group)) = number.split_once(['.', ',']) else {
        return false;
    };
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_group = group.len() == 3 && are_digits(group);
    is_group && (1..=3).contains(&integer.len()) && !integer.starts_with('0') && are_digits(integer)
}

/// Returns what a form with one mark and three digits behind it is as a decimal number and as one
/// of thousands: `10.000` and `10000` for `10,000`.
pub(crate) fn readings_of(form: &str) -> Option<[String; 2]> {
    // Nearly all forms have no mark.
    if form.len() > 7 || !form.contains(['.', ',']) || !may_be_thousands(form) {
        return None;
    }
    Some([form.replace(',', "."), form.replace(['.', ','], "")])
}

/// Returns the year of a form that is a date with all four digits of it.
pub fn year_of_date(form: &str) -> Option<&str> {
    // Dates are rare; the length alone rules out nearly all words.
    if form.len() != 10 || !is_date(form) {
        return None;
    }
    form.rsplit('.').next().filter(|year| year.len() == 4)
}

fn leading_digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// Returns the bytes and the count of the groups of three digits that spaces join to the `first`
/// digits.
fn spaced_thousands(text: &str, first: usize) -> (usize, usize) {
    let (mut end, mut count) = (first, 0);
    // A number in groups begins with no zero, but telephone numbers do.
    if !(1..=3).contains(&first) || text.starts_with('0') {
        return (end, count);
    }
    while let Some(rest) = text.get(end..) {
        let Some(space) = rest.chars().next().filter(|c| is_group_space(*c)) else {
            break;
        };
        let digits = rest.get(space.len_utf8()..).map_or(0, leading_digits);
        if digits != 3 {
            break;
        }
        end += space.len_utf8() + digits;
        count += 1;
    }
    (end, count)
}

/// Returns whether the number with spaces that ends at byte `end` does not go on as a telephone
/// number does.
fn is_whole(text: &str, end: usize, thousands: usize) -> bool {
    let mut behind = text.get(end..).unwrap_or_default().chars();
    let goes_on = behind.next().is_some_and(is_group_space)
        && behind.next().is_some_and(|c| c.is_ascii_digit());
    thousands <= MAX_THOUSANDS && !goes_on
}

/// The spaces that people and typesetters put between thousands.
fn is_group_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2007}'..='\u{200a}' | '\u{202f}')
}

/// A group of digits behind a mark.
#[derive(Debug, Clone, Copy)]
struct Marked<'a> {
    is_point: bool,
    digits: &'a str,
}

fn next_marked(text: &str, at: usize) -> Option<Marked<'_>> {
    let mark = text.get(at..)?.chars().next()?;
    let rest = text.get(at + 1..).filter(|_| matches!(mark, '.' | ','))?;
    let digits = rest.get(..leading_digits(rest))?;
    (!digits.is_empty()).then_some(Marked {
        is_point: mark == '.',
        digits,
    })
}

/// The groups behind the first one, as far as the patterns need them.
#[derive(Debug, Default)]
struct Groups<'a> {
    count: usize,
    points: usize,
    of_three: usize,
    /// The first two.
    known: [&'a str; 2],
}

impl<'a> Groups<'a> {
    fn add(&mut self, group: Marked<'a>) {
        if let Some(place) = self.known.get_mut(self.count) {
            *place = group.digits;
        }
        self.count += 1;
        self.points += usize::from(group.is_point);
        self.of_three += usize::from(group.digits.len() == 3);
    }

    fn are_thousands_of(&self, integer: &str) -> bool {
        let is_one_mark = self.points == 0 || self.points == self.count;
        is_one_mark
            && self.of_three == self.count
            && self.count <= MAX_THOUSANDS
            && (1..=3).contains(&integer.len())
            && !integer.starts_with('0')
    }

    fn are_date_of(&self, day: &str) -> bool {
        let [month, year] = self.known;
        self.count == 2 && self.points == 2 && are_date(day, month, year)
    }
}

fn are_date(day: &str, month: &str, year: &str) -> bool {
    let is_up_to = |text: &str, most: u32| {
        text.len() <= 2
            && text
                .parse()
                .is_ok_and(|number| (1..=most).contains(&number))
    };
    is_up_to(day, 31) && is_up_to(month, 12) && matches!(year.len(), 2 | 4)
}

fn is_date(number: &str) -> bool {
    let mut parts = number.split('.');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(day), Some(month), Some(year), None) => are_date(day, month, year),
        _ => false,
    }
}
