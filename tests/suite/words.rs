//! The inflected forms, spellings and languages in which a word is found.

use crate::archive_fixture::{Line, TempArchive, found};
use shukach::search::{SearchRequest, Searcher};
use std::sync::OnceLock;

fn searcher() -> &'static Searcher {
    static SEARCHER: OnceLock<Searcher> = OnceLock::new();
    SEARCHER.get_or_init(build)
}

fn build() -> Searcher {
    let articles = [
        Line::new(
            "угода",
            "Київська делегація наполягає на тому, що без гарантій угоди не буде. Обидві столиці \
             задоволені першими гарантіями. Про гарантії безпеки домовляться навесні.",
        )
        .titled("Про що говорили на переговорах"),
        Line::new(
            "майстер",
            "Найкраща гарантія — це перевірений майстер, якому довіряють сусіди.",
        ),
        Line::new("пряма", "Про здоров'я дбають змалку, радить лікарка."),
        Line::new("крива", "Про здоров’я дбають змалку, радить лікарка."),
        Line::new("літера", "Про здоровʼя дбають змалку, радить лікарка."),
        Line::new("зворотна", "Про здоров`я дбають змалку, радить лікарка."),
        Line::new(
            "наголос",
            "Гості фотографують за\u{301}мок на горі над містом.",
        ),
        Line::new(
            "без-наголосу",
            "Над містом стоїть старий замок, якому вже п'ятсот років.",
        ),
        Line::new(
            "перенос",
            "Приїхали пожеж\u{ad}ники, і все скінчилося добре.",
        ),
        Line::new(
            "право",
            "Радять юристи зовнішньоекономічного відділу міністерства.",
        ),
        Line::new("коти", "У дворі живуть коти, яких годують усі сусіди."),
        Line::new(
            "виставка",
            "Виставку відкрили в Києві, а згодом повезуть до Львова.",
        ),
        Line::new(
            "зустріч",
            "Прем'єр зустрівся з Марком Рюттом і повернувся вночі.",
        ),
        Line::new(
            "генсек",
            "Марк Рютте прибув до столиці поїздом рано-вранці.",
        ),
        Line::new(
            "місто",
            "До Кам'янця-Подільського прийшов перший потяг після ремонту.",
        ),
        Line::new("ґанок", "На ґанку лежав ґудзик, якого ніхто не шукав."),
        Line::new(
            "перевозки",
            "В порту ждут решения о перевозках зерна. Грузчики говорят, что баржи уже были готовы.",
        ),
        Line::new(
            "drones",
            "Two drones were seen over the harbour, and the captains have closed the gates.",
        ),
        Line::new(
            "століття",
            "Фортецю звели в ХІХ столітті, а відновили вже у ХХІ.",
        ),
        Line::new(
            "век",
            "Крепость построили в XIX веке, говорят историки. Её восстановили недавно.",
        ),
        Line::new(
            "сайт",
            "Проект нового веб-сайту громади показали в понеділок.",
        ),
        Line::new(
            "візит",
            "Визит президента начался утром: Зеленский прибыл поездом и провёл переговоры.",
        ),
        Line::new(
            "приїзд",
            "Президент Зеленський приїхав до Одеси вранці, а ввечері повернувся до столиці.",
        ),
        Line::new(
            "visit",
            "The visit began in the morning, as Zelenskyy arrived by train for the talks.",
        ),
    ];
    let archive = TempArchive::shared(&articles);
    let searcher = archive.indexed();
    std::mem::forget(archive);
    searcher
}

#[track_caller]
fn assert_found(query: &str, expected: &[&str]) {
    let mut ids = found(searcher(), query);
    ids.sort_unstable();
    let mut expected = expected.to_vec();
    expected.sort_unstable();
    assert_eq!(ids, expected, "{query}");
}

#[test]
fn a_word_is_found_in_every_inflected_form_whichever_is_asked_for() {
    for query in [
        "гарантія",
        "гарантії",
        "гарантіям",
        "ГАРАНТІЮ",
        "гарантіями",
    ] {
        assert_found(query, &["угода", "майстер"]);
    }
    for query in ["гарантії безпеки", "гарантіям безпеки", "безпекою гарантія"]
    {
        assert_found(query, &["угода"]);
    }
}

#[test]
fn a_phrase_is_found_in_every_inflected_form_but_in_its_order_only() {
    for query in [
        "\"гарантія безпеки\"",
        "«гарантіями безпеки»",
        "„гарантії безпеки“",
        "“гарантій безпеки”",
    ] {
        assert_found(query, &["угода"]);
    }
    assert_found("\"безпека гарантії\"", &[]);
    assert_found("\"гарантії угоди\"", &["угода"]);
    assert_found("\"гарантії навесні\"", &[]);
}

