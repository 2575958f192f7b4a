//! Cards for where articles are shared: what is drawn, from what, and what is kept of it.

mod common;

use common::Site;
#[cfg(not(feature = "cards"))]
use common::stderr;

/// A site with cards, and an article of that headline.
fn site(title: &str, settings: &str) -> Site {
    let site = Site::new();
    let images = format!("[images]\ncards = true\n{settings}");
    site.write("site.toml", format!("base_url = \"https://example.org/\"\ntitle = \"Test\"\n{images}"));
    headline(&site, title);
    site
}

fn headline(site: &Site, title: &str) {
    let title = title.replace('\\', "\\\\").replace('"', "\\\"");
    let text = format!(
        "+++\ntitle = \"{title}\"\ndate = 2021-11-25\nslug = \"x\"\nplace = \"Geneva\"\nsection = \"World\"\n+++\nText.\n"
    );
    site.write("content/articles/x.md", text);
}

#[cfg(not(feature = "cards"))]
#[test]
fn a_program_without_cards_says_so_at_the_line() {
    let site = site("X", "");
    let output = site.build(&["--message-format", "short"]);
    let said = stderr(&output);
    assert!(
        !output.status.success()
            && said.contains("site.toml:4:1: error: this dateline was built without cards"),
        "{said}"
    );
    assert!(!site.output().exists());
    site.write("site.toml", site.read("site.toml").replace("true", "false"));
    site.built(&[]);
}

#[cfg(not(feature = "cards"))]
#[test]
fn a_template_cannot_measure_without_cards() {
    let site = Site::new();
    site.write("templates/404.html", "{% set x = fit_text(text=\"a\", width=9, sizes=[1]) %}");
    let said = stderr(&site.build(&[]));
    assert!(said.contains("built without cards") && said.contains("--features cards"), "{said}");
}

#[cfg(feature = "cards")]
mod drawn {
    use super::{headline, site};
    use crate::common::{Site, files, stderr};
    use std::collections::BTreeMap;
    use std::fs;
    use std::io::Cursor;
    use std::time::SystemTime;

    const CARD: &str = "public/2021/11/25/x/card.png";

    fn card(site: &Site) -> Vec<u8> {
        fs::read(site.path().join(CARD)).expect("the card is there")
    }

