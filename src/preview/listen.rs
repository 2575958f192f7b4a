//! Where the server listens, and until when.

use super::ending::told_to_end;
use super::news::{News, Tell};
use super::server::{self, House};
use crate::diagnostic::Diagnostic;
use axum::Router;
use futures_util::future::{self, BoxFuture, FutureExt};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread;
use std::time::Duration;
use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

/// Where a server listens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Door {
    /// The address; `None` for this machine alone, by both kinds of address.
    pub host: Option<IpAddr>,
    /// The port.
    pub port: u16,
    /// Whether it must be that port, and no other.
    pub fixed: bool,
}

/// How many ports are tried after one that is taken.
const PORTS: u16 = 100;
/// How long a browser may take to say what it wants, and how long a connection is kept on which it wants nothing.
const SLOWEST: Duration = Duration::from_secs(30);
/// How long is waited where a connection cannot be taken.
const BREATH: Duration = Duration::from_millis(200);
/// How often the system is asked for a port that is free for both kinds of address.
const DRAWS: usize = 20;

/// Listens, runs `work` in a thread of its own, and answers requests until the program is told to end.
///
/// # Errors
/// The port is taken, or nothing can be listened at; or `work`, which has no end, has ended.
pub(super) fn run(
    door: &Door,
    house: Arc<House>,
    tell: Tell,
    work: impl FnOnce(Handle) + Send + 'static,
) -> Result<(), Diagnostic> {
    let listeners = open(door)?;
    let failed =
        |error: io::Error| Diagnostic::error("no-server", format!("the server cannot begin: {error}"));
    let runtime = Builder::new_current_thread().enable_all().build().map_err(failed)?;
    let addresses: Vec<SocketAddr> =
        listeners.iter().filter_map(|listener| listener.local_addr().ok()).collect();
    let ended = runtime.block_on(async {
        let service = server::service(house);
        let servers = listeners.into_iter().map(|listener| serve(listener, service.clone()));
        let servers = future::try_join_all(servers.collect::<Vec<_>>());
        tell(News::Listening(&addresses));
        // Its other end is dropped when the work ends, even by a panic.
        let (working, worked) = oneshot::channel::<()>();
        let handle = Handle::current();
        thread::spawn(move || {
            let _working = working;
            work(handle);
        });
        let ends: Vec<BoxFuture<'_, Result<(), io::Error>>> = vec![
            told_to_end().boxed(),
            servers.map(|served| served.map(drop)).boxed(),
            worked.map(|_| Err(io::Error::other("the site can no longer be read; this is a bug"))).boxed(),
        ];
        future::select_all(ends).await.0
    });
    // Streams of events have no end, and pages that are being made are not waited for.
    runtime.shutdown_background();
    ended.map_err(|error| Diagnostic::error("no-server", format!("the server has ended: {error}")))
}

async fn serve(listener: TcpListener, service: Router) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let service = TowerToHyperService::new(service);
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(SLOWEST);
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                // A small answer is not held back for more to come.
                drop(stream.set_nodelay(true));
                let connection = http.serve_connection(TokioIo::new(stream), service.clone());
                tokio::spawn(async move { drop(connection.await) });
            }
            // There may be too many connections: some will end.
            Err(_) => tokio::time::sleep(BREATH).await,
        }
    }
}

fn open(door: &Door) -> Result<Vec<TcpListener>, Diagnostic> {
    let last = if door.fixed || door.port == 0 { door.port } else { door.port.saturating_add(PORTS) };
    for port in door.port..=last {
        match open_at(door.host, port) {
            Ok(listeners) => return Ok(listeners),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            Err(error) => return Err(closed(door, port, &error)),
        }
    }
    let message = if door.fixed {
        format!("port {} is taken", door.port)
    } else {
        format!("the ports {} to {last} are taken", door.port)
    };
    Err(Diagnostic::error("port-taken", message)
        .help("end the program that has it, or choose another with --port; without --port the next free one is taken"))
}

/// Listens at one port of an address, or of this machine's own. A machine may be without one kind of address.
fn open_at(host: Option<IpAddr>, port: u16) -> io::Result<Vec<TcpListener>> {
    let own = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];
    let Some(host) = host else {
        for _ in 0..DRAWS {
            let (mut listeners, mut drawn, mut taken) = (Vec::new(), port, None);
            for host in own {
                match TcpListener::bind((host, drawn)) {
                    Ok(listener) => {
                        drawn = listener.local_addr()?.port();
                        listeners.push(listener);
                    }
                    Err(error) if error.kind() == io::ErrorKind::AddrInUse => taken = Some(error),
                    Err(error) if is_absent(&error) => {}
                    Err(error) => return Err(error),
                }
            }
            match taken {
                None if listeners.is_empty() => return Err(io::ErrorKind::AddrNotAvailable.into()),
                None => return Ok(listeners),
                // Of a port that the system chose for one kind of address, the other may be taken.
                Some(error) if port != 0 => return Err(error),
                Some(_) => {}
            }
        }
        return Err(io::ErrorKind::AddrInUse.into());
    };
    Ok(vec![TcpListener::bind((host, port))?])
}

/// Whether the machine has no addresses of a kind: the address is not there, or the kind is not known (EAFNOSUPPORT is
/// 97 on Linux, 47 on macOS, 10047 on Windows).
fn is_absent(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::AddrNotAvailable
        || error.kind() == io::ErrorKind::Unsupported
        || matches!(error.raw_os_error(), Some(97 | 47 | 10047))
}

fn closed(door: &Door, port: u16, error: &io::Error) -> Diagnostic {
    let place = door.host.map_or("this machine".to_owned(), |host| host.to_string());
    let problem = Diagnostic::error("no-server", format!("cannot listen at port {port} of {place}: {error}"));
    match error.kind() {
        io::ErrorKind::PermissionDenied => {
            problem.help("ports below 1024 are the administrator's; choose one such as 4000")
        }
        io::ErrorKind::AddrNotAvailable => problem.help("this machine has no such address; leave --host out"),
        _ => problem,
    }
}
