//! An index in a cluster is made, put in the place of another one, made visible.

use crate::cluster::address::ClusterAddress;
use crate::cluster::cluster_index::{ClusterIndex, Documents, FOR_CHANGES, files_name};
use crate::cluster::credentials::Credentials;
use crate::cluster::exchange::{Content, refused};
use crate::cluster::mapping::{Layout, files_body, index_body};
use crate::error::Result;
use serde_json::{Value, json};

impl ClusterIndex {
    /// Opens the index at `address`, or makes an empty one.
    ///
    /// # Errors
    /// As [`ClusterIndex::open`], and [`ClusterProblem::Refused`].
    pub fn open_or_create(
        address: ClusterAddress,
        credentials: Credentials,
        layout: Layout,
    ) -> Result<Self> {
        let index = Self::at(address, credentials)?;
        let name = index.client.address().name.clone();
        match index.names()?.as_slice() {
            [] => index.create(&format!("{name}-000001"), layout, Some(&name))?,
            // What made it may have been killed before it was whole.
            [first, ..] => index.create_files(first, layout, Some(&name))?,
        }
        Ok(index)
    }

    /// Makes an empty index beside the one at `address`, which answers until
    /// [`ClusterIndex::replace`] is called.
    ///
    /// # Errors
    /// As [`ClusterIndex::open_or_create`], but of any version.
    pub fn create_beside(
        address: ClusterAddress,
        credentials: Credentials,
        layout: Layout,
    ) -> Result<Self> {
        let mut index = Self::at(address, credentials)?;
        let name = index.client.address().name.clone();
        let taken = index
            .client
            .ask("GET", &format!("/{name}-*"), Content::Nothing)?;
        let numbers = taken.body.as_object().into_iter().flatten();
        let numbers = numbers.filter_map(|(taken, _)| {
            let number = taken.strip_prefix(&name)?.strip_prefix('-')?;
            number.parse::<u64>().ok()
        });
        let next = numbers.max().unwrap_or(0) + 1;
        index.target = format!("{name}-{next:06}");
        index.create(&index.target, layout, None)?;
        Ok(index)
    }

    /// Puts the index that was made by [`ClusterIndex::create_beside`] in the place of the one at
    /// its address, in one step, and deletes that.
    ///
    /// # Errors
    /// [`ClusterProblem::Refused`].
    pub fn replace(&self) -> Result<()> {
        let name = &self.client.address().name;
        let mut actions = Vec::new();
        for (alias, new) in [
            (name.clone(), self.target.clone()),
            (files_name(name), files_name(&self.target)),
        ] {
            actions.push(json!({"add": {"index": new, "alias": alias}}));
            let old = self.behind(&alias)?;
            let old = old.iter().filter(|old| **old != new);
            actions.extend(old.map(|old| json!({"remove_index": {"index": old}})));
        }
        self.change(&json!({"actions": actions}), "POST", "/_aliases")
    }

    /// Returns the indexes behind a name; none where there is no such name.
    fn behind(&self, name: &str) -> Result<Vec<String>> {
        let answer = self
            .client
            .ask("GET", &format!("/{name}"), Content::Nothing)?;
        let indexes = answer.body.as_object().filter(|_| answer.status < 300);
        Ok(indexes
            .into_iter()
            .flatten()
            .map(|(name, _)| name.clone())
            .collect())
    }

    fn change(&self, body: &Value, method: &str, path: &str) -> Result<()> {
        let content = Content::Json(body);
        let answer = self.client.ask_within(FOR_CHANGES, method, path, content)?;
        // A request that was tried again may find its own work, or that of another worker.
        let is_there = answer.body["error"]["type"] == "resource_already_exists_exception";
        if answer.status >= 300 && !is_there {
            return Err(refused(&answer).into());
        }
        Ok(())
    }

    fn create(&self, name: &str, layout: Layout, alias: Option<&str>) -> Result<()> {
        self.create_files(name, layout, alias)?;
        let mut body = index_body(layout);
        if let Some(alias) = alias {
            body["aliases"] = json!({alias: {}});
        }
        self.change(&body, "PUT", &format!("/{name}"))
    }

    /// Makes the index of files beside the index `name` of articles, unless it is there.
    fn create_files(&self, name: &str, layout: Layout, alias: Option<&str>) -> Result<()> {
        let name = files_name(name);
        let path = format!("/{name}");
        if self.client.ask("HEAD", &path, Content::Nothing)?.status == 200 {
            return Ok(());
        }
        let mut body = files_body(layout.replicas);
        if let Some(alias) = alias {
            body["aliases"] = json!({files_name(alias): {}});
        }
        self.change(&body, "PUT", &path)
    }

    /// Makes what was written visible to searches.
    ///
    /// # Errors
    /// [`ClusterProblem::Partial`] where a shard did not do it.
    pub fn refresh(&self) -> Result<()> {
        let path = format!(
            "/{},{}/_refresh",
            self.name_of(Documents::Articles),
            self.name_of(Documents::Files)
        );
        let answer = self
            .client
            .ask_within(FOR_CHANGES, "POST", &path, Content::Nothing)?;
        self.whole(answer).map(|_| ())
    }
}
