//! The query language on the command line: parsing, errors, notices, explanations, languages.

use crate::archive_fixture::{Line, TempArchive, request};
use crate::cli_fixture::{program, run, run_in};
use crate::index_schema::validator;
use crate::sample::sample;
use serde_json::Value;

#[track_caller]
fn assert_valid(schema: &str, text: &str) -> Value {
    let document: Value = serde_json::from_str(text).unwrap();
    let errors: Vec<String> = validator(schema)
        .iter_errors(&document)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?} in {document:#}");
    document
}

#[test]
fn parse_shows_the_tree_for_people_and_for_programs() {
    let ran = run_in(sample().folder(), &["parse", "мир NEAR/3 воля"]).expect(0);
    assert_eq!(
        ran.stdout,
        "мир NEAR/3 воля\n\nnear 3\n├─ word мир\n└─ word воля\n"
    );
    let query =
        "title:(мир^2 OR «нова * угода»~3) -джерело:=Хвиля дата:2025 /ми[рн]/ ATLEAST/2 ==Мир";
    let ran = run_in(sample().folder(), &["parse", "--json", query]).expect(0);
    let report = assert_valid("parse.v1.schema.json", &ran.stdout);
    let understood = report["understood"].as_str().unwrap();
    let again = run_in(sample().folder(), &["parse", "--json", understood]).expect(0);
    let kinds = |tree: &Value| tree.to_string().matches("\"type\"").count();
    assert_eq!(kinds(&report["tree"]), kinds(&again.json()["tree"]));
}

