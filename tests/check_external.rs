//! `dateline check --external`: servers that answer well, elsewhere, not any more, not at once, not to programs, or not at
//! all, and what is said of each, at the line where it is linked.

mod common;

use common::asked::{answers, command, of, problems, run, site};
use common::web::{Request, Web};
use common::{NOW, stderr, stdout};

#[test]
fn every_answer_is_told_apart() {
    let web = Web::serve(answers);
    let paths = [
        "/ok",
        "/moved",
        "/moved-twice",
        "/moved-then-not",
        "/moved-home",
        "/for-now",
        "/gone",
        "/gone-for-good",
        "/moved-gone",
        "/head-405",
        "/head-404",
        "/head-500",
        "/huge",
        "/busy",
        "/fails-once",
        "/fails",
        "/slow",
        "/reset",
        "/reset-once",
        "/circle",
        "/nowhere",
        "/forbidden",
        "/wall",
        "/on/",
    ];
    let site = site();
    let body: String = paths.iter().map(|path| format!("[x]({}#part)\n", web.url(path))).collect();
    site.article("a.md", "2021-11-25", "", &body);
    let found = problems(&site, &["--private"]);
    let said =
        |path: &str| of(&found, &web.url(path)).map(|(severity, code, ..)| format!("{severity} {code}"));

    for good in [
        "/ok",
        "/for-now",
        "/head-405",
        "/head-404",
        "/head-500",
        "/huge",
        "/busy",
        "/fails-once",
        "/reset-once",
    ] {
        assert_eq!(said(good), None, "{good}");
    }
    for moved in ["/moved", "/moved-twice", "/moved-then-not", "/moved-home"] {
        assert_eq!(said(moved).as_deref(), Some("warning link-moved"), "{moved}");
    }
    for gone in ["/gone", "/gone-for-good", "/moved-gone"] {
        assert_eq!(said(gone).as_deref(), Some("error link-gone"), "{gone}");
    }
    for unreachable in ["/fails", "/slow", "/reset", "/circle", "/nowhere", "/on/"] {
        assert_eq!(said(unreachable).as_deref(), Some("warning link-unreachable"), "{unreachable}");
    }
    for refused in ["/forbidden", "/wall"] {
        assert_eq!(said(refused).as_deref(), Some("warning link-refused"), "{refused}");
    }
    assert_eq!(found.len(), 15, "{found:#?}");

    let tells = |path: &str, part: &str| {
        let (_, _, place, message, help) = of(&found, &web.url(path)).expect("it is told");
        let line = 7 + paths.iter().position(|own| *own == path).expect("it is linked");
        assert_eq!(*place, format!("content/articles/a.md:{line}"), "{path}");
        assert!(format!("{message} {help}").contains(part), "{message} {help}");
    };
    tells("/moved", &format!("write {}", web.url("/ok")));
    tells("/moved-twice", &format!("write {}", web.url("/ok")));
    tells("/moved-then-not", &format!("write {}", web.url("/for-now")));
    tells("/moved-home", "a front page now");
    tells("/gone", "is gone (404)");
    tells("/gone-for-good", "is gone (410)");
    tells("/slow", "no answer within 3 s");
    tells("/reset", "its server broke off");
    tells("/fails", "its server fails (500)");
    tells("/circle", "leads in a circle");
    tells("/on/", "leads on and on");
    tells("/nowhere", "what is no address");
    tells("/wall", "(999)");

    assert_eq!(web.asked("/ok")[0], "HEAD");
    assert_eq!(web.asked("/head-405"), ["HEAD", "GET"]);
    assert_eq!(web.asked("/busy"), ["HEAD", "HEAD"]);
    assert_eq!(web.asked("/slow"), ["HEAD", "GET"]);
    assert_eq!(web.asked("/reset"), ["HEAD", "GET", "GET", "GET"]);
    assert_eq!(web.asked("/huge"), ["HEAD", "GET"]);
    assert!(web.taken() < 32 << 20, "{} bytes of a huge body were taken", web.taken());
    for Request { head, path, .. } in web.requests() {
        let agent =
            format!("dateline/{} (link check; +https://x.example/digest/)", env!("CARGO_PKG_VERSION"));
        assert!(head.to_ascii_lowercase().contains(&format!("user-agent: {agent}")), "{head}");
        assert!(!path.contains('#'));
    }
}

