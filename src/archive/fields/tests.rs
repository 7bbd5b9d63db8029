use crate::archive::tests::{doubts, problem, read_one};

#[test]
fn all_keys_and_their_other_names_are_read() {
    let article = read_one(
        "a.json",
        r#"{"id": 7, "headline": "Міст", "summary": "Коротко.", "content": "Довго.", "datePublished": "2025",
        "source": "Вісті", "category": "місто", "authors": ["Оля Гай", "Іван Рись"],
        "link": "https://example.org/1", "topics": ["мости", " ", 5, "річка", "мости"], "language": "uk", "views": {"n": 5}}"#
            .as_bytes(),
    );
    assert_eq!(article.id.as_str(), "7");
    assert_eq!(
        (article.title.as_str(), article.lead.as_str()),
        ("Міст", "Коротко.")
    );
    assert_eq!(article.body, "Довго.");
    assert_eq!(article.published.unwrap().date.to_string(), "2025");
    assert_eq!(article.section.as_deref(), Some("місто"));
    assert_eq!(article.authors, ["Оля Гай", "Іван Рись"]);
    assert_eq!(article.url.as_deref(), Some("https://example.org/1"));
    assert_eq!(article.lang.as_deref(), Some("uk"));
    assert_eq!(article.tags, ["мости", "річка"]);
}

#[test]
fn nulls_and_empty_texts_are_absent() {
    let article = read_one(
        "a.json",
        r#"{"title": null, "headline": "Міст", "date": "", "url": ""}"#.as_bytes(),
    );
    assert_eq!(
        (article.title.as_str(), article.published, article.url),
        ("Міст", None, None)
    );
}

#[test]
fn the_lead_is_the_first_paragraph_where_none_is_given() {
    let article = read_one(
        "a.json",
        r#"{"title": "Т", "body": "Один.\r\n\r\nДва.\u0000"}"#.as_bytes(),
    );
    assert_eq!(
        (article.lead.as_str(), article.body.as_str()),
        ("Один.", "Один.\n\nДва.")
    );
}

