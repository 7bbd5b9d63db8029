//! Pages for people: whole without a script, and in both languages.

use crate::page_fixture::{Page, kinds, page};
use crate::serve_api::server;
use crate::serve_fixture::encoded;

fn search(query: &str) -> Page {
    page(&format!("/?query={}", encoded(query)))
}

#[test]
fn a_search_has_hits_marks_times_and_facets_without_any_script() {
    let page = search("гарантії безпеки");
    assert_eq!(page.total(), 18);
    assert_eq!(page.texts(".hit h3").len(), 10);
    assert!(page.texts(".hit mark").len() > 20);
    assert_eq!(page.texts(".bars a title").len(), 7);
    let headings = page.texts(".facet summary");
    assert!(
        headings.contains(&"By source".to_owned()) && headings.len() >= 4,
        "{headings:?}"
    );
    assert_eq!(page.texts(".chip .text"), ["гарантії", "безпеки"]);
    let command = page.texts(".command code").remove(0);
    assert_eq!(command, "shukach search 'гарантії безпеки' --collapse");
}

#[test]
fn every_count_leads_to_its_articles_and_excluding_leaves_the_others() {
    let start = search("гарантії безпеки");
    let links = start.values(".facet .value", "href");
    let counts = start.texts(".facet .value .count");
    let without = start.values(".facet .exclude", "href");
    assert!(links.len() > 15 && links.len() == counts.len() && links.len() == without.len());
    for ((link, count), without) in links.iter().zip(&counts).zip(&without) {
        let count: u64 = count.parse().unwrap();
        assert_eq!(page(link).total(), count, "{link}");
        assert_eq!(page(without).total(), 18 - count, "{without}");
    }
    for bar in start.values(".bars a", "href") {
        let told = start
            .document
            .select(&format!(".bars a[href='{bar}'] title"))
            .text();
        let count: u64 = told
            .split(": ")
            .nth(1)
            .unwrap()
            .split(' ')
            .next()
            .unwrap()
            .parse()
            .unwrap();
        assert_eq!(page(&bar).total(), count, "{bar}");
    }
}

#[test]
fn a_narrowed_question_shows_what_narrows_it_and_each_part_can_be_taken_away() {
    let target = format!(
        "/?query={}&source={}&from=2025-12&to=2026&in=title&in=body",
        encoded("гарантії безпеки -реклама"),
        encoded("Хвиля Поділля")
    );
    let narrowed = page(&target);
    let chips = narrowed.texts(".chip .text");
    assert_eq!(
        chips,
        [
            "гарантії",
            "безпеки",
            "NOT реклама",
            "Хвиля Поділля",
            "2025-12",
            "2026",
            "title",
            "body"
        ]
    );
    for (removed, chip) in narrowed.values(".chip a", "href").iter().zip(&chips) {
        let left = page(removed).texts(".chip .text");
        assert_eq!(left.len(), chips.len() - 1, "{removed}");
        assert!(!left.contains(chip), "{removed}");
    }
}

#[test]
fn a_faulty_query_is_shown_with_its_place_and_a_link_that_mends_it() {
    for (query, fault, code) in [
        ("(мир", "(", "Q103"),
        ("tilte:мир", "tilte", "Q201"),
        ("мир NEAR/5", "NEAR/5", "Q120"),
    ] {
        let page = search(query);
        assert_eq!(page.texts(".failure small"), [code]);
        assert_eq!(page.texts(".fault"), [fault], "{query}");
        assert_eq!(page.values("#query", "value"), [query]);
        let mended = page.values(".mend", "href").remove(0);
        let mended = Page::of(&server().get(&mended).expect(200));
        assert!(mended.texts(".failure").is_empty(), "{query}");
    }
    let page = page("/?query=a&from=%D1%85");
    assert!(page.texts(".failure h2")[0].contains("Invalid request"));
}

