//! Dates and date ranges, with the part of Elasticsearch's date arithmetic that we support.

use crate::query::diagnostics::error::QueryError;
use crate::query::diagnostics::notice::{Difference, Warning};
use crate::query::field::Field;
use crate::query::translation::days;
use crate::query::translation::days::Time;
use crate::query::translation::expression::Expression;
use crate::query::translation::lucene::LuceneReader;
use crate::query::translation::untranslatable::Read;

/// A time before now: `now-7d/d`.
struct Ago<'a> {
    count: u32,
    unit: char,
    /// What it is rounded to.
    rounding: &'a str,
}

impl<'a> Ago<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let rest = text.trim().strip_prefix("now-")?;
        let (time, rounding) = rest.split_once('/').unwrap_or((rest, ""));
        let unit = time.chars().next_back()?;
        let count = time.strip_suffix(unit)?.parse().ok()?;
        // In Elasticsearch m is a minute, M a month.
        let is_known = "dwyM".contains(unit) && matches!(rounding, "" | "d");
        is_known.then_some(Self {
            count,
            unit,
            rounding,
        })
    }

    /// Returns the relative date in our syntax, plus `more_days` if it counts in days or weeks.
    fn ours(&self, more_days: u32) -> String {
        match self.unit {
            'd' => format!("{}d", self.count.saturating_add(more_days)),
            'w' => format!(
                "{}d",
                self.count.saturating_mul(7).saturating_add(more_days)
            ),
            unit => format!("{}{}", self.count, unit.to_ascii_lowercase()),
        }
    }

    fn counts_days(&self) -> bool {
        "dw".contains(self.unit)
    }
}

/// Returns whether a bound is today or later.
fn is_today(text: &str) -> bool {
    matches!(text.trim(), "now" | "now/d")
}

impl LuceneReader<'_> {
    /// Reads `[a TO b]` or `>=a`.
    pub(crate) fn range(&mut self, start: usize) -> Read {
        let is_date = matches!(self.field, Some((Field::Date, _)));
        if let Some(open @ ('[' | '{')) = self.source.peek() {
            self.source.skip(1);
            let inner = self.source.take_while(|c| !"]}".contains(c));
            let close = self.source.peek();
            self.source.skip(usize::from(close.is_some()));
            let bounds = inner.split_once(" TO ").filter(|_| is_date);
            let Some((close, (first, last))) = close.zip(bounds) else {
                return Err(self.source.no_counterpart(start));
            };
            return self.between(open, first.trim(), last.trim(), close, start);
        }
        let sign = self.source.take_while(|c| "<>=".contains(c));
        let value = self.source.take_while(|c| !c.is_whitespace() && c != ')');
        if !is_date {
            return Err(self.source.no_counterpart(start));
        }
        let (is_later, is_in) = (sign.starts_with('>'), sign.ends_with('='));
        let condition = match Ago::of(value) {
            Some(ago) if is_later => self.later(&ago, is_in, start),
            Some(ago) => self.earlier(&ago, is_in, start),
            None => {
                let (day, is_in) = self.bound(value, is_later, is_in, start)?;
                let sign = sign.get(..1).unwrap_or_default();
                format!("{sign}{}{day}", if is_in { "=" } else { "" })
            }
        };
        Ok(Some(Expression::Condition(format!("date:{condition}"))))
    }

    fn between(&mut self, open: char, first: &str, last: &str, close: char, start: usize) -> Read {
        let (is_first_in, is_last_in) = (open == '[', close == ']');
        let condition = match (Ago::of(first), Ago::of(last)) {
            (Some(ago), None) if last == "*" || (is_today(last) && is_last_in) => {
                self.later(&ago, is_first_in, start)
            }
            (None, Some(ago)) if first == "*" => self.earlier(&ago, is_last_in, start),
            _ => {
                let (first, is_first_in) = self.bound(first, true, is_first_in, start)?;
                let (last, is_last_in) = self.bound(last, false, is_last_in, start)?;
                let open = if is_first_in { '[' } else { '{' };
                let close = if is_last_in { ']' } else { '}' };
                format!("{open}{first} TO {last}{close}")
            }
        };
        Ok(Some(Expression::Condition(format!("date:{condition}"))))
    }

    /// Returns what is later than some time ago, as we write it: our days are whole, and the last
    /// seven have today among them.
    fn later(&mut self, ago: &Ago<'_>, is_in: bool, start: usize) -> String {
        self.tell_of(ago, start);
        ago.ours(u32::from(is_in || ago.rounding.is_empty()))
    }

    /// Returns what is earlier than some time ago, as we write it.
    fn earlier(&mut self, ago: &Ago<'_>, is_in: bool, start: usize) -> String {
        self.tell_of(ago, start);
        let is_out = !is_in && !ago.rounding.is_empty();
        format!("<{}", ago.ours(u32::from(is_out)))
    }

    fn tell_of(&mut self, ago: &Ago<'_>, start: usize) {
        if !ago.counts_days() {
            self.warnings
                .push(self.source.differs(start, Difference::FirstDay));
        } else if ago.rounding.is_empty() {
            self.warnings
                .push(self.source.differs(start, Difference::TimeOfDay));
        }
    }

    /// Returns a bound of a range of dates as we write it, and whether its day is in.
    fn bound(
        &mut self,
        text: &str,
        is_first: bool,
        is_in: bool,
        start: usize,
    ) -> Result<(String, bool), QueryError> {
        let text = text.trim().trim_matches('"');
        if text == "*" || is_today(text) {
            let ours = if text == "*" { "*" } else { "today" };
            return Ok((ours.to_owned(), is_in));
        }
        if text.starts_with("now") || text.contains("||") {
            return Err(self.source.no_counterpart(start));
        }
        let (day, time) = days::without_time(text);
        // The first moment of a day lets all of it in at the beginning of a range, none of it at
        // the end.
        let is_in = match time {
            Time::None => is_in,
            Time::Beginning => is_first,
            Time::End => !is_first,
            Time::Other => {
                let (text, how) = (text.to_owned(), Difference::TimeOfDay);
                self.warnings.push(Warning::Differs { text, how });
                true
            }
        };
        Ok((days::ours(day, self.warnings), is_in))
    }

    /// Returns the condition that a date without a range means.
    pub(crate) fn date(&mut self, text: &str, start: usize) -> Result<Expression, QueryError> {
        if days::without_time(text).1 != Time::None {
            self.warnings
                .push(self.source.differs(start, Difference::TimeOfDay));
        }
        let (day, _) = self.bound(days::without_time(text).0, true, true, start)?;
        Ok(Expression::Condition(format!("date:{day}")))
    }
}
