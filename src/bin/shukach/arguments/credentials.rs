//! Who asks a cluster: from the environment or from files, never from the command line, which
//! others on the machine can read.

use crate::exit::Failure;
use shukach::Error;
use shukach::cluster::Credentials;
use std::env;

/// Reads `SHUKACH_CLUSTER_USER` with `SHUKACH_CLUSTER_PASSWORD`, or `SHUKACH_CLUSTER_API_KEY`, and
/// the file `SHUKACH_CLUSTER_CA`. Behind `_FILE`, a password or key is that of a file.
pub(crate) fn credentials() -> Result<Credentials, Failure> {
    let mut credentials = Credentials::default();
    if let Some(key) = secret("SHUKACH_CLUSTER_API_KEY")? {
        credentials = credentials.api_key(&key);
    } else if let Some(user) = variable("SHUKACH_CLUSTER_USER") {
        let password = secret("SHUKACH_CLUSTER_PASSWORD")?.unwrap_or_default();
        credentials = credentials.user(&user, &password);
    }
    if let Some(file) = variable("SHUKACH_CLUSTER_CA") {
        let pem = std::fs::read(&file).map_err(Error::io("read", file))?;
        credentials = credentials.authorities(pem);
    }
    Ok(credentials)
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// Returns the first line of the file that is named, or the value itself.
fn secret(name: &str) -> Result<Option<String>, Failure> {
    if let Some(file) = variable(&format!("{name}_FILE")) {
        let bytes = std::fs::read(&file).map_err(Error::io("read", file))?;
        let text = String::from_utf8_lossy(&bytes);
        return Ok(text.lines().next().map(str::to_owned));
    }
    Ok(variable(name))
}
