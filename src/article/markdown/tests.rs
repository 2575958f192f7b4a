//! What becomes of each part of Markdown.

use super::*;
use crate::slug::Letters;

/// Links that remember what they were asked.
#[derive(Default)]
struct Asked(Vec<(String, Range<usize>)>);

impl Links for Asked {
    fn link(&mut self, href: &str, span: Range<usize>) -> Destination {
        self.0.push((href.to_owned(), span));
        match href {
            "in.md" => Destination::Internal("/base/in/?a=1&b=%C3%A9".to_owned()),
            "gone.md" => Destination::Unlinked,
            _ if href.starts_with("https:") => Destination::External,
            _ => Destination::AsIs,
        }
    }

    fn image(&mut self, src: &str, alt: &str, span: Range<usize>) -> Place {
        self.0.push((format!("{src}|{alt}"), span));
        match self.link(src, 0..0) {
            Destination::Internal(src) => Place::Here(Picture {
                src,
                size: Some((960, 640)),
                srcset: Some("/a.480.webp 480w, /a.960.webp 960w".to_owned()),
            }),
            Destination::Unlinked => Place::Nowhere,
            Destination::External | Destination::AsIs => Place::AsIs,
        }
    }
}

fn options() -> Options<'static> {
    Options {
        smart: false,
        external_rel: "nofollow",
        letters: Letters::Ascii,
        here: "",
        sizes: "50vw",
        word: &|key| format!("<{key}>"),
    }
}

fn html(markdown: &str) -> String {
    render(markdown, &options(), &mut Asked::default()).html
}

#[test]
fn blocks() {
    for (markdown, expected) in [
        ("", ""),
        ("a\nb  \nc", "<p>a\nb<br>\nc</p>\n"),
        ("> a\n\n***", "<blockquote>\n<p>a</p>\n</blockquote>\n<hr>\n"),
        ("- a\n- b\n  1. c", "<ul>\n<li>a</li>\n<li>b\n<ol>\n<li>c</li>\n</ol>\n</li>\n</ul>\n"),
        ("3) a\n\n4) b", "<ol start=\"3\">\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ol>\n"),
        (
            "- [ ] a\n- [x] b",
            concat!(
                "<ul>\n<li><input type=\"checkbox\" disabled aria-label=\"&lt;task_open&gt;\"> a</li>\n",
                "<li><input type=\"checkbox\" disabled checked aria-label=\"&lt;task_done&gt;\"> b</li>\n</ul>\n"
            ),
        ),
        (
            "```rust ignore\n<a> & \"b\"\n```",
            "<pre tabindex=\"0\"><code class=\"language-rust\">&lt;a&gt; &amp; \"b\"\n</code></pre>\n",
        ),
        ("    a\n", "<pre tabindex=\"0\"><code>a\n</code></pre>\n"),
        ("<div class=x>\n*a*\n</div>\n\n<b>b</b>", "<div class=x>\n*a*\n</div>\n<p><b>b</b></p>\n"),
        (
            "> [!NOTE]\n> a",
            concat!(
                "<div class=\"alert alert-note\" role=\"note\">\n<p class=\"alert-title\">&lt;alert_note&gt;</p>\n",
                "<p>a</p>\n</div>\n"
            ),
        ),
        (
            "| a | b |\n|:-:|---|\n| c | d |",
            concat!(
                "<div class=\"table\" tabindex=\"0\">\n<table>\n<thead>\n",
                "<tr><th style=\"text-align: center\">a</th><th>b</th></tr>\n</thead>\n<tbody>\n",
                "<tr><td style=\"text-align: center\">c</td><td>d</td></tr>\n</tbody>\n</table>\n</div>\n"
            ),
        ),
        (
            "*a* **b** ~~c~~ `<d>` \\* &lt; \"'--...",
            "<p><em>a</em> <strong>b</strong> <del>c</del> <code>&lt;d&gt;</code> * &lt; \"'--...</p>\n",
        ),
    ] {
        assert_eq!(html(markdown), expected, "{markdown:?}");
    }
}

