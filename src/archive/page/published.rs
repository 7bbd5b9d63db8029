//! The date of publication of a page, where no `<meta>` and no JSON-LD has it.

use crate::article::{DateSource, Published};
use crate::date::dateline;
use crate::date::dateline::Dateline;
use crate::date::field;
use crate::date::written::Written;
use crate::markup::blocks::one_line;
use crate::markup::page::noise::words_of;
use crate::markup::page::text;
use dom_query::{Document, NodeRef};
use jiff::civil;

/// Attributes that hold a date, the surest first.
const ATTRIBUTES: &[&str] = &[
    "datetime",
    "content",
    "data-datetime",
    "data-date",
    "data-time",
    "data-timestamp",
    "data-published",
    "title",
];

/// Words in the class of an element that shows when an article was published.
const DATE_WORDS: &[&str] = &[
    "date",
    "time",
    "datetime",
    "published",
    "publish",
    "posted",
    "pubdate",
    "timestamp",
    "created",
    "datestamp",
    "data",
    "when",
    "dateline",
];

/// Words in the class of an element that shows another date.
const OTHER_WORDS: &[&str] = &[
    "updated", "update", "modified", "edited", "today", "current", "now", "clock", "calendar",
    "weather", "event", "expires", "print", "deadline", "archive",
];

/// How many lines away from the headline a date may stand.
const REACH: usize = 10;

/// So many lines and elements of a page are looked at.
const MAX_LINES: usize = 5_000;

/// A longer line, in characters, is text.
const LINE_CHARS: usize = 120;

/// The dates of a page without noise.
pub(crate) struct PageDates {
    lines: Vec<Line>,
    headline: Option<usize>,
    today: civil::Date,
}

/// A line of the page or an element within one.
#[derive(Debug)]
struct Line {
    text: String,
    /// The element is called after a date.
    is_date: bool,
    /// It is called after another date than that of publication: of an update, of today.
    is_other: bool,
    /// The date in an attribute of it.
    value: Option<Written>,
    /// `<time>`, or an element marked as the date of publication.
    mark: Option<DateSource>,
    /// What the words before it say: that it is the date of publication, or that it is another.
    label: Option<bool>,
    is_element: bool,
}

impl PageDates {
    /// Collects the lines and dated elements of a page whose headline is `title`.
    pub(crate) fn of(page: &Document, title: &str, today: civil::Date) -> Self {
        let lines = lines(page, today);
        let is_title = |line: &Line| !line.is_element && !title.is_empty() && line.text == title;
        let headline = lines.iter().position(is_title);
        Self {
            lines,
            headline,
            today,
        }
    }

    /// Returns the date that the page marks: as microdata, else as `<time>`.
    ///
    /// Of several `<time>` the one that says that it is the date of publication counts, then the
    /// first behind the headline, then one that all of the page agree on.
    pub(crate) fn marked(&self) -> Option<Published> {
        let marked = |source: DateSource| {
            self.lines
                .iter()
                .filter(move |line| line.mark == Some(source))
        };
        if let Some(date) = marked(DateSource::Microdata).find_map(|line| line.value) {
            return Some(Published::new(date, DateSource::Microdata));
        }
        let of_time = |date: Written| Published::new(date, DateSource::Time);
        let times: Vec<(usize, &Line)> = self
            .lines
            .iter()
            .enumerate()
            .filter(|(_, line)| line.mark == Some(DateSource::Time) && line.value.is_some())
            .filter(|(_, line)| line.label != Some(false) && !line.is_other)
            .collect();
        let labelled = times.iter().find(|(_, line)| line.label == Some(true));
        let near = || {
            let headline = self.headline?;
            times.iter().find(|(at, _)| at.abs_diff(headline) <= REACH)
        };
        let agreed = || {
            let first = times.first()?;
            let is_same = |(_, line): &(usize, &Line)| line.value == first.1.value;
            times.iter().all(is_same).then_some(first)
        };
        let (_, line) = labelled.or_else(near).or_else(agreed)?;
        line.value.map(of_time)
    }

    /// Returns the dateline beside the headline: behind it before the text, else before it, else
    /// the only element of the page that is called a date.
    pub(crate) fn beside_headline(&self) -> Option<Dateline> {
        let headline = self.headline.map_or(0, |at| at + 1);
        let behind = self.lines.get(headline..).unwrap_or_default();
        let before = self
            .lines
            .get(..self.headline.unwrap_or(0))
            .unwrap_or_default();
        self.first(behind.iter())
            .or_else(|| {
                self.first(
                    before
                        .iter()
                        .rev()
                        .filter(|line| line.is_date || !line.is_element),
                )
            })
            .or_else(|| self.only())
    }

