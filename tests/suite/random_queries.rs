//! Random queries with every operator, over a few words.

use proptest::prelude::*;

/// Words in various forms; some forms belong to two words, some have an apostrophe, a hyphen or a
/// stress mark.
const WORDS: &[&str] = &[
    "гарантія",
    "гарантії",
    "гарантіями",
    "безпека",
    "безпеки",
    "безпеку",
    "кіт",
    "кота",
    "коти",
    "замок",
    "за\u{301}мку",
    "Київ",
    "Києві",
    "школа",
    "шкіл",
    "вчитель",
    "вчителі",
    "міст",
    "мости",
    "місто",
    "міста",
    "війна",
    "війною",
    "мир",
    "миру",
    "здоров'я",
    "здоров’ям",
    "угода",
    "угод",
    "річка",
    "річці",
    "зерно",
    "порт",
    "портом",
    "світла",
    "бюджет",
    "лікарні",
    "дощі",
    "книги",
    "Івано-Франківськ",
    "Івано-Франківську",
    "Рютте",
    "Рюттом",
    "та",
    "і",
    "не",
    "на",
    "ґанок",
];
pub(crate) fn word() -> impl Strategy<Value = String> {
    prop::sample::select(WORDS).prop_map(str::to_owned)
}

/// Returns a word with letters missing or wrong, as a pattern finds it.
fn pattern() -> impl Strategy<Value = String> {
    let cut = |word: &str, chars: usize| word.chars().take(chars).collect::<String>();
    prop_oneof![
        word()
            .prop_filter("a pattern has two letters", |word| word.chars().count() > 1)
            .prop_map(move |word| format!("{}*", cut(&word, 3))),
        prop::sample::select(
            &[
                "ко?а",
                "мі*о",
                "івано-*",
                "гара?тії",
                "/ми[рс].?/",
                "/кот.*/",
                "*а*",
                "/.*[іи].*/"
            ][..]
        )
        .prop_map(str::to_owned),
        (word(), 1..3_u8).prop_map(|(word, slips)| format!("{word}~{slips}")),
    ]
}

fn special_phrase() -> impl Strategy<Value = String> {
    prop_oneof![
        (word(), word()).prop_map(|(a, b)| format!("\"{a} * {b}\"")),
        (word(), word(), word()).prop_map(|(a, b, c)| format!("\"({a}|={b}) {c}\"")),
        (word(), word(), 0..5_u8).prop_map(|(a, b, others)| format!("\"{a} {b}\"~{others}")),
        (word(), word(), word()).prop_map(|(a, b, c)| format!("«{a} {b} ={c}»~4")),
    ]
}

/// Returns words near each other, nested.
fn near() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        6 => word(),
        1 => word().prop_map(|word| format!("={word}")),
        1 => pattern(),
        1 => special_phrase(),
        1 => (word(), word()).prop_map(|(a, b)| format!("({a} OR {b})")),
        1 => (word(), word()).prop_map(|(a, b)| format!("({a} AND {b})")),
    ];
    let operator = prop::sample::select(
        &[
            "NEAR/2",
            "NEAR/9",
            "PRE/3",
            "БІЛЯ/4",
            "NOTNEAR/3",
            "/s",
            "/p",
        ][..],
    );
    leaf.prop_recursive(2, 6, 2, move |inner| {
        (inner.clone(), operator.clone(), inner)
            .prop_map(|(a, operator, b)| format!("({a} {operator} {b})"))
    })
}

/// Returns queries in which every way to match asks for something to be there.
pub(crate) fn query() -> impl Strategy<Value = String> {
    let phrase =
        (prop::collection::vec(word(), 2..4), any::<bool>()).prop_map(|(words, is_exact)| {
            let mark = if is_exact { "=" } else { "" };
            format!("{mark}\"{}\"", words.join(" "))
        });
    let exact = (word(), any::<bool>())
        .prop_map(|(word, cased)| format!("{}{word}", if cased { "==" } else { "=" }));
    let leaf = prop_oneof![
        8 => word(),
        2 => exact,
        2 => phrase,
        2 => pattern(),
        1 => special_phrase(),
        4 => near(),
        1 => (1..4_u8, word()).prop_map(|(count, word)| format!("ATLEAST/{count} {word}")),
        1 => (prop::sample::select(&["title", "лід", "text"][..]), word())
            .prop_map(|(field, word)| format!("{field}:({word} OR мир)")),
        1 => prop::sample::select(&["date:2025", "date:2025-03..", "джерело:Хвиля"][..])
            .prop_map(str::to_owned),
        1 => word().prop_map(|word| format!("{word}^2.5")),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let pair = (inner.clone(), inner.clone());
        prop_oneof![
            3 => pair.clone().prop_map(|(a, b)| format!("{a} {b}")),
            2 => pair.clone().prop_map(|(a, b)| format!("({a} OR {b})")),
            1 => pair.clone().prop_map(|(a, b)| format!("({a} AND {b})")),
            2 => pair.clone().prop_map(|(a, b)| format!("{a} -({b})")),
            1 => pair.prop_map(|(a, b)| format!("({a} NOT (NOT ({b})))")),
            1 => inner.prop_map(|a| format!("({a})")),
        ]
    })
}
