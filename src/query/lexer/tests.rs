use crate::query::ast::ValueFit;
use crate::query::field;
use crate::query::lexer::*;
use crate::query::period::PeriodError;
use jiff::civil;

const OPTIONS: ParseOptions = ParseOptions::new(civil::date(2026, 3, 18));

fn lexed(query: &str) -> Lexed {
    lex(query, &OPTIONS, WordOperators::All).unwrap_or_else(|error| panic!("{query}: {error}"))
}

fn kinds(query: &str) -> Vec<LexemeKind> {
    let lexemes = lexed(query).lexemes;
    lexemes.into_iter().map(|lexeme| lexeme.kind).collect()
}

/// Returns the texts of a query that is nothing but inflected words.
fn words(query: &str) -> Vec<String> {
    let word = |kind| match kind {
        LexemeKind::Word(word) if word.reading == WordMode::Inflected => word.text,
        other => panic!("{query}: {other:?}"),
    };
    kinds(query).into_iter().map(word).collect()
}

fn error(query: &str) -> QueryProblem {
    lex(query, &OPTIONS, WordOperators::All)
        .unwrap_err()
        .problem
}

#[test]
fn ordinary_prose_is_only_words() {
    assert_eq!(words("Хто винен? Ніхто!"), ["Хто", "винен", "Ніхто"]);
    assert_eq!(
        words("Івано-Франківськ – місто"),
        ["Івано-Франківськ", "місто"]
    );
    assert_eq!(
        words("та/або C++ 1/2 12:30, ст. 5: 3,5 млн"),
        ["та", "або", "C", "1/2", "12:30", "ст", "5", "3,5", "млн"]
    );
    assert_eq!(words("24.02.2022 censor.net"), ["24.02.2022", "censor.net"]);
    assert_eq!(
        words("п'ять п’ять пʼять п`ять"),
        ["п'ять", "п’ять", "пʼять", "п`ять"]
    );
    assert_eq!(words("'слово' - і тире"), ["слово", "і", "тире"]);
    assert_eq!(words("або не and near"), ["або", "не", "and", "near"]);
    assert_eq!(
        words("https://censor.net/ua"),
        ["https", "censor.net", "ua"]
    );
    assert_eq!(
        words("км/год ~100 осіб 5*3 = 15 <b>"),
        ["км", "год", "100", "осіб", "5", "3", "15", "b"]
    );
    assert_eq!(words("Президент: мир буде"), ["Президент", "мир", "буде"]);
    assert_eq!(
        words("AT&T Джонсон&Джонсон"),
        ["AT", "T", "Джонсон", "Джонсон"]
    );
}

#[test]
fn a_number_with_spaces_between_its_thousands_is_one_word() {
    assert_eq!(
        words("1 000 000 грн, 12\u{a0}500,5 та 20 000-й"),
        ["1 000 000", "грн", "12\u{a0}500,5", "та", "20 000-й"]
    );
    assert_eq!(words("2022 100"), ["2022", "100"]);
}

#[test]
fn all_styles_of_quotes_make_phrases() {
    for query in [
        "\"гарантії безпеки\"",
        "«гарантії безпеки»",
        "„гарантії безпеки“",
        "„гарантії безпеки”",
        "“гарантії безпеки”",
    ] {
        let [LexemeKind::Phrase(phrase)] = &kinds(query)[..] else {
            panic!("{query}");
        };
        assert_eq!(phrase.to_string(), "\"гарантії безпеки\"", "{query}");
    }
}

#[test]
fn operators_are_upper_case_in_both_languages() {
    use LexemeKind::{And, Not, Or};
    let operators: Vec<_> = kinds("а AND б І в ТА г OR д АБО е NOT є НЕ ж | з & и");
    let operators: Vec<_> = operators
        .into_iter()
        .filter(|kind| !matches!(kind, LexemeKind::Word(..)))
        .collect();
    assert_eq!(operators, [And, And, And, Or, Or, Not, Not, Or, And]);
}

#[test]
fn operators_with_numbers_have_names_in_both_languages() {
    let near = |query| kinds(query).remove(1);
    assert_eq!(near("а NEAR/3 б"), LexemeKind::Near(Distance::Near(3)));
    assert_eq!(near("а БІЛЯ/3 б"), near("а NEAR/3 б"));
    assert_eq!(near("а ПЕРЕД/3 б"), near("а PRE/3 б"));
    assert_eq!(near("а НЕБІЛЯ/3 б"), near("а NOTNEAR/3 б"));
    assert_eq!(near("а /речення б"), near("а /s б"));
    assert_eq!(near("а /абзац б"), near("а /p б"));
    assert_eq!(kinds("ATLEAST/4 а")[0], LexemeKind::AtLeast(4));
    assert_eq!(kinds("МІНІМУМ/4 а")[0], LexemeKind::AtLeast(4));
}

#[test]
fn a_hyphen_excludes_only_before_a_word_and_after_a_space() {
    assert_eq!(kinds("мир -війна")[1], LexemeKind::Not);
    assert_eq!(kinds("-\"умови миру\"")[0], LexemeKind::Not);
    assert_eq!(words("мир - війна"), ["мир", "війна"]);
    assert_eq!(words("екс-міністр"), ["екс-міністр"]);
}

