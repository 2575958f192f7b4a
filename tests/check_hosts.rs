//! `dateline check --external`: whom it asks, when, and whom it leaves alone.

mod common;

use common::asked::{Problem, answers, problems, run, site};
use common::http::PATIENCE;
use common::stderr;
use common::web::{Reply, Web};
use std::collections::BTreeSet;
use std::net::TcpListener;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

#[test]
fn what_is_ignored_and_what_is_private_is_not_asked() {
    let web = Web::serve(answers);
    let site = site();
    let body = format!("[a]({}) [b]({}) [c](http://localhost:1/)", web.url("/gone?1"), web.url("/gone"));
    site.article("a.md", "2021-11-25", "", &body);
    let settings = site.read("site.toml");
    site.write("site.toml", format!("{settings}ignore = [\"*/gone?1\"]\n"));
    let found = problems(&site, &[]);
    let codes: Vec<&str> = found.iter().map(|problem| problem.1.as_str()).collect();
    assert_eq!(codes, ["link-private", "link-private"], "{found:#?}");
    assert_eq!(web.requests(), []);
    let line =
        "Asked 0 links: 0 good, 0 moved, 0 gone, 0 unreachable, 0 refused; 2 more private and not asked\n";
    let said = stderr(&run(&site, &[]));
    assert!(said.ends_with(line), "{said}");
    assert_eq!(problems(&site, &["--private"]).iter().filter(|problem| problem.1 == "link-gone").count(), 1);
    assert_eq!(web.asked("/gone?1"), Vec::<String>::new());
    let usage = site.run(&["check", "--private"]);
    assert_eq!(usage.status.code(), Some(2), "it says nothing without --external");
}

#[test]
fn a_private_answer_is_none_to_a_run_that_asks_nobody_private() {
    let web = Web::serve(answers);
    let site = site();
    site.article("a.md", "2021-11-25", "", &format!("[a]({})", web.url("/ok")));
    assert_eq!(problems(&site, &["--private"]), []);
    let found = problems(&site, &[]);
    assert_eq!(found.iter().map(|problem| problem.1.as_str()).collect::<Vec<_>>(), ["link-private"]);
    assert_eq!(web.requests().len(), 1);
}

#[test]
fn a_name_of_this_machine_is_not_asked() {
    let web = Web::serve(answers);
    let site = site();
    site.article(
        "a.md",
        "2021-11-25",
        "",
        &format!("[a](http://x.localhost:{}/ok)", web.url("").rsplit(':').next().expect("a port")),
    );
    let found = problems(&site, &[]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].1, "link-private");
    assert_eq!(web.requests(), []);
}

#[test]
fn a_host_that_asks_for_a_long_pause_is_left_alone() {
    let web = Web::serve(|_, _| Reply::Status(429, vec![("Retry-After", "3600".to_owned())]));
    let site = site();
    let body: String = (0..5).map(|number| format!("[x]({})\n", web.url(&format!("/{number}")))).collect();
    site.article("a.md", "2021-11-25", "", &body);
    let output = run(&site, &["--private", "--message-format", "short"]);
    let said = stderr(&output);
    assert_eq!(said.matches(": its server asks to be left alone for a while (429)").count(), 1, "{said}");
    assert_eq!(
        said.matches("was not asked: its host asks to be left alone for a while (429)").count(),
        4,
        "{said}"
    );
    let line = "Asked 1 link: 0 good, 0 moved, 0 gone, 1 unreachable, 0 refused; \
        4 more not asked since their hosts are left alone\n";
    assert!(said.ends_with(line), "{said}");
    assert_eq!(web.requests().len(), 1);
}

#[test]
fn a_host_that_is_down_is_not_asked_for_ever() {
    let web = Web::serve(|_, _| Reply::Reset);
    let site = site();
    let body: String = (0..9).map(|number| format!("[x]({})\n", web.url(&format!("/{number}")))).collect();
    site.article("a.md", "2021-11-25", "", &body);
    let found = problems(&site, &["--private"]);
    assert_eq!(found.len(), 9, "{found:#?}");
    let of = |code: &'static str| found.iter().filter(move |problem| problem.1 == code);
    assert_eq!((of("link-unreachable").count(), of("link-not-asked").count()), (3, 6), "{found:#?}");
    let why = "was not asked: other links to its host could not be reached, the last of them since its server broke off";
    assert!(of("link-not-asked").all(|problem| problem.3.ends_with(why)), "{found:#?}");
    assert_eq!(web.requests().len(), 3 * 4, "three addresses, with a GET and two more tries");
}

/// Each of two servers answers only once the other has been asked, too.
#[test]
fn a_slow_host_holds_up_no_other() {
    let asked = Arc::new((Mutex::new(BTreeSet::new()), Condvar::new()));
    let serve = |name: &'static str| {
        let asked = asked.clone();
        Web::serve(move |_, _| {
            let (names, changed) = &*asked;
            let mut names = names.lock().expect("nobody panicked");
            names.insert(name);
            changed.notify_all();
            let both = changed.wait_timeout_while(names, PATIENCE, |names| names.len() < 2);
            Reply::status(if both.expect("nobody panicked").1.timed_out() { 404 } else { 200 })
        })
    };
    let (one, other) = (serve("one"), serve("other"));
    let site = site();
    site.article("a.md", "2021-11-25", "", &format!("[x]({}) [y]({})", one.url("/"), other.url("/")));
    assert_eq!(problems(&site, &["--private"]), []);
    assert_eq!((one.requests().len(), other.requests().len()), (1, 1));
}

