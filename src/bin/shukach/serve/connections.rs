//! Connections: their number, slow clients, graceful stop.

use crate::serve::record::Peer;
use axum::Router;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulConnection, GracefulShutdown};
use hyper_util::service::TowerToHyperService;
use shukach::index::stop::StopFlag;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::{select, task, time};
use tokio_io_timeout::TimeoutStream;

/// The longest head of a request, its address among it, in bytes: a query of 8 KiB, encoded.
const HEAD_BYTES: usize = 64 * 1024;
/// The most headers of a request.
const HEADERS: usize = 64;
/// How long open requests may take after the signal to stop.
const END_TIME: Duration = Duration::from_secs(15);
/// How often to look whether to stop.
const TICK: Duration = Duration::from_millis(50);
/// How long to wait where the system has no file descriptor left.
const PAUSE: Duration = Duration::from_millis(100);

/// What a client may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// The most connections at a time.
    pub(crate) connections: u16,
    /// How long a client may take to send the head of a request, also between two requests.
    pub(crate) head_time: Duration,
    /// How long a client may read nothing of its answer.
    pub(crate) write_time: Duration,
}

impl Limits {
    /// Returns the usual times, with at most `connections` connections.
    pub(crate) fn of(connections: u16) -> Self {
        Self {
            connections,
            head_time: Duration::from_secs(20),
            write_time: Duration::from_secs(30),
        }
    }
}

/// Serves `router` on `listener` until `stop` is raised and open requests are answered.
pub(crate) async fn serve(listener: TcpListener, router: Router, limits: Limits, stop: &StopFlag) {
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(limits.connections.into()));
    loop {
        let accepted = async {
            // Others wait in the system's own queue.
            let place = Arc::clone(&places).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = select! {
            accepted = accepted => accepted,
            () = raised(stop) => break,
        };
        let Ok((stream, peer)) = accepted else {
            time::sleep(PAUSE).await;
            continue;
        };
        let connection = graceful.watch(connection(stream, peer, router.clone(), limits));
        task::spawn(async move {
            // A client that goes away or is too slow is no failure of ours.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    select! {
        () = graceful.shutdown() => {}
        () = time::sleep(END_TIME) => {}
    }
}

fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    limits: Limits,
) -> impl GracefulConnection<Error = hyper::Error> {
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.write_time));
    let router = TowerToHyperService::new(router);
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(Peer(peer));
        router.call(request)
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head_time)
        .max_buf_size(HEAD_BYTES)
        .max_headers(HEADERS)
        .serve_connection(TokioIo::new(Box::pin(stream)), service)
}

async fn raised(stop: &StopFlag) {
    while !stop.is_raised() {
        time::sleep(TICK).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use std::io::{Read as _, Write as _};
    use std::net::TcpStream;
    use std::thread;
    use tokio::runtime::Builder;

    /// Serves a short and a very long text with one connection at a time, while `client` runs.
    fn while_served(client: impl FnOnce(SocketAddr) + Send) {
        let runtime = Builder::new_multi_thread().enable_all().build().unwrap();
        let router = Router::new()
            .route("/short", get(async || "here"))
            .route("/long", get(async || "x".repeat(64 << 20)));
        let limits = Limits {
            connections: 1,
            head_time: Duration::from_millis(300),
            write_time: Duration::from_millis(300),
        };
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let stop = StopFlag::default();
        thread::scope(|scope| {
            scope.spawn(|| runtime.block_on(serve(listener, router, limits, &stop)));
            client(address);
            stop.raise();
        });
    }

    fn connected(address: SocketAddr) -> TcpStream {
        let stream = TcpStream::connect(address).unwrap();
        let patience = Some(Duration::from_mins(1));
        stream.set_read_timeout(patience).unwrap();
        stream
    }

    fn short_answer(address: SocketAddr) -> String {
        let mut stream = connected(address);
        let request = b"GET /short HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        stream.write_all(request).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    #[test]
    fn a_client_that_never_ends_its_request_is_dropped_and_its_place_is_free() {
        while_served(|address| {
            let mut slow = connected(address);
            slow.write_all(b"GET /short HTTP/1.1\r\nHost:").unwrap();
            // The only place is taken until the slow client is dropped.
            assert!(short_answer(address).ends_with("here"));
            let mut rest = Vec::new();
            let _ = slow.read_to_end(&mut rest);
            assert!(!rest.starts_with(b"HTTP/1.1 200"));
        });
    }

    #[test]
    fn a_client_that_does_not_read_its_answer_is_dropped_and_its_place_is_free() {
        while_served(|address| {
            let mut slow = connected(address);
            let request = b"GET /long HTTP/1.1\r\nHost: a\r\n\r\n";
            slow.write_all(request).unwrap();
            assert!(short_answer(address).ends_with("here"));
            let mut rest = Vec::new();
            let _ = slow.read_to_end(&mut rest);
            assert!(rest.len() < 64 << 20, "{}", rest.len());
        });
    }
}
