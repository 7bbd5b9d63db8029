//! The terminal: its width, and whether to use colours.

use crate::terminal::colour::ColourChoice;
use shukach::locale::Locale;
use shukach::render::layout::Layout;
use shukach::render::style::Style;
use std::env;
use std::io::{IsTerminal, stdout};

/// The width assumed where there is no terminal, in columns.
const DEFAULT_WIDTH_COLUMNS: usize = 100;

/// Returns how to lay out text for standard output.
pub(crate) fn layout(colour: ColourChoice, locale: Locale) -> Layout {
    let width = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let width_columns = match width {
        Some(width) if stdout().is_terminal() => width,
        _ => DEFAULT_WIDTH_COLUMNS,
    };
    Layout {
        style: style(colour),
        width_columns,
        locale,
        links: None,
    }
}

/// Returns how to lay out text that goes to standard output, or else to a file.
pub(crate) fn layout_for(colour: ColourChoice, locale: Locale, is_stdout: bool) -> Layout {
    if is_stdout || colour == ColourChoice::Always {
        return layout(colour, locale);
    }
    Layout {
        style: Style::Plain,
        width_columns: DEFAULT_WIDTH_COLUMNS,
        locale,
        links: None,
    }
}

fn style(colour: ColourChoice) -> Style {
    let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    let wants_colour = match colour {
        ColourChoice::Always => true,
        ColourChoice::Never => false,
        ColourChoice::Auto if is_set("NO_COLOR") => false,
        ColourChoice::Auto if is_set("CLICOLOR_FORCE") => true,
        ColourChoice::Auto => {
            stdout().is_terminal() && env::var_os("TERM").is_none_or(|term| term != "dumb")
        }
    };
    if wants_colour {
        Style::Colour
    } else {
        Style::Plain
    }
}