#[test]
fn an_exact_word_is_found_in_that_form_only() {
    assert_found("=гарантія", &["майстер"]);
    assert_found("=Гарантіями", &["угода"]);
    assert_found("=гарантією", &[]);
    assert_found("=\"гарантії безпеки\"", &["угода"]);
    assert_found("=\"гарантія безпеки\"", &[]);
}

#[test]
fn the_words_that_matched_are_highlighted_as_they_stand_in_the_text() {
    let request = SearchRequest::new("гарантія безпеки").snippets(10);
    let hit = searcher().search(&request).unwrap().hits.remove(0);
    let mut shown: Vec<&str> = Vec::new();
    for snippet in &hit.snippets {
        shown.extend(
            snippet
                .highlights
                .iter()
                .map(|range| range.of(&snippet.text)),
        );
    }
    assert_eq!(shown, ["гарантій", "гарантіями", "гарантії", "безпеки"]);
}

#[test]
fn all_apostrophes_are_one() {
    for query in ["здоров'я", "здоров’я", "здоровʼя", "здоров`я", "здоров'ю"]
    {
        assert_found(query, &["пряма", "крива", "літера", "зворотна"]);
    }
}

#[test]
fn stress_marks_and_soft_hyphens_are_no_letters() {
    for query in ["замок", "за\u{301}мок", "замку"] {
        assert_found(query, &["наголос", "без-наголосу"]);
    }
    assert_found("пожежник", &["перенос"]);
    assert_found("=пожежники", &["перенос"]);
}

#[test]
fn long_words_are_not_cut_off() {
    for query in ["зовнішньоекономічний", "=зовнішньоекономічного"]
    {
        assert_found(query, &["право"]);
    }
}

#[test]
fn short_words_and_names_are_found_in_other_forms() {
    assert_found("кіт", &["коти"]);
    assert_found("Київ", &["виставка"]);
    assert_found("київ", &["виставка"]);
    assert_found("Львів", &["виставка"]);
    assert_found("Рютте", &["зустріч", "генсек"]);
    assert_found("Рюттом", &["зустріч", "генсек"]);
}

#[test]
fn words_with_a_hyphen_are_their_parts_side_by_side() {
    assert_found("Кам’янець-Подільський", &["місто"]);
    assert_found("кам'янець", &["місто"]);
    assert_found("Подільський-Кам'янець", &[]);
}

#[test]
fn a_letter_that_many_keyboards_lack_may_be_replaced() {
    assert_found("ганок", &["ґанок"]);
    assert_found("ґудзики", &["ґанок"]);
}

#[test]
fn roman_numbers_are_found_in_the_letters_of_either_alphabet() {
    for query in ["ХІХ", "XIX", "хіх", "=XIX"] {
        assert_found(query, &["століття", "век"]);
    }
    assert_found("«ХІХ століття»", &["століття"]);
    assert_found("XXI", &["століття"]);
}

#[test]
fn other_spellings_of_a_word_are_found() {
    for query in ["проєкт", "вебсайт", "новий веб-сайт"] {
        assert_found(query, &["сайт"]);
    }
    assert_found("=проєкт", &[]);
}

#[test]
fn a_name_is_found_in_russian_and_latin_letters() {
    assert_found("Зеленський", &["візит", "visit", "приїзд"]);
    assert_found("=Зеленський", &["приїзд"]);
}

#[test]
fn a_name_in_russian_or_latin_letters_finds_the_ukrainian_one_behind_its_own() {
    for (query, own) in [("Зеленского", "візит"), ("Zelenskyy", "visit")] {
        let ids = found(searcher(), query);
        assert_eq!(ids[0], own, "{query}");
        assert!(ids.contains(&"приїзд".to_owned()), "{query}: {ids:?}");
    }
    assert_found("Zelenskyy Odesa", &["приїзд"]);
    assert_found("=Zelenskyy", &["visit"]);
    let without = SearchRequest::new("Zelenskyy").transliterate(false);
    let hits = searcher().search(&without).unwrap().hits;
    let ids: Vec<_> = hits.iter().map(|hit| hit.id.as_str()).collect();
    assert_eq!(ids, ["visit"]);
}

#[test]
fn russian_and_english_articles_are_found_in_other_forms() {
    assert_found("перевозка", &["перевозки"]);
    assert_found("перевозкам баржа", &["перевозки"]);
    assert_found("drone", &["drones"]);
    assert_found("gate captain", &["drones"]);
    let languages = searcher().summary().unwrap().languages;
    let count = |code: &str| languages.iter().find(|l| l.value == code).map(|l| l.count);
    assert_eq!(
        (count("ru"), count("en")),
        (Some(3), Some(2)),
        "{languages:?}"
    );
}
