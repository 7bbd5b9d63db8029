//! The query language and the order, the counts and the dates of what it finds.

use crate::archive_fixture::{Line, TempArchive, found, ids, request, threads};
use crate::sample::sample;
use shukach::date::Date;
use shukach::index::job::JobOptions;
use shukach::query::options::MatchMode;
use shukach::schema::Part;
use shukach::search::{Period, SearchRequest, SearchResponse, Searcher, Sort, TimelineBucket};
use std::sync::OnceLock;

struct Articles {
    _archive: TempArchive,
    searcher: Searcher,
}

impl Articles {
    fn of(archive: TempArchive) -> Self {
        let searcher = archive.indexed();
        Self {
            _archive: archive,
            searcher,
        }
    }

    fn ask(&self, request: &SearchRequest) -> SearchResponse {
        self.searcher.search(request).unwrap()
    }
}

/// Eight articles over three years, from two sources, one without a date and one without a source.
fn chronicle() -> &'static Articles {
    static CHRONICLE: OnceLock<Articles> = OnceLock::new();
    CHRONICLE.get_or_init(|| {
        Articles::of(TempArchive::shared(&[
            Line::new("рік", "Міст будували весь рік.")
                .dated("2024")
                .from("Вісник"),
            Line::new("грудень", "Міст пофарбували.")
                .dated("2024-12-30")
                .from("Вісник"),
            Line::new("місяць", "Міст перевірили інженери.")
                .dated("2025-02")
                .from("Хвиля"),
            Line::new("опівночі", "Міст відкрили опівночі.")
                .dated("2025-03-31T23:30:00+03:00")
                .from("Хвиля"),
            Line::new("за-північ", "Мостом пройшли перші люди.")
                .dated("2025-03-31T22:30:00Z")
                .from("Хвиля"),
            Line::new("червень", "На мосту грала музика.").dated("2025-06-15"),
            Line::new("новий", "Біля мосту відкрили кав'ярню.")
                .dated("2026-01-01")
                .from("Вісник"),
            Line::new("колись", "Про міст складають пісні.").from("Хвиля"),
        ]))
    })
}

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn sorted(mut ids: Vec<String>) -> Vec<String> {
    ids.sort_unstable();
    ids
}

#[test]
fn operators_join_and_exclude_in_both_languages() {
    let articles = Articles::of(TempArchive::of_articles(&[
        Line::new("мир", "Мир і безпека."),
        Line::new("війна", "Мир і війна."),
        Line::new("школа", "Школа чекає на дітей."),
        Line::new("вчитель", "Вчитель пише на дошці."),
        Line::new("обоє", "Школа дякує вчителям за мир."),
    ]));
    let cases: &[(&str, &[&str])] = &[
        ("мир", &["війна", "мир", "обоє"]),
        ("мир -війна", &["мир", "обоє"]),
        ("мир NOT війна", &["мир", "обоє"]),
        ("мир НЕ війна", &["мир", "обоє"]),
        ("мир AND NOT війна", &["мир", "обоє"]),
        ("мир -війна -школа", &["мир"]),
        ("мир -(війна OR школа)", &["мир"]),
        ("мир -\"мир і війна\"", &["мир", "обоє"]),
        ("школа OR вчитель", &["вчитель", "обоє", "школа"]),
        ("школи АБО вчителі", &["вчитель", "обоє", "школа"]),
        ("школа AND вчитель", &["обоє"]),
        ("школа І вчитель", &["обоє"]),
        ("школа OR вчитель мир", &["обоє", "школа"]),
        ("(школа OR вчитель) мир", &["обоє"]),
        ("(школа АБО безпека) мир", &["мир", "обоє"]),
        ("школа -школа", &[]),
    ];
    for (query, expected) in cases {
        assert_eq!(
            sorted(found(&articles.searcher, query)),
            *expected,
            "{query}"
        );
    }
}

#[test]
fn any_word_suffices_where_any_is_asked_for_and_more_come_first() {
    let articles = Articles::of(TempArchive::of_articles(&[
        Line::new("одне", "Зерно везуть баржею до гирла Дунаю щоранку."),
        Line::new("два", "Зерно везуть потягом до порту Одеси щоранку."),
        Line::new("жодне", "Співають до ранку під вікном сусіда щоночі."),
    ]));
    let mut any = request("зерно порт пшениця");
    any.options.match_mode = MatchMode::Any;
    assert_eq!(ids(&articles.ask(&any)), ["два", "одне"]);
    assert_eq!(articles.ask(&request("зерно порт пшениця")).total, Some(0));
    let without = any.query("зерно порт -баржа".to_owned());
    assert_eq!(ids(&articles.ask(&without)), ["два"]);
}

