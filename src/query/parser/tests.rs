use crate::query::parse::parse;
use crate::query::parser::headline::has_operators;
use crate::query::parser::*;
use jiff::civil;
use proptest::prelude::*;

const OPTIONS: ParseOptions = ParseOptions::new(civil::date(2026, 3, 18));

fn parsed(text: &str) -> ParsedQuery {
    parse(text, &OPTIONS).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn tree(text: &str) -> String {
    parsed(text).query.to_string()
}

fn warnings(text: &str) -> Vec<&'static str> {
    parsed(text).warnings.iter().map(Warning::code).collect()
}

#[test]
fn words_side_by_side_must_all_be_there() {
    assert_eq!(tree("гарантії безпеки"), "гарантії AND безпеки");
    assert_eq!(
        tree("гарантії AND безпеки І НАТО"),
        "гарантії AND безпеки AND НАТО"
    );
}

#[test]
fn not_binds_before_near_near_before_and_and_and_before_or() {
    assert_eq!(tree("а б АБО в НЕ г"), "(а AND б) OR (в AND NOT г)");
    assert_eq!(tree("а (б | в) -г"), "а AND (б OR в) AND NOT г");
    assert_eq!(tree("а НЕ (б в)"), "а AND NOT (б AND в)");
    assert_eq!(tree("а б NEAR/3 в OR г"), "(а AND б NEAR/3 в) OR г");
    assert_eq!(tree("а NEAR/3 б PRE/2 в"), "а NEAR/3 б PRE/2 в");
    assert_eq!(tree("а NEAR/3 (б PRE/2 в)"), "а NEAR/3 (б PRE/2 в)");
}

#[test]
fn a_mixture_of_operators_is_told_with_its_reading() {
    assert_eq!(warnings("а AND б OR г"), ["N010"]);
    assert_eq!(warnings("а б NEAR/3 в"), ["N010", "N016"]);
    assert!(warnings("(а AND б) OR в").is_empty());
    assert!(warnings("а б в").is_empty());
    assert!(warnings("а OR б").is_empty());
}

#[test]
fn any_of_the_words_will_do_in_that_mode_but_exclusions_and_requirements_hold() {
    let options = ParseOptions {
        match_mode: MatchMode::Any,
        ..OPTIONS
    };
    let tree = |text| parse(text, &options).unwrap().query.to_string();
    assert_eq!(tree("гарантії безпеки"), "гарантії OR безпеки");
    assert_eq!(
        tree("гарантії безпеки -реклама"),
        "(гарантії OR безпеки) AND NOT реклама"
    );
    assert_eq!(tree("а AND б в"), "(а AND б) OR в");
    assert_eq!(tree("+а б"), "а AND (а OR б)");
    assert_eq!(
        tree("а б date:2024"),
        "date:2024-01-01..2024-12-31 AND (а OR б)"
    );
}

#[test]
fn a_headline_in_capitals_has_no_ukrainian_operators() {
    let parsed = parsed("ЦЕ НЕ ВІЙНА");
    assert_eq!(parsed.query.to_string(), "це AND не AND ВІЙНА");
    assert_eq!(parsed.warnings[0].code(), "N011");
    // A Latin I among Cyrillic words.
    assert_eq!(warnings("МИР I ВОЛЯ"), ["N011"]);
    assert_eq!(warnings("МИР ТА ВОЛЯ ДЛЯ ВСІХ"), ["N011", "N016"]);
    assert_eq!(tree("ЦЕ НЕ війна"), "ЦЕ AND NOT війна");
    assert_eq!(tree("ВИБУХ БІЛЯ ШКОЛИ"), "ВИБУХ AND біля AND ШКОЛИ");
    assert_eq!(tree("TO BE OR NOT"), "to AND BE AND or AND not");
    assert_eq!(tree("НАТО AND ЄС"), "НАТО AND ЄС");
}

#[test]
fn a_conjunction_that_joins_nothing_is_a_word() {
    assert_eq!(tree("І знову мир"), "і AND знову AND мир");
    assert_eq!(tree("Іван Павло І"), "Іван AND Павло AND +і");
    assert_eq!(warnings("І знову мир"), ["N014", "N016"]);
    assert_eq!(
        tree("World War I Ukraine"),
        "World AND War AND i AND Ukraine"
    );
    assert_eq!(tree("мир I безпека"), "мир AND безпека");
    assert_eq!(tree("мир &"), "мир");
}