    /// Returns the first dateline, up to the text; behind one paragraph only what is called a date.
    fn first<'l>(&self, lines: impl Iterator<Item = &'l Line>) -> Option<Dateline> {
        let mut paragraph_count = 0;
        for line in lines.take(REACH) {
            if line.is_other || line.label == Some(false) {
                continue;
            }
            let found = Dateline::read(&line.text, self.today);
            if found.is_some() && (paragraph_count == 0 || line.is_date) {
                return found;
            }
            let is_text = !line.is_element && line.text.chars().count() > LINE_CHARS;
            paragraph_count += usize::from(is_text);
            if paragraph_count > 1 {
                return None;
            }
        }
        None
    }

    fn only(&self) -> Option<Dateline> {
        let called = self
            .lines
            .iter()
            .filter(|line| line.is_date && !line.is_other && line.label != Some(false));
        let mut found = called.filter_map(|line| Dateline::read(&line.text, self.today));
        let first = found.next()?;
        let date = first.written()?;
        found
            .all(|other| other.written() == Some(date))
            .then_some(first)
    }
}

/// Walks the page once: its lines, and the elements within them that hold dates.
fn lines(page: &Document, today: civil::Date) -> Vec<Line> {
    enum Step<'d> {
        Enter(NodeRef<'d>),
        Leave,
    }
    let mut lines = Vec::new();
    let mut line = String::new();
    // Where the text behind the last dated element begins.
    let mut label_start = 0;
    let mut called: Vec<(bool, bool)> = vec![(false, false)];
    let mut pending = vec![Step::Enter(page.root())];
    while let Some(step) = pending.pop() {
        if lines.len() > MAX_LINES {
            break;
        }
        let node = match step {
            Step::Leave => {
                end_line(
                    &mut lines,
                    &mut line,
                    called.last().copied().unwrap_or_default(),
                );
                called.pop();
                continue;
            }
            Step::Enter(node) => node,
        };
        if node.is_text() {
            if line.len() <= LINE_CHARS * 8 {
                line.push_str(&node.text());
            }
            continue;
        }
        let name = node.node_name().unwrap_or_default().to_ascii_lowercase();
        if name == "head" {
            continue;
        }
        if name == "br" {
            end_line(
                &mut lines,
                &mut line,
                called.last().copied().unwrap_or_default(),
            );
            continue;
        }
        let (is_date, is_other) = names_date(&node);
        if text::is_block(&name) {
            end_line(
                &mut lines,
                &mut line,
                called.last().copied().unwrap_or_default(),
            );
            let outer = called.last().copied().unwrap_or_default();
            called.push((is_date, is_other || outer.1));
            pending.push(Step::Leave);
        }
        let is_marked = name == "time" || node.has_attr("itemprop");
        if is_marked || is_date || is_other {
            let outer = called.last().copied().unwrap_or_default();
            let before = line.get(label_start..).unwrap_or(&line);
            lines.extend(element(
                &node,
                &name,
                before,
                (is_date, is_other || outer.1),
                today,
            ));
            label_start = line.len();
        }
        pending.extend(node.children_it(true).map(Step::Enter));
    }
    end_line(&mut lines, &mut line, (false, false));
    lines
}

fn end_line(lines: &mut Vec<Line>, line: &mut String, (is_date, is_other): (bool, bool)) {
    let text = one_line(line);
    line.clear();
    if !text.is_empty() {
        lines.push(Line {
            text,
            is_date,
            is_other,
            value: None,
            mark: None,
            label: None,
            is_element: false,
        });
    }
}

/// Returns whether the class, id or name of an element speaks of a date, and whether of another
/// than that of publication.
fn names_date(node: &NodeRef<'_>) -> (bool, bool) {
    let names = ["class", "id"]
        .iter()
        .filter_map(|attribute| node.attr(attribute));
    let words: Vec<String> = names.flat_map(|value| words_of(&value)).collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    (
        has(DATE_WORDS),
        has(OTHER_WORDS) && !has(&["published", "publish", "posted"]),
    )
}

/// Returns the date that an element holds.
fn element(
    node: &NodeRef<'_>,
    name: &str,
    before: &str,
    (is_date, is_other): (bool, bool),
    today: civil::Date,
) -> Option<Line> {
    let itemprop = node.attr("itemprop").unwrap_or_default();
    let is = |wanted: &str| {
        itemprop
            .split_whitespace()
            .any(|name| name.eq_ignore_ascii_case(wanted))
    };
    let is_published = is("datePublished") || node.has_attr("pubdate");
    let text = text::short(node, 2 * LINE_CHARS)?;
    let attribute = |name: &&str| field::parse(&node.attr(name)?, today).ok();
    let shown = || Dateline::read(&text, today).and_then(|line| line.written());
    let is_title_only = !matches!(name, "time" | "abbr") && !is_published && !is_date;
    let value = ATTRIBUTES
        .iter()
        .filter(|name| !(is_title_only && **name == "title"))
        .find_map(attribute)
        .or_else(shown);
    let mark = if is("datePublished") || (is("dateCreated") && value.is_some()) {
        Some(DateSource::Microdata)
    } else if name == "time" {
        Some(DateSource::Time)
    } else {
        None
    };
    let own_label = dateline::label(before).or_else(|| label_of_sibling(node));
    Some(Line {
        text,
        is_date: is_date || name == "time",
        is_other: is_other || is("dateModified"),
        value,
        mark,
        label: if is_published { Some(true) } else { own_label },
        is_element: true,
    })
}

