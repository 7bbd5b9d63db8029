//! Pages of `shukach serve`, read as a browser reads them.

use crate::serve_api::server;
use crate::serve_fixture::{Answer, encoded};
use dom_query::Document;

/// A page with its links.
pub(crate) struct Page {
    pub(crate) text: String,
    pub(crate) document: Document,
}

impl Page {
    pub(crate) fn of(answer: &Answer) -> Self {
        let text = answer.text();
        Self {
            document: Document::from(text.as_str()),
            text,
        }
    }

    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        let found = self.document.select(selector);
        let text = |node: &dom_query::NodeRef<'_>| {
            node.text().split_whitespace().collect::<Vec<_>>().join(" ")
        };
        found.nodes().iter().map(text).collect()
    }

    /// Returns the values of an attribute.
    pub(crate) fn values(&self, selector: &str, attribute: &str) -> Vec<String> {
        let found = self.document.select(selector);
        let value =
            |node: &dom_query::NodeRef<'_>| node.attr(attribute).map(|value| value.to_string());
        found.nodes().iter().filter_map(value).collect()
    }

    /// Returns how many articles it says that there are.
    pub(crate) fn total(&self) -> u64 {
        let told = self.texts(".total").remove(0);
        told.split(' ').next().unwrap().parse().unwrap_or(0)
    }
}

/// Returns a page of the sample archive.
pub(crate) fn page(target: &str) -> Page {
    Page::of(&server().get(target).expect(200))
}

/// The addresses of all kinds of pages.
pub(crate) fn kinds() -> Vec<String> {
    let query = encoded("гарантії безпеки");
    let id = encoded("archive/halytskyi-shchodennyk/harantii-poiasnennia.md");
    let mut all = vec![
        "/".to_owned(),
        format!("/?query={query}&share=true&by=week"),
        format!("/?query={}", encoded("(мир")),
        format!("/?query={}", encoded("гаратнії")),
        format!("/article?id={id}&query={query}"),
        "/article?id=none".to_owned(),
        format!("/kwic?query={query}"),
        "/kwic".to_owned(),
        format!("/compare?query={query}&query=a"),
        "/compare".to_owned(),
        "/login".to_owned(),
    ];
    all.push(format!("/?copies={id}"));
    all
}