/// The first answer comes only when another request has, or when none has come for a while.
#[test]
fn a_host_is_asked_one_thing_at_a_time() {
    let count = (Mutex::new(0), Condvar::new());
    let web = Web::serve(move |_, _| {
        let (count, changed) = &count;
        let mut count = count.lock().expect("nobody panicked");
        *count += 1;
        changed.notify_all();
        if *count == 1 {
            drop(changed.wait_timeout_while(count, Duration::from_millis(700), |count| *count < 2));
        }
        Reply::status(200)
    });
    let site = site();
    let body: String = (0..9).map(|number| format!("[x]({})\n", web.url(&format!("/{number}")))).collect();
    site.article("a.md", "2021-11-25", "", &body);
    assert_eq!(problems(&site, &["--private"]), []);
    assert_eq!((web.requests().len(), web.most_at_once()), (9, 1));
}

/// Ports that are taken, where nobody ever answers.
fn silent() -> [TcpListener; 3] {
    [(); 3].map(|()| TcpListener::bind("127.0.0.1:0").expect("a port is free"))
}

fn links(listeners: &[TcpListener]) -> String {
    let address = |listener: &TcpListener| listener.local_addr().expect("it has an address");
    listeners.iter().map(|listener| format!("[x](http://{}/)\n", address(listener))).collect()
}

#[test]
fn a_machine_that_is_offline_is_told_so_once() {
    let (site, silent) = (site(), silent());
    let settings = site.read("site.toml").replace("timeout = 3", "timeout = 1");
    site.write("site.toml", settings);
    site.article("a.md", "2021-11-25", "", &links(&silent));
    let found = problems(&site, &["--private"]);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].1, "offline");
    assert_eq!(found[0].3, "none of 3 links could be reached: this machine may be offline");

    // What is private is not asked, and tells nothing of who can be reached.
    site.article("a.md", "2021-11-25", "", &format!("[y](http://localhost/) {}", links(&silent)));
    let found = problems(&site, &[]);
    assert!(found.iter().all(|problem| problem.1 == "link-private"), "{found:#?}");
}

#[test]
fn what_answered_a_while_ago_is_no_sign_that_someone_can_be_reached() {
    let is_online = Arc::new(AtomicBool::new(true));
    let serve = || {
        let is_online = is_online.clone();
        let reply =
            move || if is_online.load(Ordering::SeqCst) { Reply::status(200) } else { Reply::Silence };
        Web::serve(move |_, _| reply())
    };
    let (one, other) = (serve(), serve());
    let (site, silent) = (site(), silent());
    let settings = site.read("site.toml").replace("timeout = 3", "timeout = 1");
    site.write("site.toml", settings);
    let body = format!("[x]({}) [x]({}) {}", one.url("/"), other.url("/"), links(&silent[..1]));
    site.article("a.md", "2021-11-25", "", &body);
    let codes = || problems(&site, &["--private"]).into_iter().map(|problem| problem.1).collect::<Vec<_>>();
    assert_eq!(codes(), ["link-unreachable"]);
    is_online.store(false, Ordering::SeqCst);
    assert_eq!(codes(), ["offline"]);
}

#[test]
fn a_password_is_neither_sent_nor_shown() {
    let web = Web::serve(answers);
    let site = site();
    let url = web.url("/gone").replace("http://", "http://me:secret@");
    site.article(
        "a.md",
        "2021-11-25",
        &format!("source = {{ name = \"S\", url = \"{url}\" }}"),
        &format!("[a]({url})"),
    );
    let found = problems(&site, &["--private"]);
    assert_eq!(found.iter().map(|problem| problem.1.as_str()).collect::<Vec<_>>(), ["link-gone"]);
    assert!(
        found.iter().all(|problem| !format!("{} {}", problem.3, problem.4).contains("secret")),
        "{found:#?}"
    );
    assert_eq!(web.asked("/gone"), ["HEAD", "GET"]);
    assert!(
        web.requests().iter().all(|request| !request.head.to_ascii_lowercase().contains("authorization"))
    );
}

#[test]
fn a_host_that_answers_badly_is_not_down() {
    let web = Web::serve(|_, _| Reply::Status(200, vec![("A Header", "x".to_owned())]));
    let site = site();
    let body: String = (0..5).map(|number| format!("[x]({})\n", web.url(&format!("/{number}")))).collect();
    site.article("a.md", "2021-11-25", "", &body);
    let found = problems(&site, &["--private"]);
    let answered = |problem: &&Problem| {
        problem.1 == "link-unreachable" && problem.3.contains("its server does not answer as it should")
    };
    assert_eq!((found.len(), found.iter().filter(answered).count()), (5, 5), "{found:#?}");
}
