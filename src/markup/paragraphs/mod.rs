//! Hard-wrapped lines of plain text, joined into paragraphs again.
//!
//! Whether a line break is one of a writer or of a program is decided by capitals, punctuation and
//! the widths of lines, so this needs no dictionary. What is not evidently wrapped stays as it
//! stands.

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashSet;

/// A longer line, in characters, was not wrapped by anyone.
const MAX_WRAPPED_CHARS: usize = 120;

/// A narrower column, in characters, is a list or a poem.
const MIN_COLUMN_CHARS: usize = 30;

/// First parts of words that are written with a hyphen before a small letter.
const HYPHENATED_BEFORE: &[&str] = &[
    "будь",
    "казна",
    "хтозна",
    "бозна",
    "прем'єр",
    "прем’єр",
    "премʼєр",
    "віце",
    "екс",
    "онлайн",
    "офлайн",
    "інтернет",
    "веб",
    "бізнес",
    "прес",
    "топ",
    "нью",
    "генерал",
    "шоу",
    "унтер",
    "обер",
    "дизель",
    "премьер",
    "вице",
    "экс",
    "интернет",
    "бизнес",
    "пресс",
    "кое",
    "пів",
];

/// Last parts of words that are written with a hyphen behind a small letter.
const HYPHENATED_BEHIND: &[&str] = &[
    "небудь",
    "таки",
    "будь",
    "то",
    "от",
    "но",
    "перше",
    "друге",
    "третє",
    "четверте",
    "п'яте",
    "нибудь",
    "либо",
    "первых",
    "вторых",
    "третьих",
    "українськи",
    "новому",
    "іншому",
    "своєму",
    "нашому",
    "вашому",
    "їхньому",
    "справжньому",
    "різному",
];

/// Words that no line of a writer ends with.
const NEVER_LAST: &[&str] = &[
    "і",
    "й",
    "та",
    "а",
    "але",
    "чи",
    "або",
    "що",
    "щоб",
    "як",
    "якщо",
    "бо",
    "в",
    "у",
    "на",
    "з",
    "із",
    "зі",
    "до",
    "від",
    "для",
    "за",
    "про",
    "по",
    "при",
    "під",
    "над",
    "між",
    "без",
    "через",
    "після",
    "перед",
    "об",
    "о",
    "не",
    "ні",
    "и",
    "с",
    "к",
    "из",
    "от",
    "под",
    "the",
    "of",
    "in",
    "to",
    "and",
    "a",
];

/// Joins the lines that a program wrapped, and the words it broke at their ends.
///
/// A paragraph ends at a blank line, an item of a list, an indent, a heading or a line that had
/// room for the next word. `се-⏎реду` and the same with a soft hyphen become one word;
/// `Івано-⏎Франківськ` and `по-⏎перше` keep their hyphen. Everything else, blank lines too, stays
/// as it is, and a text without wrapped lines is not copied. The text has `\n` at the ends of its
/// lines. Costs one pass, and a set of the text's words where a hyphen ends a line.
pub(crate) fn unwrap_lines(text: &str) -> Cow<'_, str> {
    if !text.contains('\n') {
        return Cow::Borrowed(text);
    }
    let lines: Vec<Line<'_>> = text.split('\n').map(Line::of).collect();
    let column = Column::of(&lines);
    let words = OnceCell::new();
    let mut joined: Option<String> = None;
    let mut done = 0;
    let mut offset = 0;
    for (line, next) in lines.iter().zip(lines.iter().skip(1)) {
        let break_at = offset + line.raw.len();
        let join = column.join(line, next, &|word| {
            words.get_or_init(|| words_of(&lines)).contains(word)
        });
        if let Some(join) = join {
            let cut = match join {
                Join::Space | Join::Hyphen => 0,
                Join::Word => line.last_len,
            };
            let kept_end = offset + line.raw.trim_end().len() - cut;
            let out = joined.get_or_insert_with(|| String::with_capacity(text.len()));
            out.push_str(text.get(done..kept_end).unwrap_or_default());
            if join == Join::Space {
                out.push(' ');
            }
            done = break_at + 1 + (next.raw.len() - next.raw.trim_start().len());
        }
        offset = break_at + 1;
    }
    match joined {
        None => Cow::Borrowed(text),
        Some(mut out) => {
            out.push_str(text.get(done..).unwrap_or_default());
            Cow::Owned(out)
        }
    }
}