#[test]
fn fields_and_weights_bind_to_what_stands_right_behind_or_before() {
    assert_eq!(tree("title:мир воля"), "title:мир AND воля");
    assert_eq!(tree("заголовок:(мир воля)"), "title:(мир AND воля)");
    assert_eq!(tree("title:мир^2"), "title:мир^2");
    assert_eq!(tree("title:(мир^2.50 воля)"), "title:(мир^2.5 AND воля)");
    assert_eq!(tree("(мир OR воля)^0.05"), "(мир OR воля)^0.05");
    assert_eq!(
        tree("джерело:(УП АБО \"Хвиля Поділля\")"),
        "source:УП OR source:\"Хвиля Поділля\""
    );
    assert_eq!(
        tree("дата:7d НЕ реклама"),
        "date:2026-03-12..2026-03-18 AND NOT реклама"
    );
}

#[test]
fn phrases_have_slots_and_slop() {
    assert_eq!(
        tree("«гарантії * (безпеки|миру)»"),
        "\"гарантії * (безпеки|миру)\""
    );
    assert_eq!(tree("=\"точна фраза\""), "=\"точна фраза\"");
    assert_eq!(tree("\"=точна фраза\"~3"), "\"=точна фраза\"~3");
    assert_eq!(tree("\"слова (у дужках) є\""), "\"слова у дужках є\"");
    assert_eq!(tree("\"* мир *\""), "\"мир\"");
    assert_eq!(tree("\"гарант* безпеки\""), "\"гарант* безпеки\"");
}

/// Returns the words that a query needs not.
fn optional(text: &str) -> Vec<String> {
    optional_words(&parsed(text).query)
}

#[test]
fn words_that_join_and_ask_are_optional_beside_others() {
    for (text, expected) in [
        ("переговори між Україною та Росією", &["між", "та"][..]),
        ("Хто такий мер Києва", &["хто"]),
        ("чому не працює метро", &["чому", "не"]),
        ("переговоры между Украиной и Россией", &["между", "и"]),
        ("the war in Ukraine", &["the", "in"]),
        ("ПЕРЕГОВОРИ З РОСІЄЮ", &["з"]),
        ("В Києві", &["в"]),
        ("постріл із-за рогу", &["із-за"]),
        ("title:(мир для Європи) date:2024", &["для"]),
        ("(мир для Європи) OR війна", &["для"]),
        ("мир НЕ (хліб для всіх)", &[]),
        ("про це", &[]),
        ("в source:хвиля", &[]),
        ("=для миру", &[]),
        ("+для миру", &[]),
        ("для~1 миру", &[]),
        ("«для миру» Європи", &[]),
        ("\"для миру\"~3 Європи", &[]),
        ("(для миру) NEAR/3 Європи", &[]),
        ("ATLEAST/2 для миру", &[]),
        ("допомога WHO", &[]),
        ("план Б", &[]),
        ("для^2 миру", &[]),
    ] {
        assert_eq!(optional(text), expected, "{text}");
    }
    let strict = ParseOptions {
        has_strict_words: true,
        ..OPTIONS
    };
    let parsed = parse("мир для Європи", &strict).unwrap();
    assert_eq!(parsed.query.to_string(), "мир AND +для AND Європи");
    assert!(parsed.warnings.is_empty());
}

#[test]
fn a_required_word_that_might_be_optional_keeps_its_plus() {
    for (text, expected) in [
        ("допомога +від США", "допомога AND +від AND США"),
        ("допомога від США", "допомога AND від AND США"),
        ("+допомога США", "допомога AND США"),
        ("+від", "від"),
        ("допомога WHO", "допомога AND +WHO"),
    ] {
        assert_eq!(tree(text), expected);
        assert_eq!(parsed(expected).query, parsed(text).query, "{text}");
    }
}

fn code(text: &str) -> &'static str {
    parse(text, &OPTIONS).unwrap_err().problem.code()
}

#[test]
fn each_mistake_has_its_code_and_its_place() {
    for (text, expected) in [
        ("", "Q101"),
        (" ?! ", "Q101"),
        ("-слово", "Q102"),
        ("а АБО НЕ б", "Q102"),
        ("(а б", "Q103"),
        ("а (", "Q103"),
        ("\"а б", "Q104"),
        ("а) б", "Q105"),
        ("а OR", "Q120"),
        ("OR а", "Q120"),
        ("а NEAR/5", "Q120"),
        ("NEAR/5 а", "Q120"),
        ("а NEAR б", "Q121"),
        ("а NEAR/999 б", "Q122"),
        ("а NEAR/3 (НЕ б)", "Q123"),
        ("а NEAR/3 title:б", "Q124"),
        ("ATLEAST/3 (а AND б)", "Q124"),
        ("title:(lead:а)", "Q203"),
        ("date:2023..2022", "Q311"),
        ("date:[2022 2023]", "Q312"),
    ] {
        assert_eq!(code(text), expected, "{text}");
    }
    assert_eq!(code(&"а".repeat(20_000)), "Q901");
    assert_eq!(
        code(&format!("{}а{}", "(".repeat(100), ")".repeat(100))),
        "Q902"
    );
    assert_eq!(code(&format!("{}а", "НЕ ".repeat(100))), "Q902");
    assert_eq!(code(&"а ".repeat(2_000)), "Q903");
    let many = "(а б в г д е ж з и к)";
    assert_eq!(code(&[many; 4].join(" NEAR/2 ")), "Q904");
    let text = "мир (і безпека";
    assert_eq!(parse(text, &OPTIONS).unwrap_err().range.of(text), "(");
}

