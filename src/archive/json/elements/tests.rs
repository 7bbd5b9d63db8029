use crate::archive::json::elements::*;
use std::io::BufReader;

fn parts(text: &str, max_bytes: u64, chunk_bytes: usize) -> Vec<(String, u64, Option<u64>)> {
    let mut input = BufReader::with_capacity(chunk_bytes, text.as_bytes());
    let mut elements = Elements::new(&mut input, max_bytes);
    let mut parts = Vec::new();
    while let Some(element) = elements.next().unwrap() {
        if element.kind == Kind::Candidate {
            elements.accept();
        }
        let json = String::from_utf8_lossy(&element.json).into_owned();
        parts.push((json, element.line, element.too_large));
    }
    parts
}

#[test]
fn the_size_of_chunks_makes_no_difference() {
    let text = "[{\"a\": \"\\\\\"},\n {\"b\": \"\\\"}]\"},\n\n5, {\"c\": [[{}]]}]";
    let whole = parts(text, 1_000, 1_000);
    assert_eq!(whole.len(), 4);
    assert_eq!(
        whole.iter().map(|(_, line, _)| *line).collect::<Vec<_>>(),
        [1, 2, 4, 4]
    );
    for chunk_bytes in 1..20 {
        assert_eq!(parts(text, 1_000, chunk_bytes), whole, "{chunk_bytes}");
    }
    let wrapped = format!(
        "{{\"n\": 1, \"items\": {text}, \"m\": \"long {}\"}}",
        "слово ".repeat(50)
    );
    let whole = parts(&wrapped, 1_000, 1_000);
    for chunk_bytes in 1..20 {
        assert_eq!(parts(&wrapped, 1_000, chunk_bytes), whole, "{chunk_bytes}");
    }
}

#[test]
fn a_value_that_is_too_large_is_measured_and_not_held() {
    let text = format!("[{{\"a\": \"{}\"}}, {{\"b\": 1}}]", "х".repeat(100));
    let found = parts(&text, 50, 7);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].2, Some(209));
    assert!(found[0].0.len() <= 60);
    assert_eq!(found[1].0, "{\"b\": 1}");
}