#[test]
fn hits_come_without_counts_where_those_are_not_wanted_and_lead_to_whole_pages() {
    let query = encoded("гарантії безпеки");
    let whole = page(&format!("/?query={query}&by=week&share=true"));
    let alone = page(&format!(
        "/?query={query}&by=week&share=true&no-counts=true"
    ));
    let links = |page: &Page| page.values(".hit h3 a", "href");
    assert_eq!(links(&alone), links(&whole));
    assert!(alone.texts(".facet").is_empty() && alone.texts("svg.bars").is_empty());
    assert_eq!(alone.total(), 0, "nothing was counted");
    for link in alone.values("a", "href") {
        assert!(!link.contains("no-counts"), "{link}");
    }
    assert!(
        alone
            .values("input[type=hidden]", "name")
            .iter()
            .all(|name| name != "no-counts")
    );
    assert_eq!(
        page(&format!("/?query={query}&no-counts=false")).total(),
        18
    );
    assert!(page("/?no-counts=true").texts(".hit").len() == 10);
}

#[test]
fn the_values_of_one_facet_are_searched_and_the_others_stay() {
    let query = encoded("гарантії безпеки");
    let start = page(&format!("/?query={query}"));
    let found = page(&format!(
        "/?query={query}&facet-in=source&facet-match={}",
        encoded("хвил*")
    ));
    let values = |page: &Page, facet: &str| page.texts(&format!("#facet-{facet} .name"));
    assert_eq!(values(&found, "source"), ["Хвиля Поділля"]);
    for other in ["section", "author"] {
        assert!(values(&start, other).len() > 1);
        assert_eq!(values(&found, other), values(&start, other));
    }
    assert_eq!(found.total(), 18, "it narrows no hits");
    assert_eq!(
        found.values("#facet-source .within input[name=facet-match]", "value"),
        ["хвил*"]
    );
    let link = found.values("#facet-source .value", "href").remove(0);
    assert_eq!(page(&link).total(), 9);
    let none = page(&format!("/?query={query}&facet-in=source&facet-match=x"));
    assert!(none.texts("#facet-source")[0].contains("No such value"));
}

#[test]
fn a_mistyped_query_leads_to_what_was_meant() {
    let lost = search("гаратнії ,tpgtrb");
    assert_eq!(lost.texts(".suggestions a"), ["гарантії безпеки"]);
    assert_eq!(page(&lost.values(".suggestions a", "href")[0]).total(), 18);
}

#[test]
fn pages_follow_one_another_to_the_last_hit() {
    let mut at = format!("/?query={}", encoded("гарантії"));
    let (mut ranks, mut titles) = (0, Vec::new());
    loop {
        let page = page(&at);
        titles.extend(page.values(".hit h3 a", "href"));
        ranks += page.texts(".hit").len();
        match page.values(".pages .next", "href").pop() {
            Some(next) => at = next,
            None => break,
        }
    }
    assert_eq!(ranks, 20);
    titles.sort_unstable();
    titles.dedup();
    assert_eq!(titles.len(), 20);
}

#[test]
fn an_article_is_whole_with_marks_facts_and_articles_like_it() {
    let hit = search("гарантії безпеки")
        .values(".hit h3 a", "href")
        .remove(0);
    let page = page(&hit);
    let marks = page.values(".whole mark", "id");
    let expected: Vec<String> = (1..=marks.len())
        .map(|number| format!("m{number}"))
        .collect();
    assert!(marks.len() > 5 && marks == expected);
    let facts = page.texts(".facts dt");
    let expected = [
        "Date", "Source", "Section", "Author", "Language", "File", "id",
    ];
    assert_eq!(facts, expected);
    assert!(page.texts(".citation")[0].starts_with("Ольга Стрільбицька. Що таке гарантії"));
    assert!(!page.texts(".short a").is_empty());
    let missing = server().get("/article?id=none").expect(404);
    assert!(missing.text().contains("none") && missing.text().contains("</html>"));
}