#[test]
fn smart_punctuation_is_asked_for() {
    let smart = Options { smart: true, ..options() };
    let rendered = render("\"a\" -- b's `\"c\"`", &smart, &mut Asked::default()).html;
    assert_eq!(rendered, "<p>“a” – b’s <code>\"c\"</code></p>\n");
}

#[test]
fn links_and_pictures() {
    for (markdown, expected) in [
        ("[a *b*](in.md \"t\")", "<a href=\"/base/in/?a=1&amp;b=%C3%A9\" title=\"t\">a <em>b</em></a>"),
        (
            "[a](https://b.org/?c&d=\"é)",
            "<a href=\"https://b.org/?c&amp;d=%22%C3%A9\" rel=\"nofollow\">a</a>",
        ),
        ("[a *b*](gone.md) c", "a <em>b</em> c"),
        ("[a][b]\n\n[b]: #c '\"d\"'", "<a href=\"#c\" title=\"&quot;d&quot;\">a</a>"),
        ("<https://a.org>", "<a href=\"https://a.org\" rel=\"nofollow\">https://a.org</a>"),
        ("<me@a.org>", "<a href=\"mailto:me@a.org\">me@a.org</a>"),
        (
            "![a *b* \"c\"](d.png 'e')",
            "<img src=\"d.png\" alt=\"a b &quot;c&quot;\" title=\"e\" loading=\"lazy\" decoding=\"async\">",
        ),
        (
            "![](in.md)",
            "<img src=\"/base/in/?a=1&amp;b=%C3%A9\" alt=\"\" width=\"960\" height=\"640\" srcset=\"/a.480.webp 480w, \
             /a.960.webp 960w\" sizes=\"50vw\" loading=\"lazy\" decoding=\"async\">",
        ),
        ("![a & b](gone.md)", "a &amp; b"),
        (
            "[![a](b.png)](c)",
            "<a href=\"c\"><img src=\"b.png\" alt=\"a\" loading=\"lazy\" decoding=\"async\"></a>",
        ),
        ("[a <me@b.org>](c)", "<a href=\"c\">a me@b.org</a>"),
        ("[a <me@b.org>](gone.md)", "a <a href=\"mailto:me@b.org\">me@b.org</a>"),
        ("![a ![b [c](d)](e)](f)", "<img src=\"f\" alt=\"a b c\" loading=\"lazy\" decoding=\"async\">"),
    ] {
        assert_eq!(html(markdown), format!("<p>{expected}</p>\n"), "{markdown:?}");
    }
    let plain = Options { external_rel: "", ..options() };
    let rendered = render("[a](https://b.org)", &plain, &mut Asked::default()).html;
    assert_eq!(rendered, "<p><a href=\"https://b.org\">a</a></p>\n");
}

#[test]
fn spans_are_those_of_whole_links() {
    let markdown =
        "é [a](b.md#c)\r\n\r\n> - ![d *e*](f.png)\n\n[x][y] <https://z.org> <me@z.org>\n\n[y]: g.md\n";
    let mut asked = Asked::default();
    render(markdown, &options(), &mut asked);
    let asked: Vec<(&str, &str)> = asked
        .0
        .iter()
        .filter(|(_, span)| *span != (0..0))
        .map(|(what, span)| (what.as_str(), &markdown[span.clone()]))
        .collect();
    let expected = [
        ("b.md#c", "[a](b.md#c)"),
        ("f.png|d e", "![d *e*](f.png)"),
        ("g.md", "[x][y]"),
        ("https://z.org", "<https://z.org>"),
    ];
    assert_eq!(asked, expected);

    let markdown = "\n é *[a](b.md)*\n[c](d.md) ";
    let mut asked = Asked::default();
    inline(markdown, &options(), &mut asked);
    let places: Vec<&str> = asked.0.iter().map(|(_, span)| &markdown[span.clone()]).collect();
    assert_eq!(places, ["[a](b.md)", "[c](d.md)"]);
}

