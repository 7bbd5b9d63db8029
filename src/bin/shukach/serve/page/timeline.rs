//! Counts over time as bars and lines.

use crate::serve::page::asked::PageRequest;
use crate::serve::page::frame::Choice;
use crate::serve::page::numbers::{grouped, part, percent};
use crate::serve::page::periods;
use shukach::locale::Locale;
use shukach::render::sanitize::one_line;
use shukach::render::wording::articles;
use shukach::search::{CountsResponse, Timeline};

/// The width of the drawing and the height of its bars, in units of its own.
const WIDTH: f64 = 1000.0;
const HEIGHT: f64 = 120.0;

/// A bar.
pub(crate) struct Bar {
    pub(crate) period: String,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) count: u64,
    pub(crate) shown: String,
    pub(crate) share: Option<String>,
    pub(crate) href: String,
    pub(crate) x: String,
    pub(crate) y: String,
    pub(crate) width: String,
    pub(crate) height: String,
}

/// A timeline as it is drawn.
pub(crate) struct TimelineView {
    pub(crate) bars: Vec<Bar>,
    pub(crate) undated: Option<String>,
    pub(crate) top: String,
    pub(crate) first: String,
    pub(crate) last: String,
    pub(crate) periods: Vec<Choice>,
    pub(crate) views: Vec<Choice>,
    pub(crate) is_share: bool,
}

impl TimelineView {
    /// Draws `timeline`; none where there is nothing to draw.
    pub(crate) fn of(timeline: &Timeline, asked: &PageRequest<'_>) -> Option<Self> {
        let locale = asked.locale;
        let (first, last) = (timeline.buckets.first()?, timeline.buckets.last()?);
        let is_share = timeline.buckets.iter().any(|bucket| bucket.share.is_some());
        let most = timeline.buckets.iter().map(|bucket| bucket.count).max()?;
        let shares = timeline.buckets.iter().filter_map(|bucket| bucket.share);
        let most_share = shares.fold(0.0, f64::max);
        let step = WIDTH / f64::from(u32::try_from(timeline.buckets.len()).ok()?);
        let mut x = 0.0;
        let mut bars = Vec::with_capacity(timeline.buckets.len());
        for bucket in &timeline.buckets {
            let [from, to] = periods::ends(&bucket.period)?;
            let of_most = match bucket.share {
                Some(share) if most_share > 0.0 => share / most_share,
                Some(_) => 0.0,
                None => part(bucket.count, most),
            };
            let height = of_most * HEIGHT;
            let place = asked.first_page().with("from", &from).with("to", &to);
            bars.push(Bar {
                period: bucket.period.clone(),
                count: bucket.count,
                shown: articles(bucket.count, locale),
                share: bucket.share.map(|share| percent(share, locale)),
                href: place.without("by").address(asked.path),
                from,
                to,
                x: format!("{:.2}", x + step * 0.08),
                y: format!("{:.2}", HEIGHT - height),
                width: format!("{:.2}", step * 0.84),
                height: format!("{height:.2}"),
            });
            x += step;
        }
        Some(Self {
            bars,
            undated: (timeline.undated > 0).then(|| undated(timeline.undated, locale)),
            top: if is_share {
                percent(most_share, locale)
            } else {
                grouped(most, locale)
            },
            first: first.period.clone(),
            last: last.period.clone(),
            periods: period_choices(asked, timeline.by),
            views: view_choices(asked, is_share),
            is_share,
        })
    }
}

fn undated(count: u64, locale: Locale) -> String {
    let told = articles(count, locale);
    match locale {
        Locale::English => format!("{told} without such a date"),
        Locale::Ukrainian => format!("{told} без такої дати"),
    }
}

