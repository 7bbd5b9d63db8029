//! Words whose order is asked for, or counts: phrases whose words may stand in any order (`"a
//! b"~3`), and closeness.

use crate::archive_fixture::{Line, TempArchive, found};

#[test]
fn words_in_any_order_have_alternatives_and_spellings_and_parts_that_stay_together() {
    let searcher = TempArchive::of_articles(&[
        Line::new("окремо", "Угода про новий важливий вебсайт готова."),
        Line::new("дефіс", "Готовий веб-сайт, зовсім новий."),
        Line::new("місто", "Угода з містом Івано-Франківськ щодо води."),
        Line::new("інакше", "Угода: у Франківську сухо, а Івано далеко."),
    ])
    .indexed();
    for (query, expected) in [
        ("\"новий вебсайт\"~3", &["дефіс", "окремо"][..]),
        ("\"веб-сайт новий\"~3", &["дефіс", "окремо"]),
        ("\"(міст|Івано-Франківськ) угода\"~3", &["місто"]),
        ("\"Івано-Франківськ угода\"~5", &["місто"]),
    ] {
        let mut ids = found(&searcher, query);
        ids.sort();
        assert_eq!(ids, expected, "{query}");
    }
}

#[test]
fn a_headline_with_two_words_side_by_side_lifts_an_article_though_no_headline_has_the_third() {
    let text = "Тут ідеться про зовсім інші речі, яких ніхто не чекав.";
    let searcher = TempArchive::of_articles(&[
        Line::new("нарізно", text).titled("Ярмарок, про який мріяло село, і мед"),
        Line::new("поруч", text).titled("Ярмарок меду, про який мріяло все село"),
        Line::new("третє", "Воду привезли вчора."),
    ])
    .indexed();
    assert_eq!(
        found(&searcher, "ярмарок OR мед OR вода")[..2],
        ["поруч", "нарізно"]
    );
}
