//! What can go wrong with an index in a cluster.

use crate::error::certificate::CertificateFlaw;
use crate::error::message::version_in_ukrainian;
use crate::locale::Locale;

/// Why a cluster gives no answer. Each has a code, which never changes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ClusterProblem {
    /// The address of the index is none.
    #[error(
        "{address} is no address of an index in a cluster: {why}; write opensearch+https://host:9200,host2:9200/name"
    )]
    BadAddress {
        /// The address as it was given.
        address: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// No node answered in time.
    #[error(
        "no node of the cluster answered ({nodes}): {reason}; check the addresses and that the cluster runs"
    )]
    Unreachable {
        /// The nodes that were asked.
        nodes: String,
        /// What the last one did.
        reason: String,
    },
    /// The cluster knows no such user, or the user may not do this.
    #[error(
        "the cluster refused the user ({reason}); set SHUKACH_CLUSTER_USER and SHUKACH_CLUSTER_PASSWORD_FILE, or SHUKACH_CLUSTER_API_KEY_FILE"
    )]
    Denied {
        /// What it said.
        reason: String,
    },
    /// The certificate of a node is not good.
    #[error("the certificate of {node} is not good: {}", flaw.message(Locale::English))]
    Certificate {
        /// The node.
        node: String,
        /// What is wrong with it.
        flaw: CertificateFlaw,
    },
    /// The file with the authorities that sign certificates cannot be used.
    #[error(
        "the authorities in SHUKACH_CLUSTER_CA cannot be read: {reason}; it must be a file in PEM"
    )]
    BadAuthorities {
        /// What is wrong with it.
        reason: String,
    },
    /// A node speaks HTTP where TLS was expected, or the other way round.
    #[error("{node} does not speak {scheme}; write the address with opensearch+{other}://")]
    WrongScheme {
        /// The node.
        node: String,
        /// What was expected.
        scheme: &'static str,
        /// What it may speak.
        other: &'static str,
    },
    /// Some shards did not answer, so that hits would be missing.
    #[error(
        "shards of {index} did not answer ({failed}); a part of the hits would be missing, so none are given: wait until the cluster is green again"
    )]
    Partial {
        /// The index.
        index: String,
        /// How many shards failed.
        failed: u64,
    },
    /// There is no index of this name.
    #[error(
        "the cluster has no index {index}; make one with: shukach index PATH --index {address}"
    )]
    NoIndex {
        /// The name.
        index: String,
        /// The whole address.
        address: String,
    },
    /// An index of this name exists, but something else made it.
    #[error("{index} is no index of shukach; choose another name")]
    ForeignIndex {
        /// The name.
        index: String,
    },
    /// Another version of the program filled it.
    #[error(
        "the index {address} was filled with {what} {found}, this program has {what} {expected}; make it anew of its articles: shukach reindex --index {address}"
    )]
    OtherVersion {
        /// The whole address.
        address: String,
        /// What differs: `format`, `analyzer` or `dictionary`.
        what: &'static str,
        /// The version that filled the index.
        found: String,
        /// The version of this program.
        expected: String,
    },
    /// The cluster refused a request.
    #[error("the cluster refused a request (status {status}): {reason}")]
    Refused {
        /// The status of HTTP.
        status: u16,
        /// What it said.
        reason: String,
    },
    /// An answer is not what the protocol says.
    #[error("{node} gave an answer that cannot be understood: {reason}")]
    Garbled {
        /// The node.
        node: String,
        /// What is wrong.
        reason: String,
    },
    /// An index in a cluster cannot do this.
    #[error("an index in a cluster cannot do this: {what}; see docs/opensearch.md")]
    Unsupported {
        /// What was asked for, as it is typed.
        what: &'static str,
    },
    /// More articles would have to be fetched and looked at one by one than may be.
    #[error(
        "{articles} articles would have to be looked at one by one to answer this from a cluster, and at most {limit} are; narrow the query with more words, dates or sources"
    )]
    TooMany {
        /// How many.
        articles: u64,
        /// The limit.
        limit: u64,
    },
    /// The time limit passed before the answer was whole.
    #[error(
        "the time limit of {millis} ms has passed before the answer was whole; {}",
        remedy(silent, Locale::English)
    )]
    TimeOver {
        /// The limit.
        millis: u64,
        /// The nodes that do not answer at all.
        silent: Vec<String>,
    },
}

