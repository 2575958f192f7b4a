//! What may happen around stories: to settings, templates, static files, the time, the command line and the output.

use super::{Edit, Files, one_of};
use std::collections::BTreeMap;

/// The times that builds are made at, one after the other: past what is scheduled, past what expires, and out of the
/// window of the news sitemap.
const TIMES: [&str; 6] = [
    super::super::NOW,
    "2021-12-03T23:59:00Z",
    "2021-12-04T08:00:00Z",
    "2021-12-05T13:00:00Z",
    "2021-12-06T08:00:00Z",
    "2021-12-09T08:00:00Z",
];

/// Templates that can be there or not, by their names; `N` stands for a number that edits change.
const OPTIONAL: [(&str, &str); 9] = [
    (
        "article.html",
        "{% extends \"dateline/article.html\" %}{% block head %}<!-- N -->{% if newer %}<link rel=\"prev\" href=\"{{ newer.url }}\">{% endif %}{% endblock head %}",
    ),
    (
        "term.html",
        "{% extends \"base.html\" %}{% block main %}<h1>{{ term.name }} N</h1>{% for card in pager.articles %}{{<card card={card} />}}{% endfor %}{% endblock main %}",
    ),
    ("period.html", "{% extends \"dateline/period.html\" %}{% block head %}<!-- N -->{% endblock head %}"),
    (
        "terms.html",
        "{% extends \"base.html\" %}{% block main %}N{% for term in terms %}<a href=\"{{ term.url }}\">{{ term.name }}</a>{% endfor %}{% endblock main %}",
    ),
    (
        "404.html",
        "{% extends \"base.html\" %}{% block main %}N{% for term in terms(taxonomy=\"sources\") %}{{ term.name }} {{ term.count }};{% endfor %}{% endblock main %}",
    ),
    (
        "archive.html",
        "{% extends \"dateline/archive.html\" %}{% block main %}{% include \"strip.html\" %}N{{ super() }}{% endblock main %}",
    ),
    (
        "page.html",
        "{% extends \"dateline/page.html\" %}{% block main %}{{ super() }}N{% for card in articles(tag=\"water\", limit=2) %}{{<badge text={card.title} />}}{% endfor %}{% endblock main %}",
    ),
    ("components.html", "{% component toc(toc, @site, ...rest) -%}N{%- endcomponent toc %}"),
    (
        "desk.html",
        "{% component card(card, heading=none, @card_heading=\"h2\", @site, ...rest) -%}<article class=\"card\" data-n=\"N\"><a href=\"{{ card.url }}\">{{ card.title }}</a>{{ card.summary }}{{ card.extra?.mark or \"\" }}</article>{% endcomponent card %}",
    ),
];

/// Templates that others need.
const NEEDED: [(&str, &str); 5] = [
    (
        "base.html",
        "{% extends \"dateline/base.html\" %}{% block head %}<!-- N --><link rel=\"stylesheet\" href=\"{{ asset(path=\"/css/desk.css\") }}\">{% endblock head %}",
    ),
    (
        "home.html",
        "{% extends \"dateline/home.html\" %}{% block main %}{{ site.extra.notice | markdown(inline=true) }} N <a href=\"{{ link(to=\"@/pages/about.md\") }}\">us</a>{% for term in terms(taxonomy=\"tags\", limit=3) %}{{<badge text={term.name} />}}{% endfor %}{{ super() }}{% endblock main %}",
    ),
    (
        "longread.html",
        "{% extends \"dateline/article.html\" %}{% block main %}{{ super() }}N{{ (article.extra.mark or \"*none*\") | markdown }}{% if article.section %}{% for card in articles(section=article.section.name, limit=3) %}{{<badge text={card.title} />}}{% endfor %}{% endif %}{% include \"strip.html\" %}{% endblock main %}",
    ),
    (
        "strip.html",
        "<aside>N {{ \"See [us](@/pages/about.md#part).\" | markdown(inline=true) }}{% for card in articles(limit=2) %}<a href=\"{{ card.url }}\">{{ card.title }}</a>{% endfor %}</aside>",
    ),
    (
        "parts.html",
        "{% component badge(text, @site, ...rest) -%}<b title=\"{{ site.title }}\">{{ text }} N</b>{%- endcomponent badge %}",
    ),
];

const STATIC: [&str; 5] = ["css/site.css", "css/more.css", "deep/down/note.txt", "favicon.svg", "js/a.js"];

pub(super) fn first_settings() -> BTreeMap<&'static str, String> {
    let settings = [
        ("base_url", "\"https://example.org/digest/\""),
        ("title", "\"The <Newsroom>\""),
        ("timezone", "\"Europe/Berlin\""),
        ("editor", "\"The desk\""),
        (
            "menu",
            "[{ label = \"Archive\", to = \"/archive/\" }, { label = \"About\", to = \"@/pages/about.md\" }, { label = \"World\", to = \"/sections/\" }]",
        ),
        ("policies", "{ corrections = \"@/pages/policy.md\" }"),
        ("paginate.per_page", "5"),
        ("paginate.home", "12"),
        ("taxonomies.people", "{ label = \"People\" }"),
        ("feeds.limit", "8"),
        ("feeds.per_term", "[\"atom\", \"json\"]"),
        ("images.widths", "[16, 32]"),
        ("extra.notice", "\"We are [here](/archive/).\""),
    ];
    settings.into_iter().map(|(key, value)| (key, value.to_owned())).collect()
}

