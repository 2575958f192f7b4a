//! Bad input never panics: whatever stands in a file or in its name, a build ends by itself, well or with errors that
//! name the file, within seconds, and with nothing half done.

mod common;

use common::{Site, files, stderr};
use std::io::Read;
use std::process::{Output, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// How long a build may take, in debug and on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// Builds, bounded in time, and fails the test where the program fell rather than ended.
fn survives(site: &Site, what: &str) -> Output {
    let mut command = site.command(&["build", "--now", common::NOW, "--scheduled", "--verbose"]);
    let mut build = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the binary runs");
    let mut pipe = build.stderr.take().expect("it is piped");
    let (sender, receiver) = mpsc::channel();
    let reader = thread::spawn(move || {
        let mut said = Vec::new();
        pipe.read_to_end(&mut said).expect("a pipe can be read");
        sender.send(said).ok()
    });
    let Ok(said) = receiver.recv_timeout(PATIENCE) else {
        build.kill().expect("it can be killed");
        panic!("{what}: the build does not end");
    };
    reader.join().expect("it has ended");
    let output = Output { status: build.wait().expect("it ends"), stdout: Vec::new(), stderr: said };
    let status = output.status;
    let said = self::stderr(&output);
    let beginning: String = said.chars().take(2_000).collect();
    assert!(matches!(status.code(), Some(0 | 1)), "{what}: {status}\n{beginning}");
    assert!(!said.contains("panicked"), "{what}: {beginning}");
    assert!(
        !said.contains('\u{1b}') && !said.contains('\0'),
        "{what}: something drives the terminal: {beginning}"
    );
    assert!(said.len() < 300_000, "{what}: {} bytes of talk", said.len());
    if status.code() == Some(1) {
        assert!(said.contains("error"), "{what}: it fails without a word");
        assert!(!site.output().exists(), "{what}: a build in error has written");
    } else {
        // A second build of the same finds everything as it should be.
        let again = site.build(&["--scheduled"]);
        assert!(self::stderr(&again).contains(": 0 written,"), "{what}: {}", self::stderr(&again));
    }
    output
}

fn with_article(bytes: impl AsRef<[u8]>) -> Site {
    let site = Site::new();
    site.write("content/articles/x.md", bytes);
    site.article("good.md", "2021-11-25", "", "[x](x.md)");
    site
}

/// Front matter with a title and a date, and more.
fn toml(more: &str) -> String {
    format!("+++\ntitle = \"X\"\ndate = 2021-11-25\n{more}\n+++\nText.\n")
}

fn yaml(more: &str) -> String {
    format!("---\ntitle: X\ndate: 2021-11-25\n{more}\n---\nText.\n")
}

/// Builds a site with each of `cases` as an article, and checks that it is refused, naming the file; or taken.
fn try_all(cases: &[(&str, Vec<u8>, Outcome)]) {
    let wrong = cases.iter().filter_map(|(what, bytes, expected)| {
        let output = survives(&with_article(bytes), what);
        expected.fault(&output, "content/articles/x.md").map(|fault| format!("{what}: {fault}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[derive(Clone, Copy)]
enum Outcome {
    Taken,
    Refused,
}

use Outcome::{Refused, Taken};

impl Outcome {
    /// What is not as it should be: another end, or an error that does not name the file.
    fn fault(self, output: &Output, file: &str) -> Option<String> {
        let said = stderr(output);
        let well = match self {
            Taken => output.status.success(),
            Refused => output.status.code() == Some(1) && said.contains(file),
        };
        (!well).then(|| said.chars().take(1_000).collect())
    }
}

#[test]
fn front_matter_of_every_bad_shape() {
    let deep =
        |open: &str, close: &str, depth: usize| format!("{}{}", open.repeat(depth), close.repeat(depth));
    let case = |what, text: String, outcome| (what, text.into_bytes(), outcome);
    try_all(&[
        case("nothing at all", String::new(), Refused),
        case("one fence", "+++".to_owned(), Refused),
        case("two fences", "+++\n+++".to_owned(), Refused),
        case("no text", "+++\ntitle = \"X\"\ndate = 2021-11-25\n+++".to_owned(), Taken),
        case("other fences", "+++\ntitle = \"X\"\n---\n".to_owned(), Refused),
        case("deep TOML arrays", toml(&format!("[extra]\nx = {}", deep("[", "]", 5_000))), Refused),
        case(
            "deep TOML tables",
            toml(&format!("[extra]\nx = {}1{}", "{a=".repeat(5_000), "}".repeat(5_000))),
            Refused,
        ),
        case("deep TOML keys", toml(&format!("[extra{}]\nx = 1", ".a".repeat(5_000))), Refused),
        case("not so deep TOML", toml(&format!("[extra]\nx = {}", deep("[", "]", 40))), Taken),
        case("unclosed TOML arrays", toml(&format!("x = {}", "[".repeat(100_000))), Refused),
        case("deep YAML lists", yaml(&format!("extra: {{ x: {} }}", deep("[", "]", 5_000))), Refused),
        case("deep YAML tables", yaml(&format!("extra: {}", deep("{a: ", "}", 5_000))), Refused),
        case(
            "deep YAML indents",
            yaml(&(0..3_000).map(|n| format!("{}a:\n", " ".repeat(n))).collect::<String>()),
            Refused,
        ),
        case("YAML dashes", yaml(&format!("tags: \n  {}x", "- ".repeat(5_000))), Refused),
        case("YAML bomb", yaml("a: &a [x]\nb: &b [*a,*a]\nc: [*b,*b]"), Refused),
        case("YAML with two documents", "---\ntitle: X\n--- \ndate: 2021-11-25\n---\n".to_owned(), Refused),
        case("YAML tags", yaml("extra: !!python/object:x {}"), Taken),
        case("YAML merge", yaml("<<: { draft: true }"), Refused),
        case("YAML keys that are lists", yaml("? [a]\n: b"), Refused),
        case("YAML tabs", yaml("\textra: 1"), Refused),
        case(
            "a million keys' line",
            toml(&format!(
                "extra = {{ {} }}",
                (0..50_000).map(|n| format!("k{n} = 1")).collect::<Vec<_>>().join(", ")
            )),
            Taken,
        ),
        case(
            "50,000 YAML keys",
            yaml(&format!("extra:\n{}", (0..50_000).map(|n| format!("  k{n}: 1\n")).collect::<String>())),
            Taken,
        ),
        case("5,000 tags that are empty", toml(&format!("tags = [{}]", "\"\", ".repeat(5_000))), Refused),
        case(
            "50,000 spellings of a tag",
            toml(&format!("tags = [{}]", "\"A\", \"a \", ".repeat(25_000))),
            Taken,
        ),
        case("a megabyte of unknown key", toml(&format!("{} = 1", "k".repeat(1_000_000))), Refused),
        case(
            "a megabyte of title",
            "+++\ntitle = \"".to_owned() + &"é ".repeat(500_000) + "\"\ndate = 2021-11-25\n+++\n",
            Taken,
        ),
        case("a megabyte of wrong type", toml(&format!("draft = \"{}\"", "x".repeat(1_000_000))), Refused),
        case("a control character", toml("place = \"a\\u0000b\""), Refused),
        case("an escape", toml("place = \"a\\u001b[2Jb\""), Refused),
        case("a raw escape", toml("place = \"a\u{1b}b\""), Refused),
        case("a raw NUL", toml("place = \"a\0b\""), Refused),
        case("NUL in YAML", yaml("place: \"a\\0b\""), Refused),
        case("a lone surrogate", toml("place = \"\\ud800\""), Refused),
        case("right-to-left overrides", toml("place = \"\u{202e}abc\"\nsection = \"\u{2066}x\""), Taken),
        case(
            "every key of the wrong type",
            toml(
                "updated = 1\nid = []\nslug = {}\nsummary = 1.5\ntags = 1\nsection = true\nplace = 1979-05-27\nsource = 1\nvia = 1\nkind = 1\nby = 1\nlang = 1\nimage = 1\ncorrections = 1\nrelated = 1\nthread = 1\npriority = \"x\"\ndraft = 1\nexpires = \"never\"\naliases = 1\ntemplate = 1\nextra = 1",
            ),
            Refused,
        ),
        case(
            "nothing in every key",
            toml(
                "id = \"\"\nslug = \"\"\nsummary = \"\"\ntags = [\"\"]\nsource = {}\nvia = {}\nimage = {}\ncorrections = [{}]\nrelated = [\"\"]\naliases = [\"\"]\nlang = \"\"",
            ),
            Refused,
        ),
        case("dots for a slug", toml("slug = \"..\""), Refused),
        case("a slug that climbs", toml("slug = \"../../etc\""), Refused),
        case("an alias that climbs", toml("aliases = [\"/../../etc/passwd\"]"), Refused),
        case("an alias of the home page", toml("aliases = [\"/index.html\"]"), Refused),
        case("a template that climbs", toml("template = \"../../../etc/passwd\""), Refused),
        case(
            "a picture that climbs",
            toml("image = { src = \"../../../../etc/passwd\", alt = \"x\" }"),
            Refused,
        ),
        case("a related file that climbs", toml("related = [\"../../../../etc/passwd\"]"), Refused),
        case("related to itself", toml("related = [\"x.md\"]"), Taken),
    ]);
}

#[test]
fn numbers_and_dates_at_their_edges() {
    let dated = |date: &str| format!("+++\ntitle = \"X\"\ndate = {date}\n+++\n").into_bytes();
    let named = |date: &str| format!("---\ntitle: X\ndate: {date}\n---\n").into_bytes();
    let field = |more: &str| toml(more).into_bytes();
    try_all(&[
        ("year 1", dated("0001-01-01"), Taken),
        ("year 9999", dated("9999-12-31"), Taken),
        ("the last second", dated("9999-12-31T23:59:59Z"), Taken),
        ("a second that leaps", dated("2016-12-31T23:59:60Z"), Taken),
        ("over the last year by its offset", dated("9999-12-31T23:59:59-12:00"), Refused),
        ("before the first year by its offset", dated("0001-01-01T00:00:00+12:00"), Refused),
        ("year 0", dated("0000-01-01"), Refused),
        ("the 30th of February", dated("2021-02-30"), Refused),
        ("hour 24", dated("2021-11-25T24:00:00"), Refused),
        ("offset of a day", dated("2021-11-25T10:00:00+24:00"), Refused),
        ("a time alone", dated("10:30:00"), Refused),
        ("a number", dated("20211125"), Refused),
        ("a negative year", named("-2021-11-25"), Refused),
        ("a year of six digits", named("202111-11-25"), Refused),
        ("a date of many digits", named(&"9".repeat(10_000)), Refused),
        ("words", named("yesterday"), Refused),
        ("Arabic digits", named("٢٠٢١-١١-٢٥"), Refused),
        ("an integer too large", field("priority = 9223372036854775808"), Refused),
        ("an integer larger still", field(&format!("priority = {}", "9".repeat(10_000))), Refused),
        ("the least integer", field("priority = -9223372036854775808"), Refused),
        (
            "floats at their edges",
            field("[extra]\na = inf\nb = -nan\nc = 1e308\nd = 1e-400\ne = 5e-324"),
            Taken,
        ),
        ("a float beyond", field("[extra]\na = 1e999"), Taken),
        ("hexadecimal", field("[extra]\na = 0xffffffffffffffff"), Taken),
        ("expired at the edge", field("expires = 9999-12-31T23:59:59-12:00"), Refused),
        ("expired long ago", field("expires = 0001-01-01"), Taken),
        ("updated in the future", field("updated = 9999-12-31"), Taken),
    ]);
    // In a zone that is ahead of UTC, the first and the last of all days are no trouble either.
    for zone in ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Africa/Monrovia"] {
        for date in [
            "0001-01-01",
            "9999-12-31",
            "9999-12-31T23:59:59",
            "0001-01-01T00:00:00Z",
            "1900-01-01T00:00:00Z",
        ] {
            let site = with_article(dated(date));
            site.write(
                "site.toml",
                format!("base_url = \"https://example.org/\"\ntitle = \"T\"\ntimezone = \"{zone}\"\n"),
            );
            survives(&site, &format!("{date} in {zone}"));
        }
    }
}

#[test]
fn markdown_of_every_bad_shape() {
    let body = |text: &str| format!("+++\ntitle = \"X\"\ndate = 2021-11-25\n+++\n{text}").into_bytes();
    let times = |text: &str, count: usize| body(&text.repeat(count));
    let lists: String = (0..10_000).map(|depth| format!("{}- a\n", " ".repeat(depth % 200 * 2))).collect();
    try_all(&[
        ("a list of 10,000 levels", times("- ", 10_000), Taken),
        ("numbered to 10,000 levels", times("1. ", 10_000), Taken),
        ("lists in steps", body(&lists), Taken),
        ("10,000 quotes", times("> ", 10_000), Taken),
        ("10,000 brackets", times("[", 10_000), Taken),
        ("10,000 pictures", times("![", 10_000), Taken),
        ("links in links", body(&format!("{}a{}", "[".repeat(5_000), "](/)".repeat(5_000))), Taken),
        ("emphasis", times("*a **b ", 20_000), Taken),
        ("emphasis of all sorts", times("_*~~`", 20_000), Taken),
        ("backticks", body(&(1..500).map(|n| "`".repeat(n) + " ").collect::<String>()), Taken),
        (
            "tables",
            body(&format!("|{}\n|{}\n{}", "a|".repeat(2_000), "-|".repeat(2_000), "|\n".repeat(100))),
            Taken,
        ),
        (
            "footnotes of footnotes",
            body(&(0..2_000).map(|n| format!("[^{n}]: a[^{}]\n\n", n + 1)).collect::<String>()),
            Taken,
        ),
        ("a footnote in itself", body("a[^1]\n\n[^1]: b[^1]\n"), Taken),
        (
            "footnotes of all names",
            body("[^\"><script>] [^é] [^ ] [^#?%]\n\n[^\"><script>]: a\n\n[^é]: b\n\n[^#?%]: c\n"),
            Taken,
        ),
        ("10,000 headings of one name", times("# a\n", 10_000), Taken),
        ("headings without a name", times("#\n## !!!\n", 100), Taken),
        ("heading attributes", body("# a {#\"'> .b c=\"d\" {{ {#e}}\n# {#}\n# a {#a #b}\n"), Taken),
        ("HTML that is not", times("<div <a <!-- <![CDATA[ <? </ ", 2_000), Taken),
        ("entities", times("&#0; &#x110000; &#xd800; &amp &nosuch; ", 1_000), Taken),
        ("a megabyte of one line", times("word ", 200_000), Taken),
        ("a megabyte of one word", times("x", 1_000_000), Taken),
        ("a megabyte of line breaks", times("\n", 1_000_000), Taken),
        ("definitions", body(&(0..5_000).map(|n| format!("[a{n}]: /\n")).collect::<String>()), Taken),
        ("NUL", body("a\0b\n\n# \0\n\n`\0`\n"), Taken),
        ("control characters", body("a\u{1}\u{7}\u{8}\u{b}\u{c}\u{1b}[31m\u{7f}\u{9b}b\n"), Taken),
        ("lone carriage returns", b"+++\rtitle = \"X\"\rdate = 2021-11-25\r+++\rText\r".to_vec(), Refused),
        ("carriage returns in the text", body("a\rb\r\r# c\rd\r"), Taken),
        (
            "DOS line ends",
            b"+++\r\ntitle = \"X\"\r\ndate = 2021-11-25\r\n+++\r\n# H\r\n\r\n- a\r\n".to_vec(),
            Taken,
        ),
        ("a byte order mark", [b"\xef\xbb\xbf".as_slice(), &body("Text.")].concat(), Taken),
        ("two byte order marks", [b"\xef\xbb\xbf\xef\xbb\xbf".as_slice(), &body("Text.")].concat(), Refused),
        ("Latin-1", [body("caf").as_slice(), b"\xe9\n"].concat(), Refused),
        ("half a character", [body("a").as_slice(), b"\xf0\x9f"].concat(), Refused),
        (
            "UTF-16",
            [b"\xff\xfe".as_slice(), &body("a").iter().flat_map(|byte| [*byte, 0]).collect::<Vec<_>>()]
                .concat(),
            Refused,
        ),
        ("noise", (0..4_096_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect(), Refused),
        ("template syntax", body("{{ x }} {% raw %} {# } {{<card />}} {% include \"x\" %}\n"), Taken),
        ("a link that climbs", body("[a](../../../../../../etc/passwd)"), Refused),
        ("a link with nothing in it", body("[a]()"), Refused),
        (
            "links of odd schemes",
            body("[a](javascript:alert(1)) [b](data:text/html,x) [c](xy:z) [d](//)"),
            Taken,
        ),
        ("links of odd characters", body("[a](<https://x/ y\"><script>>) [b](https://[::1]/%zz)"), Taken),
        ("fragments of odd characters", body("[a](#%ff%00)"), Refused),
    ]);
}

#[test]
fn templates_of_every_bad_shape() {
    let deep =
        |open: &str, close: &str, depth: usize| format!("{}{}", open.repeat(depth), close.repeat(depth));
    let cases: Vec<(&str, String, Outcome)> = vec![
        ("nothing", String::new(), Taken),
        ("extends itself", "{% extends \"article.html\" %}".to_owned(), Refused),
        ("extends what extends it", "{% extends \"other.html\" %}".to_owned(), Refused),
        ("includes itself", "{% include \"article.html\" %}".to_owned(), Refused),
        (
            "a component that calls itself",
            "{% component own() %}{{<own />}}{% endcomponent %}{{<own />}}".to_owned(),
            Refused,
        ),
        ("unclosed", "{% if x %}".to_owned(), Refused),
        ("no such thing", "{{ nothing.at.all[0] }}".to_owned(), Refused),
        ("no such function", "{{ now() }}".to_owned(), Refused),
        ("no such filter", "{{ 1 | rm }}".to_owned(), Refused),
        ("division by nothing", "{{ 1 / 0 }} {{ 1 % 0 }}".to_owned(), Refused),
        ("too large a number", format!("{{{{ {} + 1 }}}}", i64::MAX), Taken),
        ("a number beyond", format!("{{{{ {} }}}}", "9".repeat(400)), Refused),
        ("a bad date format", "{{ article.date | date(format=\"%Q %\") }}".to_owned(), Refused),
        ("a date that is none", "{{ \"x\" | date }}".to_owned(), Refused),
        ("a date beyond", "{{ \"+262142-12-31\" | date }}".to_owned(), Refused),
        (
            "a wide date format",
            "{{ article.date | date(format=\"%A %B %c %x %X %+ %s %f %9f %::z\") }}".to_owned(),
            Taken,
        ),
        ("a limit that is none", "{{ articles(limit=-1) | length }}".to_owned(), Refused),
        ("a limit beyond", format!("{{{{ articles(limit={}) | length }}}}", i64::MAX), Taken),
        ("a path that climbs", "{{ asset(path=\"../../../etc/passwd\") }}".to_owned(), Refused),
        ("a link that climbs", "{{ link(to=\"@/../../etc/passwd\") }}".to_owned(), Refused),
        ("Markdown of Markdown", "{{ \"[a](x.md) ![b](c) [d](#e)\" | markdown }}".to_owned(), Refused),
        ("deep brackets", format!("{{{{ {} }}}}", deep("(", ")", 3_000)), Refused),
        ("deep lists", format!("{{{{ {} }}}}", deep("[", "]", 3_000)), Refused),
        ("deep conditions", deep("{% if true %}", "{% endif %}", 3_000), Refused),
        ("deep negation", format!("{{{{ {}true }}}}", "not ".repeat(3_000)), Refused),
        ("a long sum", format!("{{{{ 1{} }}}}", " + 1".repeat(3_000)), Refused),
        ("a large range", "{% for x in range(end=9999999999) %}{% endfor %}".to_owned(), Refused),
    ];
    let mut wrong = Vec::new();
    for (what, text, expected) in cases {
        let site = with_article(toml(""));
        site.write("templates/article.html", &text);
        site.write("templates/other.html", "{% extends \"article.html\" %}");
        if what != "extends what extends it" {
            std::fs::remove_file(site.path().join("templates/other.html")).expect("it is there");
        }
        let output = survives(&site, what);
        wrong.extend(
            expected.fault(&output, "templates/article.html").map(|fault| format!("{what}: {fault}")),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn settings_of_every_bad_shape() {
    let site_toml = |more: &str| format!("base_url = \"https://example.org/\"\ntitle = \"T\"\n{more}\n");
    let cases = [
        ("nothing", String::new()),
        ("no TOML", "]]]".to_owned()),
        ("deep", site_toml(&format!("[extra]\nx = {}{}", "[".repeat(5_000), "]".repeat(5_000)))),
        ("a base that is none", "base_url = \"x\"\ntitle = \"T\"\n".to_owned()),
        ("a base of odd characters", "base_url = \"https://ex ample/<\\\"'>/\"\ntitle = \"T\"\n".to_owned()),
        ("a base with a query", "base_url = \"https://example.org/?a#b\"\ntitle = \"T\"\n".to_owned()),
        ("a base in another script", "base_url = \"https://例え.jp/ü b/\"\ntitle = \"T\"\n".to_owned()),
        ("a base that climbs", "base_url = \"https://example.org/../../\"\ntitle = \"T\"\n".to_owned()),
        ("a base of dots", "base_url = \"https://../\"\ntitle = \"T\"\n".to_owned()),
        ("pages of no articles", site_toml("[paginate]\nper_page = 0")),
        ("pages of too many", site_toml("[paginate]\nper_page = 9223372036854775807\nhome = -1")),
        ("a permalink that climbs", site_toml("[permalinks]\narticle = \"/../:slug/\"")),
        ("one permalink for all", site_toml("[permalinks]\narticle = \"/x/\"")),
        ("a taxonomy that climbs", site_toml("[taxonomies]\ntags = { path = \"../..\" }")),
        ("a taxonomy on a taxonomy", site_toml("[taxonomies]\ntags = { path = \"sources\" }")),
        ("a taxonomy of another's", site_toml("[taxonomies]\ntitle = true\nx = 1\n\"a/b\" = true")),
        (
            "label formats",
            site_toml("[labels]\ndate_format = \"%Q\"\nday_format = \"%\"\narticles_one = \"{count} {x}\""),
        ),
        ("a menu of nothing", site_toml("menu = [{}, 1, { label = \"x\", to = \"\" }]")),
        ("a zone that is none", site_toml("timezone = \"../../etc/passwd\"")),
        ("a language that is none", site_toml("language = \"xx-yy-zz-\\u0000\"")),
        ("a language without labels", site_toml("language = \"tlh\"")),
    ];
    for (what, text) in cases {
        let site = with_article(toml("tags = [\"A\"]"));
        site.write("site.toml", text);
        let output = survives(&site, what);
        assert!(
            output.status.success() || stderr(&output).contains("site.toml"),
            "{what}: {}",
            stderr(&output)
        );
    }
}

#[cfg(unix)]
#[test]
fn names_of_every_kind() {
    let long = "x".repeat(252);
    let wide = "漢".repeat(84);
    let names = [
        "with space.md",
        "  .md",
        "emoji 👩‍👩‍👧.md",
        "quote\"'`.md",
        "per%cent%20.md",
        "hash#tag?.md",
        "a&b=c;d.md",
        "back\\slash.md",
        "tab\there.md",
        "line\nbreak.md",
        "esc\u{1b}[31m.md",
        "rtl\u{202e}dm.md",
        "zero\u{200b}.md",
        "con.md",
        "NUL.md",
        "aux.txt.md",
        "com1.md",
        "-dash.md",
        "--draft.md",
        "~tilde.md",
        "$HOME.md",
        "*.md",
        "x..md",
        "...md",
        "2021-11-25-.md",
        "2021-02-30-x.md",
        "2021-11-25.md",
        "9999-99-99-x.md",
        "<b>.md",
        "{{ x }}.md",
        "\u{feff}bom.md",
        "é.md",
        "e\u{301}.md",
        "İ.md",
        "ß.md",
        "ﬀ.md",
        "中文.md",
        "خبر.md",
    ];
    for name in names.into_iter().map(String::from).chain([format!("{long}.md"), format!("{wide}.md")]) {
        for settings in ["", "[permalinks]\nslugs = \"unicode\"\n"] {
            let site = Site::new();
            site.write("site.toml", format!("{}{settings}", site.read("site.toml")));
            site.write(&format!("content/articles/{name}"), toml(""));
            site.write(&format!("content/pages/{name}"), "+++\ntitle = \"P\"\n+++\n");
            if name.len() < 200 {
                site.write(&format!("static/{name}.css"), "a {}");
            }
            survives(&site, &format!("{name:?} {settings}"));
        }
    }
    // As folders, bundles, and tags.
    for name in ["with space", "per%cent", "hash#?", "é", "con", "x..y", "quote\"'"] {
        let site = Site::new();
        site.write(
            &format!("content/articles/{name}/index.md"),
            toml(&format!("tags = ['{}']", name.replace('\'', ""))),
        );
        site.write(&format!("content/articles/{name}/{name}.png"), "png");
        let output = survives(&site, name);
        let said = stderr(&output);
        assert!(output.status.success(), "{name}: {said}");
        assert!(files(&site.output()).keys().any(|path| path.ends_with(&format!("{name}.png"))), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn files_that_are_no_ordinary_files() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let site = with_article(toml(""));
    symlink(site.path().join("content"), site.path().join("content/articles/loop"))
        .expect("a link can be made");
    assert!(stderr(&survives(&site, "a link in a circle")).contains("link"));

    let site = with_article(toml(""));
    symlink("nowhere", site.path().join("content/articles/dangling.md")).expect("a link can be made");
    assert!(stderr(&survives(&site, "a link to nothing")).contains("dangling.md"));

    let site = with_article(toml(""));
    let name = OsStr::from_bytes(b"bad\xff\xfe.md");
    // Some file systems take UTF-8 alone.
    if std::fs::write(site.path().join("content/articles").join(name), toml("")).is_ok() {
        assert!(stderr(&survives(&site, "a name that is no text")).contains("not UTF-8"));
    }

    let site = with_article(toml(""));
    std::fs::create_dir_all(site.path().join("content/articles/folder.md")).expect("it can be made");
    std::fs::create_dir_all(site.path().join("templates/article.html")).expect("it can be made");
    survives(&site, "folders with the names of files");

    for folder in ["content", "static", "templates", "content/articles", ".dateline", "public"] {
        let site = Site::new();
        site.write(folder, "a file where a folder is expected");
        let mut command = site.command(&["build", "--now", common::NOW]);
        let output = command.output().expect("the binary runs");
        assert!(
            matches!(output.status.code(), Some(0 | 1)) && !stderr(&output).contains("panicked"),
            "{folder}"
        );
    }
    let site = Site::empty();
    std::fs::create_dir(site.path().join("site.toml")).expect("it can be made");
    survives(&site, "a folder for settings");
}

#[test]
fn what_clashes_is_said_and_not_guessed() {
    // The same letters to a reader, other bytes to a disk.
    for (settings, slugs) in [("ascii", "caf"), ("unicode", "caf")] {
        let site = Site::new();
        site.write("site.toml", format!("{}[permalinks]\nslugs = \"{settings}\"\n", site.read("site.toml")));
        site.article("caf\u{e9}.md", "2021-11-25", "tags = [\"\u{e9}t\u{e9}\"]", "One.");
        site.article("cafe\u{301}.md", "2021-11-25", "tags = [\"e\u{301}te\u{301}\"]", "Two.");
        // A disk that knows no difference has one file, and no clash.
        if files(&site.path().join("content/articles")).len() == 2 {
            let said = stderr(&survives(&site, settings));
            assert!(said.contains("output-clash") && said.contains(&format!("{slugs}é.md")), "{said}");
            assert!(!said.contains("slug-clash"), "as tags they are one: {said}");
        }
    }
    let site = Site::new();
    site.article("a.md", "2021-11-25", "tags = [\"C\", \"C++\"]", "");
    site.article(
        "page.md",
        "2021-11-25",
        "aliases = [\"/archive/\", \"/tags/c/page/2/\", \"/2021/\", \"/atom.xml\"]",
        "",
    );
    let said = stderr(&survives(&site, "clashes"));
    assert!(said.contains("slug-clash") && said.matches("output-clash").count() >= 3, "{said}");
}