/// Returns the lengths of periods to choose from.
pub(crate) fn period_choices(asked: &PageRequest<'_>, chosen: &str) -> Vec<Choice> {
    let locale = asked.locale;
    let periods = [
        ("year", locale.choose("years", "роки")),
        ("quarter", locale.choose("quarters", "квартали")),
        ("month", locale.choose("months", "місяці")),
        ("week", locale.choose("weeks", "тижні")),
        ("day", locale.choose("days", "дні")),
    ];
    let choice = |(name, text): (&str, &str)| Choice {
        text: text.to_owned(),
        href: asked.with("by", name),
        is_chosen: name == chosen,
    };
    periods.map(choice).into()
}

/// Returns the two views: counts, and shares of all articles of the time.
pub(crate) fn view_choices(asked: &PageRequest<'_>, is_share: bool) -> Vec<Choice> {
    let locale = asked.locale;
    vec![
        Choice {
            text: locale.choose("articles", "статті").to_owned(),
            href: asked.without("share"),
            is_chosen: !is_share,
        },
        Choice {
            text: locale.choose("share of all", "частка від усіх").to_owned(),
            href: asked.with("share", "true"),
            is_chosen: is_share,
        },
    ]
}

/// A query among others.
pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) total: String,
    pub(crate) href: String,
    /// The corners of its line.
    pub(crate) points: String,
    pub(crate) cells: Vec<String>,
    pub(crate) removed: Option<String>,
}

/// Several queries over one another.
pub(crate) struct LinesView {
    pub(crate) lines: Vec<Line>,
    pub(crate) periods: Vec<String>,
    pub(crate) top: String,
    pub(crate) lengths: Vec<Choice>,
    pub(crate) views: Vec<Choice>,
}

impl LinesView {
    /// Draws the counts of several queries on one scale.
    pub(crate) fn of(response: &CountsResponse, asked: &PageRequest<'_>) -> Self {
        let locale = asked.locale;
        let series = || {
            response
                .queries
                .iter()
                .filter_map(|query| query.series.first())
        };
        let is_share = series().any(|series| series.shares.is_some());
        let most = series()
            .flat_map(|series| &series.counts)
            .copied()
            .max()
            .unwrap_or(0);
        let shares = series()
            .filter_map(|series| series.shares.as_ref())
            .flatten();
        let most_share = shares.copied().fold(0.0, f64::max);
        let steps = u32::try_from(response.periods.len().saturating_sub(1))
            .unwrap_or(1)
            .max(1);
        let step = WIDTH / f64::from(steps);
        let names: Vec<&str> = asked.parameters.all("query").collect();
        let lines = response.queries.iter().map(|query| {
            let (mut points, mut cells, mut x) = (Vec::new(), Vec::new(), 0.0);
            if let Some(series) = query.series.first() {
                let values = series.counts.iter().enumerate();
                for (at, count) in values {
                    let share = series.shares.as_ref().and_then(|shares| shares.get(at));
                    let of_most = match share {
                        Some(share) if most_share > 0.0 => share / most_share,
                        Some(_) => 0.0,
                        None => part(*count, most),
                    };
                    points.push(format!("{x:.1},{:.1}", HEIGHT - of_most * HEIGHT));
                    cells.push(match share {
                        Some(share) => percent(*share, locale),
                        None => grouped(*count, locale),
                    });
                    x += step;
                }
            }
            let rest = asked.first_page();
            let rest = rest.only(|name, value| name != "query" || value != query.query);
            let alone = asked
                .first_page()
                .without("share")
                .with("query", &query.query);
            Line {
                name: one_line(&query.query).into_owned(),
                total: articles(query.total, locale),
                href: alone.address("/"),
                points: points.join(" "),
                cells,
                removed: (names.len() > 1).then(|| rest.address(asked.path)),
            }
        });
        Self {
            lines: lines.collect(),
            periods: response.periods.clone(),
            top: if is_share {
                percent(most_share, locale)
            } else {
                grouped(most, locale)
            },
            lengths: period_choices(asked, response.by.unwrap_or_default()),
            views: view_choices(asked, is_share),
        }
    }
}