/// Joins the lines of one paragraph into one, words broken at their ends too.
pub(crate) fn join<'t>(lines: impl Iterator<Item = &'t str>) -> String {
    let lines: Vec<Line<'_>> = lines.map(Line::of).collect();
    let words = OnceCell::new();
    let is_word = |word: &str| words.get_or_init(|| words_of(&lines)).contains(word);
    let mut joined = String::new();
    let mut before: Option<&Line<'_>> = None;
    for line in &lines {
        let broken = before
            .filter(|before| before.is_broken() && line.first().is_some_and(char::is_alphabetic));
        match broken.map(|before| (before, hyphen(before, line, &is_word))) {
            Some((before, Join::Word)) => joined.truncate(joined.len() - before.last_len),
            Some((_, Join::Hyphen)) => {}
            Some((_, Join::Space)) | None => joined.push(' '),
        }
        joined.push_str(line.text);
        before = Some(line);
    }
    joined
}

/// How a line goes on in the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Join {
    Space,
    /// The hyphen belongs to the word.
    Hyphen,
    /// The hyphen marks a broken word.
    Word,
}

/// A line and what decides about its end.
struct Line<'t> {
    raw: &'t str,
    text: &'t str,
    char_count: usize,
    indent: usize,
    /// Length in bytes of its last character.
    last_len: usize,
}

impl<'t> Line<'t> {
    fn of(raw: &'t str) -> Self {
        let text = raw.trim();
        Self {
            raw,
            text,
            char_count: text.chars().count(),
            indent: raw.chars().take_while(|c| c.is_whitespace()).count(),
            last_len: text.chars().next_back().map_or(0, char::len_utf8),
        }
    }

    fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    fn first(&self) -> Option<char> {
        self.text.chars().next()
    }

    fn last(&self) -> Option<char> {
        self.text.chars().next_back()
    }

    /// Returns the character before the last.
    fn last_but_one(&self) -> Option<char> {
        self.text.chars().nth_back(1)
    }

    fn first_word(&self) -> &'t str {
        self.text.split_whitespace().next().unwrap_or_default()
    }

    fn ends_sentence(&self) -> bool {
        let end = self
            .text
            .trim_end_matches(['"', '»', '”', '“', ')', ']', '\'', '’']);
        end.ends_with(['.', '!', '?', '…', ':', ';'])
    }

    fn begins_small(&self) -> bool {
        let text = self.text.trim_start_matches(['"', '«', '“', '„', '(', '[']);
        text.starts_with(char::is_lowercase)
    }

    /// Returns whether the line ends where no sentence can.
    fn ends_open(&self) -> bool {
        let last_word = self.text.rsplit(|c: char| !c.is_alphabetic()).next();
        self.text.ends_with(',') || last_word.is_some_and(|word| NEVER_LAST.contains(&word))
    }

    fn is_item(&self) -> bool {
        let mut chars = self.text.chars();
        let (first, second) = (chars.next(), chars.next());
        let is_apart = second.is_none_or(char::is_whitespace);
        let digits = self.text.bytes().take_while(u8::is_ascii_digit).count();
        let behind = self.text.get(digits..).unwrap_or_default();
        let is_numbered = (1..=2).contains(&digits)
            && (behind.starts_with(". ") || behind.starts_with(") ") || behind.starts_with(".\t"));
        let is_lettered = first.is_some_and(char::is_alphabetic) && second == Some(')');
        match first {
            Some('•' | '●' | '▪' | '◦' | '‣' | '·' | '■' | '✅' | '➡' | '>' | '#' | '|') => {
                true
            }
            Some('-' | '*' | '+' | '–' | '—') => is_apart,
            _ => is_numbered || is_lettered,
        }
    }

    /// Returns whether the line begins with a dash, which a sentence may have there as well.
    fn begins_with_dash(&self) -> bool {
        self.text.starts_with("– ") || self.text.starts_with("— ")
    }

    /// Returns whether it is a row of a table, set with white space or lines.
    fn is_row(&self) -> bool {
        self.text.contains('\t') || self.text.contains("   ") || self.text.contains(" | ")
    }

    fn is_upper(&self) -> bool {
        let mut letters = self.text.chars().filter(|c| c.is_alphabetic()).peekable();
        letters.peek().is_some() && letters.all(char::is_uppercase)
    }

    /// Returns whether the word at its end is broken by a hyphen.
    fn is_broken(&self) -> bool {
        match self.last() {
            Some('\u{AD}') => true,
            Some('-' | '\u{2010}') => self.last_but_one().is_some_and(char::is_alphanumeric),
            _ => false,
        }
    }
}

/// The column that a text was wrapped into.
struct Column {
    /// Its width in characters, where the text is evidently wrapped.
    width: Option<usize>,
}