pub(super) fn first_files() -> Files {
    let mut files = Files::new();
    for (name, text) in NEEDED {
        files.insert(format!("templates/{name}"), numbered(text, 0));
    }
    files.insert("static/css/desk.css".to_owned(), b"body { order: 0 }\n".to_vec());
    files.insert("static/deep/map.svg".to_owned(), b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec());
    files
}

fn numbered(text: &str, number: usize) -> Vec<u8> {
    text.replacen('N', &format!("{number:04}"), 1).into_bytes()
}

pub(super) const EDITS: &[(&str, Edit)] = &[
    ("settings", |room, dice| {
        let number = dice.throw(1000);
        let (key, values) = one_of(dice, &VALUES);
        room.settings.insert(key, one_of(dice, values).replace("{n}", &number.to_string()));
    }),
    ("a setting goes", |room, dice| {
        let (key, _) = one_of(dice, &VALUES);
        // What cannot be absent is left.
        if !matches!(key, "title" | "extra.notice") {
            room.settings.remove(key);
        }
    }),
    ("a setting that is unknown", |room, dice| {
        room.settings
            .insert(one_of(dice, &["titel", "feeds.limits", "labels.date_format"]), "\"%Q\"".to_owned());
    }),
    ("template", |room, dice| {
        let (name, text) = one_of(dice, &NEEDED);
        room.files.insert(format!("templates/{name}"), numbered(text, dice.throw(1000)));
    }),
    ("template of one's own", |room, dice| {
        let (name, text) = one_of(dice, &OPTIONAL);
        let path = format!("templates/{name}");
        if room.files.remove(&path).is_none() || dice.throw(2) == 0 {
            room.files.insert(path, numbered(text, dice.throw(1000)));
        }
    }),
    ("template that no longer follows", |room, dice| {
        let text = one_of(
            dice,
            &["N{{ nothing }}", "{% include \"gone.html\" %}", "{{ link(to=\"/gone/\") }}", "{% if"],
        );
        let (name, _) = one_of(dice, &NEEDED);
        room.files.insert(format!("templates/{name}"), numbered(text, 1));
    }),
    ("style", |room, dice| {
        let text = format!("body {{ order: {:04} }}\n", dice.throw(1000));
        room.files.insert("static/css/desk.css".to_owned(), text.into_bytes());
    }),
    ("static file", |room, dice| {
        let path = format!("static/{}", one_of(dice, &STATIC));
        if room.files.remove(&path).is_none() || dice.throw(2) == 0 {
            room.files.insert(path, format!("/* {:04} */\n", dice.throw(1000)).into_bytes());
        }
    }),
    ("the time goes on", |room, dice| {
        let at = TIMES.iter().position(|time| *time == room.order.now).unwrap_or(0);
        room.order.now = TIMES[(at + 1 + dice.throw(2)).min(TIMES.len() - 1)];
    }),
    ("another time", |room, dice| room.order.now = one_of(dice, &TIMES)),
    ("base_url", |room, dice| {
        let other = one_of(
            dice,
            &["https://example.org/", "https://other.example/a/b/", "http://127.0.0.1:4000/digest/"],
        );
        room.order.base_url = if room.order.base_url.is_none() { Some(other) } else { None };
    }),
    ("options", |room, dice| {
        let option = one_of(dice, &["--drafts", "--drafts", "--scheduled", "--expired"]);
        let there = room.order.options.iter().position(|known| *known == option);
        match there {
            Some(at) => drop(room.order.options.remove(at)),
            None => room.order.options.push(option),
        }
    }),
    ("another folder", |room, _| {
        room.order.output = if room.order.output == "public" { "elsewhere" } else { "public" };
    }),
    ("somebody else", |room, _| room.tampering = true),
    ("nothing", |_, _| {}),
];

/// Settings, and what they may become.
const VALUES: [(&str, &[&str]); 20] = [
    ("title", &["\"Title {n}\"", "\"Other & {n}\""]),
    ("description", &["\"About {n}.\""]),
    ("editor", &["\"Desk {n}\""]),
    ("timezone", &["\"UTC\"", "\"Asia/Tokyo\"", "\"America/Los_Angeles\""]),
    ("language", &["\"de\"", "\"ar\"", "\"en-US\""]),
    ("publisher", &["{ name = \"House {n}\", url = \"https://house.example/\" }"]),
    (
        "menu",
        &[
            "[{ label = \"Us {n}\", to = \"@/pages/about.md\" }]",
            "[{ label = \"Tags\", to = \"/tags/\" }]",
            "[{ label = \"Team\", to = \"/team/desk/\" }]",
        ],
    ),
    ("paginate.per_page", &["2", "3", "40"]),
    ("paginate.home", &["3", "30"]),
    ("taxonomies.threads", &["false", "true", "{ path = \"stories\", feed = false }"]),
    ("taxonomies.people", &["{ label = \"Folk {n}\" }", "{ path = \"folk\" }"]),
    ("permalinks.article", &["\"/:section/:slug/\"", "\"/:year/:slug.html\"", "\"/:year/:month/:slug/\""]),
    ("dates.days", &["false"]),
    ("feeds.content", &["\"summary\"", "\"full\""]),
    ("feeds.link", &["\"source\""]),
    ("feeds.limit", &["1", "3", "100"]),
    ("sitemap.news", &["false"]),
    ("markdown.smart", &["false"]),
    ("labels.latest", &["\"Latest {n}\""]),
    ("extra.notice", &["\"Notice {n}: [*us*](@/pages/about.md)\"", "\"Plain {n}\""]),
];