#[test]
fn a_backslash_takes_the_meaning_from_a_mark() {
    assert_eq!(
        words("\\-війна \\(мир\\) title\\:x"),
        ["війна", "мир", "title", "x"]
    );
    assert_eq!(words("\\\"мир\\\" гарант\\*"), ["мир", "гарант"]);
    let lexed = lexed("\\мир");
    assert!(matches!(
        &lexed.warnings[..],
        [Warning::UnknownEscape { .. }]
    ));
}

#[test]
fn patterns_are_words_with_marks_inside() {
    let reading = |query| match kinds(query).remove(0) {
        LexemeKind::Word(word) => (word.text, word.reading),
        other => panic!("{query}: {other:?}"),
    };
    let wildcard = |text: &str| (text.to_owned(), WordMode::Wildcard);
    assert_eq!(reading("гарант*"), wildcard("гарант*"));
    assert_eq!(reading("сл?во"), wildcard("сл?во"));
    assert_eq!(reading("без*ки"), wildcard("без*ки"));
    assert_eq!(reading("п'ят*"), wildcard("п'ят*"));
    assert_eq!(reading("івано-фр*"), wildcard("івано-фр*"));
    assert_eq!(reading("202*"), wildcard("202*"));
    assert_eq!(
        reading("слово~2"),
        ("слово".into(), WordMode::Fuzzy { max_edits: 2 })
    );
    assert_eq!(reading("/гарант.*/"), ("гарант.*".into(), WordMode::Regex));
    assert_eq!(reading("==Слово"), ("Слово".into(), WordMode::Cased));
    assert_eq!(words("слово? слово ? * слово"), ["слово", "слово", "слово"]);
    assert_eq!(
        words("**слово** та/або/ні /шлях"),
        ["слово", "та", "або", "ні", "шлях"]
    );
}

#[test]
fn fields_are_known_names_with_a_value_right_behind() {
    assert_eq!(
        kinds("title:мир")[0],
        LexemeKind::Field(field::field("title").unwrap())
    );
    assert_eq!(kinds("заголовок:мир"), kinds("title:мир"));
    assert!(
        matches!(&kinds("джерело:УП.Життя")[1], LexemeKind::Column(query) if query.value == "УП.Життя")
    );
    assert!(
        matches!(&kinds("url:https://a.ua/б?в=1")[1], LexemeKind::Column(query) if query.value == "https://a.ua/б?в=1")
    );
    assert!(
        matches!(&kinds("source:=\"Хвиля Поділля\"")[1], LexemeKind::Column(query) if query.fit == ValueFit::Whole)
    );
    assert!(matches!(kinds("дата:вчора")[1], LexemeKind::Period(_)));
    let group = kinds("date:(2024 OR [2022-01 TO 2022-03])");
    assert!(matches!(
        group[2..],
        [
            LexemeKind::Period(_),
            LexemeKind::Or,
            LexemeKind::Period(_),
            LexemeKind::Close
        ]
    ));
    assert_eq!(words("Джерело: УНІАН"), ["Джерело", "УНІАН"]);
}

#[test]
fn what_is_wrong_within_a_token_is_told() {
    assert!(matches!(
        error("tilte:мир"),
        QueryProblem::NearField { meant: "title", .. }
    ));
    assert!(matches!(
        error("а NEAR б"),
        QueryProblem::MissingNumber { .. }
    ));
    assert!(matches!(
        error("а NEAR/0 б"),
        QueryProblem::NumberOutOfRange { .. }
    ));
    assert!(matches!(
        error("а NEAR/256 б"),
        QueryProblem::NumberOutOfRange { .. }
    ));
    assert!(matches!(error("а*"), QueryProblem::FewLetters { .. }));
    assert!(matches!(error("*слово"), QueryProblem::FewLetters { .. }));
    assert!(matches!(error("/.*а/"), QueryProblem::FewLetters { .. }));
    assert!(matches!(error("/гара(/"), QueryProblem::BadRegex { .. }));
    assert!(matches!(
        error("слово~3"),
        QueryProblem::BadFuzziness { .. }
    ));
    assert!(matches!(error("==Гарант*"), QueryProblem::CasedPattern));
    assert!(matches!(
        error("date:2022-13"),
        QueryProblem::Period(PeriodError::Date { .. })
    ));
    assert!(matches!(
        error("date:[2022"),
        QueryProblem::Period(PeriodError::Brackets)
    ));
    assert!(matches!(
        error("«мир"),
        QueryProblem::UnclosedQuote { quote: '«' }
    ));
}

#[test]
fn ranges_are_bytes_of_the_query() {
    let query = "«мир» =слово title:мир^2";
    let lexemes = lexed(query).lexemes;
    let texts: Vec<&str> = lexemes
        .iter()
        .map(|lexeme| lexeme.range.of(query))
        .collect();
    assert_eq!(texts, ["«мир»", "=слово", "title:", "мир", "^2"]);
}

#[test]
fn a_literal_query_is_nothing_but_words() {
    let options = ParseOptions {
        is_literal: true,
        ..OPTIONS
    };
    let lexed = lex("(title:мир AND -\"б*\" ==В~1", &options, WordOperators::All).unwrap();
    let texts: Vec<String> = lexed
        .lexemes
        .into_iter()
        .map(|lexeme| match lexeme.kind {
            LexemeKind::Word(word) => word.text,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(texts, ["title", "мир", "and", "б", "В", "1"]);
}
