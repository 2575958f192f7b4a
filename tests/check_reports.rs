//! `dateline check` tells of everything that is wrong, once, and at the place where it is written.

mod common;

use common::checked::{check, places, problems};
use common::{Site, stderr};

#[test]
fn a_hundred_trifles_hide_no_error_and_no_link() {
    let site = Site::new();
    let trifles: String = (0..150).map(|number| format!("<a href=\"/digest/t{number}\">x</a>\n")).collect();
    for number in 0..150 {
        site.write(&format!("static/t{number}/index.html"), "x");
    }
    site.write(
        "static/a.html",
        format!("{trifles}<a href=\"/digest/no/\">x</a> <a href=\"http://localhost/\">y</a>"),
    );
    let found = problems(&site, &["--external"]);
    let count = |code: &str| found.iter().filter(|problem| problem[1] == code).count();
    assert_eq!((count("missing-slash"), count("dead-link"), count("link-private")), (100, 1, 1));
    let more = found.iter().find(|problem| problem[1] == "more-addresses").expect("the rest is counted");
    assert_eq!(
        more.clone(),
        [
            "warning",
            "more-addresses",
            "static/a.html",
            "50 more addresses on the page are wrong",
            "on /a.html"
        ]
    );
}

#[test]
fn what_is_left_out_has_its_weight() {
    let site = Site::new();
    let links: String = (0..101).map(|number| format!("<a href=\"/digest/no/{number}/\">x</a>\n")).collect();
    site.write("static/a.html", links);
    let found = problems(&site, &[]);
    assert_eq!(found.len(), 101);
    assert!(
        found
            .iter()
            .any(|problem| problem[0] == "error" && problem[3] == "1 more address on the page is wrong")
    );
}

#[test]
fn no_more_is_told_of_places_in_other_pages() {
    let site = Site::new();
    site.write("static/b.html", "b");
    let links: String =
        (0..150).map(|number| format!("<a href=\"/digest/b.html#{number}\">x</a>\n")).collect();
    site.write("static/a.html", links);
    let found = problems(&site, &[]);
    let count = |code: &str| found.iter().filter(|problem| problem[1] == code).count();
    assert_eq!((count("dead-fragment"), count("more-addresses")), (100, 1));
}

#[test]
fn a_base_makes_the_addresses_of_a_404_certain() {
    let site = Site::new();
    let page =
        |base: &str| format!("<base href=\"{base}\"><a href=\"archive/\">x</a> <a href=\"nothing/\">y</a>");
    site.write("templates/404.html", page("/digest/"));
    assert_eq!(places(&site, &[]), ["error dead-link templates/404.html:1 nothing/"]);
    site.write("templates/404.html", page("x/"));
    let code = "error relative-in-404 templates/404.html:1";
    assert_eq!(places(&site, &[]), [format!("{code} archive/"), format!("{code} nothing/")]);
    let settings = site.read("site.toml");
    site.write("site.toml", format!("{settings}[check]\nignore = [\"https://x.example/digest/x/*\"]\n"));
    assert_eq!(places(&site, &[]), Vec::<String>::new());
}

#[test]
fn what_an_entry_of_a_feed_is_called_by_is_no_link() {
    let site = Site::new();
    let settings = site.read("site.toml");
    site.write("site.toml", format!("{settings}[feeds]\nformats = [\"atom\", \"rss\", \"json\"]\n"));
    site.article("a.md", "2021-11-25", "id = \"https://x.example/digest/old/a/\"", "Text.");
    assert_eq!(places(&site, &[]), Vec::<String>::new());
}

#[test]
fn a_page_counts_once() {
    let site = Site::new();
    // Spelled as no file has it, so that the page is named.
    site.write("static/a.html", "<a href=\"/digest/no&#47;\">x</a><form action=\"/digest/no&#47;\"></form>");
    let found = problems(&site, &[]);
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0][2..],
        ["static/a.html", "'/digest/no/' leads to nothing that is published", "on /a.html"]
    );
}

