//! Which articles match a plan.

use crate::cluster::mapping::tokens_field;
use crate::cluster::request::Translated;
use crate::cluster::request::conditions::{Known, of_column, of_days};
use crate::cluster::request::slots::{has_tokens_alone, in_part, interval, row_in_part};
use crate::error::Result;
use crate::plan::Plan;
use crate::plan::slot::Slot;
use crate::plan::spans::Spans;
use crate::query::ast::Distance;
use crate::schema::Part;
use serde_json::{Value, json};

/// Returns the articles that match `plan`, whose words may stand in `parts` where it names no
/// other. `known` tells the values of columns.
///
/// # Errors
/// Where the cluster cannot answer what a condition asks, or what `known` fails with.
pub(crate) fn matching(plan: &Plan, parts: &[Part], known: &dyn Known) -> Result<Translated> {
    let all = |plans: &[Plan]| -> Result<Vec<Translated>> {
        let plans = plans.iter();
        let needed = plans.filter(|plan| !matches!(plan, Plan::Optional(_)));
        needed.map(|plan| matching(plan, parts, known)).collect()
    };
    Ok(match plan {
        Plan::Phrase(slots) => in_any(parts, |part| row_in_part(slots.iter(), part)),
        Plan::Spans { spans, at_least } => {
            let mut found = in_any(parts, |part| spans_in(spans, part));
            found.is_exact &= *at_least <= 1;
            found
        }
        Plan::Only(part, plan) => matching(plan, &[*part], known)?,
        Plan::Column(query) => of_column(query, known)?,
        Plan::Published(days, zone) => of_days(*days, zone),
        // Sets of articles belong to an index in a folder.
        Plan::Among(_) => Translated::wider(crate::cluster::request::every()),
        Plan::Boost(_, plan) | Plan::Optional(plan) => matching(plan, parts, known)?,
        Plan::And(plans) => {
            let mut needed = all(plans)?;
            // All of it may be there for the score alone. No conditions at all match everything.
            if needed.is_empty() && !plans.is_empty() {
                let any = plans.iter().map(|plan| matching(plan, parts, known));
                needed.push(Translated::any(any.collect::<Result<_>>()?));
            }
            Translated::all(needed)
        }
        Plan::Or(plans) | Plan::Spellings(plans) => Translated::any(all(plans)?),
        Plan::Not(plan) => matching(plan, parts, known)?.not(),
    })
}

fn in_any(parts: &[Part], of: impl Fn(Part) -> Translated) -> Translated {
    Translated::any(parts.iter().map(|part| of(*part)).collect())
}

/// Returns the articles in a part of which `spans` match.
fn spans_in(spans: &Spans, part: Part) -> Translated {
    match spans {
        Spans::Row(slots) if is_row(slots) => row_in_part(slots.iter().map(|(_, slot)| slot), part),
        Spans::Near {
            distance: Distance::Near(most) | Distance::Pre(most),
            left,
            right,
        } if *most > 0 => {
            let both = rule(left).zip(rule(right));
            let Some((left, right)) = both else {
                return words_of(spans, part);
            };
            let gaps = most - 1;
            let pre = |first: &Value, then: &Value| json!({"all_of": {"ordered": true, "max_gaps": gaps, "intervals": [first, then]}});
            let is_ordered = matches!(
                spans,
                Spans::Near {
                    distance: Distance::Pre(_),
                    ..
                }
            );
            let rule = if is_ordered {
                pre(&left, &right)
            } else {
                json!({"any_of": {"intervals": [pre(&left, &right), pre(&right, &left)]}})
            };
            Translated::exact(json!({"intervals": {tokens_field(part): rule}}))
        }
        Spans::AnyOf(all) => {
            Translated::any(all.iter().map(|spans| spans_in(spans, part)).collect())
        }
        _ => words_of(spans, part),
    }
}

/// Returns the rule of intervals of a row of words, where that tells all.
fn rule(spans: &Spans) -> Option<Value> {
    match spans {
        Spans::Row(slots) if is_row(slots) => {
            let mut each = slots.iter();
            let is_told = each.all(|(_, slot)| has_tokens_alone(slot));
            is_told.then(|| interval(slots.iter().map(|(_, slot)| slot)))
        }
        // Of alternatives of one length none hides another one.
        Spans::AnyOf(all) => {
            let is_word = |spans: &Spans| matches!(spans, Spans::Row(slots) if slots.len() == 1);
            if !all.iter().all(is_word) {
                return None;
            }
            let rules: Option<Vec<Value>> = all.iter().map(rule).collect();
            Some(json!({"any_of": {"intervals": rules?}}))
        }
        _ => None,
    }
}

