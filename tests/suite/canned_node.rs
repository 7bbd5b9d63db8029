//! A node that answers what a test says, with or without TLS.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use rcgen::{BasicConstraints, Certificate, CertificateParams, IsCa, KeyPair, date_time_ymd};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use serde_json::{Value, json};
use shukach::index::Payload;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

/// What a node was asked.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) authorization: Option<String>,
}

/// What a node answers: a status and a body.
pub(crate) type Answers = dyn Fn(&Asked) -> (u16, Value) + Send + Sync;

/// An authority that signs certificates.
pub(crate) struct Authority {
    certificate: Certificate,
    key: KeyPair,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        Self { certificate, key }
    }

    /// Returns its own certificate as a file in PEM.
    pub(crate) fn pem(&self) -> String {
        let text = BASE64_STANDARD.encode(self.certificate.der());
        format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n")
    }

    /// Signs a certificate of `host` that is valid through that year.
    pub(crate) fn sign(&self, host: &str, year: i32) -> Arc<ServerConfig> {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new([host.to_owned()]).unwrap();
        params.not_before = date_time_ymd(2015, 1, 1);
        params.not_after = date_time_ymd(year, 12, 31);
        let certificate = params
            .signed_by(&key, &self.certificate, &self.key)
            .unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![CertificateDer::from(certificate)],
                PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
            );
        Arc::new(config.unwrap())
    }
}

/// Starts a node that answers until the tests end, and returns where.
pub(crate) fn node(
    tls: Option<Arc<ServerConfig>>,
    answers: impl Fn(&Asked) -> (u16, Value) + Send + Sync + 'static,
) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let answers: Arc<Answers> = Arc::new(answers);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (tls, answers) = (tls.clone(), Arc::clone(&answers));
            thread::spawn(move || match tls {
                Some(config) => {
                    let connection = ServerConnection::new(config).unwrap();
                    converse(StreamOwned::new(connection, stream), &*answers);
                }
                None => converse(stream, &*answers),
            });
        }
    });
    address
}

/// Starts a node that takes requests and never answers, as one does whose process is stopped.
pub(crate) fn silent_node() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let taken: Vec<TcpStream> = listener.incoming().flatten().collect();
        drop(taken);
    });
    address
}

/// Reads requests and answers them, until one cannot be read.
fn converse(stream: impl Read + Write, answers: &Answers) {
    let mut stream = BufReader::new(stream);
    while let Some(asked) = read(&mut stream) {
        let (status, body) = answers(&asked);
        let body = body.to_string();
        let head = format!(
            "HTTP/1.1 {status} \r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        let written = stream.get_mut().write_all((head + &body).as_bytes());
        if written.and_then(|()| stream.get_mut().flush()).is_err() {
            return;
        }
    }
    // As OpenSearch does where it is spoken to in TLS.
    let _ = stream
        .get_mut()
        .write_all(b"HTTP/1.1 400 \r\ncontent-length: 0\r\n\r\n");
}

fn read(stream: &mut impl BufRead) -> Option<Asked> {
    let mut line = String::new();
    stream.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace();
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut asked = Asked {
        method,
        path,
        authorization: None,
    };
    let mut length = 0;
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            break;
        };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().ok()?,
            "authorization" => asked.authorization = Some(value.to_owned()),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    Some(asked)
}

/// Returns what a node says of an index that this program has filled, or a program with another
/// analyzer.
pub(crate) fn mapping(analyzer: Option<u64>) -> Value {
    let own = Payload::default();
    json!({"news-000001": {"mappings": {"_meta": {"shukach": {
        "format": 2,
        "analyzer": analyzer.map_or(json!(own.analyzer), |other| json!(other)),
        "dictionary": own.dictionary,
    }}}}})
}
