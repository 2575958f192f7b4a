//! `dateline check`: what is wrong with where pages lead, at the line it is written, and nothing written.

mod common;

use common::checked::{BASE, check, places, problem, problems, shown};
use common::{NOW, Site, files, stderr, stdout};
use std::fs;

#[test]
fn a_sound_site_is_sound_wherever_it_lives_and_nothing_is_written() {
    let site = Site::sample();
    for base in [BASE, "https://x.example/"] {
        let output = site.run(&["check", "--strict", "--now", NOW, "--base-url", base]);
        assert!(output.status.success(), "{}", stderr(&output));
        assert!(stderr(&output).starts_with("Checked 38 articles, "), "{}", stderr(&output));
        assert_eq!(stdout(&output), "");
        assert!(!site.output().exists());
    }
}

#[test]
fn it_reports_what_a_build_does() {
    let site = Site::new();
    site.article("a.md", "2021-11-25", "tagz = []", "[x](/nowhere/)");
    site.article("b.md", "2021-11-25", "", "[x](/nowhere/)");
    site.write("templates/home.html", "{{ lead.titel }}");
    let found = places(&site, &[]);
    let build = site.build(&["--message-format", "json", "--base-url", BASE]);
    let built = stdout(&build);
    let built = built
        .lines()
        .map(problem)
        .map(|[severity, code, place, ..]| format!("{severity} {code} {}", shown(&site, &place)));
    assert_eq!(found, built.collect::<Vec<_>>());
    assert!(found.len() >= 2, "{found:?}");
    assert!(!site.output().exists());
}

#[test]
fn raw_html_is_read_and_its_mistakes_are_at_their_lines() {
    let site = Site::new();
    let body = "A [good](/archive/) one, <a href=\"/archive/\">without</a> and <a href='/digest/archive/'>with</a>.\n\n\
        <p><a href=\"/digest/nowhere/\">x</a> <img src=\"/digest/archive\" alt=\"\"></p>\n\n\
        <a href=\"../../../../../../up/\">up</a> <a href=\"photo.jpg\">p</a>\n\n\
        <a href=\"http://x.example/digest/archive/\">plain</a> <a href=\"javascript:alert(1)\">s</a>\n\n\
        ## Here\n\n<a href=\"#here\">1</a> <a href=\"#there\">2</a> <a href=\"/digest/archive/#x\">3</a> <a href=\"#top\">4</a>\n\n\
        <a href=\"https://x.example/other/\">beside</a> <a href=\"https://x.example/\">root</a> <a href=\"https://x.example/archive/\">whole</a>\n\n\
        <a href=\"mailto:a@b.example\">m</a> <a href=\"https://\">n</a>";
    site.article("a.md", "2021-11-25", "", body);
    let file = "content/articles/a.md";
    assert_eq!(
        places(&site, &[]),
        [
            format!("error skips-base-path {file}:7 /archive/"),
            format!("error dead-link {file}:9 /digest/nowhere/"),
            format!("warning missing-slash {file}:9 /digest/archive"),
            format!("error skips-base-path {file}:11 ../../../../../../up/"),
            format!("error dead-link {file}:11 photo.jpg"),
            format!("warning insecure-link {file}:13 http://x.example/digest/archive/"),
            format!("warning javascript-link {file}:13 javascript:alert(1"),
            format!("warning dead-fragment {file}:17 #there"),
            format!("warning dead-fragment {file}:17 /digest/archive/#x"),
            format!("error skips-base-path {file}:19 https://x.example/archive/"),
            format!("warning bad-address {file}:21 https://"),
        ]
    );
}

#[test]
fn one_mistake_in_a_template_is_one_report() {
    let site = Site::new();
    for day in 1..=5 {
        site.article(&format!("a{day}.md"), &format!("2021-11-0{day}"), "", "Text.");
    }
    let template = "{% extends \"dateline/article.html\" %}\n{% block main %}\n\
        <a href=\"/about/\">About</a> <a href=\"contact/\">Contact</a> <a href=\"{{ site.base_path }}x/\">X</a>\n{% endblock %}\n";
    site.write("templates/article.html", template);
    let found = problems(&site, &[]);
    let notes = "on /2021/11/05/a5/; the same on 4 more pages";
    let expected = [
        ["error", "dead-link", "", "'/digest/x/' leads to nothing that is published", notes],
        [
            "error",
            "skips-base-path",
            "templates/article.html:3:10",
            "'/about/' leads out of the site, which lives at /digest/",
            notes,
        ],
        [
            "error",
            "dead-link",
            "templates/article.html:3:38",
            "'contact/' leads to nothing that is published",
            notes,
        ],
    ];
    assert_eq!(found, expected.map(|problem| problem.map(str::to_owned)));
}

