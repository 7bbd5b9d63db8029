//! What all pages have around them: the box for the query, the other pages with the same question,
//! language and theme.

use crate::serve::page::asked::PageRequest;
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

/// A field of a form that is not shown.
pub(crate) struct Hidden {
    pub(crate) name: String,
    pub(crate) value: String,
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
        let here = asked.parameters.address(asked.path);
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
        let left_out = ["query", "cursor", "offset", "id", "lang"];
        let kept = asked.parameters.pairs();
        let kept = kept.filter(|(name, _)| shown && !left_out.contains(name));
        let hidden = kept.map(|(name, value)| Hidden {
            name: name.to_owned(),
            value: value.to_owned(),
        });
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
            hidden: hidden.collect(),
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

/// Returns the pages that can answer the same question; sorts have other names on each.
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
