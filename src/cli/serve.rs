//! `dateline serve`: the site in a browser, while it is written.

use super::args::{Global, ServeArgs};
use super::{clock, report, terminal};
use crate::config::{self, Config, Overrides};
use crate::diagnostic::{self, Diagnostic, gather};
use crate::pipeline::Request;
use crate::preview::{self, Clock, Door, News, Options, Tell};
use crate::site::Visibility;
use crate::source;
use crate::stopwatch::Stopwatch;
use crate::visible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

/// The port where none is given.
const PORT: u16 = 4000;
/// How many changed files are named before the rest is counted.
const NAMED: usize = 3;

pub(super) fn run(global: &Global, args: ServeArgs) -> u8 {
    let served = begin(global, args);
    match served {
        Ok(()) => 0,
        Err(problem) => report::show(global, &mut [problem], false),
    }
}

fn begin(global: &Global, args: ServeArgs) -> Result<(), Diagnostic> {
    let now = clock::now(args.now)?;
    let runs = args.now.is_none() && !clock::is_overruled();
    let overrides = Overrides { base_url: args.base_url };
    // Read once here, for where to serve; what is wrong in it is told when the site is read.
    let settings = source::read_settings(&global.root)?;
    let config = config::load(&settings, &overrides, &mut Vec::new());
    let set = config.as_ref().map(|config| config.preview.clone()).unwrap_or_default();
    let request = Request {
        root: global.root.clone(),
        overrides,
        visibility: if args.published {
            Visibility::default()
        } else {
            Visibility { drafts: true, scheduled: true, expired: true }
        },
        now,
        stopwatch: Stopwatch::default(),
    };
    let options = Options {
        door: Door {
            host: args.host,
            port: args.port.or(set.port).unwrap_or(PORT),
            fixed: args.port.is_some_and(|port| port != 0),
        },
        allow_hosts: args.allow_hosts.into_iter().chain(set.allow_hosts).collect(),
        clock: if runs { Clock::Running(clock::time) } else { Clock::Stopped(now) },
        poll: args.poll,
        follow: args.follow,
        editor: args.editor,
    };
    let wanted = options.door;
    let path = config.map_or_else(|| "/".to_owned(), |config: Config| config.base.path().to_owned());
    let teller = Teller { global: global.clone(), path, wanted, open: args.open, told: Mutex::default() };
    let tell: Tell = Arc::new(move |news| teller.tell(news));
    preview::serve(&request, options, tell)
}

/// Says at the terminal what there is to say.
struct Teller {
    global: Global,
    /// The path of the site's home.
    path: String,
    wanted: Door,
    open: bool,
    /// The problems that were told last, without their notes and in order, so that they are not told again at every
    /// save, nor whenever they are found on one more page.
    told: Mutex<Vec<Diagnostic>>,
}

impl Teller {
    fn tell(&self, news: News<'_>) {
        // One at a time, so that lines of several threads do not mix.
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        match news {
            News::Listening(addresses) => self.listening(addresses),
            News::Polling(why) => self.say(&format!(
                "The folder cannot be watched: {}.\nIt is looked at again and again instead, as with --poll.\n",
                visible::lines(why)
            )),
            News::Edition { number, changed, size, fresh, time, problems } => {
                let shown = size.map(|(articles, pages)| report::showing(articles, pages, time));
                match (number, shown) {
                    (1, Some(shown)) => self.say(&format!("Ready: {shown}\n")),
                    (_, Some(shown)) if fresh => self.say(&format!("{}: {shown}\n", names(&changed))),
                    (_, Some(_)) => {
                        self.say(&format!("{}: errors, and the last good state stays\n\n", names(&changed)));
                    }
                    (1, None) => self.say("The site cannot be shown until its errors are mended:\n\n"),
                    (_, None) => self.say(&format!("{}:\n\n", names(&changed))),
                }
                let problems = gather(problems);
                let identities: Vec<Diagnostic> = problems.iter().map(Diagnostic::without_notes).collect();
                if identities == *told {
                    let errors = problems.iter().filter(|problem| problem.is_error()).count();
                    if errors > 0 {
                        self.say(&format!("{}, as before\n", report::number(errors, "error")));
                    }
                } else {
                    let had_errors = told.iter().any(Diagnostic::is_error);
                    report::show(&self.global, &mut problems.clone(), false);
                    if had_errors && !problems.iter().any(Diagnostic::is_error) {
                        self.say("All errors are mended\n");
                    }
                    *told = identities;
                }
            }
            News::Found(problems) => {
                let is_new = |problem: &&Diagnostic| !told.contains(&problem.without_notes());
                let mut new: Vec<Diagnostic> = problems.iter().filter(is_new).cloned().collect();
                if new.is_empty() {
                    return;
                }
                self.say("Found when all pages had been looked at:\n\n");
                report::show(&self.global, &mut new, false);
                told.extend(new.iter().map(Diagnostic::without_notes));
                diagnostic::sort(&mut told);
            }
        }
    }

    fn listening(&self, addresses: &[SocketAddr]) {
        let Some(first) = addresses.first() else { return };
        let port = first.port();
        let host = match self.wanted.host {
            None => "localhost".to_owned(),
            Some(host) if host.is_unspecified() => "localhost".to_owned(),
            Some(_) => {
                let host = first.ip();
                if host.is_ipv6() { format!("[{host}]") } else { host.to_string() }
            }
        };
        let url = format!("http://{host}:{port}{}", self.path);
        if self.wanted.port != 0 && port != self.wanted.port {
            self.say(&format!("Port {} is taken, so it is {port}\n", self.wanted.port));
        }
        self.say(&format!("Serving at {url} (Ctrl-C ends it)\n"));
        if let Some(host) = self.wanted.host.filter(|host| !host.is_loopback()) {
            let problem = Diagnostic::warning(
                "open-preview",
                format!("others can read this preview, drafts included: it listens at {host}"),
            );
            let help = "they reach it by this machine's number; a name needs --allow-host";
            report::show(&self.global, &mut [problem.help(help)], false);
        }
        if self.open
            && let Err(error) = open::that_detached(&url)
        {
            let problem = Diagnostic::warning("no-browser", format!("no browser could be opened: {error}"));
            report::show(&self.global, &mut [problem.help(format!("open {url} yourself"))], false);
        }
    }

    fn say(&self, text: &str) {
        terminal::say(&self.global, text);
    }
}

/// `content/a.md, content/b.md and 12 more`.
fn names(changed: &[&str]) -> String {
    let named: Vec<_> = changed.iter().take(NAMED).map(|path| visible::line(path)).collect();
    match changed.len().saturating_sub(NAMED) {
        _ if changed.is_empty() => "Its time has come".to_owned(),
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}