/// `<span>Оновлено</span><time>…</time>`, `<dt>Опубліковано</dt><dd>…</dd>`.
fn label_of_sibling(node: &NodeRef<'_>) -> Option<bool> {
    let is_first = node.prev_element_sibling().is_none();
    let cell = node
        .parent()
        .filter(|parent| is_first && (parent.has_name("dd") || parent.has_name("td")));
    let sibling = cell.unwrap_or(*node).prev_element_sibling()?;
    dateline::label(&text::short(&sibling, 80)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: civil::Date = civil::date(2026, 11, 30);

    fn dates(body: &str) -> PageDates {
        let page = Document::from(format!("<html><body>{body}</body></html>"));
        PageDates::of(&page, "Міст", TODAY)
    }

    fn marked(body: &str) -> Option<(String, DateSource)> {
        let found = dates(body).marked()?;
        Some((found.date.to_string(), found.date_source))
    }

    fn beside(body: &str) -> Option<String> {
        let written = dates(body).beside_headline()?.written()?;
        Some(written.date.to_string())
    }

    #[test]
    fn microdata_is_read_on_any_element_and_attribute() {
        for date in [
            "<span itemprop=datePublished content=2016-03-31>31.03</span>",
            "<div itemprop='datePublished dateCreated' title='31.03.2016'>у четвер</div>",
            "<time itemprop=datePublished datetime=2016-03-31>31</time>",
            "<b itemprop=DatePublished>31 березня 2016</b>",
            "<abbr itemprop=datePublished datetime='31 мар. 2016'>31</abbr>",
            "<span itemprop=dateModified content=2024-05-06>x</span><i itemprop=datePublished content=20160331></i>",
        ] {
            let page = format!("<h1>Міст</h1>{date}<p>Рух відновили.</p>");
            assert_eq!(
                marked(&page),
                Some(("2016-03-31".to_owned(), DateSource::Microdata)),
                "{date}"
            );
        }
    }

    #[test]
    fn the_time_of_publication_comes_before_that_of_an_update_whichever_stands_first() {
        for times in [
            "<p>Оновлено: <time datetime=2024-05-06>6 травня</time></p><p>Опубліковано: <time datetime=2016-03-31>31</time></p>",
            "<p>Опубліковано: <time datetime=2016-03-31>31</time>, оновлено: <time datetime=2024-05-06>6</time></p>",
            "<time class=updated datetime=2024-05-06>6</time><time class='entry-date published' datetime=2016-03-31>31</time>",
            "<dl><dt>Оновлено<dd><time datetime=2024-05-06>6</time><dt>Додано<dd><time datetime=2016-03-31>31</time></dl>",
            "<span>Редаговано</span><time datetime=2024-05-06>6</time><time datetime=2016-03-31>31</time>",
            "<time>31.03.2016</time>",
            "<time datetime='невідомо'>31 березня 2016</time>",
        ] {
            let page = format!("<h1>Міст</h1>{times}<p>Рух відновили.</p>");
            assert_eq!(
                marked(&page),
                Some(("2016-03-31".to_owned(), DateSource::Time)),
                "{times}"
            );
        }
        assert_eq!(
            marked(
                "<ul><li><time datetime=2024-01-03>а</time><li><time datetime=2024-01-04>б</time></ul>"
            ),
            None
        );
    }

    #[test]
    fn a_dateline_stands_beside_the_headline() {
        for page in [
            "<h1>Міст</h1><div class=date>31 бер. 2016 р.</div><p>Рух відновили.</p>",
            "<header><div class=date>31.03.2016</div></header><h1>Міст</h1><p>Рух відновили.</p>",
            "<h1>Міст</h1><p>Оля Гай | 31.03.16</p><p>Рух відновили.</p>",
            "<h1>Міст</h1><div><span class=author>Оля Гай</span> <span class=date>31.03.2016</span> <i>153</i></div>",
            "<h1>Міст</h1><p class=lead>Рух відновили.</p><div class=post-date>31 марта 2016</div><p>Далі.</p>",
            "<div>Київ, 31 березня 2016</div><h1>Міст</h1><p>Рух відновили.</p>",
            "<div class=today>Понеділок, 30 листопада 2026</div><h1>Міст</h1><p>31 березня 2016</p>",
            "<h1>Міст</h1><div class=updated>06.05.2024</div><div>31.03.2016</div><p>Рух.</p>",
        ] {
            assert_eq!(beside(page).as_deref(), Some("2016-03-31"), "{page}");
        }
    }

    #[test]
    fn other_dates_are_none() {
        for page in [
            "<h1>Міст</h1><p>Рух відновили 31 березня 2016 року.</p>",
            "<div class=today>31.03.2016</div><h1>Міст</h1><p>Рух.</p>",
            "<h1>Міст</h1><p>Роздруковано 31.03.2016</p><p>Рух.</p>",
            "<h1>Міст</h1><p>Подія: 31.03.2016</p><p>Рух.</p>",
            "<h1>Міст</h1><p class=event-date>31.03.2016</p><p>Рух.</p>",
            "<h1>Міст</h1><p>Рух.</p>",
        ] {
            assert_eq!(beside(page), None, "{page}");
        }
    }
}
