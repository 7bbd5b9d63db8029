//! Phrases whose words may stand in any order: `"a b"~3`.

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
