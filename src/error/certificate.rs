//! What can be wrong with the certificate of a node.

use crate::locale::Locale;

/// What is wrong with a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CertificateFlaw {
    /// Its time is over.
    Expired,
    /// Its time has not come.
    NotYetValid,
    /// It is of another host.
    OtherHost,
    /// Nobody who is trusted has signed it.
    UnknownAuthority,
    /// Something else, in the words of the program that found it.
    Other(String),
}

impl CertificateFlaw {
    /// Reads what a library of TLS says.
    #[cfg(feature = "opensearch")]
    pub(crate) fn of(text: &str) -> Self {
        let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
        if says(&["certificate expired", "CertExpired"]) {
            Self::Expired
        } else if says(&["not valid yet", "CertNotValidYet"]) {
            Self::NotYetValid
        } else if says(&["not valid for name", "NotValidForName"]) {
            Self::OtherHost
        // An authority may have the name of one that is trusted, but not its key.
        } else if says(&["UnknownIssuer", "unknown issuer", "BadSignature"]) {
            Self::UnknownAuthority
        } else {
            Self::Other(text.to_owned())
        }
    }

    /// Returns what is wrong, and what helps.
    pub(crate) fn message(&self, locale: Locale) -> String {
        let message = match self {
            Self::Expired => locale.choose(
                "it has expired; renew it, or check the clock of this computer",
                "строк його дії минув; поновіть його або перевірте годинник цього комп’ютера",
            ),
            Self::NotYetValid => locale.choose(
                "it is not valid yet; check the clock of this computer",
                "строк його дії ще не почався; перевірте годинник цього комп’ютера",
            ),
            Self::OtherHost => locale.choose(
                "it is of another host; write the host that it names in the address",
                "він виданий іншому вузлу; напишіть в адресі ту назву, яка в ньому стоїть",
            ),
            Self::UnknownAuthority => locale.choose(
                "nobody who is trusted has signed it; name the authority in SHUKACH_CLUSTER_CA, a file in PEM",
                "його підписав невідомий центр; назвіть цей центр у SHUKACH_CLUSTER_CA, файлі в PEM",
            ),
            Self::Other(reason) => return reason.clone(),
        };
        message.to_owned()
    }
}

#[cfg(all(test, feature = "opensearch"))]
mod tests {
    use super::*;

    #[test]
    fn what_the_library_says_of_other_flaws_is_passed_on() {
        let flaw = CertificateFlaw::of("invalid peer certificate: Revoked");
        assert!(flaw.message(Locale::Ukrainian).contains("Revoked"));
    }
}