#[test]
fn words_match_only_in_the_parts_that_are_asked_for() {
    let mut with_lead = Line::new("текст", "Ранок був тихий, а вечір гучний.").titled("Тиша");
    "Коротко про міст".clone_into(&mut with_lead.lead);
    let articles = Articles::of(TempArchive::of_articles(&[
        with_lead,
        Line::new("заголовок", "Рух відкрили зранку, і всі зраділи.").titled("Міст готовий"),
        Line::new("тіло", "Рух мостом відкрили зранку.").titled("Новини дня"),
    ]));
    let within = |parts: &[Part]| {
        let request = request("міст").parts(parts.to_vec());
        sorted(ids(&articles.ask(&request)))
    };
    assert_eq!(within(&[Part::Title]), ["заголовок"]);
    assert_eq!(within(&[Part::Lead]), ["текст"]);
    assert_eq!(within(&[Part::Body]), ["тіло"]);
    assert_eq!(within(&Part::ALL), ["заголовок", "текст", "тіло"]);
}

#[test]
fn words_next_to_each_other_rank_above_the_same_words_apart() {
    let articles = Articles::of(TempArchive::of_articles(&[
        Line::new(
            "окремо",
            "Гарантії на техніку дає завод, а про решту і про саму тільки дорогу дбає служба безпеки.",
        ),
        Line::new(
            "поруч",
            "Про гарантії безпеки дбає завод, а про решту і про саму тільки дорогу на техніку служба.",
        ),
    ]));
    assert_eq!(
        found(&articles.searcher, "гарантії безпеки"),
        ["поруч", "окремо"]
    );
    assert_eq!(found(&articles.searcher, "\"гарантії безпеки\""), ["поруч"]);
}

#[test]
fn a_word_in_the_headline_ranks_above_the_same_word_in_the_text() {
    let articles = Articles::of(TempArchive::of_articles(&[
        Line::new("текст", "Про повінь пишуть усі газети цього тижня.").titled("Новини краю"),
        Line::new("заголовок", "Про негоду пишуть усі газети цього тижня.").titled("Повінь краю"),
    ]));
    assert_eq!(found(&articles.searcher, "повінь"), ["заголовок", "текст"]);
}

#[test]
fn dates_bound_by_their_whole_period() {
    let within = |from: &str, to: &str| {
        let bound = |text: &str| (!text.is_empty()).then(|| date(text));
        let request = request("міст")
            .from(bound(from))
            .to(bound(to))
            .sort(Sort::Oldest);
        ids(&chronicle().ask(&request))
    };
    assert_eq!(
        within("2025", "2025"),
        ["місяць", "опівночі", "за-північ", "червень"]
    );
    assert_eq!(within("2025-03", "2025-03"), ["опівночі"]);
    assert_eq!(within("2025-04", "2025-04-01"), ["за-північ"]);
    assert_eq!(within("2025-02", "2025-02-28"), ["місяць"]);
    assert_eq!(within("2025-02-02", "2025-02"), Vec::<String>::new());
    assert_eq!(within("2024", "2024"), ["рік", "грудень"]);
    assert_eq!(within("2024-12", "2024"), ["грудень"]);
    assert_eq!(within("2026", ""), ["новий"]);
    assert_eq!(within("", "2024-12-30"), ["грудень"]);
    assert_eq!(within("", "").len(), 8);
}

#[test]
fn sources_filter_and_can_be_several() {
    let of = |sources: &[&str]| {
        let request =
            request("міст").sources(sources.iter().map(|&source| source.to_owned()).collect());
        sorted(ids(&chronicle().ask(&request)))
    };
    assert_eq!(of(&["Вісник"]), ["грудень", "новий", "рік"]);
    assert_eq!(of(&["Вісник", "Хвиля"]).len(), 7);
    assert_eq!(of(&["вісник"]), Vec::<String>::new());
}

#[test]
fn hits_go_by_date_when_asked_and_undated_ones_come_last() {
    let by = |sort| ids(&chronicle().ask(&request("міст").sort(sort)));
    let oldest = [
        "рік",
        "грудень",
        "місяць",
        "опівночі",
        "за-північ",
        "червень",
        "новий",
        "колись",
    ];
    assert_eq!(by(Sort::Oldest), oldest);
    let mut newest = oldest;
    newest[..7].reverse();
    assert_eq!(by(Sort::Newest), newest);
}

