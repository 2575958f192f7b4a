//! `dateline serve` follows what happens to files: deletions, renames, new folders, new names.

mod common;

use common::preview::{ONE, Preview, SOURCE, encode, newsroom};
use common::{Site, picture};
use std::fs;
use std::process::Command;

#[test]
fn row_02_a_deleted_article_is_gone_everywhere() {
    let site = newsroom();
    let preview = Preview::start(&site, &[]);
    let gone = [ONE, "/tags/egypt/", "/sources/reuters/", "/2021/11/25/", "/tags/egypt/atom.xml"];
    for address in gone {
        assert_eq!(preview.code(address), 200, "{address}");
    }
    let lists =
        ["/", "/tags/", "/tags/water/", "/sources/", "/sections/world/", "/2021/", "/2021/11/", "/archive/"];
    let files = ["/atom.xml", "/rss.xml", "/feed.json", "/sitemap.xml", "/tags/water/atom.xml"];
    let mentions = ["/2021/11/25/one/", "/tags/egypt/", "/sources/reuters/"];
    let mentioned = |address: &str| {
        let page = preview.page(address);
        mentions.iter().any(|mention| page.contains(mention))
    };
    assert!(lists.iter().chain(&files).filter(|address| mentioned(address)).count() > 8);
    fs::remove_file(site.path().join(SOURCE)).expect("it is there");
    preview.until_gone(ONE);
    for address in gone {
        assert_eq!(preview.code(address), 404, "{address}");
    }
    for address in lists.iter().chain(&files) {
        assert!(!mentioned(address), "{address}");
    }
    preview.until_as_built(&[]);
}

