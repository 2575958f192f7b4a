//! One request, and what comes back, without its body.

use super::public::{NotPublic, PublicOnly, is_public_name};
use crate::config::Config;
use std::error::Error as _;
use std::io::ErrorKind;
use std::time::Duration;
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Error};
use url::Url;

/// Asks servers.
#[derive(Debug)]
pub(super) struct Client {
    agent: Agent,
    timeout: Duration,
    private: bool,
}

/// How to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    /// For the head of an answer: what a link check needs, and some servers refuse.
    Head,
    /// For all of it. The body is never read, and the connection is closed in front of it.
    Get,
}

/// The head of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) location: Option<String>,
    pub(super) retry_after: Option<String>,
    pub(super) date: Option<String>,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Failure {
    /// It would have to be asked on this machine or in a private network.
    Private,
    /// Nobody knows the host's name.
    NoSuchHost,
    /// The server did not answer in that time.
    Slow(Duration),
    /// Nobody listens there.
    NoServer,
    /// The server broke off.
    Reset,
    /// The server cannot show that it is who it should be.
    Untrusted(String),
    /// It answered, but with what is no HTTP.
    Garbled(String),
    /// Something else.
    Other(String),
}

impl Client {
    pub(super) fn new(config: &Config, private: bool) -> Self {
        let timeout = config.check.timeout;
        // Who is asked can see by whom, and what for: the site's address is where to complain.
        let name = format!("dateline/{} (link check; +{})", env!("CARGO_PKG_VERSION"), config.base.home());
        let settings = Agent::config_builder()
            .user_agent(name)
            .timeout_global(Some(timeout))
            // Redirects and statuses are what is looked for.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .build();
        let agent = if private {
            Agent::with_parts(settings, DefaultConnector::default(), DefaultResolver::default())
        } else {
            Agent::with_parts(settings, DefaultConnector::default(), PublicOnly::default())
        };
        Self { agent, timeout, private }
    }

    /// Sends one request.
    pub(super) fn ask(&self, method: Method, url: &Url) -> Result<Reply, Failure> {
        if !self.private && !is_public_name(url) {
            return Err(Failure::Private);
        }
        let sent = match method {
            Method::Head => self.agent.head(url.as_str()).call(),
            Method::Get => self.agent.get(url.as_str()).call(),
        };
        let response = sent.map_err(|error| self.failure(error))?;
        let header = |name: &str| {
            let value = response.headers().get(name)?;
            Some(String::from_utf8_lossy(value.as_bytes()).trim().to_owned())
        };
        Ok(Reply {
            status: response.status().as_u16(),
            location: header("location"),
            retry_after: header("retry-after"),
            date: header("date"),
        })
    }

    fn failure(&self, error: Error) -> Failure {
        match error {
            Error::Timeout(_) => Failure::Slow(self.timeout),
            Error::HostNotFound => Failure::NoSuchHost,
            Error::ConnectionFailed => Failure::NoServer,
            Error::Other(cause) if cause.is::<NotPublic>() => Failure::Private,
            Error::Rustls(cause) => Failure::Untrusted(cause.to_string()),
            Error::Tls(cause) => Failure::Untrusted(cause.to_owned()),
            Error::Io(cause) => match cause.kind() {
                ErrorKind::ConnectionRefused => Failure::NoServer,
                ErrorKind::ConnectionReset
                | ErrorKind::ConnectionAborted
                | ErrorKind::BrokenPipe
                | ErrorKind::UnexpectedEof => Failure::Reset,
                ErrorKind::TimedOut | ErrorKind::WouldBlock => Failure::Slow(self.timeout),
                _ if cause.to_string().contains("lookup address") => Failure::NoSuchHost,
                // What rustls says of a certificate comes this way, too, and only its words tell.
                _ => match innermost(&cause) {
                    words if words.contains("certificate") => Failure::Untrusted(words),
                    words => Failure::Other(words),
                },
            },
            cause @ (Error::Protocol(_) | Error::Http(_) | Error::LargeResponseHeader(..)) => {
                Failure::Garbled(cause.to_string())
            }
            other => Failure::Other(other.to_string()),
        }
    }
}

/// What an error says at its root, where it is plainest.
fn innermost(error: &std::io::Error) -> String {
    let mut plain = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        plain = cause.to_string();
        source = cause.source();
    }
    plain
}