#[test]
fn pages_together_are_the_whole_list() {
    for sort in [Sort::Score, Sort::Oldest, Sort::Newest] {
        let whole = request("та OR на OR міст").sort(sort);
        let whole = sample().searcher.search(&whole).unwrap();
        let total = whole.total.unwrap();
        assert!(total > 40 && whole.hits.len() as u64 == total);
        let mut paged = Vec::new();
        for offset in (0..whole.hits.len() + 7).step_by(7) {
            let page = request("та OR на OR міст")
                .sort(sort)
                .limit(7)
                .offset(offset);
            let page = sample().searcher.search(&page).unwrap();
            assert_eq!((page.total, &page.facets), (whole.total, &whole.facets));
            paged.extend(page.hits);
        }
        assert_eq!(paged, whole.hits, "{sort:?}");
        let ranks: Vec<u64> = paged.iter().map(|hit| hit.rank).collect();
        assert_eq!(ranks, (1..=total).collect::<Vec<_>>());
    }
}

#[test]
fn equal_scores_go_by_date_and_id_however_the_index_was_built() {
    let dates = ["2025-01-01", "2025-01-02", ""];
    let articles: Vec<Line> = (0..60_usize)
        .map(|n| {
            let id = format!("с-{:02}", (n * 37) % 60);
            Line::new(&id, "Однакова стаття про міст.").dated(dates[n % 3])
        })
        .collect();
    let mut expected = articles.clone();
    expected.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.id.cmp(&b.id)));
    let expected: Vec<String> = expected.into_iter().map(|article| article.id).collect();
    for thread_count in [1, 4] {
        let archive = TempArchive::of_articles(&articles);
        let options = JobOptions {
            writer: threads(thread_count),
            ..JobOptions::default()
        };
        archive.index_with(options).unwrap();
        assert_eq!(
            found(&archive.searcher(), "міст"),
            expected,
            "{thread_count} threads"
        );
        let page = request("міст").offset(20).limit(10);
        assert_eq!(
            ids(&archive.searcher().search(&page).unwrap()),
            expected[20..30]
        );
    }
}

#[test]
fn of_equal_scores_those_with_the_words_as_typed_come_first_capitals_too() {
    let archive = TempArchive::of_articles(&[
        Line::new("а-миру", "Люди миру чекають.").dated("2025-03-01"),
        Line::new("б-мир", "Люди мир цінують.").dated("2025-02-01"),
        Line::new("в-станція", "Люди Мир запускали.").dated("2025-01-01"),
    ]);
    let searcher = archive.indexed();
    for (query, expected) in [
        ("Мир", ["в-станція", "б-мир", "а-миру"]),
        ("мир", ["б-мир", "в-станція", "а-миру"]),
        ("миру", ["а-миру", "б-мир", "в-станція"]),
        ("миром", ["а-миру", "б-мир", "в-станція"]),
        ("люди мир OR школа", ["б-мир", "в-станція", "а-миру"]),
    ] {
        let whole = searcher.search(&request(query)).unwrap();
        assert_eq!(ids(&whole), expected, "{query}");
        let mut paged = Vec::new();
        let mut cursor = None;
        while paged.len() < expected.len() {
            let page = request(query).limit(1).cursor(cursor);
            let page = searcher.search(&page).unwrap();
            paged.extend(ids(&page));
            cursor = page.next_cursor;
        }
        assert_eq!(paged, expected, "{query}");
    }
    // Where hits go by date, words break no ties.
    let newest = request("Мир").sort(Sort::Newest);
    assert_eq!(ids(&searcher.search(&newest).unwrap())[0], "а-миру");
}

#[test]
fn the_timeline_has_every_month_and_adds_up_to_the_total() {
    let response = chronicle().ask(&request("міст"));
    let timeline = response.facets.unwrap().timeline.unwrap();
    assert_eq!(timeline.by, "month");
    assert_eq!(timeline.buckets.len(), 14, "from 2024-12 to 2026-01");
    assert!(timeline.buckets.is_sorted_by(|a, b| a.period < b.period));
    let count = |period: &str| {
        timeline
            .buckets
            .iter()
            .find(|b| b.period == period)
            .unwrap()
            .count
    };
    let counts = [
        "2024-12", "2025-01", "2025-02", "2025-03", "2025-04", "2025-05", "2026-01",
    ]
    .map(count);
    assert_eq!(counts, [1, 0, 1, 1, 1, 0, 1]);
    assert_eq!(timeline.undated, 2, "a bare year and no date");
    let sum: u64 = timeline.buckets.iter().map(|bucket| bucket.count).sum();
    assert_eq!(Some(sum + timeline.undated), response.total);
}