#[test]
fn an_address_is_not_looked_for_where_it_is_right() {
    let site = Site::new();
    let settings = "base_url = \"https://x.example/digest/\"\ntitle = \"T\"\n\
        menu = [{ label = \"About\", to = \"/about/\" }]\n";
    site.write("site.toml", settings);
    site.write("content/pages/about.md", "+++\ntitle = \"About\"\n+++\nUs.\n");
    site.write(
        "templates/archive.html",
        "{% extends \"dateline/archive.html\" %}\n{% block main %}<a href=\"{{ link(to=\"/about/\") }}\">x</a>{% endblock %}\n",
    );
    site.article("a.md", "2021-11-25", "", "Us: <a href=\"/about/\">about</a>.");
    site.article("b.md", "2021-11-24", "", "Text.");
    let found = places(&site, &[]);
    assert!(
        found.contains(&"error skips-base-path content/articles/a.md:7 /about/".to_owned()),
        "{found:#?}"
    );
    assert!(
        found.iter().all(|place| !place.contains("site.toml") && !place.contains("templates/")),
        "{found:#?}"
    );

    // On other pages than the article's own it stands in a template.
    site.article("a.md", "2021-11-25", "", "Us: <a href=\"/about/\">about</a>.");
    site.write(
        "templates/article.html",
        "{% extends \"dateline/article.html\" %}\n{% block main %}{{ super() }}<a href='/about/'>x</a>{% endblock %}\n",
    );
    let found = problems(&site, &[]);
    let of: Vec<&str> = found.iter().map(|problem| problem[2].as_str()).collect();
    assert_eq!(of, ["content/articles/a.md:7:14", "templates/article.html:2:39"]);
    assert!(found[1][4].starts_with("on /2021/11/24/b/"), "{found:#?}");
}

#[test]
fn what_is_advised_can_be_written() {
    let site = Site::new();
    site.write("content/pages/about.md", "+++\ntitle = \"About\"\n+++\nUs.\n");
    let body = "<a href=\"/digest/abuot/\">a</a> <a href=\"/digest/x/y/z/\">b</a> <a href=\"p.jpg\">c</a> \
        <a href=\"https://x.example/digest/abuot/\">d</a>";
    site.article("a.md", "2021-11-25", "", body);
    let said = stderr(&check(&site, &["--message-format", "short"]));
    for help in [
        "'/digest/abuot/' leads to nothing that is published (did you mean '/digest/about/'?)",
        "'https://x.example/digest/abuot/' leads to nothing that is published (did you mean https://x.example/digest/about/?)",
        "'/digest/x/y/z/' leads to nothing that is published (publish something there, or take it out)",
        "'p.jpg' leads to nothing that is published (it counts from where it stands, and comes to /digest/2021/11/25/a/p.jpg)",
    ] {
        assert!(said.contains(help), "{help}\n{said}");
    }
}

#[test]
fn a_fragment_is_compared_as_it_is_and_then_decoded() {
    let site = Site::new();
    site.write("static/b.html", "<p id=\"a%20b\"></p><p id=\"c d\"></p><p id=\"é\"></p>");
    let body = "<p id=\"a%20b\"></p><p id=\"c d\"></p><p id=\"é\"></p>";
    let links = ["#a%20b", "#c%20d", "#c d", "#é", "#%C3%A9", "#c%2520d"];
    let own: String = links.iter().map(|link| format!("<a href=\"{link}\">x</a>")).collect();
    let other: String = links.iter().map(|link| format!("<a href=\"b.html{link}\">x</a>")).collect();
    site.write("static/a.html", format!("{body}{own}{other}"));
    let expected = [
        "warning dead-fragment static/a.html:1 #c%2520d",
        "warning dead-fragment static/a.html:1 b.html#c%2520d",
    ];
    assert_eq!(places(&site, &[]), expected);
}

#[test]
fn a_hidden_folder_is_told_of_once() {
    let site = Site::new();
    for path in [".well-known/a.txt", ".well-known/b/c.txt", "x/.y", "x/.z"] {
        site.write(&format!("static/{path}"), "x");
    }
    let code = "warning hidden-file static";
    let expected = [".well-known/a.txt", "x/.y", "x/.z"].map(|path| format!("{code}/{path}"));
    assert_eq!(places(&site, &[]), expected);
}

#[test]
fn beside_a_site_at_the_root_live_others() {
    let site = Site::new();
    let body = "<a href=\"https://x.example/other/\">a</a> <a href=\"https://x.example/other/b.html\">b</a> \
        <a href=\"https://x.example/archive/no/\">c</a> <a href=\"https://x.example/no.png\">d</a> <a href=\"/other/\">e</a>";
    site.article("a.md", "2021-11-25", "", body);
    let found = places(&site, &["--base-url", "https://x.example/"]);
    let code = "error dead-link content/articles/a.md:7";
    let expected = ["https://x.example/archive/no/", "https://x.example/no.png", "/other/"];
    assert_eq!(found, expected.map(|address| format!("{code} {address}")));
}
