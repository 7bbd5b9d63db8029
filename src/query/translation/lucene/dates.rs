//! Dates and ranges of them, with Elasticsearch's arithmetic as far as ours goes.

use super::Reader;
use crate::query::error::QueryError;
use crate::query::field::Field;
use crate::query::notice::{Difference, Remark};
use crate::query::translation::expression::Expression;
use crate::query::translation::{Read, days};

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

    /// Returns as we write it how long ago it is, with so many days more where it counts in days.
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

/// Tells whether a bound is today or later.
fn is_today(text: &str) -> bool {
    matches!(text.trim(), "now" | "now/d")
}

impl Reader<'_> {
    /// Reads `[a TO b]` or `>=a`.
    pub(super) fn range(&mut self, start: usize) -> Read {
        let is_date = matches!(self.field, Some((Field::Date, _)));
        if let Some(open @ ('[' | '{')) = self.source.peek() {
            self.source.skip(1);
            let inner = self.source.take_while(|c| !"]}".contains(c));
            let close = self.source.peek();
            self.source.skip(usize::from(close.is_some()));
            let bounds = inner.split_once(" TO ").filter(|_| is_date);
            let Some((close, (first, last))) = close.zip(bounds) else {
                return Err(self.no_counterpart(start));
            };
            return self.between((open, first.trim()), (last.trim(), close), start);
        }
        let sign = self.source.take_while(|c| "<>=".contains(c));
        let value = self.source.take_while(|c| !c.is_whitespace() && c != ')');
        if !is_date {
            return Err(self.no_counterpart(start));
        }
        let condition = match Ago::of(value) {
            Some(ago) => self.since(&ago, sign.starts_with('>'), start),
            None => format!("{sign}{}", self.bound(value, start)?),
        };
        Ok(Some(Expression::Condition(format!("date:{condition}"))))
    }

    fn between(
        &mut self,
        (open, first): (char, &str),
        (last, close): (&str, char),
        start: usize,
    ) -> Read {
        let condition = match (Ago::of(first), Ago::of(last)) {
            (Some(ago), None) if last == "*" || (is_today(last) && close == ']') => {
                self.since(&ago, true, start)
            }
            (None, Some(ago)) if first == "*" => self.since(&ago, false, start),
            _ => {
                let first = self.bound(first, start)?;
                let last = self.bound(last, start)?;
                format!("{open}{first} TO {last}{close}")
            }
        };
        Ok(Some(Expression::Condition(format!("date:{condition}"))))
    }

    /// Returns what is later or earlier than some time ago, as we write it: our days are whole, and the last seven have today
    /// among them.
    fn since(&mut self, ago: &Ago<'_>, is_later: bool, start: usize) -> String {
        if !ago.counts_days() {
            self.tell(start, Difference::FirstDay);
        } else if ago.rounding.is_empty() {
            self.tell(start, Difference::TimeOfDay);
        }
        if is_later {
            ago.ours(1)
        } else {
            format!("<{}", ago.ours(0))
        }
    }

    fn tell(&mut self, start: usize, how: Difference) {
        let text = self.source.text_since(start).to_owned();
        self.remarks.push(Remark::Differs { text, how });
    }

    /// Returns a bound of a range of dates as we write it.
    fn bound(&mut self, text: &str, start: usize) -> Result<String, QueryError> {
        let text = text.trim().trim_matches('"');
        match text {
            "*" => Ok("*".to_owned()),
            today if is_today(today) => Ok("today".to_owned()),
            other if other.starts_with("now") || other.contains("||") => {
                Err(self.no_counterpart(start))
            }
            day => Ok(days::ours(day, self.remarks)),
        }
    }

    /// Returns the condition that a date without a range means.
    pub(super) fn date(&mut self, text: &str, start: usize) -> Result<Expression, QueryError> {
        let day = self.bound(text, start)?;
        Ok(Expression::Condition(format!("date:{day}")))
    }
}
