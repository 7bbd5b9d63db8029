//! The arguments of `shukach serve`.

use crate::arguments::index_folder::IndexFolders;
use crate::arguments::waiting::duration;
use crate::exit::Failure;
use clap::{Args, ValueEnum};
use shukach::Error;
use shukach::locale::Locale;
use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

pub(crate) const SERVE_EXAMPLES: &str = "\
Examples:
  shukach serve --open
  shukach serve --index /srv/news --index /srv/telegram --listen 127.0.0.1:8080
  shukach serve --listen 0.0.0.0:7300 --allow-remote --token-file token.txt --host search.example.org
  curl 'http://127.0.0.1:7300/api/v1/search?query=мир&from=2025-12'

The page is at /, the API at /api/v1, its description at /api/v1/openapi.json. New commits of an index job are
picked up within a second. Ctrl-C and SIGTERM end the program with 0 once open requests are answered.";

#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
#[derive(Debug, Args)]
#[command(after_help = SERVE_EXAMPLES)]
pub(crate) struct ServeArguments {
    #[command(flatten)]
    pub(crate) folder: IndexFolders,
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7300")]
    pub(crate) listen: SocketAddr,
    /// Open the page in the browser
    #[arg(long)]
    pub(crate) open: bool,
    /// Allow an address in --listen that other computers can reach
    #[arg(long)]
    allow_remote: bool,
    /// File with the access token, at least 16 characters
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// Let other computers in without a token
    #[arg(long, conflicts_with = "token_file")]
    no_auth: bool,
    /// Another host name of the site, besides localhost and IP addresses; can be repeated
    #[arg(long, value_name = "NAME")]
    pub(crate) host: Vec<String>,
    /// An origin whose pages may use the API, like `https://desk.example.org`; can be repeated
    #[arg(long, value_name = "ORIGIN")]
    pub(crate) cors: Vec<String>,
    /// Show the paths of files on this computer
    #[arg(long)]
    pub(crate) show_paths: bool,
    /// How many searches run at a time [default: the number of processors]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    searches: Option<u16>,
    /// How many searches may wait in the queue; further ones get 503
    #[arg(long, value_name = "N", default_value_t = 128)]
    pub(crate) queue: usize,
    /// How long a search may take
    #[arg(long, value_name = "TIME", value_parser = duration, default_value = "10s")]
    pub(crate) time_limit: Duration,
    /// How many connections may be open
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=20_000), default_value_t = 512)]
    pub(crate) connections: u16,
    /// The format of the access log on standard error
    #[arg(long, value_enum, value_name = "FORM", default_value_t = LogForm::Text)]
    pub(crate) log: LogForm,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogForm {
    /// For people
    Text,
    /// JSON, an object per line
    Json,
    /// No log
    None,
}

/// The least length of a token, in characters.
const SHORTEST_TOKEN: usize = 16;

impl ServeArguments {
    /// Returns how many searches run at a time.
    pub(crate) fn searches(&self) -> usize {
        let processors = || thread::available_parallelism().map_or(1, usize::from);
        self.searches.map_or_else(processors, usize::from)
    }

    /// Returns the access token, if there is one; refuses arguments that would let other computers
    /// in by accident.
    pub(crate) fn token(&self, locale: Locale) -> Result<Option<String>, Failure> {
        let usage = |english: &str, ukrainian: &str| {
            Err(Failure::Usage(locale.choose(english, ukrainian).to_owned()))
        };
        let is_remote = !self.listen.ip().is_loopback();
        if is_remote && !self.allow_remote {
            return usage(
                "--listen lets other computers in; if that is meant, add --allow-remote and --token-file FILE",
                "--listen пускає інші комп’ютери; якщо так і треба, додайте --allow-remote і --token-file ФАЙЛ",
            );
        }
        let Some(path) = &self.token_file else {
            if is_remote && !self.no_auth {
                return usage(
                    "other computers need a token: give --token-file FILE, or --no-auth to let everyone in",
                    "іншим комп’ютерам потрібен токен: дайте --token-file ФАЙЛ або --no-auth, щоб пускати всіх",
                );
            }
            return Ok(None);
        };
        let bytes = fs::read(path).map_err(Error::io("read", path))?;
        let token = String::from_utf8_lossy(&bytes).trim().to_owned();
        if token.chars().count() < SHORTEST_TOKEN || token.contains(char::is_whitespace) {
            return usage(
                "the token in --token-file needs 16 characters or more and no spaces; make one with: head -c 24 /dev/urandom | base64",
                "токен у --token-file має складатися щонайменше з 16 знаків без пробілів; зробіть його так: head -c 24 /dev/urandom | base64",
            );
        }
        Ok(Some(token))
    }
}
