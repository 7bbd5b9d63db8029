//! Who asks, and whom it trusts.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use std::fmt;

/// What a client shows to a cluster, and what it must be shown. Nothing of it is ever printed.
#[derive(Clone, Default)]
pub struct Credentials {
    authorization: Option<String>,
    /// Certificates of authorities, in PEM; those of the web where there are none.
    pub(crate) authorities: Option<Vec<u8>>,
}

impl Credentials {
    /// Names a user with a password.
    #[must_use]
    pub fn user(mut self, name: &str, password: &str) -> Self {
        let both = BASE64_STANDARD.encode(format!("{name}:{password}"));
        self.authorization = Some(format!("Basic {both}"));
        self
    }

    /// Gives an API key, as the cluster has printed it.
    #[must_use]
    pub fn api_key(mut self, key: &str) -> Self {
        self.authorization = Some(format!("ApiKey {}", key.trim()));
        self
    }

    /// Trusts these authorities, certificates in PEM, and no others.
    #[must_use]
    pub fn authorities(mut self, pem: Vec<u8>) -> Self {
        self.authorities = Some(pem);
        self
    }

    /// Returns the header that names the user.
    pub(crate) fn header(&self) -> Option<&str> {
        self.authorization.as_deref()
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("has_user", &self.authorization.is_some())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_becomes_the_header_of_rfc_7617_and_is_not_printed() {
        let credentials = Credentials::default().user("Aladdin", "open sesame");
        let header = credentials.header().unwrap();
        assert_eq!(header, "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assert!(!format!("{credentials:?}").contains("QWxh"));
    }
}
