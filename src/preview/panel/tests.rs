//! What the panel says, and that nothing in it acts.

use super::*;

const EVIL: &str = "<script>alert(1)</script>\" onclick=\"x\u{202e}\u{1b}[2J\u{7}&";

fn evil() -> Diagnostic {
    let text = format!("title = {EVIL}");
    Diagnostic::error("bad", EVIL).at(EVIL, &text, 8..text.len()).note(EVIL).help(EVIL)
}

fn assert_harmless(html: &str) {
    assert!(!html.contains("<script") && !html.contains("\" onclick"), "{html}");
    assert!(!html.contains(|c: char| visible::is_hidden(c) && c != '\n'), "{html:?}");
}

#[test]
fn whatever_comes_from_outside_is_escaped() {
    let (error, warning) = (evil(), evil());
    let outputs = vec![(EVIL.to_owned(), "/a\"><script>".to_owned())];
    let gone = Gone {
        address: EVIL,
        source: Some(EVIL.to_owned()),
        moved_to: Some("/\"><script>".to_owned()),
        suggestions: vec![(EVIL.to_owned(), "/b\"><script>".to_owned())],
    };
    let panel = Panel {
        source: Some(EVIL),
        state: Some(State::Scheduled),
        when: Some(EVIL.to_owned()),
        warnings: &[&warning],
        errors: &[error],
        gone: Some(gone),
        outputs,
        home: "/\"><script>",
        ..Panel::default()
    };
    let html = html(&panel);
    assert_harmless(&html);
    assert!(html.contains("&lt;script&gt;alert(1)"), "{html}");
    assert_harmless(&super::html(&Panel { editor: Some("x://\"><script>{path}"), ..panel }));
}

#[test]
fn what_is_meant_is_marked_in_whole_characters() {
    let text = "tïtle = \"خبر é\" # <b>";
    let at = text.find("خبر").unwrap();
    let error = Diagnostic::error("bad", "no").at("a.md", text, at..at + "خبر".len());
    let html = html(&Panel { errors: &[error], ..Panel::default() });
    assert!(html.contains("tïtle = &quot;<mark>خبر</mark> é&quot; # &lt;b&gt;</code>"), "{html}");
    assert!(html.contains("data-copy=\"a.md:1:10\""), "{html}");
    let split = Location { line: 1, column: 1, text: "é".to_owned(), span: 1..9 };
    let odd = Diagnostic::error("bad", "no").located("a.md", split);
    assert!(super::html(&Panel { errors: &[odd], ..Panel::default() }).contains("<mark>é</mark>"));
}

#[test]
fn without_errors_there_is_no_overlay() {
    let warning = Diagnostic::warning("odd", "something is odd");
    let html = html(&Panel { warnings: &[&warning], state: Some(State::Published), ..Panel::default() });
    assert!(!html.contains("alertdialog") && !html.contains("ribbon") && !html.contains("data-reopen"));
    assert!(html.contains("<summary>1 warning</summary>"), "{html}");
}

#[test]
fn of_many_errors_a_hundred_are_shown_and_the_rest_is_counted() {
    let errors = vec![Diagnostic::error("bad", "no"); 101];
    let html = html(&Panel { errors: &errors, ..Panel::default() });
    assert_eq!(html.matches("<li class").count(), 100);
    assert!(html.contains("101 errors") && html.contains("… and 1 more"), "{html}");
    assert!(!super::html(&Panel { errors: &errors[..100], ..Panel::default() }).contains(" more<"));
}

#[test]
fn an_editor_opens_the_very_place() {
    let location = Location { line: 3, column: 7, text: String::new(), span: 0..0 };
    let open =
        |pattern: &str, root: &str| editor_address(pattern, root, "a b/\"é'{line}.md", Some(&location));
    let path = "/home/me/my%20site/a%20b/%22%C3%A9%27%7Bline%7D.md";
    let vscode = "vscode://file{path}:{line}:{column}";
    assert_eq!(open(vscode, "/home/me/my site"), Some(format!("vscode://file{path}:3:7")));
    assert_eq!(open("x-ed:{path}", "/home/me/my site/"), Some(format!("x-ed:{path}")));
    let windows = open(vscode, "C:\\my site").unwrap();
    assert!(windows.starts_with("vscode://file/C:/my%20site/a%20b/"), "{windows}");
}

#[test]
fn a_pattern_that_would_act_in_the_page_is_never_used() {
    let error = Diagnostic::error("bad", "no").in_file("a.md");
    for pattern in [
        "javascript:alert('{path}')",
        "JavaScript:{path}",
        " javascript:{path}",
        "java\nscript:{path}",
        "data:{path}",
        "{path}",
        "/x",
    ] {
        let panel = Panel { editor: Some(pattern), errors: std::slice::from_ref(&error), ..Panel::default() };
        let html = html(&panel);
        assert!(!html.contains("Open in the editor") && html.contains("data-copy=\"a.md\""), "{html}");
    }
}

#[test]
fn a_state_that_readers_do_not_see_has_a_ribbon() {
    for (state, says) in [
        (State::Draft, "<strong>Draft</strong> Readers do not see this page."),
        (State::Scheduled, "<strong>Scheduled</strong> Readers do not see this page yet."),
        (State::Expired, "<strong>Expired</strong> Readers do not see this page any more."),
    ] {
        let html = html(&Panel { state: Some(state), ..Panel::default() });
        assert!(html.contains(says), "{html}");
    }
    let when = Some("3 Dec 2031, 08:00".to_owned());
    let html = html(&Panel { state: Some(State::Scheduled), when, ..Panel::default() });
    assert!(html.contains("from 3 Dec 2031, 08:00."), "{html}");
}