#[test]
fn a_concordance_and_a_comparison_have_the_numbers_of_the_api() {
    let query = encoded("гарантії безпеки");
    let lines = server()
        .get(&format!("/api/v1/kwic?query={query}&sort=left&limit=50"))
        .json();
    let shown = page(&format!("/kwic?query={query}&sort=left"));
    let keywords: Vec<&str> = lines["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["keyword"].as_str().unwrap())
        .collect();
    assert_eq!(shown.texts(".kwic .key"), keywords);
    let queries = format!("query={}&query={}", encoded("гарантії"), encoded("школа"));
    let counts = server()
        .get(&format!("/api/v1/timeline?{queries}&by=month"))
        .json();
    let shown = page(&format!("/compare?{queries}&by=month"));
    assert_eq!(
        shown.texts(".legend a:not([aria-label])"),
        ["гарантії", "школа"]
    );
    let periods: Vec<&str> = counts["periods"]
        .as_array()
        .unwrap()
        .iter()
        .map(|period| period.as_str().unwrap())
        .collect();
    assert_eq!(shown.texts("thead th")[1..], periods);
    let cells = shown.texts("tbody td");
    let of_api: Vec<String> = counts["queries"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|query| query["series"][0]["counts"].as_array().unwrap())
        .map(ToString::to_string)
        .collect();
    assert_eq!(cells, of_api);
    assert!(
        page(&format!("/compare?{queries}&by=month&share=true")).texts("tbody td")[0].contains('%')
    );
}

#[test]
fn what_can_be_taken_along_is_what_is_seen() {
    let page = search("гарантії безпеки");
    let files = page.values(".along a", "href");
    assert_eq!(files.len(), 6);
    let csv = server().get(&files[0]).expect(200);
    // A head, and a row a hit.
    assert_eq!(csv.text().lines().count(), 19);
    assert_eq!(
        server().get(&files[3]).expect(200).text().lines().count(),
        11
    );
    for file in &files {
        server().get(file).expect(200);
    }
}

#[test]
fn pages_are_in_the_language_of_their_reader_throughout() {
    for target in kinds() {
        let page = |language: &str| {
            let answer = server().ask("GET", &target, &[&format!("Accept-Language: {language}")]);
            Page::of(&answer)
        };
        let (english, ukrainian) = (page("en"), page("uk"));
        assert_eq!(english.values("html", "lang"), ["en"]);
        assert_eq!(ukrainian.values("html", "lang"), ["uk"]);
        // What stands in places of the page's own, and not of articles.
        for own in [
            "h2",
            "button",
            "label",
            "summary",
            "nav a",
            "th[scope=col]",
            "dt",
            "legend",
        ] {
            let latin = |text: &&String| text.chars().any(|c| c.is_ascii_lowercase());
            let own_words = ["API", "id", "English", "CSV", "JSON", "NDJSON", "Markdown"];
            let texts = ukrainian.texts(own);
            let foreign: Vec<&String> = texts
                .iter()
                .filter(latin)
                .filter(|text| !own_words.contains(&text.as_str()))
                .collect();
            let is_code = |text: &&String| {
                ["NEAR", "lead:", "/s"]
                    .iter()
                    .any(|code| text.contains(code))
            };
            let foreign: Vec<&&String> = foreign.iter().filter(|text| !is_code(text)).collect();
            assert!(foreign.is_empty(), "{target} {own}: {foreign:?}");
        }
        for own in ["h2:not(.total)", "button", "label", "legend"] {
            let cyrillic = |text: &&String| text.chars().any(|c| ('а'..='я').contains(&c));
            let texts = english.texts(own);
            let foreign: Vec<&String> = texts.iter().filter(cyrillic).collect();
            assert!(foreign.is_empty(), "{target} {own}: {foreign:?}");
        }
    }
}

#[test]
fn language_and_theme_are_kept_in_cookies_and_lead_back() {
    let answer = server()
        .get("/settings?lang=uk&theme=dark&next=%2F%3Fquery%3Da")
        .expect(303);
    assert_eq!(answer.header("location"), "/?query=a");
    let cookies: Vec<&str> = answer
        .headers
        .iter()
        .filter(|(name, _)| name == "set-cookie")
        .map(|(_, value)| value.as_str())
        .collect();
    assert!(
        cookies.len() == 2
            && cookies[0].starts_with("lang=uk;")
            && cookies[1].starts_with("theme=dark;"),
        "{cookies:?}"
    );
    let answer = server().ask(
        "GET",
        "/",
        &["Cookie: lang=uk; theme=dark", "Accept-Language: en"],
    );
    let page = Page::of(&answer);
    assert_eq!(page.values("html", "lang"), ["uk"]);
    assert_eq!(page.values("html", "data-theme"), ["dark"]);
    let answer = server()
        .get("/settings?lang=xx&theme=%0d%0aA&next=https:%2F%2Fevil.example.org")
        .expect(303);
    assert_eq!(
        (answer.header("location"), answer.header("set-cookie")),
        ("/", "")
    );
}
