//! The frame of every page: the search box, the other views of the same query, language and theme.

use crate::serve::page::asked::{Hidden, NO_COUNTS, PageRequest};
use crate::serve::page::assets::version;
use crate::serve::parameters::Parameters;
use shukach::locale::Locale;
use shukach::render::sanitize::one_line;

/// A choice among several.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    pub(crate) text: String,
    pub(crate) href: String,
    pub(crate) is_chosen: bool,
}

/// What is around a page.
pub(crate) struct Frame {
    pub(crate) locale: Locale,
    /// The version of styles and script.
    pub(crate) version: &'static str,
    pub(crate) theme: &'static str,
    pub(crate) title: String,
    /// Where the box for the query leads.
    pub(crate) action: String,
    pub(crate) query: String,
    /// The same as text that is read and not sent.
    pub(crate) shown_query: String,
    pub(crate) hidden: Vec<Hidden>,
    pub(crate) tabs: Vec<Choice>,
    pub(crate) languages: Vec<Choice>,
    pub(crate) themes: Vec<Choice>,
    pub(crate) has_token: bool,
}

impl Frame {
    /// Makes the frame of a page called `title`.
    pub(crate) fn new(asked: &PageRequest<'_>, title: &str) -> Self {
        let locale = asked.locale;
        let here = asked.parameters.without(NO_COUNTS).address(asked.path);
        let setting = |name: &str, value: &str| {
            let place = Parameters::default().and(name, value);
            place.and("next", &here).address("/settings")
        };
        let languages = [
            ("uk", "Українська", Locale::Ukrainian),
            ("en", "English", Locale::English),
        ];
        let themes = [
            ("auto", locale.choose("As the system", "Як у системі")),
            ("light", locale.choose("Light", "Світла")),
            ("dark", locale.choose("Dark", "Темна")),
        ];
        let shown = ["/", "/kwic", "/compare"].contains(&asked.path);
        let action = if shown { asked.path } else { "/" };
        Self {
            locale,
            version: version(),
            theme: asked.theme,
            title: match one_line(title) {
                title if title.is_empty() => "Шукач".to_owned(),
                title => format!("{title} – Шукач"),
            },
            shown_query: one_line(asked.query()).into_owned(),
            action: action.to_owned(),
            query: asked.query().to_owned(),
            hidden: if shown {
                asked.hidden(&["query"])
            } else {
                Vec::new()
            },
            tabs: tabs(asked),
            languages: languages
                .map(|(name, text, of)| Choice {
                    text: text.to_owned(),
                    href: setting("lang", name),
                    is_chosen: of == locale,
                })
                .into(),
            themes: themes
                .map(|(name, text)| Choice {
                    text: text.to_owned(),
                    href: setting("theme", name),
                    is_chosen: name == asked.theme,
                })
                .into(),
            has_token: asked.has_token,
        }
    }
}

/// Returns links to the other views of the same query. Each has sorts of its own.
fn tabs(asked: &PageRequest<'_>) -> Vec<Choice> {
    let locale = asked.locale;
    let state = asked.first_page().without("sort").without("context");
    let pages = [
        ("/", locale.choose("Articles", "Статті")),
        ("/kwic", locale.choose("Concordance", "Конкорданс")),
        ("/compare", locale.choose("Compare", "Порівняння")),
    ];
    let tab = |(path, text): (&str, &str)| Choice {
        text: text.to_owned(),
        href: state.address(path),
        is_chosen: path == asked.path,
    };
    pages.map(tab).into()
}