/// Returns whether slots stand side by side.
fn is_row(slots: &[(u32, Slot)]) -> bool {
    (0..)
        .zip(slots)
        .all(|(place, (offset, _))| place == *offset)
}

/// Returns the articles that have the words of `spans` in a part, wherever: not less than match.
fn words_of(spans: &Spans, part: Part) -> Translated {
    let all = |slots: &mut dyn Iterator<Item = &Slot>| {
        Translated::all(slots.map(|slot| in_part(slot, part)).collect())
    };
    let mut found = match spans {
        Spans::Row(slots) => all(&mut slots.iter().map(|(_, slot)| slot)),
        Spans::Cluster { rows, .. } => {
            let rows = rows.iter();
            let rows = rows.map(|row| {
                if is_row(row) {
                    row_in_part(row.iter().map(|(_, slot)| slot), part)
                } else {
                    all(&mut row.iter().map(|(_, slot)| slot))
                }
            });
            Translated::all(rows.collect())
        }
        Spans::AnyOf(spans) => {
            Translated::any(spans.iter().map(|spans| spans_in(spans, part)).collect())
        }
        Spans::Near {
            distance: Distance::NotNear(_),
            left,
            ..
        } => spans_in(left, part),
        Spans::Near { left, right, .. } => {
            Translated::all(vec![spans_in(left, part), spans_in(right, part)])
        }
    };
    found.is_exact = false;
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Widening;
    use crate::query::field::Column;
    use crate::query::{ParseOptions, parse};

    struct Values;

    impl Known for Values {
        fn values(&self, column: Column) -> Result<Option<Vec<String>>> {
            let sources = ["Хвиля Поділля", "Хвиля", "Міський вісник"];
            let known = column == Column::Source;
            Ok(known.then(|| sources.map(str::to_owned).to_vec()))
        }
    }

    fn translated(query: &str) -> Translated {
        let today = jiff::civil::date(2026, 1, 1);
        let parsed = parse(query, &ParseOptions::new(today)).unwrap();
        let plan = Plan::widened(&parsed.query, Widening::NONE).unwrap();
        matching(&plan, &[Part::Body], &Values).unwrap()
    }

    #[test]
    fn what_the_cluster_can_see_is_exact_and_all_else_is_looked_at() {
        for (query, expected) in [
            ("мир", true),
            ("мир воля", true),
            ("мир OR воля", true),
            ("мир NOT воля", true),
            ("\"мир і воля\"", true),
            ("=мир", true),
            ("==Мир", true),
            ("мир NEAR/5 воля", true),
            ("мир PRE/3 \"добра воля\"", true),
            ("(мир OR спокій) NEAR/5 воля", true),
            ("вол*", true),
            ("date:2025-12", true),
            ("source:хвиля", true),
            ("title:мир", true),
            ("мир /s воля", false),
            ("мир /p воля", false),
            ("мир NOTNEAR/5 воля", false),
            ("ATLEAST/3 мир", false),
            ("\"мир воля\"~5", false),
            ("\"мир * воля\"", false),
            ("\"вол* духу\"", false),
            ("воля~1", false),
            ("/вол[яі]/", false),
            ("==мир", false),
            ("мир NOT (воля /s спокій)", false),
        ] {
            let found = translated(query);
            assert_eq!(found.is_exact, expected, "{query}: {}", found.query);
        }
    }

    #[test]
    fn a_plan_is_written_in_the_words_of_the_cluster() {
        let queries = [
            "мир воля",
            "\"добра воля\" NOT =миру",
            "мир PRE/3 воля",
            "title:мир OR вол*",
            "source:хвиля date:2025-12",
        ];
        let lines = queries.map(|query| format!("{query}\n  {}\n", translated(query).query));
        insta::assert_snapshot!(lines.concat());
    }

    #[test]
    fn what_is_not_sure_to_match_excludes_nothing() {
        let found = translated("мир NOT (воля /s спокій)");
        assert!(
            !found.query.to_string().contains("must_not"),
            "{}",
            found.query
        );
    }
}
