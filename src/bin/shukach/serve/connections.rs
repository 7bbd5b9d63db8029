//! Connections: how many, how long a client may take, and a graceful end.

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

/// How long a client may take to say what it wants, also between two requests.
const HEADER_TIME: Duration = Duration::from_secs(20);
/// How long a client may read nothing of its answer.
const WRITE_TIME: Duration = Duration::from_secs(30);
/// The longest head of a request, its address among it, in bytes: a query of 8 KiB, encoded.
const HEAD_BYTES: usize = 64 * 1024;
/// The most headers of a request.
const HEADERS: usize = 64;
/// How long open requests may take once the site is to end.
const END_TIME: Duration = Duration::from_secs(15);
/// How often it is looked whether to end.
const TICK: Duration = Duration::from_millis(50);
/// How long to wait where the system has no more files for connections.
const PAUSE: Duration = Duration::from_millis(100);

/// Answers from `router` what comes to `listener`, on so many `connections` at a time, until `stop`
/// is raised and open requests are answered.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    connections: u16,
    stop: &StopFlag,
) {
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(connections.into()));
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
        let connection = graceful.watch(connection(stream, peer, router.clone()));
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
) -> impl GracefulConnection<Error = hyper::Error> {
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(WRITE_TIME));
    let router = TowerToHyperService::new(router);
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(Peer(peer));
        router.call(request)
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIME)
        .max_buf_size(HEAD_BYTES)
        .max_headers(HEADERS)
        .serve_connection(TokioIo::new(Box::pin(stream)), service)
}

async fn raised(stop: &StopFlag) {
    while !stop.is_raised() {
        time::sleep(TICK).await;
    }
}