#[test]
fn errors_are_told_in_the_language_of_the_user_with_a_caret_under_the_place() {
    let ran = run_in(
        sample().folder(),
        &["parse", "мир NEAR воля", "--lang", "uk"],
    )
    .expect(2);
    let lines: Vec<&str> = ran.stderr.lines().collect();
    assert_eq!(
        lines,
        [
            "помилка[Q121]: NEAR потребує числа: NEAR/5",
            "  мир NEAR воля",
            "      ^^^^"
        ]
    );
    for (variable, value, expected) in [
        ("LC_ALL", "uk_UA.UTF-8", "помилка"),
        ("LC_MESSAGES", "uk_UA", "помилка"),
        ("LANG", "uk", "помилка"),
        ("LANG", "en_GB.UTF-8", "error"),
        ("LC_ALL", "C", "error"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let mut command = program(folder.path());
        command.env(variable, value).args(["parse", "(мир"]);
        let ran = run(&mut command).expect(2);
        assert!(
            ran.stderr.starts_with(expected),
            "{variable}={value}: {ran:?}"
        );
    }
}

#[test]
fn errors_are_json_where_answers_are() {
    for command in ["parse", "search"] {
        let arguments = [command, "--json", "мир tilte:воля"];
        let ran = if command == "parse" {
            run_in(sample().folder(), &arguments).expect(2)
        } else {
            sample().run(&arguments).expect(2)
        };
        assert!(ran.stdout.is_empty(), "{ran:?}");
        let error = assert_valid("error.v1.schema.json", &ran.stderr);
        let error = &error["error"];
        assert_eq!(
            (&error["code"], &error["suggestion"]),
            (&"Q201".into(), &"title".into())
        );
        assert_eq!(
            (&error["bytes"]["start"], &error["chars"]["start"]),
            (&7.into(), &4.into())
        );
    }
    let ran = run_in(
        sample().folder(),
        &["search", "--json", "мир", "--index", "немає"],
    )
    .expect(2);
    assert_eq!(
        assert_valid("error.v1.schema.json", &ran.stderr)["error"]["code"],
        Value::Null
    );
}

#[test]
fn a_faulty_query_is_mended_where_that_is_asked_for_and_the_mending_is_told() {
    let faulty = "«гарантії безпеки";
    sample().run(&["search", faulty]).expect(2);
    let ran = sample()
        .run(&["search", "--lenient", "--json", faulty])
        .expect(0);
    let response = ran.json();
    assert_eq!(response["notices"][0]["code"], "N090");
    let mended = sample()
        .run(&["search", "--json", "«гарантії безпеки»"])
        .expect(0)
        .json();
    assert_eq!(response["total"], mended["total"]);
}

#[test]
fn a_literal_query_has_no_operators() {
    let ran = sample()
        .run(&["search", "-F", "--json", "(гарантії -безпеки"])
        .expect(0);
    let both = sample()
        .run(&["search", "--json", "гарантії безпеки"])
        .expect(0);
    assert_eq!(ran.json()["total"], both.json()["total"]);
}

#[test]
fn unknown_fields_are_text_unless_fields_are_strict() {
    run_in(sample().folder(), &["parse", "слово:мир"]).expect(0);
    let ran = run_in(
        sample().folder(),
        &["parse", "--strict-fields", "слово:мир"],
    )
    .expect(2);
    assert!(ran.stderr.starts_with("error[Q202]"), "{ran:?}");
}

#[test]
fn patterns_need_two_letters_unless_they_may_lead() {
    let ran = sample().run(&["search", "*пеки"]).expect(2);
    assert!(ran.stderr.starts_with("error[Q131]"), "{ran:?}");
    sample()
        .run(&["search", "*пеки", "--allow-leading"])
        .expect(0);
}

#[test]
fn relative_dates_are_seen_from_now_as_it_is_given() {
    let total = |now: &str| {
        let ran = sample().run(&["search", "--json", "--now", now, "date:1y"]);
        ran.json()["total"].as_u64().unwrap()
    };
    assert!(total("2026-01-31") > 0);
    assert_eq!(total("1950"), 0);
}

#[test]
fn explain_accounts_for_the_whole_score() {
    let explained = |query: &str, options: &[&str]| {
        let mut arguments = vec!["search", "--explain", "--json", query];
        arguments.extend(options);
        let ran = sample().run(&arguments).expect(0);
        let response = assert_valid("search-response.v1.schema.json", &ran.stdout);
        response["hits"].as_array().unwrap().clone()
    };
    let mut hits = explained("гарантії безпеки^2 OR title:міст OR НАТО", &[]);
    // Words of an AND or beside a NOT that is not met add nothing.
    hits.extend(explained("(гарантії AND слон) OR міст", &[]));
    hits.extend(explained("безпека OR (рік -безпека)", &["-n", "100"]));
    // However old an article is.
    hits.extend(explained(
        "гарантії безпеки",
        &["--recent", "1", "--now", "2090-01-01"],
    ));
    for hit in &hits {
        let explanation = &hit["explanation"];
        let words = explanation["words"].as_array().unwrap();
        let scores = words.iter().map(|word| word["score"].as_f64().unwrap());
        let sum = scores.sum::<f64>() + explanation["closeness"].as_f64().unwrap();
        let sum = sum * explanation["recency"].as_f64().unwrap();
        let score = hit["score"].as_f64().unwrap();
        assert!(score > 0.0 && (sum - score).abs() < score * 1e-3, "{hit:#}");
        assert!(
            words
                .iter()
                .any(|word| !word["forms"].as_array().unwrap().is_empty())
        );
    }
    let ran = sample()
        .run(&["search", "--explain", "гарантії", "-n", "1"])
        .expect(0);
    let line = ran
        .stdout
        .lines()
        .find(|line| line.trim_start().starts_with('+'))
        .unwrap();
    assert!(
        line.contains("гарантії (articles with it: ") && line.contains("body: "),
        "{line}"
    );
}

#[test]
fn an_answer_that_takes_too_long_says_that_it_is_not_whole() {
    let ran = sample().run(&[
        "search",
        "--timeout",
        "0",
        "--json",
        "гарантії NEAR/5 безпека",
    ]);
    let answer = ran.json();
    assert_eq!(answer["notices"][0]["code"], "time_limit");
    assert_eq!(answer["partial"], true);
    for limit in ["60000", "60s", "1m"] {
        let ran = sample()
            .run(&["search", "--timeout", limit, "--json", "гарантії"])
            .expect(0);
        let answer = ran.json();
        assert_eq!(answer["notices"].as_array().unwrap().len(), 0);
        assert_eq!(answer["partial"], false);
    }
    let ran = sample().run(&["search", "--timeout", "soon", "гарантії"]);
    assert!(ran.expect(2).stderr.contains("--timeout"));
}

#[test]
fn what_is_whole_or_nothing_gives_up_when_its_time_is_over() {
    for command in ["count", "timeline", "kwic"] {
        let ask = |limit| sample().run(&[command, "гарантії безпеки", "--timeout", limit]);
        let late = ask("0").expect(2);
        assert!(late.stderr.contains("time limit"), "{}", late.stderr);
        assert!(late.stdout.is_empty(), "{command}: {}", late.stdout);
        assert!(!ask("1m").expect(0).stdout.is_empty());
    }
    let id = "archive/halytskyi-shchodennyk/harantii-poiasnennia.md";
    let like = |limit| sample().run(&["more-like", id, "--timeout", limit]);
    assert!(like("0").expect(2).stderr.contains("time limit"));
    like("1m").expect(0);
    let list = |limit| sample().run(&["list", "--json", "--timeout", limit]);
    assert_eq!(list("0").json()["partial"], true);
    assert_eq!(list("1m").json()["partial"], false);
}

#[test]
fn an_answer_with_time_enough_is_the_one_without_a_limit() {
    for query in [
        "гарантії безпеки",
        "(гарантії OR безпека) NOT школа",
        "«гарантії безпеки»",
    ] {
        let ask = |limit: &[&str]| {
            let mut args = vec!["search", "--match", "any", "--json", "--no-timing", query];
            args.extend(limit);
            sample().run(&args).expect(0).json()
        };
        assert_eq!(ask(&["--timeout", "60000"]), ask(&[]), "{query}");
    }
}

#[test]
fn an_answer_without_hits_names_the_forms_patterns_and_conditions_that_no_article_meets() {
    for (query, unmet) in [
        ("=гаратнії", "=гаратнії"),
        ("безпека гаратнї*", "гаратнї*"),
        ("безпека source:праввда", "source:праввда"),
        ("безпека date:1801", "date:1801"),
    ] {
        let ran = sample().run(&["search", "--json", query]).expect(1);
        let response = assert_valid("search-response.v1.schema.json", &ran.stdout);
        assert_eq!(response["words_without_hits"][0]["word"], unmet, "{query}");
        let ran = sample().run(&["search", query]).expect(1);
        assert!(
            ran.stdout.contains(&format!("No article has \"{unmet}\".")),
            "{ran:?}"
        );
    }
}

#[test]
fn every_answer_can_leave_out_the_time_taken() {
    for command in [
        &["search", "міст"][..],
        &["kwic", "міст"],
        &["count", "міст"],
        &["timeline", "міст"],
    ] {
        let mut arguments = command.to_vec();
        arguments.extend(["--json", "--no-timing"]);
        let ran = sample().run(&arguments).expect(0);
        assert_eq!(ran.json()["took_ms"], 0.0, "{command:?}");
    }
}

#[test]
fn sources_that_are_asked_for_stand_there_once() {
    let ran = sample()
        .run(&["search", "рік", "--facet", "source", "--limit", "0"])
        .expect(0);
    assert_eq!(ran.stdout.matches("By source").count(), 1, "{ran:?}");
}

#[test]
fn a_long_query_is_shown_where_its_fault_is() {
    let query = format!("{} (мир", "слово ".repeat(900));
    let ran = sample().run(&["search", &query]).expect(2);
    let lines: Vec<&str> = ran.stderr.lines().collect();
    assert!(
        lines[1].ends_with("(мир") && lines[1].chars().count() < 300,
        "{lines:?}"
    );
    assert_eq!(
        lines[2].chars().count(),
        lines[1].chars().count() - "мир".chars().count()
    );
}

#[test]
fn a_number_below_nothing_is_a_value_and_no_option() {
    for option in ["--limit", "--offset"] {
        let ran = sample().run(&["search", option, "-1", "міст"]).expect(2);
        let told = format!("invalid value '-1' for '{option} <N>'");
        assert!(ran.stderr.contains(&told), "{ran:?}");
        let ran = sample()
            .run(&["search", "--lang", "uk", option, "-1", "міст"])
            .expect(2);
        assert!(ran.stderr.contains("не менше від 0"), "{ran:?}");
    }
}

#[test]
fn a_pattern_with_too_many_forms_is_told_of_each_time_it_is_asked() {
    let letters: Vec<char> = "абвгдежзиклмнопрстуф".chars().collect();
    let mut forms = Vec::new();
    for first in &letters {
        for second in &letters {
            forms.extend(
                "аоуе"
                    .chars()
                    .map(|last| format!("кор{first}{second}{last}")),
            );
        }
    }
    let archive = TempArchive::of_articles(&[
        Line::new("1", &forms.join(" ")),
        Line::new("2", "Корабель вийшов у море."),
    ]);
    let searcher = archive.indexed();
    for query in ["кор*", "кор*", "кор* море", "кор*"] {
        let response = searcher.search(&request(query)).unwrap();
        let codes: Vec<&str> = response.notices.iter().map(|notice| notice.code).collect();
        assert_eq!(codes, ["expansion_capped"], "{query}");
        assert!(response.notices[0].message.contains("кор*"), "{response:?}");
    }
    assert_eq!(searcher.search(&request("кора*")).unwrap().notices, []);
}
