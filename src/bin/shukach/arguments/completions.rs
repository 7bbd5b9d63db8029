//! Arguments of `shukach completions`.

use clap::Args;
use clap_complete::Shell;

pub(crate) const EXAMPLES: &str = "\
Examples:
  shukach completions bash > ~/.local/share/bash-completion/completions/shukach
  shukach completions zsh > ~/.zfunc/_shukach
  shukach completions fish > ~/.config/fish/completions/shukach.fish
  shukach completions powershell >> $PROFILE";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CompletionsArguments {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}
