use crate::archive::tests::{doubts, problem, read_all, read_mapped};
use crate::article::Article;

fn rows(table: &str) -> (Vec<(String, String)>, Vec<String>) {
    let (articles, problems) = read_all("a.csv", table.as_bytes());
    let texts = |article: Article| (article.title, article.body);
    (articles.into_iter().map(texts).collect(), problems)
}

fn titles(table: &str) -> Vec<String> {
    let (rows, problems) = rows(table);
    assert_eq!(problems, Vec::<String>::new());
    rows.into_iter().map(|(title, _)| title).collect()
}

#[test]
fn a_quote_that_is_not_closed_costs_no_other_row() {
    // To the end of the file, and to the quote of a later row.
    for last in [
        "4,2024-01-04,Сад,Садили.",
        "4,2024-01-04,Сад,\"Садили, і все.\"",
    ] {
        let table = format!(
            "id,date,title,text\n1,2024-01-01,Міст,Відкрито.\n2,2024-01-02,\"Парк \"Перемога,Закрито.\n\
             3,2024-01-03,Завод,Стоїть.\n{last}\n"
        );
        assert_eq!(titles(&table), ["Міст", "Парк \"Перемога", "Завод", "Сад"]);
        assert_eq!(doubts("a.csv", table.as_bytes()), ["unclosed-quote"]);
    }
}

#[test]
fn long_cells_with_commas_stay_whole() {
    let body =
        "Перший рядок, ще один, і третій.\nДругий, рядок, з комами, тут.\n\n- пункт, а, б, в";
    let table = format!(
        "id,date,title,text\n1,2024-01-01,Міст,\"{body}\"\n2,2024-01-02,Парк,\"{}\"\n",
        body.repeat(300)
    );
    assert_eq!(titles(&table), ["Міст", "Парк"]);
    assert_eq!(doubts("a.csv", table.as_bytes()), Vec::<String>::new());
}

#[test]
fn many_rows_may_have_a_quote_too_many() {
    let row = |n: u32| format!("{n},2024-01-01,\"Новина {n},Текст новини.\n");
    let table: String = (1..=400).map(row).collect();
    let (rows, problems) = rows(&format!("id,date,title,text\n{table}"));
    assert_eq!((rows.len(), problems.len()), (400, 0));
    assert_eq!(rows[399], ("Новина 400".into(), "Текст новини.".into()));
}

#[test]
fn quotes_that_a_database_escaped_are_understood() {
    let table = "id,title,text\n1,\"Фільм \\\"Міст\\\" вийшов\",\"Він, кажуть, \\\"добрий\\\".\"\n";
    let (rows, _) = rows(table);
    assert_eq!(
        rows,
        [(
            "Фільм \"Міст\" вийшов".into(),
            "Він, кажуть, \"добрий\".".into()
        )]
    );
}

#[test]
fn a_table_without_a_header_loses_no_row_and_says_what_was_guessed() {
    let table = "2024-01-02;https://visti.example/1;Міст відкрито для руху;Новий міст через річку відкрили після трьох років ремонту.\n\
                 2024-01-03;https://visti.example/2;Парк зачинено на зиму;У парку міняють лави, доріжки й освітлення.\n";
    let (articles, problems) = read_all("a.csv", table.as_bytes());
    assert_eq!((articles.len(), problems.len()), (2, 0));
    let first = &articles[0];
    assert_eq!(first.title, "Міст відкрито для руху");
    assert!(first.body.starts_with("Новий міст"), "{}", first.body);
    assert_eq!(first.url.as_deref(), Some("https://visti.example/1"));
    assert_eq!(first.published.unwrap().date.to_string(), "2024-01-02");
    assert_eq!(doubts("a.csv", table.as_bytes()), ["no-header"]);
    let numbered = read_mapped("a.csv", "Міст;Рух є\n".as_bytes(), "title=1,body=2");
    assert_eq!(
        (numbered.title.as_str(), numbered.body.as_str()),
        ("Міст", "Рух є")
    );
}

