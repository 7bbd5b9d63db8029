//! Arguments that choose whether places of articles are links.

use crate::terminal::colour::ColourChoice;
use crate::terminal::destination::Destination;
use clap::Args;
use shukach::render::layout::Layout;
use shukach::render::link::Links;
use shukach::render::style::Style;
use std::env;
use std::io::{IsTerminal, stdout};
use std::sync::OnceLock;

#[derive(Debug, Args)]
pub(crate) struct LinkArguments {
    /// Link the place of each article, so that the terminal can open it
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = ColourChoice::Auto)]
    hyperlinks: ColourChoice,
}

impl LinkArguments {
    /// Returns `layout` with links if they are wanted where the answer goes.
    pub(crate) fn within(&self, layout: Layout, out: &Destination) -> Layout {
        let is_wanted = match self.hyperlinks {
            ColourChoice::Always => true,
            ColourChoice::Never => false,
            ColourChoice::Auto => {
                layout.style == Style::Colour
                    && stdout().is_terminal()
                    && env::var_os("TERM").is_none_or(|term| term != "linux" && term != "dumb")
                    && out.passes_links()
            }
        };
        Layout {
            links: is_wanted.then(|| Links { host: host() }),
            ..layout
        }
    }
}

fn host() -> &'static str {
    static HOST: OnceLock<String> = OnceLock::new();
    HOST.get_or_init(|| gethostname::gethostname().to_string_lossy().into_owned())
}
