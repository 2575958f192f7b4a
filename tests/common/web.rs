//! A web server that answers as it is told, and remembers what it was asked.

use super::http::PATIENCE;
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

/// What is answered.
#[derive(Debug, Clone)]
pub enum Reply {
    /// A status, headers, and to GET a short body.
    Status(u16, Vec<(&'static str, String)>),
    /// A body without an end.
    Endless,
    /// Nothing, until the other side gives up.
    Silence,
    /// The connection is reset.
    Reset,
}

impl Reply {
    pub fn status(status: u16) -> Self {
        Self::Status(status, Vec::new())
    }

    pub fn redirect(status: u16, to: impl Into<String>) -> Self {
        Self::Status(status, vec![("Location", to.into())])
    }
}

/// A request: method, path, and the lines of its head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub method: String,
    pub path: String,
    pub head: String,
}

type Answer = dyn Fn(&Request, usize) -> Reply + Send + Sync;

/// A server on a port of its own, until it is dropped.
pub struct Web {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: Option<JoinHandle<()>>,
}

struct Shared {
    answer: Box<Answer>,
    requests: Mutex<Vec<Request>>,
    /// How many requests are being answered, and how many were at once at most.
    active: AtomicUsize,
    most: AtomicUsize,
    /// The bytes of bodies without an end that were taken.
    taken: AtomicUsize,
    ends: AtomicBool,
}

impl Web {
    /// Serves what `answer` says to a request and how many of the same method and path came before it.
    pub fn serve(answer: impl Fn(&Request, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("it has an address");
        let shared = Arc::new(Shared {
            answer: Box::new(answer),
            requests: Mutex::default(),
            active: AtomicUsize::new(0),
            most: AtomicUsize::new(0),
            taken: AtomicUsize::new(0),
            ends: AtomicBool::new(false),
        });
        let own = shared.clone();
        let accepting = thread::spawn(move || {
            let mut connections = Vec::new();
            for stream in listener.incoming() {
                if own.ends.load(Ordering::SeqCst) {
                    break;
                }
                let (Ok(stream), own) = (stream, own.clone()) else { continue };
                connections.push(thread::spawn(move || own.connection(stream)));
            }
            connections.into_iter().for_each(|connection| drop(connection.join()));
        });
        Self { address, shared, accepting: Some(accepting) }
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn requests(&self) -> Vec<Request> {
        self.shared.requests.lock().expect("no connection panicked").clone()
    }

    /// The methods that a path was asked with, in order.
    pub fn asked(&self, path: &str) -> Vec<String> {
        self.requests()
            .into_iter()
            .filter(|request| request.path == path)
            .map(|request| request.method)
            .collect()
    }

    pub fn most_at_once(&self) -> usize {
        self.shared.most.load(Ordering::SeqCst)
    }

    pub fn taken(&self) -> usize {
        self.shared.taken.load(Ordering::SeqCst)
    }
}

impl Drop for Web {
    fn drop(&mut self) {
        self.shared.ends.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
        if let Some(accepting) = self.accepting.take() {
            drop(accepting.join());
        }
    }
}

impl Shared {
    fn connection(&self, mut stream: TcpStream) {
        let limits = [stream.set_read_timeout(Some(PATIENCE)), stream.set_write_timeout(Some(PATIENCE))];
        assert!(limits.iter().all(Result::is_ok));
        let Some(request) = peek(&stream) else { return };
        let now = self.active.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(now, Ordering::SeqCst);
        let mut requests = self.requests.lock().expect("no connection panicked");
        let same = |other: &&Request| (&other.method, &other.path) == (&request.method, &request.path);
        let before = requests.iter().filter(same).count();
        requests.push(request.clone());
        drop(requests);
        let reply = (self.answer)(&request, before);
        // It is over before the last byte is sent, since the other side may ask for more as soon as it has that.
        self.active.fetch_sub(1, Ordering::SeqCst);
        match reply {
            // What is closed with bytes that nobody read is reset.
            Reply::Reset => {}
            Reply::Silence => {
                let mut rest = Vec::new();
                let _ = stream.read_to_end(&mut rest);
            }
            Reply::Status(status, headers) => {
                let head: String =
                    headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
                let body = if request.method == "HEAD" { "" } else { "body" };
                let text = format!(
                    "HTTP/1.1 {status} X\r\nContent-Length: 4\r\nConnection: close\r\n{head}\r\n{body}"
                );
                drain(&mut stream, &request);
                let _ = stream.write_all(text.as_bytes());
            }
            Reply::Endless => {
                drain(&mut stream, &request);
                let head = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1000000000000\r\n\r\n";
                let part = [b'x'; 16 * 1024];
                let mut sent = stream.write_all(head);
                while sent.is_ok() {
                    sent = stream.write_all(&part);
                    self.taken.fetch_add(part.len(), Ordering::SeqCst);
                }
            }
        }
    }
}

/// The request of a connection, left in it.
fn peek(stream: &TcpStream) -> Option<Request> {
    let mut bytes = vec![0; 8 * 1024];
    loop {
        let length = match stream.peek(&mut bytes) {
            Ok(0) => return None,
            Ok(length) => length,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(_) => return None,
        };
        let text = String::from_utf8_lossy(&bytes[..length]);
        if let Some((head, _)) = text.split_once("\r\n\r\n") {
            let mut words = head.split(' ');
            let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
            return Some(Request { method, path, head: head.to_owned() });
        }
    }
}

fn drain(stream: &mut TcpStream, request: &Request) {
    let mut bytes = vec![0; request.head.len() + "\r\n\r\n".len()];
    let _ = stream.read_exact(&mut bytes);
}