/// Returns what helps where time was over.
fn remedy(silent: &[String], locale: Locale) -> String {
    let nodes = silent.join(", ");
    match (silent, locale) {
        ([], _) => locale
            .choose(
                "narrow the query by dates or sources, or raise --timeout",
                "звузьте запит датами чи джерелами або збільште --timeout",
            )
            .to_owned(),
        (_, Locale::English) => format!(
            "silent: {nodes}; look after these nodes, leave them out of the address, or raise --timeout"
        ),
        (_, Locale::Ukrainian) => format!(
            "мовчать: {nodes}; перевірте ці вузли, приберіть їх з адреси або збільште --timeout"
        ),
    }
}

impl ClusterProblem {
    /// Returns the code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::BadAddress { .. } => "C100",
            Self::Unreachable { .. } => "C101",
            Self::Denied { .. } => "C102",
            Self::Certificate { .. } | Self::BadAuthorities { .. } => "C103",
            Self::WrongScheme { .. } => "C104",
            Self::Partial { .. } => "C105",
            Self::NoIndex { .. } => "C106",
            Self::ForeignIndex { .. } => "C107",
            Self::OtherVersion { .. } => "C108",
            Self::Refused { .. } => "C109",
            Self::Garbled { .. } => "C110",
            Self::Unsupported { .. } => "C111",
            Self::TooMany { .. } => "C112",
            Self::TimeOver { .. } => "C113",
        }
    }

    /// Returns the message in the user's language, with a remedy.
    pub fn message(&self, locale: Locale) -> String {
        match locale {
            Locale::English => self.to_string(),
            Locale::Ukrainian => self.in_ukrainian(),
        }
    }

    fn in_ukrainian(&self) -> String {
        match self {
            Self::BadAddress { address, why } => format!(
                "{address} – не адреса індексу в кластері: {why}; пишіть opensearch+https://host:9200,host2:9200/назва"
            ),
            Self::Unreachable { nodes, reason } => format!(
                "жоден вузол кластера не відповів ({nodes}): {reason}; перевірте адреси та чи кластер працює"
            ),
            Self::Denied { reason } => format!(
                "кластер відмовив користувачеві ({reason}); задайте SHUKACH_CLUSTER_USER і SHUKACH_CLUSTER_PASSWORD_FILE або SHUKACH_CLUSTER_API_KEY_FILE"
            ),
            Self::Certificate { node, flaw } => format!(
                "сертифікат {node} непридатний: {}",
                flaw.message(Locale::Ukrainian)
            ),
            Self::BadAuthorities { reason } => format!(
                "центри з SHUKACH_CLUSTER_CA не прочитано: {reason}; це має бути файл у PEM"
            ),
            Self::WrongScheme {
                node,
                scheme,
                other,
            } => {
                format!("{node} не розуміє {scheme}; напишіть адресу з opensearch+{other}://")
            }
            Self::Partial { index, failed } => format!(
                "шарди індексу {index} не відповіли ({failed}); частини збігів бракувало б, тому відповіді немає: зачекайте, доки кластер знову стане зеленим"
            ),
            Self::NoIndex { index, address } => format!(
                "у кластері немає індексу {index}; створіть його: shukach index PATH --index {address}"
            ),
            Self::ForeignIndex { index } => {
                format!("{index} – не індекс програми shukach; виберіть іншу назву")
            }
            Self::OtherVersion {
                address,
                what,
                found,
                expected,
            } => {
                let what = version_in_ukrainian(what);
                format!(
                    "індекс {address} наповнено, коли {what} був {found}, а в цієї програми {expected}; перебудуйте його з його статей: shukach reindex --index {address}"
                )
            }
            Self::Refused { status, reason } => {
                format!("кластер відхилив запит (статус {status}): {reason}")
            }
            Self::Garbled { node, reason } => {
                format!("відповідь {node} незрозуміла: {reason}")
            }
            Self::Unsupported { what } => {
                format!("індекс у кластері цього не може: {what}; див. docs/opensearch.md")
            }
            Self::TooMany { articles, limit } => format!(
                "щоб відповісти з кластера, довелося б переглянути по одній {articles} статей, а можна щонайбільше {limit}; звузьте запит словами, датами чи джерелами"
            ),
            Self::TimeOver { millis, silent } => format!(
                "час на відповідь, {millis} мс, вийшов, а вона ще не повна; {}",
                remedy(silent, Locale::Ukrainian)
            ),
        }
    }
}