    /// The width, the height, and the pixels as red, green and blue.
    fn decode(bytes: &[u8]) -> (u32, u32, Vec<u8>) {
        let mut decoder = png::Decoder::new(Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().expect("it is a PNG");
        let mut pixels = vec![0; reader.output_buffer_size().expect("it has a size")];
        let frame = reader.next_frame(&mut pixels).expect("it is whole");
        assert_eq!((frame.color_type, frame.bit_depth), (png::ColorType::Rgb, png::BitDepth::Eight));
        (frame.width, frame.height, pixels)
    }

    /// The colour at a place.
    fn at(picture: &(u32, u32, Vec<u8>), x: u32, y: u32) -> [u8; 3] {
        let place = (y * picture.0 + x) as usize * 3;
        picture.2[place..place + 3].try_into().expect("three bytes")
    }

    /// The part of the columns from `from` to `to` that has ink in the rows of the headline.
    fn inked(picture: &(u32, u32, Vec<u8>), from: u32, to: u32) -> usize {
        let rows = (160..520).flat_map(|y| (from..to).map(move |x| (x, y)));
        rows.filter(|(x, y)| at(picture, *x, *y)[0] < 100).count()
    }

    fn store(site: &Site) -> BTreeMap<String, SystemTime> {
        let folder = site.path().join(".dateline/store");
        let time = |name: &String| fs::metadata(folder.join(name)).and_then(|file| file.modified());
        files(&folder).into_keys().map(|name| (name.clone(), time(&name).expect("it has a time"))).collect()
    }

    #[test]
    fn a_card_shows_the_headline_of_its_article_in_the_colours_of_the_theme() {
        let site = site("Storm Arwen", "[theme]\naccent = \"#005ea5\"\n");
        site.built(&[]);
        let first = card(&site);
        let picture = decode(&first);
        assert_eq!((picture.0, picture.1), (1200, 630));
        assert_eq!((at(&picture, 600, 4), at(&picture, 600, 620)), ([0, 0x5e, 0xa5], [0xff, 0xfe, 0xfb]));
        assert!(inked(&picture, 72, 600) > 5_000);
        assert!(first.len() < 60_000, "{} bytes", first.len());
        headline(&site, "Storm Barra");
        site.built(&[]);
        assert!(card(&site) != first, "another headline, another card");
    }

    #[test]
    fn cards_are_in_no_list_of_pages() {
        let site = site("Storm Arwen", "");
        site.built(&[]);
        assert!(!site.read("public/sitemap.xml").contains("card"));
    }

    #[test]
    fn without_the_setting_there_are_no_cards() {
        let site = site("Storm Arwen", "");
        site.write("site.toml", site.read("site.toml").replace("cards = true", "cards = false"));
        site.built(&[]);
        assert!(!site.path().join(CARD).exists() && store(&site).is_empty());
    }

    #[test]
    fn the_same_on_every_machine_and_any_number_of_threads() {
        let build = |environment: &[(&str, &str)]| {
            let site = site("Буря «Арвен» над Шотландией", "");
            for number in 0..9 {
                site.article(&format!("a{number}.md"), "2021-11-24", "", "");
            }
            let mut command = site.command(&["build", "--now", crate::common::NOW]);
            let output = command.envs(environment.iter().copied()).output().expect("the binary runs");
            assert!(output.status.success(), "{}", stderr(&output));
            files(&site.output())
        };
        let one = build(&[]);
        assert!(one == build(&[]), "two builds from nothing");
        let elsewhere = [
            ("RAYON_NUM_THREADS", "1"),
            ("HOME", "/nowhere"),
            ("XDG_DATA_HOME", "/nowhere"),
            ("FONTCONFIG_FILE", "/nowhere"),
            ("FONTCONFIG_PATH", "/nowhere"),
        ];
        assert!(one == build(&elsewhere), "a machine without fonts");
    }

    #[test]
    fn what_was_drawn_once_is_not_drawn_again() {
        let site = site("Storm Arwen", "");
        site.article("y.md", "2021-11-24", "", "");
        site.built(&[]);
        let (kept, first) = (store(&site), card(&site));
        assert_eq!(kept.len(), 2);
        fs::remove_dir_all(site.output()).expect("it can be removed");
        site.built(&[]);
        assert_eq!((store(&site), card(&site) == first), (kept.clone(), true));
        // What a card does not show is not what it is known by.
        site.article("y.md", "2021-11-24", "tags = [\"Weather\"]", "Another text.");
        site.built(&[]);
        assert_eq!(store(&site), kept);
        headline(&site, "Storm Barra");
        site.built(&[]);
        assert_eq!(store(&site).len(), 3);
    }

    #[test]
    fn a_damaged_entry_of_the_store_is_drawn_again() {
        let site = site("Storm Arwen", "");
        site.built(&[]);
        let first = card(&site);
        for name in store(&site).keys() {
            site.write(&format!(".dateline/store/{name}"), b"nothing of the kind");
        }
        fs::remove_dir_all(site.output()).expect("it can be removed");
        site.built(&[]);
        assert!(card(&site) == first);
    }

    #[test]
    fn a_card_of_the_sites_own_template() {
        let site = site("Storm Arwen", "");
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='1200' height='630'><rect width='600' height='630' \
                   fill='#00ff00'/><image href='../site.toml' width='1200' height='630'/></svg>";
        site.write("templates/card.svg", svg);
        site.built(&[]);
        let mut decoder = png::Decoder::new(Cursor::new(card(&site)));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().expect("it is a PNG");
        let mut pixels = vec![0; reader.output_buffer_size().expect("it has a size")];
        let frame = reader.next_frame(&mut pixels).expect("it is whole");
        // What is not drawn on shines through.
        assert_eq!((frame.width, frame.height, frame.color_type), (1200, 630, png::ColorType::Rgba));
        let at = |x: usize| &pixels[(300 * 1200 + x) * 4..(300 * 1200 + x) * 4 + 4];
        assert_eq!((at(10), at(900)), (&[0, 255, 0, 255][..], &[0, 0, 0, 0][..]));
    }

    #[test]
    fn a_template_that_is_no_svg_is_an_error_that_names_it() {
        let site = site("Storm Arwen", "");
        site.article("y.md", "2021-11-24", "", "");
        site.write(
            "templates/card.svg",
            "<svg xmlns='http://www.w3.org/2000/svg'>{{ article.title }}<rect></svg>",
        );
        let output = site.build(&[]);
        let said = stderr(&output);
        assert!(!output.status.success() && !site.output().exists(), "{said}");
        let parts = ["templates/card.svg", "expected 'rect' tag, not 'svg'", "the same on 1 more page"];
        assert!(parts.iter().all(|part| said.contains(part)), "{said}");
        site.write("templates/card.svg", "{% set x = fit_text(text=article.title, width=0, sizes=[9]) %}");
        assert!(stderr(&site.build(&[])).contains("write a number above 0"));
        site.write(
            "templates/card.svg",
            "{% set x = fit_text(text=article.title, width=9, sizes=[9], weigth=\"bold\") %}",
        );
        assert!(stderr(&site.build(&[])).contains("did you mean 'weight'?"));
    }

    #[test]
    fn a_font_of_the_sites_own() {
        let built_in = site("Storm Arwen", "");
        built_in.built(&[]);
        let own = site("Storm Arwen", "font = \"fonts/Mono.ttf\"\n");
        own.write("fonts/Mono.ttf", dejavu::sans_mono::bold());
        own.built(&[]);
        assert!(card(&own) != card(&built_in));
        // What it lacks comes from the built-in ones.
        headline(&own, "बिल्ली 日");
        let output = own.build(&[]);
        let said = stderr(&output);
        assert!(output.status.success() && said.contains("日") && said.contains("बिल्ली"), "{said}");
        assert!(said.contains("help: name one that has them: [images] font ="), "{said}");
    }

    #[test]
    fn a_font_that_cannot_be_used_is_an_error_at_its_line() {
        let fails = |font: &str, expected: &str| {
            let site = site("Storm Arwen", &format!("font = \"{font}\"\n"));
            site.write("fonts/text.ttf", "This is no font.");
            let mut cut = dejavu::sans::bold().to_vec();
            cut.truncate(300);
            site.write("fonts/cut.ttf", cut);
            let output = site.build(&["--message-format", "short"]);
            let said = stderr(&output);
            assert!(!output.status.success() && !site.output().exists(), "{font}: {said}");
            assert!(said.contains("site.toml:5:8: error: ") && said.contains(expected), "{font}: {said}");
        };
        fails("fonts/none.ttf", "there is no file fonts/none.ttf");
        fails("fonts", "fonts: this is a folder");
        fails("fonts/text.ttf", "fonts/text.ttf is no font that can be used");
        fails("fonts/cut.ttf", "fonts/cut.ttf is no font that can be used");
        fails("/usr/share/fonts/a.ttf", "is not a path below the site's folder");
        fails("../a.ttf", "is not a path below the site's folder");
    }

    #[test]
    fn a_card_of_the_editors_own_takes_the_place_of_the_drawn_one() {
        let site = site("Storm Arwen", "");
        fs::remove_file(site.path().join("content/articles/x.md")).expect("it can be removed");
        site.write("content/articles/x/index.md", "+++\ntitle = \"X\"\ndate = 2021-11-25\n+++\n");
        site.write("content/articles/x/card.png", "mine");
        site.built(&[]);
        assert_eq!(card(&site), b"mine");
    }

    #[test]
    fn languages_from_right_to_left_begin_at_the_right() {
        let site = site("عاصفة آروين", "");
        let text = site.read("content/articles/x.md").replace("slug", "lang = \"ar\"\nslug");
        site.write("content/articles/x.md", text);
        site.built(&[]);
        let picture = decode(&card(&site));
        assert!(inked(&picture, 900, 1128) > 1_000 && inked(&picture, 0, 300) == 0);
    }

    #[test]
    fn any_headline_can_be_drawn() {
        let long = "A headline of two hundred letters, ".repeat(6);
        let endless = "x".repeat(20_000);
        let stacked = format!("a{}", "\u{301}".repeat(3_000));
        let headlines = [
            long.as_str(),
            &endless,
            &stacked,
            "&amp; <script>]]></script> \"'{{ x }}{% y %} <!-- -->",
            "\u{2067}\u{202e}عا\u{200d}صفة abc \u{2069}\u{2069}\u{2066}",
            "😀👩\u{200d}👩\u{200d}👧\u{fe0f}🇪🇺 日本語 ไทย नमस्ते \u{10ffff}\u{e000}",
            "\u{feff}\u{200b}",
            "٣٠٠ عربي 12,5% (COP26) — «x»",
            "\u{a0}a\u{2028}b\u{2029}c\u{ad}d",
            "fi ffl ﷺ ﷽ লা ক্ষ ಕ್ಷ",
        ];
        for title in headlines {
            let shown: String = title.chars().take(40).collect();
            for lang in ["en", "ar"] {
                let site = site(title, "");
                let text = site.read("content/articles/x.md");
                site.write(
                    "content/articles/x.md",
                    text.replace("slug", &format!("lang = \"{lang}\"\nslug")),
                );
                let output = site.build(&[]);
                let said = stderr(&output);
                assert!(output.status.success() && !said.contains("panicked"), "{shown}: {said}");
                assert_eq!(decode(&card(&site)).0, 1200, "{shown}");
            }
        }
    }
}
