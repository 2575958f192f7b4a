//! A browser's side of HTTP/1.1, small and exact: what a response says of its length is held against what came.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// How long a response may take, in debug and on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// What was answered.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body without what the preview adds to a page: the bytes that would be published.
    pub fn page(&self) -> &[u8] {
        &self.body[..self.seam().unwrap_or(self.body.len())]
    }

    pub fn page_text(&self) -> String {
        String::from_utf8_lossy(self.page()).into_owned()
    }

    /// What the preview adds to a page; empty where it adds nothing.
    pub fn suffix(&self) -> String {
        self.seam().map(|seam| String::from_utf8_lossy(&self.body[seam..]).into_owned()).unwrap_or_default()
    }

    /// An attribute of what the preview adds, as it stands there.
    pub fn data(&self, name: &str) -> String {
        let suffix = self.suffix();
        let rest = suffix.split_once(&format!(" data-{name}=\"")).map(|(_, rest)| rest);
        rest.and_then(|rest| rest.split_once('"')).map(|(value, _)| value.to_owned()).unwrap_or_default()
    }

    fn seam(&self) -> Option<usize> {
        const SEAM: &[u8] = b"\n<dateline-preview";
        self.body.windows(SEAM.len()).rposition(|bytes| bytes == SEAM)
    }
}

/// A connection that gives up rather than waits for ever.
pub fn connect(address: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    Ok(stream)
}

/// Asks for something on a connection of its own. `path` is sent as it is.
///
/// # Errors
/// Nothing was answered, or other bytes than the answer's head says.
pub fn ask(address: SocketAddr, method: &str, path: &str, headers: &[(&str, &str)]) -> io::Result<Answer> {
    let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
        request += &format!("Host: localhost:{}\r\n", address.port());
    }
    for (name, value) in headers {
        request += &format!("{name}: {value}\r\n");
    }
    let mut stream = connect(address)?;
    stream.write_all(format!("{request}\r\n").as_bytes())?;
    read(&mut BufReader::new(stream), method == "HEAD")
}

/// Reads one response.
///
/// # Errors
/// There is none, or it is not whole.
pub fn read(from: &mut impl BufRead, is_head: bool) -> io::Result<Answer> {
    let (status, headers) = read_head(from)?;
    let mut answer = Answer { status, headers, body: Vec::new() };
    let has_body = !is_head && !matches!(status, 100..=199 | 204 | 304);
    if !has_body {
        return Ok(answer);
    }
    if answer.header("transfer-encoding").is_some_and(|encoding| encoding == "chunked") {
        Chunked { from, left: 0 }.read_to_end(&mut answer.body)?;
        return Ok(answer);
    }
    match answer.header("content-length") {
        Some(length) => {
            let length: usize = length.parse().map_err(|_| broken(&format!("a length of '{length}'")))?;
            answer.body = vec![0; length];
            from.read_exact(&mut answer.body)?;
            // Every request of these tests asks for the connection to be closed after it.
            let mut more = Vec::new();
            if from.read_to_end(&mut more)? > 0 {
                return Err(broken("more bytes than the length says"));
            }
        }
        None => {
            from.read_to_end(&mut answer.body)?;
        }
    }
    Ok(answer)
}

type Head = (u16, Vec<(String, String)>);

/// Reads the status and the headers of a response.
///
/// # Errors
/// It has none.
pub fn read_head(from: &mut impl BufRead) -> io::Result<Head> {
    let mut line = String::new();
    from.read_line(&mut line)?;
    let status = line.strip_prefix("HTTP/1.").and_then(|rest| rest.get(2..5)?.parse().ok());
    let status = status.ok_or_else(|| broken(&format!("no response: {line:?}")))?;
    let mut headers = Vec::new();
    loop {
        line.clear();
        from.read_line(&mut line)?;
        let line = line.trim_end();
        if line.is_empty() {
            return Ok((status, headers));
        }
        let (name, value) = line.split_once(':').ok_or_else(|| broken(&format!("no header: {line:?}")))?;
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
}

/// A body that comes in chunks, put together.
pub struct Chunked<R> {
    from: R,
    /// The bytes of the current chunk that are still to come.
    left: usize,
}

impl<R: BufRead> Chunked<R> {
    pub fn new(from: R) -> Self {
        Self { from, left: 0 }
    }
}

impl<R: BufRead> Read for Chunked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            let mut line = String::new();
            self.from.read_line(&mut line)?;
            self.left = usize::from_str_radix(line.trim_end(), 16)
                .map_err(|_| broken(&format!("a chunk of {line:?}")))?;
            if self.left == 0 {
                self.from.read_line(&mut line)?;
                return Ok(0);
            }
        }
        let most = self.left.min(buffer.len());
        let count = self.from.read(&mut buffer[..most])?;
        if count == 0 && most > 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left -= count;
        if self.left == 0 {
            self.from.read_line(&mut String::new())?;
        }
        Ok(count)
    }
}

fn broken(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}