/// Pieces of queries, to be put together at random.
const PIECES: [&str; 34] = [
    "а",
    "Мир",
    "=б",
    "==Вода",
    "гарант*",
    "сл?во",
    "мир~1",
    "/ми[рн]/",
    "\"а б\"",
    "«=а *  б»",
    "\"а (б|в)\"~3",
    "AND",
    "OR",
    "NOT",
    "І",
    "АБО",
    "НЕ",
    "-",
    "+",
    "(",
    ")",
    "NEAR/3",
    "ПЕРЕД/2",
    "NOTNEAR/4",
    "/s",
    "/p",
    "ATLEAST/2",
    "title:",
    "source:",
    "date:",
    "2024",
    "^2",
    "1 000",
    "~2",
];

proptest! {
    #[test]
    fn any_text_is_understood_or_refused_without_panic(
        text in "\\PC{0,40}|[а-я A-Z ІТАНЕ\"«»()|&=^~*?/:\\\\-]{0,40}",
    ) {
        for match_mode in [MatchMode::All, MatchMode::Any] {
            let options = ParseOptions { match_mode, ..OPTIONS };
            if let Err(error) = parse(&text, &options) {
                prop_assert!(text.get(error.range.start..error.range.end).is_some());
            }
        }
    }

    #[test]
    fn a_printed_query_parses_to_the_same_query(
        pieces in proptest::collection::vec(
            (proptest::sample::select(PIECES.as_slice()), proptest::bool::ANY), 1..12,
        ),
        any in proptest::bool::ANY,
    ) {
        let mut text = String::new();
        for (piece, has_space) in pieces {
            text.push_str(piece);
            if has_space { text.push(' '); }
        }
        let match_mode = if any { MatchMode::Any } else { MatchMode::All };
        if let Ok(parsed) = parse(&text, &ParseOptions { match_mode, ..OPTIONS }) {
            let printed = parsed.query.to_string();
            let again = parse(&printed, &OPTIONS).map(|parsed| parsed.query);
            prop_assert_eq!(again, Ok(parsed.query), "{}", printed);
        }
    }

    #[test]
    fn ordinary_prose_always_parses(
        words in proptest::collection::vec("[а-яіїєґ]{1,8}|[А-ЯІЇЄҐ][а-яіїєґ’]{0,6}|[0-9]{1,4}|[А-Я]{2,4}|т\\. зв\\.|–|[a-z]{2,5}", 1..10),
        marks in proptest::collection::vec("|,|\\.|!|\\?|:|;|…| –|, -", 10),
    ) {
        let marked = words.iter().zip(&marks).map(|(word, mark)| [word.as_str(), mark, " "].concat());
        let text: String = marked.collect();
        // Capitals make these operators, in prose too.
        prop_assume!(!words.iter().any(|word| has_operators(word)));
        let has_word = text.chars().any(char::is_alphanumeric);
        if let Err(error) = parse(&text, &OPTIONS) {
            prop_assert!(!has_word, "{}: {}", text, error);
        }
    }
}

#[test]
fn what_only_excludes_is_a_query_where_that_is_allowed() {
    let options = ParseOptions {
        allows_negation: true,
        ..OPTIONS
    };
    let parsed = parse("НЕ мир", &options).unwrap();
    assert_eq!(parsed.query.to_string(), "NOT мир");
    let error = parse("НЕ мир", &OPTIONS).unwrap_err();
    assert_eq!(error.problem, QueryProblem::OnlyNegative);
}

#[test]
fn dates_and_sources_are_required_however_they_are_joined_where_any_word_will_do() {
    let options = ParseOptions {
        match_mode: MatchMode::Any,
        ..OPTIONS
    };
    for (text, expected) in [
        (
            "мир воля source:(Хвиля OR Дніпро)",
            "(source:Хвиля OR source:Дніпро) AND (мир OR воля)",
        ),
        (
            "мир воля (source:Хвиля)^2",
            "(source:Хвиля)^2 AND (мир OR воля)",
        ),
    ] {
        assert_eq!(parse(text, &options).unwrap().query.to_string(), expected);
    }
}
