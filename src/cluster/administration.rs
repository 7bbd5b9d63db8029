//! An index in a cluster is made, put in the place of another one, made visible.

use crate::cluster::address::ClusterAddress;
use crate::cluster::cluster_index::{ClusterIndex, Documents, files_name};
use crate::cluster::credentials::Credentials;
use crate::cluster::exchange::{Content, refused};
use crate::cluster::mapping::{Layout, files_body, index_body};
use crate::error::Result;
use serde_json::{Map, Value, json};

impl ClusterIndex {
    /// Opens the index at `address`, or makes an empty one.
    ///
    /// # Errors
    /// As [`ClusterIndex::open`], and `ClusterProblem::Refused`.
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
        let taken = taken.body.as_object().into_iter().flatten();
        let numbers = taken.filter_map(|(taken, _)| number_of(taken, &name));
        let next = numbers.max().unwrap_or(0) + 1;
        index.target = format!("{name}-{next:06}");
        index.create(&index.target, layout, None)?;
        Ok(index)
    }

    /// Puts the index that was made by [`ClusterIndex::create_beside`] in the place of the one at
    /// its address, in one step, and deletes that.
    ///
    /// # Errors
    /// `ClusterProblem::Refused`.
    pub fn replace(&self) -> Result<()> {
        let name = &self.client.address().name;
        let mut actions = Vec::new();
        for (alias, new) in [
            (name.clone(), self.target.clone()),
            (files_name(name), files_name(&self.target)),
        ] {
            actions.push(json!({"add": {"index": new, "alias": alias}}));
            let old = self.behind(&alias)?;
            let old = old.keys().filter(|old| **old != new);
            actions.extend(old.map(|old| json!({"remove_index": {"index": old}})));
        }
        self.change(&json!({"actions": actions}), "POST", "/_aliases")
    }

    /// Returns the index whose place this one is to take; none where it has its place or there is
    /// no other.
    ///
    /// # Errors
    /// [`crate::error::ClusterProblem::Unreachable`].
    pub(crate) fn replaced(&self) -> Result<Option<Self>> {
        let name = self.client.address().name.clone();
        if self.target == name || self.behind(&name)?.is_empty() {
            return Ok(None);
        }
        Ok(Some(self.named(name)))
    }

    /// Returns the indexes behind a name; none where there is no such name.
    fn behind(&self, name: &str) -> Result<Map<String, Value>> {
        let path = format!("/{name}");
        let answer = self.client.ask("GET", &path, Content::Nothing)?;
        if answer.status == 404 {
            return Ok(Map::new());
        }
        match answer.body {
            Value::Object(indexes) if answer.status < 300 => Ok(indexes),
            _ => Err(refused(&answer).into()),
        }
    }

    /// Returns the indexes behind the alias, with their mappings and settings.
    ///
    /// # Errors
    /// As [`Client::ask`](crate::cluster::client::Client::ask).
    pub(crate) fn behind_alias(&self) -> Result<Map<String, Value>> {
        self.behind(&self.target)
    }

    /// Returns whether the index has its part for files.
    ///
    /// # Errors
    /// As [`ClusterIndex::behind_alias`].
    pub(crate) fn has_files(&self) -> Result<bool> {
        Ok(!self.behind(&files_name(&self.target))?.is_empty())
    }

    /// Deletes what killed runs have left beside the index: those of its name with a number that
    /// is greater than its own.
    ///
    /// # Errors
    /// [`crate::error::ClusterProblem::Refused`].
    pub(crate) fn remove_unfinished(&self) -> Result<()> {
        let name = &self.client.address().name;
        let current = self.behind(name)?;
        let newest = current
            .keys()
            .filter_map(|index| number_of(index, name))
            .max();
        for (index, said) in self.behind(&format!("{name}-*"))? {
            let is_ours = said["mappings"]["_meta"]["shukach"].is_object();
            let is_newer = number_of(&index, name) > newest;
            let has_alias = said["aliases"]
                .as_object()
                .is_some_and(|all| !all.is_empty());
            if is_ours && is_newer && !has_alias {
                for index in [files_name(&index), index] {
                    let path = format!("/{index}?ignore_unavailable=true");
                    self.change(&Value::Null, "DELETE", &path)?;
                }
            }
        }
        Ok(())
    }

    /// Lets the index take no changes, or again.
    ///
    /// # Errors
    /// [`crate::error::ClusterProblem::Refused`].
    pub(crate) fn block(&self, is_blocked: bool) -> Result<()> {
        let parts = [self.target.clone(), files_name(&self.target)];
        for index in parts.iter().map(|part| self.behind(part)) {
            for index in index?.keys() {
                if is_blocked {
                    // It waits for the changes that are under way.
                    self.change(&Value::Null, "PUT", &format!("/{index}/_block/write"))?;
                } else {
                    let body = json!({"index.blocks.write": false});
                    self.change(&body, "PUT", &format!("/{index}/_settings"))?;
                }
            }
        }
        Ok(())
    }

    /// Returns the size of its files with their copies, in bytes.
    ///
    /// # Errors
    /// As [`ClusterIndex::behind_alias`].
    pub(crate) fn size_bytes(&self) -> Result<u64> {
        let path = format!("/{}/_stats/store", self.target);
        let answer = self.client.get("GET", &path, Content::Nothing)?;
        let bytes = answer["_all"]["total"]["store"]["size_in_bytes"].as_u64();
        Ok(bytes.unwrap_or(0))
    }

    fn change(&self, body: &Value, method: &str, path: &str) -> Result<()> {
        let content = match body {
            Value::Null => Content::Nothing,
            body => Content::Json(body),
        };
        let answer = self.client.ask(method, path, content)?;
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
    /// `ClusterProblem::Partial` where a shard did not do it.
    pub fn refresh(&self) -> Result<()> {
        let path = format!(
            "/{},{}/_refresh",
            self.name_of(Documents::Articles),
            self.name_of(Documents::Files)
        );
        let answer = self.client.ask("POST", &path, Content::Nothing)?;
        self.whole(answer).map(|_| ())
    }
}

/// Returns the number behind the name of an index.
fn number_of(index: &str, name: &str) -> Option<u64> {
    index.strip_prefix(name)?.strip_prefix('-')?.parse().ok()
}