#[test]
fn a_table_without_header_and_texts_is_refused() {
    assert_eq!(
        problem("a.csv", b"1,2024-01-02,300\n2,2024-01-03,400\n"),
        "no articles in it: a table without a header that names a title or a text"
    );
}

#[test]
fn a_header_is_known_by_its_names() {
    for header in ["title,text", "Заголовок;Текст", ",title,text", "h1\ttitle"] {
        let delimiter = header.chars().find(|c| ",;\t".contains(*c)).unwrap();
        let cells = header.split(delimiter).map(|_| "Міст відкрито.");
        let row = cells.collect::<Vec<_>>().join(&delimiter.to_string());
        assert_eq!(
            titles(&format!("{header}\n{row}\n")),
            ["Міст відкрито."],
            "{header}"
        );
    }
}

#[test]
fn a_row_that_is_too_long_does_not_end_the_table() {
    let long = "ї".repeat(33 << 20);
    let lines = format!("{}\n", "ї".repeat(1 << 20)).repeat(33);
    for giant in [format!("2,{long}"), format!("2,\"{lines}")] {
        let table = format!("id,title,text\n1,Міст,а\n{giant}\n3,Парк,в\n4,Сад,г\n");
        let (rows, problems) = rows(&table);
        let titles: Vec<&str> = rows.iter().map(|(title, _)| title.as_str()).collect();
        let behind = titles.iter().rev().take(2).collect::<Vec<_>>();
        assert_eq!((titles[0], behind), ("Міст", vec![&"Сад", &"Парк"]));
        assert!(
            problems.len() + rows.len() >= 4 && rows.len() <= 4,
            "{problems:?}"
        );
    }
}

#[test]
fn lines_may_end_in_a_carriage_return_alone() {
    let table = "id,title,text\r1,Міст,Відкрито.\r2,Порт,\"Закрито, надовго.\"\r";
    assert_eq!(titles(table), ["Міст", "Порт"]);
    assert_eq!(titles("sep=;\rtitle;text\rМіст;Відкрито.\r"), ["Міст"]);
    // Within a line it ends nothing.
    let (rows, _) = rows("title,text\nМіст,Від\rкрито.\nПорт,Закрито.\n");
    assert_eq!(rows.len(), 2);
    assert!(rows[0].1.contains("крито"), "{rows:?}");
}

#[test]
fn delimiters_at_the_end_of_a_row_are_no_text() {
    let table = "id,title,text\n1,Міст,Відкрито.,\n2,Порт,Закрито.,,\n";
    assert_eq!(rows(table).0[0], ("Міст".into(), "Відкрито.".into()));
    assert_eq!(doubts("a.csv", table.as_bytes()), Vec::<String>::new());
}

#[test]
fn rows_read_ahead_come_in_before_a_line_that_cannot_be_read() {
    use crate::archive::formats::table::rows::{Dialect, Rows};
    use std::io::{BufReader, Error, Read};

    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(Error::other("обірвано"))
        }
    }
    let table = "1,2024-01-01,Міст\n2,2024-01-02,\"Парк\n3,2024-01-03,Завод\n".as_bytes();
    let dialect = Dialect {
        delimiter: b',',
        escape: None,
        line_end: b'\n',
    };
    let mut rows = Rows::new(Box::new(BufReader::new(table.chain(Broken))), dialect, 0);
    rows.set_columns(3);
    let mut titles = Vec::new();
    let flaw = loop {
        match rows.next_row() {
            Ok(Some(row)) => {
                rows.learn(&row);
                titles.push((row.line, row.cells[2].clone()));
            }
            Ok(None) => panic!("the break was not told"),
            Err(flaw) => break flaw,
        }
    };
    let expected = [(1, "Міст"), (2, "Парк"), (3, "Завод")];
    assert_eq!(
        titles,
        expected.map(|(line, title)| (line, title.to_owned()))
    );
    assert_eq!(flaw.line, Some(4));
}