#[test]
fn timelines_by_year_and_day_count_what_is_known_so_exactly() {
    let by = |timeline| {
        let request = request("міст").timeline(timeline);
        chronicle().ask(&request).facets.unwrap().timeline
    };
    let years = by(Some(Period::Year)).unwrap();
    let count = |bucket: &TimelineBucket| (bucket.period.clone(), bucket.count);
    let counts: Vec<(String, u64)> = years.buckets.iter().map(count).collect();
    let bucket = |period: &str, count| (period.to_owned(), count);
    assert_eq!(
        counts,
        [bucket("2024", 2), bucket("2025", 4), bucket("2026", 1)]
    );
    assert!(years.buckets.iter().all(|bucket| bucket.share.is_none()));
    assert_eq!(years.undated, 1);
    let days = by(Some(Period::Day)).unwrap();
    assert_eq!(
        (days.undated, count(days.buckets.first().unwrap())),
        (3, bucket("2024-12-30", 1))
    );
    assert_eq!(days.buckets.len(), 368);
    assert!(by(None).is_none());
}

#[test]
fn months_end_at_midnight_in_kyiv() {
    for (query, month) in [
        ("\"голова заріцької громади\"", "2025-12"),
        ("\"відновили перетік\"", "2026-02"),
    ] {
        let response = sample().searcher.search(&request(query)).unwrap();
        let timeline = response.facets.unwrap().timeline.unwrap();
        assert_eq!(response.total, Some(1), "{query}");
        assert_eq!(timeline.buckets[0].period, month, "{query}");
    }
}

#[test]
fn counts_are_over_all_hits_and_not_the_page() {
    let request = request("міст").limit(1);
    let response = chronicle().ask(&request);
    assert_eq!((response.hits.len(), response.total), (1, Some(8)));
    let sources: Vec<(&str, u64)> = response
        .facets
        .as_ref()
        .unwrap()
        .source
        .iter()
        .map(|s| (s.value.as_str(), s.count))
        .collect();
    assert_eq!(sources, [("Хвиля", 4), ("Вісник", 3)]);
    assert_eq!(response.facets.unwrap().without_source, 1);
    let none = request.limit(0);
    let none = chronicle().ask(&none);
    assert_eq!((none.hits.len(), none.total), (0, Some(8)));
}

#[test]
fn the_understood_query_finds_the_same() {
    for query in [
        "гарантії безпеки",
        "(міст OR «ремонт дороги») -кіт",
        "=міста АБО світло",
    ] {
        let first = sample().searcher.search(&request(query)).unwrap();
        let second = sample()
            .searcher
            .search(&request(&first.understood))
            .unwrap();
        assert_eq!(ids(&first), ids(&second), "{query} → {}", first.understood);
    }
}

#[test]
fn a_ranking_has_the_ids_and_scores_of_the_hits() {
    for sort in [Sort::Score, Sort::Newest] {
        let request = request("гарантії безпеки").sort(sort).offset(1).limit(4);
        let response = sample().searcher.search(&request).unwrap();
        let hits: Vec<(String, f32)> = response
            .hits
            .iter()
            .map(|hit| (hit.id.clone(), hit.score))
            .collect();
        let ranking = sample().searcher.ranking(&request).unwrap().value;
        let ids = ranking
            .iter()
            .map(|(id, score)| (id.text().to_owned(), *score));
        assert_eq!(ids.collect::<Vec<_>>(), hits);
        assert!(hits.iter().all(|(_, score)| *score > 0.0), "{hits:?}");
    }
}

#[test]
fn words_that_begin_alike_are_found_behind_where_any_word_will_do() {
    let articles = Articles::of(TempArchive::of_articles(&[
        Line::new("споріднене", "Союзники гарантували захист портам."),
        Line::new("саме", "Союзники дали гарантію портам."),
        Line::new("інше", "Союзники поїхали додому."),
    ]));
    let mut any = request("гарантія");
    assert_eq!(ids(&articles.ask(&any)), ["саме"]);
    any.options.match_mode = MatchMode::Any;
    assert_eq!(ids(&articles.ask(&any)), ["саме", "споріднене"]);
    any.related = false;
    assert_eq!(ids(&articles.ask(&any)), ["саме"]);
}

#[test]
fn scores_fade_with_age_where_that_is_asked_for() {
    let articles = Articles::of(TempArchive::of_articles(&[
        Line::new("давня", "Міст, міст і ще раз міст.").dated("2020-01-01"),
        Line::new("свіжа", "Про міст пишуть мало.").dated("2026-01-01"),
        Line::new("без дати", "Про міст пишуть рідко."),
    ]));
    let mut plain = request("міст");
    assert_eq!(ids(&articles.ask(&plain))[0], "давня");
    plain.options.today = jiff::civil::date(2026, 1, 10);
    plain.half_life_days = Some(365);
    assert_eq!(ids(&articles.ask(&plain)), ["свіжа", "без дати", "давня"]);
}
