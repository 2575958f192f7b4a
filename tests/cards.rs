//! The cards that are drawn for where an article is shared, through the binary. With the feature `cards`; without it,
//! that asking for them is an error.

mod common;

use common::{Site, stderr};

/// A site of two articles, with a table `[images]`.
fn site(images: &str) -> Site {
    let site = Site::new();
    let settings = site.read("site.toml");
    site.write("site.toml", format!("{settings}\n[images]\n{images}\n"));
    site.article("one.md", "2021-11-25", "place = \"Calais\"\nsection = \"World\"", "One.");
    site.article("two.md", "2021-11-26T10:00:00Z", "", "Two.");
    site
}

#[cfg(not(feature = "cards"))]
#[test]
fn without_the_feature_asking_for_cards_is_an_error_at_its_line() {
    let site = site("cards = true");
    let output = site.build(&[]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("built without cards") && said.contains("site.toml:5:1"), "{said}");
    assert!(said.contains("--features cards"), "{said}");
}

#[test]
fn without_the_setting_there_are_none() {
    let site = site("cards = false");
    site.built(&["--strict"]);
    let drawn = common::files(&site.output()).into_keys().filter(|path| path.ends_with(".png")).count();
    assert_eq!(drawn, 0);
}

#[cfg(feature = "cards")]
mod drawn {
    use super::{Site, site, stderr};
    use crate::common::{files, repository};
    use std::collections::BTreeMap;
    use std::fs;

    const ONE: &str = "2021/11/25/one/card.png";
    const TWO: &str = "2021/11/26/two/card.png";

    fn cards(site: &Site) -> BTreeMap<String, Vec<u8>> {
        files(&site.output()).into_iter().filter(|(path, _)| path.ends_with("card.png")).collect()
    }

    /// The width and height that a PNG says it has.
    fn size(png: &[u8]) -> (u32, u32) {
        assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
        let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes"));
        (number(16), number(20))
    }

    #[test]
    fn every_article_has_one_and_its_page_names_it() {
        let site = site("cards = true");
        site.built(&["--strict"]);
        let cards = cards(&site);
        assert_eq!(cards.keys().map(String::as_str).collect::<Vec<_>>(), [ONE, TWO]);
        assert!(cards.values().all(|card| size(card) == (1200, 630)));
        assert_ne!(cards[ONE], cards[TWO]);
        let page = site.read("public/2021/11/25/one/index.html");
        assert!(page.contains(
            "<meta property=\"og:image\" content=\"https://example.org/2021/11/25/one/card.png\">"
        ));
        assert!(page.contains("<meta property=\"og:image:width\" content=\"1200\">"));
    }

    #[test]
    fn two_machines_draw_alike() {
        let first = site("cards = true");
        first.built(&[]);
        let second = site("cards = true");
        let empty = tempfile::tempdir().expect("a folder");
        let output = second
            .command(&["build", "--now", crate::common::NOW])
            .env("RAYON_NUM_THREADS", "1")
            .env("HOME", empty.path())
            .env("XDG_DATA_HOME", empty.path())
            .env("FONTCONFIG_FILE", "/nonexistent")
            .output()
            .expect("the binary runs");
        assert!(output.status.success(), "{}", stderr(&output));
        assert_eq!(cards(&first), cards(&second));
    }

    #[test]
    fn what_was_drawn_once_is_not_drawn_again() {
        let site = site("cards = true");
        site.built(&[]);
        let before = cards(&site);
        let kept = files(&site.path().join(".dateline/store"));
        assert_eq!(kept.len(), 2);
        // What the store holds is what a build takes: another drawing in its place is believed.
        for (path, bytes) in &kept {
            let mut other = blake3_sealed(b"\x89PNG not drawn");
            other.extend_from_slice(b"\x89PNG not drawn");
            assert!(bytes.len() > other.len());
            fs::write(site.path().join(".dateline/store").join(path), other).expect("it can be written");
        }
        fs::remove_dir_all(site.output()).expect("it was built");
        site.built(&["--adopt"]);
        assert!(cards(&site).values().all(|card| card == b"\x89PNG not drawn"));
        // Damaged, it is drawn again.
        for path in kept.keys() {
            fs::write(site.path().join(".dateline/store").join(path), b"x").expect("it can be written");
        }
        fs::remove_dir_all(site.output()).expect("it was built");
        site.built(&["--adopt"]);
        assert_eq!(cards(&site), before);
    }