#[test]
fn a_link_is_told_of_wherever_it_is_written() {
    let web = Web::serve(answers);
    let site = site();
    let gone = web.url("/gone");
    let settings = site.read("site.toml");
    let menu = format!("menu = [{{ label = \"M\", to = \"{gone}?menu\" }}]\n[check]");
    site.write("site.toml", settings.replace("[check]", &menu));
    let front = format!(
        "source = {{ name = \"S\", url = \"{gone}?source\" }}\nvia = {{ name = \"V\", url = \"{gone}?via\" }}"
    );
    let body =
        format!("[a]({gone}?a&b) <a href='{gone}?raw&amp;c'>b</a>\n\n![p]({gone}?picture) <{gone}?auto>");
    site.article("a.md", "2021-11-25", &front, &body);
    site.article("b.md", "2021-11-25", "", &format!("[a]({gone}?a&b)"));
    site.write("content/pages/about.md", format!("+++\ntitle = \"About\"\n+++\n\n[x]({gone}?about)\n"));
    let page = format!(
        "{{% extends \"dateline/archive.html\" %}}\n{{% block main %}}\n<a href=\"{gone}?template\">x</a>{{% endblock %}}"
    );
    site.write("templates/archive.html", page);
    let found = problems(&site, &["--private"]);
    let mut places: Vec<String> = found
        .iter()
        .map(|(_, code, place, message, _)| {
            assert_eq!(code, "link-gone");
            let query =
                message.split_once('?').and_then(|(_, rest)| rest.split_once(' ')).expect("an address").0;
            format!("{query} {place}")
        })
        .collect();
    places.sort();
    let expected = [
        "a&b content/articles/a.md:8",
        "a&b content/articles/b.md:7",
        "about content/pages/about.md:5",
        "auto content/articles/a.md:10",
        "menu site.toml:3",
        "picture content/articles/a.md:10",
        "raw&c content/articles/a.md:8",
        "source content/articles/a.md:4",
        "template templates/archive.html:3",
        "via content/articles/a.md:5",
    ];
    assert_eq!(places, expected);
    let asked = web.requests().len();
    assert_eq!(asked, 9 * 2, "every address once, by HEAD and by GET");

    let output = command(&site, &["--private"]).env("GITHUB_ACTIONS", "true").output().expect("it runs");
    let said = stdout(&output);
    let line = format!(
        "::error file=content/articles/a.md,line=4,col=31,title=link-gone::{gone}?source is gone (404)"
    );
    assert!(said.contains(&line), "{said}");
}

#[test]
fn a_good_answer_is_kept_and_another_is_not() {
    let web = Web::serve(answers);
    let site = site();
    let body = format!("[a]({}) [b]({}) [c]({})", web.url("/ok"), web.url("/moved"), web.url("/forbidden"));
    site.article("a.md", "2021-11-25", "", &body);
    let output = run(&site, &["--private"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(
        stderr(&output).ends_with("Asked 3 links: 1 good, 1 moved, 0 gone, 0 unreachable, 1 refused\n"),
        "{}",
        stderr(&output)
    );
    assert_eq!(web.asked("/ok").len(), 2, "once itself, and once where another leads to");
    let output = run(&site, &["--private", "--strict"]);
    assert_eq!(output.status.code(), Some(1));
    let line =
        "Asked 2 links: 0 good, 1 moved, 0 gone, 0 unreachable, 1 refused; 1 more answered within a day\n";
    assert!(stderr(&output).ends_with(line), "{}", stderr(&output));
    assert_eq!((web.asked("/ok").len(), web.asked("/moved").len()), (3, 2));
    assert!(!site.output().exists());
}

#[test]
fn without_the_option_nobody_is_asked() {
    let web = Web::serve(answers);
    let site = site();
    site.article("a.md", "2021-11-25", "", &format!("[a]({})", web.url("/gone")));
    let output = site.run(&["check", "--now", NOW]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(web.requests(), []);
}