#[test]
fn headings() {
    let markdown = concat!(
        "## A *b* `c`[^n] & ![d](e) {.x .y k=v #z}\n\n### Ünder\n\n> ## Ünder\n\n",
        "Set\nin two\n---\n\n## !\n\n[^n]: text\n\n    ## Not listed\n",
    );
    let rendered = render(markdown, &options(), &mut Asked::default());
    assert!(
        rendered.html.starts_with("<h2 id=\"z\" class=\"x y\" k=\"v\">A <em>b</em>"),
        "{}",
        rendered.html
    );
    assert!(rendered.html.contains("<h3 id=\"under\">Ünder</h3>"), "{}", rendered.html);
    assert!(rendered.html.contains("<h2>Not listed</h2>"), "{}", rendered.html);
    let titles: Vec<&str> = rendered.toc.iter().map(|heading| heading.title.as_str()).collect();
    assert_eq!(titles, ["A b c & d", "Set in two", "!"]);
    assert_eq!(rendered.toc[0].children[0].id, "under");
    let ids = heading_ids(markdown, &options());
    assert_eq!(ids, ["z", "under", "under-2", "set-in-two", "section"]);
    assert!(ids.iter().all(|id| rendered.html.contains(&format!(" id=\"{id}\""))), "{}", rendered.html);
}

#[test]
fn hostile_heading_attributes_stay_attributes() {
    let rendered = html("# a {#\"'& id=b CLASS=c d\"='e}\n");
    assert!(rendered.starts_with("<h1 id=\"&quot;&#39;&amp;\" d&quot;=\"&#39;e\">a"), "{rendered}");
}

#[test]
fn footnotes_that_are_read_elsewhere_are_linked_whole() {
    let options = Options { here: "https://a/?b&c", ..options() };
    let rendered = render("a[^1]\n\n[^1]: b\n", &options, &mut Asked::default()).html;
    for link in ["href=\"https://a/?b&amp;c#fn-1\"", "href=\"https://a/?b&amp;c#fnref-1\""] {
        assert!(rendered.contains(link), "{rendered}");
    }
}

#[test]
fn footnotes_are_numbered_by_their_first_reference() {
    let markdown = "a[^Two] b[^one] c[^two]\n\n[^one]: x[^three]\n\n[^two]: y\n\n    z\n\n[^three]:\n    - w\n\n[^four]: v\n";
    let reference = |name: &str, id: &str, number: usize| {
        format!("<sup><a href=\"#fn-{name}\" id=\"fnref-{id}\" role=\"doc-noteref\">{number}</a></sup>")
    };
    let back =
        |id: &str, more: &str| format!("<a href=\"#fnref-{id}\" role=\"doc-backlink\">↩\u{fe0e}{more}</a>");
    let expected = [
        format!("<p>a{} b{}", reference("two", "two", 1), reference("one", "one", 2)),
        format!(" c{}</p>\n", reference("two", "two-2", 1)),
        "<section class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n".to_owned(),
        "<li id=\"fn-two\">\n<p>y</p>\n".to_owned(),
        format!("<p>z {} {}</p>\n</li>\n", back("two", ""), back("two-2", "<sup>2</sup>")),
        format!(
            "<li id=\"fn-one\">\n<p>x{} {}</p>\n</li>\n",
            reference("three", "three", 3),
            back("one", "")
        ),
        format!("<li id=\"fn-three\">\n<ul>\n<li>w</li>\n</ul>\n{}\n</li>\n", back("three", "")),
        "</ol>\n</section>\n".to_owned(),
    ];
    assert_eq!(html(markdown), expected.concat());
}

