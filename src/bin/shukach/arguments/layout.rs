//! How a new index in a cluster is laid out.

use clap::Args;
#[cfg(feature = "opensearch")]
use shukach::cluster::Layout;

#[derive(Debug, Args)]
pub(crate) struct LayoutArguments {
    /// Into how many shards a new index in a cluster is divided [default: 3]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1024))]
    shards: Option<u32>,
    /// How many further copies of each shard a new index in a cluster keeps on other nodes
    /// [default: 1]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=16))]
    replicas: Option<u32>,
}

impl LayoutArguments {
    /// Returns the option that was given, which an index in a folder has no use for.
    pub(crate) fn given(&self) -> Option<&'static str> {
        let shards = self.shards.map(|_| "--shards");
        shards.or_else(|| self.replicas.map(|_| "--replicas"))
    }

    /// Returns the layout.
    #[cfg(feature = "opensearch")]
    pub(crate) fn layout(&self) -> Layout {
        let usual = Layout::default();
        Layout {
            shards: self.shards.unwrap_or(usual.shards),
            replicas: self.replicas.unwrap_or(usual.replicas),
        }
    }
}