    fn blake3_sealed(content: &[u8]) -> Vec<u8> {
        blake3::hash(content).as_bytes().to_vec()
    }

    #[test]
    fn a_change_of_the_text_changes_no_card() {
        let site = site("cards = true");
        site.built(&[]);
        let before = cards(&site);
        site.article("one.md", "2021-11-25", "place = \"Calais\"\nsection = \"World\"", "Another text.");
        site.built(&[]);
        assert_eq!(cards(&site), before);
        site.article("one.md", "2021-11-25", "place = \"Dover\"\nsection = \"World\"", "Another text.");
        site.built(&[]);
        assert_ne!(cards(&site)[ONE], before[ONE]);
        assert_eq!(cards(&site)[TWO], before[TWO]);
    }

    #[test]
    fn any_title_can_be_drawn() {
        let site = site("cards = true");
        let titles = [
            "<script>&\"'{{ x }}{% y %}]]></svg>",
            "اختبار <x> &",
            "Ещё один заголовок",
            "a\u{301}e\u{301}",
            &"word ".repeat(40),
            &"x".repeat(200),
        ];
        for (number, title) in titles.into_iter().enumerate() {
            let title = title.replace('\\', "\\\\").replace('"', "\\\"");
            let text = format!("+++\ntitle = \"{title}\"\ndate = 2021-11-25\n+++\n\nText.\n");
            site.write(&format!("content/articles/t{number}.md"), text);
        }
        site.built(&["--strict"]);
        assert_eq!(cards(&site).len(), 8);
    }

    #[test]
    fn letters_that_no_font_has_are_a_warning() {
        let site = site("cards = true");
        site.write("content/articles/cjk.md", "+++\ntitle = \"北京\"\ndate = 2021-11-25\n+++\n\nText.\n");
        let output = site.build(&[]);
        let said = stderr(&output);
        assert!(output.status.success() && said.contains("lacks letters") && said.contains("北京"), "{said}");
        assert!(said.contains("[images] font"), "{said}");
    }

    #[test]
    fn a_template_of_the_sites_own_is_drawn_and_what_cannot_be_is_an_error() {
        let site = site("cards = true");
        site.built(&[]);
        let before = cards(&site);
        let own = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\">\
                   <rect width=\"1200\" height=\"630\" fill=\"#123456\"/><text x=\"9\" y=\"99\">{{ article.title }}</text></svg>";
        site.write("templates/card.svg", own);
        site.built(&["--strict"]);
        assert_ne!(cards(&site)[ONE], before[ONE]);
        for (broken, says) in [
            ("<svg", "cannot be drawn"),
            (&own.replace("630", "600"), "it is 1200 by 600 pixels, not 1200 by 630"),
        ] {
            site.write("templates/card.svg", broken);
            let said = stderr(&site.build(&[]));
            assert!(said.contains(says) && said.contains("templates/card.svg"), "{said}");
        }
    }

    #[test]
    fn a_picture_on_disk_is_out_of_a_templates_reach() {
        let site = site("cards = true");
        let card = |href: &str| {
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\">\
                 <image href=\"{href}\" width=\"1200\" height=\"630\"/></svg>"
            )
        };
        let drawing =
            repository("content/articles/2021/11/dart-leaves-to-strike-an-asteroid/dart-approach.svg");
        site.write("templates/card.svg", card(&drawing.to_string_lossy()));
        site.built(&[]);
        let with = cards(&site);
        site.write("templates/card.svg", card("/nonexistent.svg"));
        site.built(&[]);
        assert_eq!(with, cards(&site));
    }

    #[test]
    fn a_font_that_is_none_is_an_error_at_its_line() {
        for (write, says) in
            [(None, "there is no file fonts/own.ttf"), (Some("no font"), "is no font that can be used")]
        {
            let site = site("cards = true\nfont = \"fonts/own.ttf\"");
            if let Some(text) = write {
                site.write("fonts/own.ttf", text);
            }
            let output = site.build(&[]);
            let said = stderr(&output);
            assert_eq!(output.status.code(), Some(1), "{said}");
            assert!(said.contains(says) && said.contains("site.toml:6:"), "{said}");
        }
    }
}