#[test]
fn style_sheets_scripts_and_metadata_are_read() {
    let site = Site::new();
    site.write(
        "static/css/own.css",
        "/* url(/no.png) */\n@font-face { src: url(\"/fonts/a.woff2\") }\np { background: url(../images/a.png) }\n\
         i { background: url(../images/b.png) }\n",
    );
    site.write("static/images/a.png", common::picture(2, 2));
    site.write("static/fonts/a.woff2", "font");
    site.write("static/robots.html", "<a href=\"/x/\">x</a>");
    site.write(
        "templates/archive.html",
        "<link rel=canonical href='https://old.example/archive/'>\n<meta property='og:url' content='/digest/no/'>\n\
         <meta property='og:image' content='https://x.example/digest/no.png'>\n\
         <script type='application/ld+json'>{\"url\": \"https://x.example/digest/none/\", \"@context\": \"https://schema.org\"}</script>\n\
         <p style='background: url(/digest/c.png)'></p>",
    );
    let found = places(&site, &[]);
    let archive = "templates/archive.html";
    assert_eq!(
        found,
        [
            "error skips-base-path static/css/own.css:2 /fonts/a.woff2".to_owned(),
            "error dead-link static/css/own.css:4 ../images/b.png".to_owned(),
            "error skips-base-path static/robots.html:1 /x/".to_owned(),
            format!("warning foreign-canonical {archive}:1 https://old.example/archive/"),
            format!("error dead-link {archive}:2 /digest/no/"),
            format!("error dead-link {archive}:3 https://x.example/digest/no.png"),
            format!("error dead-link {archive}:4 https://x.example/digest/none/"),
            format!("error dead-link {archive}:5 /digest/c.png"),
        ]
    );
    let output = check(&site, &["--message-format", "short"]);
    assert!(
        stderr(&output).contains("(count from where the style sheet lies: ../fonts/a.woff2)"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn the_page_for_dead_addresses_works_at_any_depth() {
    let site = Site::new();
    site.write(
        "templates/404.html",
        "<a href=\"archive/\">x</a> <a href=\"/digest/archive/\">y</a> <a href=\"#z\" id=\"z\">z</a>",
    );
    assert_eq!(places(&site, &[]), ["error relative-in-404 templates/404.html:1 archive/"]);
}

#[test]
fn time_alone_makes_no_error() {
    let site = Site::new();
    site.article("old.md", "2021-11-25", "expires = 2021-12-01", "Old.");
    site.article("new.md", "2021-12-02", "", "<a href=\"/digest/2021/11/25/old/\">old</a>");
    assert_eq!(
        places(&site, &[]),
        ["warning link-to-expired content/articles/new.md:7 /digest/2021/11/25/old/"]
    );
    let strict = check(&site, &["--strict"]);
    assert_eq!(strict.status.code(), Some(1), "{}", stderr(&strict));
}

#[test]
fn while_a_document_is_broken_no_address_is_called_dead() {
    let site = Site::new();
    site.article("a.md", "2021-11-25", "tagz = []", "Text.");
    site.article("b.md", "2021-11-25", "", "<a href=\"/digest/2021/11/25/a/\">a</a>");
    assert_eq!(places(&site, &[]), ["error unknown-key content/articles/a.md:4 tagz = []"]);
}

#[test]
fn what_is_ignored_is_left_alone() {
    let site = Site::new();
    let settings = site.read("site.toml");
    site.article(
        "a.md",
        "2021-11-25",
        "",
        "<a href=\"/tool/x?y\">a</a> <a href=\"/digest/app/\">b</a> <a href=\"/else/\">c</a>",
    );
    site.write(
        "site.toml",
        format!("{settings}[check]\nignore = [\"https://x.example/tool/*?y\", \"*/digest/app/\"]\n"),
    );
    assert_eq!(places(&site, &[]), ["error skips-base-path content/articles/a.md:7 /else/"]);
    site.write(
        "site.toml",
        format!("{settings}[check]\nignore = [\"x.example/*\", 1]\nignored = 1\ntimeout = 0\n"),
    );
    let expected = [
        "error bad-pattern site.toml:4 ",
        "error wrong-type site.toml:4 1]",
        "error unknown-key site.toml:5 ignored = 1",
        "error out-of-range site.toml:6 0",
    ];
    assert_eq!(places(&site, &[])[3..], expected);
}

#[test]
fn a_link_that_leaves_the_site_is_an_error_at_its_line() {
    let site = Site::new();
    let settings = "base_url = \"https://example.org/\"\ntitle = \"Test\"\n\
        menu = [{ label = \"Up\", to = \"/../other/\" }]\npolicies = { ethics = \"/a/../../ethics/\" }\n";
    site.write("site.toml", settings);
    let front = "summary = \"[s](/../summary/)\"\nrelated = [\"../../../x.md\"]\nimage = { src = \"/../p.jpg\", alt = \"P\", credit = \"C\" }";
    site.article(
        "a.md",
        "2021-11-25",
        front,
        "[up](/../other/) and [encoded](/%2e%2e/x/)\n\n![p](/../p.jpg) [f](../../../../x.md)",
    );
    site.write("templates/archive.html", "\n{{ link(to=\"/../other/\") }}");
    let file = "content/articles/a.md";
    let expected = [
        format!("error leaves-site {file}:4 [s](/../summary/"),
        format!("error leaves-site {file}:5 "),
        format!("error leaves-site {file}:6 "),
        format!("error leaves-site {file}:9 [up](/../other/"),
        format!("error leaves-site {file}:9 [encoded](/%2e%2e/x/"),
        format!("error leaves-site {file}:11 ![p](/../p.jpg"),
        format!("error leaves-site {file}:11 [f](../../../../x.md"),
        "error leaves-site site.toml:3 ".to_owned(),
        "error leaves-site site.toml:4 ".to_owned(),
        "error template-error templates/archive.html:2 link(to=".to_owned(),
    ];
    assert_eq!(places(&site, &[]), expected);
    let build = site.build(&["--message-format", "short", "--base-url", BASE]);
    assert_eq!(build.status.code(), Some(1));
    let said = stderr(&build);
    assert!(said.contains("a.md:9:1: error: '/../other/' leads out of the site (an address"), "{said}");
    assert!(said.contains("such as https://x.example/other/"), "{said}");
    assert_eq!(said.matches("leads out of the site").count(), 10, "{said}");
}

#[test]
fn what_pages_cannot_publish_is_told() {
    let site = Site::new();
    site.write("static/.well-known/security.txt", "x");
    site.write("static/.nojekyll", "");
    site.write("static/Map.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    site.write("static/map.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    // On a disk that does not tell the two apart there is nothing to find.
    let is_one = fs::read_dir(site.path().join("static")).expect("it is there").count() < 4;
    fs::File::create(site.path().join("static/film.mp4"))
        .and_then(|file| file.set_len(900_000_000))
        .expect("a sparse file");
    let found = problems(&site, &[]);
    let codes: Vec<&str> = found.iter().map(|problem| problem[1].as_str()).collect();
    let expected = ["site-size", "same-but-for-case", "hidden-file", "large-file"];
    let mut expected: Vec<&str> =
        expected.into_iter().filter(|code| !is_one || *code != "same-but-for-case").collect();
    let mut sorted = codes.clone();
    sorted.sort_unstable();
    expected.sort_unstable();
    assert_eq!(sorted, expected);
    let of = |code: &str| found.iter().find(|problem| problem[1] == code).expect("it is told");
    assert!(
        of("site-size")[3].starts_with("the site has 900.")
            && of("site-size")[4].starts_with("film.mp4: 900.0 MB; ")
    );
    assert_eq!(of("hidden-file")[2], "static/.well-known/security.txt");
    if !is_one {
        assert_eq!(of("same-but-for-case")[4], "static/Map.svg; static/map.svg");
    }
    fs::File::create(site.path().join("static/film.mp4"))
        .and_then(|file| file.set_len(1_100_000_000))
        .expect("a sparse file");
    assert!(
        problems(&site, &[])
            .iter()
            .any(|problem| problem[3].ends_with("GitHub Pages publishes no more than 1 GB"))
    );
}

#[cfg(unix)]
#[test]
fn links_out_of_the_repository_are_told() {
    use std::os::unix::fs::symlink;
    let outside = Site::empty();
    outside.write("shared/logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    let site = Site::new();
    site.write("static/own.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    symlink(site.path().join("static/own.svg"), site.path().join("static/inside.svg")).expect("a link");
    symlink(outside.path().join("shared"), site.path().join("static/shared")).expect("a link");
    assert_eq!(places(&site, &[]), ["warning link-out static/shared"]);
}

#[test]
fn on_github_problems_are_annotations() {
    let site = Site::new();
    let whole = "summary = \"S\"\nplace = \"P\"\nsource = { name = \"S\" }";
    site.article("a.md", "2021-11-25", whole, "<a href=\"/archive/\">a</a>");
    let mut command = site.command(&["check", "--now", NOW, "--base-url", BASE]);
    let output =
        command.env("GITHUB_ACTIONS", "true").env("GITHUB_WORKSPACE", site.path()).output().expect("it runs");
    let line = "::error file=content/articles/a.md,line=9,col=10,title=skips-base-path::'/archive/' leads out of the site";
    assert!(stdout(&output).starts_with(line), "{}", stdout(&output));
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn an_output_folder_is_left_as_it_is() {
    let site = Site::new();
    site.article("a.md", "2021-11-25", "", "Text.");
    site.built(&[]);
    site.write("public/stranger.html", "mine");
    site.article("a.md", "2021-11-25", "", "Another text.");
    let before = files(&site.output());
    assert!(check(&site, &[]).status.success());
    assert!(before == files(&site.output()), "the output folder has changed");
}
