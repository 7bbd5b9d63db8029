//! The address of an index in a cluster: `opensearch+https://host:9200,host2:9200/name`.

use crate::error::ClusterProblem;
use std::fmt;

/// What every address begins with.
const SCHEME: &str = "opensearch+";

/// The port of `OpenSearch` where the address names none.
const PORT: u16 = 9200;

/// Where an index is: some nodes of a cluster, and its name there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClusterAddress {
    /// Whether the nodes speak TLS.
    pub(crate) is_tls: bool,
    /// Hosts with their ports, at least one.
    pub(crate) nodes: Vec<String>,
    /// The name of the index, an alias in the cluster.
    pub(crate) name: String,
}

impl ClusterAddress {
    /// Returns whether `text` is meant as an address.
    pub fn is_one(text: &str) -> bool {
        text.starts_with(SCHEME)
    }

    /// Reads an address.
    ///
    /// # Errors
    /// [`ClusterProblem::BadAddress`].
    pub fn parse(text: &str) -> Result<Self, ClusterProblem> {
        let bad = |why| ClusterProblem::BadAddress {
            address: without_password(text),
            why,
        };
        let rest = text.strip_prefix(SCHEME).unwrap_or(text);
        let (is_tls, rest) = if let Some(rest) = rest.strip_prefix("https://") {
            (true, rest)
        } else if let Some(rest) = rest.strip_prefix("http://") {
            (false, rest)
        } else {
            return Err(bad("neither https:// nor http://"));
        };
        let (hosts, name) = rest
            .split_once('/')
            .ok_or_else(|| bad("no name of an index"))?;
        if hosts.contains('@') {
            return Err(bad("a user or password does not belong into it"));
        }
        let name = name.trim_end_matches('/');
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c);
        let begins_well = name.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
        if !begins_well || !name.chars().all(is_plain) || name.len() > 200 {
            return Err(bad("the name needs small Latin letters, digits, - and _"));
        }
        let nodes: Vec<String> = hosts
            .split(',')
            .map(str::trim)
            .filter(|host| !host.is_empty())
            .map(with_port)
            .collect();
        if nodes.is_empty() {
            return Err(bad("no host"));
        }
        Ok(Self {
            is_tls,
            nodes,
            name: name.to_owned(),
        })
    }

    /// Returns `http` or `https`.
    pub(crate) fn scheme(&self) -> &'static str {
        if self.is_tls { "https" } else { "http" }
    }

    /// Returns the name of the index.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl fmt::Display for ClusterAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nodes = self.nodes.join(",");
        write!(f, "{SCHEME}{}://{nodes}/{}", self.scheme(), self.name)
    }
}

fn with_port(host: &str) -> String {
    let behind_brackets = host.rsplit(']').next().unwrap_or(host);
    if behind_brackets.contains(':') {
        host.to_owned()
    } else {
        format!("{host}:{PORT}")
    }
}

/// Returns an address as messages may show it.
fn without_password(text: &str) -> String {
    match (text.split_once("://"), text.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, hosts))) => format!("{scheme}://…@{hosts}"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_nodes_and_an_index_and_is_printed_as_it_was_read() {
        let text = "opensearch+https://a.example:9200,[::1]:9201/news";
        let address = ClusterAddress::parse(text).unwrap();
        assert!(address.is_tls);
        assert_eq!(address.nodes, ["a.example:9200", "[::1]:9201"]);
        assert_eq!(address.to_string(), text);
        let short = ClusterAddress::parse("opensearch+http://localhost/news/").unwrap();
        assert_eq!(short.to_string(), "opensearch+http://localhost:9200/news");
    }

    #[test]
    fn what_is_no_address_is_refused_with_the_reason_and_without_the_password() {
        for (text, why) in [
            ("opensearch+ftp://a/news", "neither"),
            ("opensearch+http://a:9200", "no name"),
            ("opensearch+http://a:9200/", "small Latin"),
            ("opensearch+http://a/News", "small Latin"),
            ("opensearch+http://a/_all", "small Latin"),
            ("opensearch+http://a/*", "small Latin"),
            ("opensearch+http:///news", "no host"),
            ("opensearch+http://me:secret@a/news", "password"),
        ] {
            let message = ClusterAddress::parse(text).unwrap_err().to_string();
            assert!(
                message.contains(why) && !message.contains("secret"),
                "{message}"
            );
        }
    }
}