#[test]
fn footnotes_in_odd_places() {
    // Ids differ from those of headings, an undefined reference is text, and what holds one is no link: the
    // parser keeps links from nesting.
    let rendered = html("# fn 1\n\n[a[^1]](b) [^2] ![c[^1]](d)\n\n[^1]: e\n");
    assert!(rendered.contains("<p>[a<sup><a href=\"#fn-1-2\" id=\"fnref-1\""), "{rendered}");
    assert!(rendered.contains("</sup>](b) [^2] ![c<sup>"), "{rendered}");
    // Those that refer to themselves and to each other are written once.
    let cycle = html("a[^1]\n\n[^1]: b[^1] c[^2]\n\n[^2]: d[^1]\n");
    assert_eq!(cycle.matches("<li id=").count(), 2, "{cycle}");
    assert_eq!(cycle.matches("doc-backlink").count(), 4, "{cycle}");
    // The first text of a label counts; one in a quote counts too; a label may have no letters.
    assert!(html("a[^1]\n\n[^1]: first\n\n[^1]: second\n").contains("<p>first "));
    assert!(html("a[^*]\n\n> b\n>\n> [^*]: c\n").contains("<li id=\"fn-1\">\n<p>c "));
    assert!(!html("[^1]: a[^2]\n\n[^2]: b\n").contains("footnotes"));
}

#[test]
fn a_line_has_no_blocks() {
    for (markdown, expected) in [
        ("", ""),
        (" \n", ""),
        ("*a* \"b\" [c](in.md)\n", "<em>a</em> \"b\" <a href=\"/base/in/?a=1&amp;b=%C3%A9\">c</a>"),
        ("1. FC Köln", "1. FC Köln"),
        ("# a\n\n> b", "# a  &gt; b"),
        ("<div>\n*a*\n</div>", "<div> <em>a</em> </div>"),
        ("_a_ <b>c</b> d[^1]", "<em>a</em> <b>c</b> d[^1]"),
        ("| a |\n|---|", "| a | |---|"),
        ("[a]: /b", "[a]: /b"),
    ] {
        assert_eq!(inline(markdown, &options(), &mut Asked::default()), expected, "{markdown:?}");
    }
    let smart = Options { smart: true, ..options() };
    assert_eq!(inline("\"a\" 'b'", &smart, &mut Asked::default()), "“a” ‘b’");
}

#[test]
fn words_are_those_of_the_text() {
    for (markdown, words) in [
        ("# One *t*wo\n\nthree\nfour  \nfive `six`\n\n- seven\n- eight", 8),
        ("| a | b |\n|---|---|\n| c | d |", 4),
        ("![alt text](a.png)", 0),
        ("```\none two\nthree\n```", 3),
        ("你好 world", 3),
    ] {
        assert_eq!(render(markdown, &options(), &mut Asked::default()).words, words, "{markdown:?}");
    }
}

#[test]
fn hostile_texts_are_rendered() {
    let many = |part: &str| part.repeat(10_000);
    for markdown in [
        many("["),
        many("[^"),
        many("!["),
        many("[a]("),
        many("> "),
        many("*a_ "),
        many("<"),
        many("`a``"),
        many("# a\n"),
        many("[^1]: [^1]\n"),
        many("a[^1] ") + "\n\n[^1]: b",
        many("|") + "\n" + &many("-|"),
        "- ".repeat(500),
        "```\nnever closed".to_owned(),
        "<!-- never closed".to_owned(),
        "a\0b\u{b}\u{c}\u{1b}\r\rc\r\n\r\n- \0\n- [\0]:d\n\u{b}".to_owned(),
        "\u{feff}# a\u{2028}b".to_owned(),
    ] {
        let rendered = render(&markdown, &options(), &mut Asked::default());
        let control = |c: char| c.is_ascii_control() && !matches!(c, '\n' | '\r' | '\t');
        assert!(!rendered.html.contains(control));
        inline(&markdown, &options(), &mut Asked::default());
        heading_ids(&markdown, &options());
        first_paragraph(&markdown);
        plain(&markdown);
    }
}

#[test]
fn line_ends_of_windows_change_nothing() {
    let markdown =
        "# a\n\nb\nc\n\n- d\n\n> [!TIP]\n> e\n\n```\nf\n```\n\n[^1]: g\n\n| h |\n|---|\n| i[^1] |\n";
    assert_eq!(html(&markdown.replace('\n', "\r\n")), html(markdown));
}
