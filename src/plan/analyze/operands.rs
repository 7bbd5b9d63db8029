//! Operands of positional operators.

use crate::plan::Plan;
use crate::plan::spans::Spans;
use crate::query::ast::Distance;

/// What a part of a query stands for where it is asked at which places it stands.
pub(crate) enum Placed {
    One(Spans),
    All(Vec<Placed>),
    Any(Vec<Placed>),
}

impl Placed {
    fn has_all(&self) -> bool {
        match self {
            Self::One(_) => false,
            Self::All(_) => true,
            Self::Any(all) => all.iter().any(Self::has_all),
        }
    }

    pub(crate) fn into_spans(self) -> Vec<Spans> {
        match self {
            Self::One(spans) => vec![spans],
            Self::All(all) | Self::Any(all) => all.into_iter().flat_map(Self::into_spans).collect(),
        }
    }

    pub(crate) fn into_plan(self) -> Plan {
        match self {
            Self::All(all) => Plan::And(all.into_iter().map(Self::into_plan).collect()),
            Self::Any(all) if all.iter().any(Self::has_all) => {
                Plan::Or(all.into_iter().map(Self::into_plan).collect())
            }
            placed => Plan::Spans {
                spans: any_of(placed.into_spans()),
                at_least: 1,
            },
        }
    }

    /// Puts two at a distance. AND is multiplied out: `(a b) NEAR/3 c` is `a NEAR/3 c` and `b
    /// NEAR/3 c`.
    pub(crate) fn near(distance: Distance, left: &Self, right: &Self) -> Self {
        let each = |all: &[Self], other: &Self, is_left: bool| {
            all.iter()
                .map(|one| {
                    if is_left {
                        Self::near(distance, one, other)
                    } else {
                        Self::near(distance, other, one)
                    }
                })
                .collect::<Vec<_>>()
        };
        match (left, right) {
            (Self::All(all), _) => Self::All(each(all, right, true)),
            (_, Self::All(all)) => Self::All(each(all, left, false)),
            (Self::Any(all), _) if left.has_all() => Self::Any(each(all, right, true)),
            (_, Self::Any(all)) if right.has_all() => Self::Any(each(all, left, false)),
            _ => Self::One(Spans::Near {
                distance,
                left: Box::new(any_of(left.spans())),
                right: Box::new(any_of(right.spans())),
            }),
        }
    }

    fn spans(&self) -> Vec<Spans> {
        match self {
            Self::One(spans) => vec![spans.clone()],
            Self::All(all) | Self::Any(all) => all.iter().flat_map(Self::spans).collect(),
        }
    }
}

pub(crate) fn any_of(mut all: Vec<Spans>) -> Spans {
    if all.len() == 1 {
        all.remove(0)
    } else {
        Spans::AnyOf(all)
    }
}