impl Column {
    fn of(lines: &[Line<'_>]) -> Self {
        let text = || lines.iter().filter(|line| !line.is_blank());
        let count = text().count();
        let narrow = text().filter(|line| line.char_count <= MAX_WRAPPED_CHARS);
        let widths: Vec<usize> = narrow.map(|line| line.char_count).collect();
        let width = widths.iter().copied().max().unwrap_or(0);
        if width < MIN_COLUMN_CHARS || widths.len() * 5 < count * 4 {
            return Self { width: None };
        }
        // Pairs of lines in one paragraph; the full ones; those that break within a sentence.
        let (mut pairs, mut full, mut within) = (0_usize, 0_usize, 0_usize);
        for (line, next) in lines.iter().zip(lines.iter().skip(1)) {
            if line.is_blank() || next.is_blank() || next.is_item() {
                continue;
            }
            pairs += 1;
            if is_full(line, next, width) {
                full += 1;
                let goes_on = next.begins_small() || line.is_broken() || line.ends_open();
                within += usize::from(goes_on && !line.ends_sentence());
            }
        }
        let is_wrapped = full * 2 >= pairs && within * 3 >= full && within > 0;
        Self {
            width: is_wrapped.then_some(width),
        }
    }

    /// Returns how `line` goes on in `next`, or `None` where it ends.
    fn join(
        &self,
        line: &Line<'_>,
        next: &Line<'_>,
        is_word: &dyn Fn(&str) -> bool,
    ) -> Option<Join> {
        let is_apart = line.is_blank() || next.is_blank() || line.is_row() || next.is_row();
        if is_apart || line.char_count > MAX_WRAPPED_CHARS {
            return None;
        }
        if line.is_broken() && next.first().is_some_and(char::is_alphabetic) {
            return Some(hyphen(line, next, is_word));
        }
        let is_full = self.width.is_some_and(|width| is_full(line, next, width));
        let is_dash = next.begins_with_dash() && is_full && !line.ends_sentence();
        let is_indented = next.indent >= line.indent + 2;
        if (next.is_item() && !is_dash) || (is_indented && !line.is_item()) {
            return None;
        }
        if line.is_upper() && !next.is_upper() {
            return None;
        }
        let goes_on = !line.ends_sentence()
            && (next.begins_small() || line.ends_open())
            && line.text.contains(' ');
        (is_full || goes_on).then_some(Join::Space)
    }
}

/// Returns whether the next word had no room on the line.
fn is_full(line: &Line<'_>, next: &Line<'_>, width: usize) -> bool {
    // The first syllable is what a program that breaks words would have put there.
    let needed = if line.is_broken() {
        1
    } else {
        next.first_word().chars().count()
    };
    line.char_count + 1 + needed > width
}

/// Decides whether the hyphen at the end of `line` belongs to the word.
fn hyphen(line: &Line<'_>, next: &Line<'_>, is_word: &dyn Fn(&str) -> bool) -> Join {
    if line.last() == Some('\u{AD}') {
        return Join::Word;
    }
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | 'ʼ' | '-');
    let start = line
        .text
        .get(..line.text.len() - line.last_len)
        .unwrap_or_default();
    let before = start.rsplit(|c| !is_part(c)).next().unwrap_or_default();
    let behind = next.text.split(|c| !is_part(c)).next().unwrap_or_default();
    let before_last = before.chars().next_back();
    let is_capital = behind.starts_with(char::is_uppercase);
    let is_upper = before
        .chars()
        .filter(|c| c.is_alphabetic())
        .all(char::is_uppercase);
    let (before, behind) = (before.to_lowercase(), behind.to_lowercase());
    if HYPHENATED_BEFORE.contains(&before.as_str()) || HYPHENATED_BEHIND.contains(&behind.as_str())
    {
        return Join::Hyphen;
    }
    // `ПРЕЗИ-⏎ДЕНТ` is broken, `Івано-⏎Франківськ`, `20-⏎річчя` and `ІТ-⏎сектор` are not.
    let belongs = match (is_upper, is_capital) {
        (true, true) => before.chars().count() < 2,
        (false, true) => true,
        (true, false) => {
            before.chars().count() > 1 || before_last.is_some_and(|c| c.is_ascii_digit())
        }
        (false, false) => before_last.is_some_and(|c| c.is_ascii_digit()),
    };
    // The same word elsewhere in the text knows best.
    let (whole, hyphenated) = (format!("{before}{behind}"), format!("{before}-{behind}"));
    match (is_word(&whole), is_word(&hyphenated)) {
        (true, false) => Join::Word,
        (false, true) => Join::Hyphen,
        _ if belongs => Join::Hyphen,
        _ => Join::Word,
    }
}

/// Returns the words of the text in small letters, with their hyphens.
fn words_of(lines: &[Line<'_>]) -> HashSet<String> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | 'ʼ' | '-');
    lines
        .iter()
        .flat_map(|line| line.text.split(move |c| !is_part(c)))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}
