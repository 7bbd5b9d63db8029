//! Colours, or marks that do without them.

/// How to set off parts of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// With the colours of a terminal.
    Colour,
    /// Without any; matched words stand between `[[` and `]]`.
    Plain,
}

impl Style {
    /// Sets off a matched word.
    pub fn highlight(self, text: &str) -> String {
        match self {
            Self::Colour => format!("\x1b[1;33m{text}\x1b[0m"),
            Self::Plain => format!("[[{text}]]"),
        }
    }

    /// Sets off a headline.
    pub fn bold(self, text: &str) -> String {
        self.paint("1", text)
    }

    /// Puts what matters less into the background.
    pub fn dim(self, text: &str) -> String {
        self.paint("2", text)
    }

    /// Colours a bar.
    pub fn bar(self, text: &str) -> String {
        self.paint("36", text)
    }

    fn paint(self, code: &str, text: &str) -> String {
        match self {
            Self::Colour if !text.is_empty() => format!("\x1b[{code}m{text}\x1b[0m"),
            _ => text.to_owned(),
        }
    }
}
