//! One record of an XML document as a tree.

use std::fmt::Write;

/// An element with its attributes and content. Names are in lower case and keep their prefix, as
/// the prefixes of feeds are the same everywhere: `content:encoded`.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) content: Vec<Node>,
}

/// What an element holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// Returns the name without its prefix.
    pub(crate) fn local_name(&self) -> &str {
        local(&self.name)
    }

    /// Returns the elements right below.
    pub(crate) fn children(&self) -> impl Iterator<Item = &Self> {
        self.content.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// Returns the elements right below that are called `name`: with its prefix, or in any
    /// namespace without one.
    pub(crate) fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Self> {
        let is_prefixed = name.contains(':');
        self.children()
            .filter(move |child| child.name == name || (!is_prefixed && child.local_name() == name))
    }

    /// Returns the first of [`Element::all`], one with exactly this name before others.
    pub(crate) fn child<'e>(&'e self, name: &'e str) -> Option<&'e Self> {
        let exact = self.children().find(|child| child.name == name);
        exact.or_else(|| self.all(name).next())
    }

    /// Returns what is reached through the children of these names, one below another.
    pub(crate) fn at<'e>(&'e self, names: &[&'e str]) -> Option<&'e Self> {
        names
            .iter()
            .try_fold(self, |element, name| element.child(name))
    }

    /// Returns the first element below, at any depth and in the order of the document, called
    /// `name`.
    pub(crate) fn descendant(&self, name: &str) -> Option<&Self> {
        let mut pending: Vec<&Self> = vec![self];
        while let Some(element) = pending.pop() {
            if element.local_name() == name {
                return Some(element);
            }
            let mut below: Vec<&Self> = element.children().collect();
            below.reverse();
            pending.append(&mut below);
        }
        None
    }

    /// Returns the value of an attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let exact = self.attributes.iter().find(|(key, _)| key == name);
        exact
            .or_else(|| self.attributes.iter().find(|(key, _)| local(key) == name))
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// Returns all text within, without white space around it; nothing where there is none.
    pub(crate) fn text(&self) -> Option<String> {
        let mut text = String::new();
        self.push_text(&mut text);
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// Returns the text of the first child of this name.
    pub(crate) fn child_text(&self, name: &str) -> Option<String> {
        self.child(name).and_then(Self::text)
    }

    /// Returns the content as markup again, names without their prefix.
    pub(crate) fn inner_markup(&self) -> String {
        let mut markup = String::new();
        self.push_markup(&mut markup);
        markup
    }

    // The depth is bounded by the reader.
    fn push_text(&self, text: &mut String) {
        for node in &self.content {
            match node {
                Node::Text(part) => text.push_str(part),
                Node::Element(element) => element.push_text(text),
            }
        }
    }

    fn push_markup(&self, markup: &mut String) {
        for node in &self.content {
            match node {
                Node::Text(text) => markup.push_str(&escaped(text)),
                Node::Element(element) => {
                    let name = element.local_name();
                    // Writing to a string cannot fail.
                    let _ = write!(markup, "<{name}");
                    for (key, value) in &element.attributes {
                        let _ = write!(markup, " {}=\"{}\"", local(key), escaped(value));
                    }
                    markup.push('>');
                    element.push_markup(markup);
                    if !is_void(name) {
                        let _ = write!(markup, "</{name}>");
                    }
                }
            }
        }
    }
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "br" | "hr" | "img" | "input" | "link" | "meta" | "source" | "col" | "area"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

pub(crate) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}