#[test]
fn a_field_of_another_shape_leaves_a_doubt_and_not_the_article() {
    for (json, codes) in [
        (
            r#"{"title": "a", "body": "b", "author": [1]}"#,
            vec!["wrong-type"],
        ),
        (
            r#"{"title": "a", "body": "b", "source": {"n": 5}}"#,
            vec!["wrong-type"],
        ),
        (
            r#"{"title": "a", "body": "b", "url": {"city": "Newark"}}"#,
            vec!["wrong-type"],
        ),
        (
            r#"{"title": "a", "body": "b", "date": {"n": 1}}"#,
            vec!["wrong-type"],
        ),
        (
            r#"{"title": "a", "body": "b", "date": "2025-13-01"}"#,
            vec!["bad-date"],
        ),
        (r#"{"title": true, "body": "b"}"#, vec!["wrong-type"]),
        (r#"{"title": "a", "body": "b", "published": true}"#, vec![]),
        (
            r#"{"title": "a", "body": 5}"#,
            vec!["wrong-type", "no-body"],
        ),
    ] {
        assert_eq!(doubts("a.json", json.as_bytes()), codes, "{json}");
    }
    assert_eq!(
        problem("a.json", br#"{"body": true}"#),
        "body: expected a string, found a boolean"
    );
}

#[test]
fn metadata_of_any_plain_shape_is_taken() {
    let article = read_one(
        "a.json",
        r#"{"title": 2024, "body": "Міст", "author": {"name": "Оля Гай"}, "source": {"id": null, "name": "Вісті"},
        "categories": [{"name": "місто"}, {"name": "ремонт"}], "date": {"$date": {"$numberLong": "1704182400000"}},
        "_id": {"$oid": "65a"}, "url": {"uri": "https://visti.ua/1"}, "tags": [{"name": "мости"}]}"#
            .as_bytes(),
    );
    assert_eq!(
        (article.id.as_str(), article.title.as_str()),
        ("65a", "2024")
    );
    assert_eq!(article.authors, ["Оля Гай"]);
    assert_eq!(article.source.as_deref(), Some("Вісті"));
    assert_eq!(article.section.as_deref(), Some("місто"));
    assert_eq!(article.tags, ["мости", "ремонт"]);
    assert_eq!(article.url.as_deref(), Some("https://visti.ua/1"));
    assert!(
        article
            .published
            .unwrap()
            .date
            .to_string()
            .starts_with("2024-01-02")
    );
}

#[test]
fn dates_of_every_form_are_read() {
    for (entries, day) in [
        (r#""date": 1704182400"#, "2024-01-02"),
        (r#""date": "1704182400000""#, "2024-01-02"),
        (r#""date": "2 січня 2024""#, "2024-01-02"),
        (r#""date": "02.01.2024, 10:15""#, "2024-01-02T10:15"),
        (
            r#""date": "02.01.2024", "time": "10:15""#,
            "2024-01-02T10:15",
        ),
        (r#""Pub Date": "2024-01-02""#, "2024-01-02"),
        (r#""date_gmt": "2024-01-02T08:15:00""#, "2024-01-02T10:15"),
        (
            r#""created_at": "2024-02-03", "datePublished": "2024-01-02""#,
            "2024-01-02",
        ),
        (r#""date": "колись", "timestamp": 1704182400"#, "2024-01-02"),
    ] {
        let json = format!("{{\"title\": \"Міст\", {entries}}}");
        let published = read_one("a.json", json.as_bytes()).published.unwrap();
        assert!(
            published.date.to_string().starts_with(day),
            "{entries}: {}",
            published.date
        );
    }
}

#[test]
fn html_in_fields_is_read_as_html() {
    let article = read_one(
        "a.json",
        r#"{"title": "&laquo;Міст&raquo; <i>відкрито</i>", "content_html": "<p>Гарантії <b>без</b>пеки&nbsp;міста</p><p>Два</p>",
        "description": "Люди &mdash; раді <3"}"#
            .as_bytes(),
    );
    assert_eq!(article.title, "«Міст» відкрито");
    assert_eq!(article.body, "Гарантії безпеки міста\n\nДва");
    assert_eq!(article.lead, "Люди — раді <3");
}

#[test]
fn articles_wrapped_in_objects_are_found() {
    for json in [
        r#"{"_index": "n", "_id": "1", "_source": {"title": "Міст", "text": "Довго."}}"#,
        r#"{"id": "1", "type": "post", "attributes": {"title": "Міст", "body": "Довго."}}"#,
        r#"{"id": 1, "title": {"rendered": "Міст"}, "content": {"rendered": "<p>Довго.</p>", "protected": false}}"#,
        r#"{"status": "ok", "article": {"id": "1", "headline": "Міст", "articleBody": "Довго."}}"#,
        r#"{"pk": 5, "fields": {"id": "1", "title": "Міст", "full_text": "Довго."}}"#,
    ] {
        let article = read_one("a.json", json.as_bytes());
        let told = (
            article.id.as_str(),
            article.title.as_str(),
            article.body.as_str(),
        );
        assert_eq!(told, ("1", "Міст", "Довго."), "{json}");
    }
}

#[test]
fn names_of_a_wordpress_post_come_from_what_is_embedded() {
    let article = read_one(
        "a.json",
        r#"{"id": 1, "author": 7, "categories": [3], "tags": [4], "title": {"rendered": "Міст"}, "content": {"rendered": "<p>Так</p>"},
        "_embedded": {"author": [{"id": 7, "name": "Оля Гай"}], "wp:term": [[{"taxonomy": "category", "name": "Місто"}],
        [{"taxonomy": "post_tag", "name": "мости"}]]}}"#
            .as_bytes(),
    );
    assert_eq!(article.authors, ["Оля Гай"]);
    assert_eq!(
        (article.section.as_deref(), article.tags.as_slice()),
        (Some("Місто"), &["мости".to_owned()][..])
    );
}

#[test]
fn a_source_given_as_an_address_is_its_host() {
    let article = read_one(
        "a.json",
        r#"{"title": "Міст", "source": "https://www.visti.ua/news/1"}"#.as_bytes(),
    );
    assert_eq!(article.source.as_deref(), Some("visti.ua"));
    assert_eq!(article.url.as_deref(), Some("https://www.visti.ua/news/1"));
}

#[test]
fn an_object_without_text_is_told() {
    assert_eq!(
        problem("a.json", br#"{"title": " ", "date": "2025"}"#),
        "no text: neither a title nor a body"
    );
}

#[test]
fn no_date_is_guessed_from_the_text() {
    let article = read_one(
        "a.json",
        r#"{"title": "Міст", "body": "28 грудня 2025 року"}"#.as_bytes(),
    );
    assert_eq!(article.published, None);
}