#[test]
fn row_03_a_deleted_static_file_is_gone() {
    let site = newsroom();
    site.write("static/map.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    site.write("static/deep/er/notes.txt", "Notes");
    let preview = Preview::start(&site, &[]);
    assert_eq!(preview.get("/deep/er/notes.txt").text(), "Notes");
    assert_eq!(preview.code("/map.svg"), 200);
    fs::remove_file(site.path().join("static/map.svg")).expect("it is there");
    preview.until_gone("/map.svg");
    assert_eq!(preview.code("/deep/er/notes.txt"), 200);
    fs::remove_dir_all(site.path().join("static")).expect("it is there");
    preview.until_gone("/deep/er/notes.txt");
    // The theme's own are there all the same, and a folder that was made again is watched.
    assert_eq!(preview.code("/css/site.css"), 200);
    site.write("static/again.txt", "Again");
    preview.until("the new folder", |preview| preview.get("/again.txt").text() == "Again");
    site.write("static/again.txt", "And again");
    preview.until("a change in it", |preview| preview.get("/again.txt").text() == "And again");
    preview.until_as_built(&[]);
}

#[test]
fn row_04_files_and_folders_are_renamed() {
    let site = newsroom();
    site.article("bundle/index.md", "2021-11-20", "", "![Dark](dark.jpg)\n\n[One](../one.md)");
    site.write("content/articles/bundle/dark.jpg", picture(600, 400));
    site.article("2020/four.md", "2020-01-02", "", "The fourth text.");
    site.article("2020/five.md", "2020-01-03", "", "The fifth text.");
    let preview = Preview::start(&site, &[]);
    site.rename("content/articles/three.md", "content/articles/third.md");
    preview.until_gone("/2021/10/26/three/");
    assert!(preview.shows("/2021/10/26/third/", "The third text."));
    // A folder with all that is in it.
    assert_eq!(preview.get("/2021/11/20/bundle/dark.jpg").header("content-type"), Some("image/jpeg"));
    site.rename("content/articles/bundle", "content/articles/moved/package");
    preview.until_shows("/2021/11/20/package/", "dark.jpg.480.webp");
    assert_eq!(preview.code("/2021/11/20/package/dark.jpg"), 200);
    assert_eq!(preview.code("/2021/11/20/package/dark.jpg.480.webp"), 200);
    for old in ["/2021/11/20/bundle/", "/2021/11/20/bundle/dark.jpg", "/2021/11/20/bundle/dark.jpg.480.webp"]
    {
        assert_eq!(preview.code(old), 404, "{old}");
    }
    // Its link counts from where it is now, and leads nowhere.
    preview.until("the dead link", |preview| {
        let suffix = preview.get("/").suffix();
        suffix.contains("content/articles/moved/package/index.md")
            || has_place(&suffix, "package/", "index.md")
    });
    site.change("content/articles/moved/package/index.md", "(../one.md)", "(../../one.md)");
    preview.until("the end of the dead link", |preview| preview.get("/").data("problems").is_empty());
    site.rename("content/articles/2020", "content/articles/older");
    preview.until("the folder's new name", |preview| {
        preview.get("/2020/01/02/four/").data("source") == "content/articles/older/four.md"
    });
    // Out of the site, and back.
    site.rename("content/articles/older", "attic");
    preview.until_gone("/2020/01/02/four/");
    assert_eq!(preview.code("/2020/"), 404);
    site.rename("attic", "content/articles/older");
    preview.until_shows("/2020/01/03/five/", "The fifth text.");
    site.change("content/articles/older/five.md", "The fifth text.", "Another fifth text.");
    preview.until_shows("/2020/01/03/five/", "Another fifth text.");
    preview.until_as_built(&[]);
}

/// Whether the panel names a file, whose folder and name stand apart in it.
fn has_place(suffix: &str, folder: &str, name: &str) -> bool {
    suffix.contains(&format!("{folder}</bdi><bdi class=\"name\">{name}"))
}

#[test]
fn row_05_an_address_changes() {
    let site = newsroom();
    let preview = Preview::start(&site, &[]);
    site.change(SOURCE, "date = 2021-11-25", "date = 2021-11-25\nslug = \"The-First\"");
    preview.until_gone(ONE);
    assert!(preview.shows("/2021/11/25/The-First/", "The first text."));
    site.change(SOURCE, "date = 2021-11-25", "date = 2021-09-09");
    preview.until_gone("/2021/11/25/The-First/");
    assert!(preview.shows("/2021/09/09/The-First/", "The first text."));
    assert_eq!(preview.code("/2021/11/25/"), 404);
    let settings = site.read("site.toml");
    site.put("site.toml", format!("{settings}[permalinks]\narticle = \"/:section/:year/:slug.html\"\n"));
    preview.until_gone("/2021/09/09/The-First/");
    assert!(preview.shows("/world/2021/The-First.html", "The first text."));
    assert!(preview.shows("/politics/2021/three.html", "The third text."));
    assert_eq!(preview.code("/2021/10/26/three/"), 404);
    preview.until_as_built(&[]);
    site.put("site.toml", settings);
    preview.until_gone("/politics/2021/three.html");
    preview.until_as_built(&[]);
}

#[test]
fn row_06_a_new_tag_has_its_page() {
    let site = newsroom();
    let preview = Preview::start(&site, &[]);
    assert_eq!(preview.code("/tags/dams/"), 404);
    site.change(SOURCE, "\"Egypt\"", "\"Egypt\", \"Dams\"");
    preview.until_shows("/tags/dams/", ONE);
    assert!(preview.shows("/tags/", "/tags/dams/"));
    assert!(preview.shows(ONE, "/tags/dams/"));
    assert_eq!(preview.code("/tags/dams/atom.xml"), 200);
    // Another spelling of it that is more common names it from then on.
    for name in ["four", "five"] {
        site.article(&format!("{name}.md"), "2021-11-01", "tags = [\"DAMS\"]", "Text.");
    }
    preview.until_shows("/tags/dams/", ">DAMS<");
    preview.until_as_built(&[]);
}

#[test]
fn row_07_a_new_title_is_in_every_list() {
    let site = newsroom();
    let preview = Preview::start(&site, &[]);
    let lists = [
        ONE,
        "/",
        "/2021/11/25/",
        "/2021/11/",
        "/tags/water/",
        "/tags/egypt/",
        "/sections/world/",
        "/sources/reuters/",
        "/atom.xml",
        "/rss.xml",
        "/feed.json",
        "/tags/water/atom.xml",
    ];
    // Each has been asked for, so that what is remembered of it is old.
    for list in lists {
        assert!(preview.shows(list, "one"), "{list}");
    }
    site.change(SOURCE, "title = \"one\"", "title = \"Water falls\"");
    preview.until_shows(ONE, "Water falls");
    for list in lists {
        assert!(preview.shows(list, "Water falls"), "{list}");
    }
    // Its neighbours name it, too.
    assert!(preview.shows("/2021/11/24/two/", "Water falls"));
    preview.until_as_built(&[]);
}

#[test]
fn row_20_new_folders_and_first_files_are_built() {
    let site = Site::new();
    // Not one of the folders is there yet.
    let preview = Preview::start(&site, &[]);
    assert_eq!(preview.code("/"), 200);
    site.article("2021/11/deep/er/one.md", "2021-11-25", "tags = [\"Water\"]", "The first text.");
    preview.until_shows(ONE, "The first text.");
    assert!(preview.shows("/tags/water/", ONE));
    site.write("content/pages/team/about.md", "+++\ntitle = \"About us\"\n+++\nWho we are.\n");
    preview.until_shows("/team/about/", "Who we are.");
    site.write("static/images/first.txt", "First");
    preview.until("the first static file", |preview| preview.get("/images/first.txt").text() == "First");
    let theirs = fs::read_to_string(common::repository("templates/page.html")).expect("it is there");
    let end = "{%- endblock main %}";
    site.write("templates/page.html", theirs.replace(end, &format!("<!-- ours -->{end}")));
    preview.until_shows("/team/about/", "<!-- ours -->");
    // All of them are watched by now.
    site.change("content/articles/2021/11/deep/er/one.md", "The first text.", "Another text.");
    preview.until_shows(ONE, "Another text.");
    site.change("content/pages/team/about.md", "Who we are.", "What we do.");
    preview.until_shows("/team/about/", "What we do.");
    site.put("static/images/first.txt", "Second");
    preview.until("the second", |preview| preview.get("/images/first.txt").text() == "Second");
    site.change("templates/page.html", "<!-- ours -->", "<!-- still ours -->");
    preview.until_shows("/team/about/", "<!-- still ours -->");
    preview.until_as_built(&[]);
}

#[test]
fn row_21_a_bundle_is_copied() {
    let site = newsroom();
    site.article("bundle/index.md", "2021-11-20", "", "![Dark](dark.jpg)\n\n![Deep](deep/er/dark.jpg)");
    site.write("content/articles/bundle/dark.jpg", picture(600, 400));
    site.write("content/articles/bundle/deep/er/dark.jpg", picture(500, 300));
    site.write("content/articles/bundle/table.csv", "a,b\n");
    let preview = Preview::start(&site, &[]);
    let copied = Command::new("cp")
        .args(["-r", "content/articles/bundle", "content/articles/twin"])
        .current_dir(site.path())
        .status();
    assert!(copied.is_ok_and(|status| status.success()), "cp runs");
    preview.until_shows("/2021/11/20/twin/", "deep/er/dark.jpg.480.webp");
    let twin = "/2021/11/20/twin/";
    preview.until("all of it", |preview| {
        ["dark.jpg", "deep/er/dark.jpg", "table.csv", "dark.jpg.480.webp"]
            .iter()
            .all(|file| preview.code(&format!("{twin}{file}")) == 200)
    });
    assert_eq!(preview.get(&format!("{twin}dark.jpg")).body, picture(600, 400));
    assert_eq!(preview.get(&format!("{twin}dark.jpg.480.webp")).header("content-type"), Some("image/webp"));
    preview.until_as_built(&[]);
}

#[test]
fn row_22_pages_nobody_has_opened_are_never_stale() {
    let site = newsroom();
    let preview = Preview::start(&site, &[]);
    // Half of the pages have been opened, and half have not, when each thing changes.
    let open = |half: usize| {
        let built = common::preview::Built::new(&site, &[]);
        for path in built.paths().skip(half).step_by(2) {
            let answer = preview.get(&format!("/{}", encode(path)));
            assert_eq!(answer.status, 200, "{path}");
        }
    };
    open(0);
    site.change(SOURCE, "title = \"one\"", "title = \"Changed once\"");
    preview.until_shows(ONE, "Changed once");
    preview.until_as_built(&[]);
    site.change("content/articles/two.md", "The second text.", "Another text.\n\n## A heading\n");
    site.change("site.toml", "title = \"Test\"", "title = \"Another title\"");
    preview.until_shows("/2021/11/24/two/", "Another title");
    open(1);
    preview.until_as_built(&[]);
    site.change("content/articles/three.md", "tags = [\"Budget\"]", "tags = [\"Water\"]\npriority = 1");
    preview.until_shows("/tags/water/", "/three/");
    preview.until_as_built(&[]);
}

#[test]
fn row_23_a_template_comes_and_goes() {
    let site = newsroom();
    let preview = Preview::start(&site, &[]);
    let built_in = preview.page(ONE);
    site.write("templates/article.html", "<!doctype html>\n<title>{{ page.title }}</title>\n<p>Ours\n");
    preview.until_shows(ONE, "<p>Ours");
    assert!(!preview.page("/").contains("<p>Ours"));
    // One that another includes.
    fs::remove_file(site.path().join("templates/article.html")).expect("it is there");
    preview.until("the built-in one", |preview| preview.page(ONE) == built_in);
    let base = fs::read_to_string(common::repository("templates/base.html")).expect("it is there");
    site.write("templates/base.html", base.replace("</body>", "<!-- ours --></body>"));
    preview.until_shows(ONE, "<!-- ours --></body>");
    assert!(preview.shows("/tags/", "<!-- ours --></body>"));
    preview.until_as_built(&[]);
    fs::remove_dir_all(site.path().join("templates")).expect("it is there");
    preview.until("the built-in one", |preview| preview.page(ONE) == built_in);
    site.write("templates/article.html", "<!doctype html>\n<title>x</title>\n<p>Ours again\n");
    preview.until_shows(ONE, "<p>Ours again");
    preview.until_as_built(&[]);
}

#[test]
fn row_24_names_of_all_scripts_with_spaces() {
    let site = newsroom();
    let settings = site.read("site.toml");
    site.write("site.toml", format!("{settings}[permalinks]\nslugs = \"unicode\"\n"));
    let preview = Preview::start(&site, &[]);
    site.article("Ünï çødé/écoute moi & co.md", "2021-11-20", "tags = [\"Überall\", \"خبر\"]", "Écoute.");
    site.write("static/a b/100 % ü#?.txt", "Ü");
    site.article("أخبار/index.md", "2021-11-21", "", "![X](صورة 1.jpg)");
    site.write("content/articles/أخبار/صورة 1.jpg", picture(600, 400));
    site.write("content/pages/über uns.md", "+++\ntitle = \"Über\"\n+++\nWir.\n");
    let addresses = [
        "/2021/11/20/écoute-moi-co/",
        "/a b/100 % ü#?.txt",
        "/2021/11/21/أخبار/",
        "/2021/11/21/أخبار/صورة 1.jpg",
        "/2021/11/21/أخبار/صورة 1.jpg.480.webp",
        "/über-uns/",
        "/tags/überall/",
        "/tags/خبر/",
    ];
    for address in addresses {
        preview.until(address, |preview| preview.code(&encode(address)) == 200);
    }
    site.change("content/articles/Ünï çødé/écoute moi & co.md", "Écoute.", "Écoute encore.");
    preview.until_shows(&encode(addresses[0]), "Écoute encore.");
    let source = preview.get(&encode(addresses[0])).data("source");
    assert_eq!(source, "content/articles/Ünï çødé/écoute moi &amp; co.md");
    site.rename("content/articles/Ünï çødé", "content/articles/nouveau dossier");
    preview.until("its new folder", |preview| {
        preview.get(&encode(addresses[0])).data("source").starts_with("content/articles/nouveau dossier/")
    });
    preview.until_as_built(&[]);
}

#[test]
fn row_28_an_alias_goes_with_its_redirect() {
    let site = newsroom();
    let preview = Preview::start(&site, &[]);
    site.change(SOURCE, "tags =", "aliases = [\"/old/one/\", \"/older.html\"]\ntags =");
    preview.until_shows("/old/one/", ONE);
    assert!(preview.shows("/older.html", ONE));
    site.change(SOURCE, "\"/old/one/\", ", "");
    preview.until_gone("/old/one/");
    assert!(preview.shows("/older.html", ONE));
    site.change(SOURCE, "aliases = [\"/older.html\"]\n", "");
    preview.until_gone("/older.html");
    preview.until_as_built(&[]);
}
