//! A network that takes its time.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread::{sleep, spawn};
use std::time::Duration;

/// Starts a proxy before `host` that holds everything back for so long, until the tests end.
pub(crate) fn slow_proxy(host: &str, delay: Duration) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let host = host.to_owned();
    spawn(move || {
        for client in listener.incoming().flatten() {
            let server = TcpStream::connect(&host).unwrap();
            let (from_client, from_server) =
                (client.try_clone().unwrap(), server.try_clone().unwrap());
            spawn(move || pass(from_client, server, delay));
            spawn(move || pass(from_server, client, delay));
        }
    });
    address
}

fn pass(mut from: TcpStream, mut to: TcpStream, delay: Duration) {
    let mut bytes = vec![0; 1 << 16];
    while let Ok(read @ 1..) = from.read(&mut bytes) {
        sleep(delay);
        if to.write_all(&bytes[..read]).is_err() {
            return;
        }
    }
}
