//! Pictures: their sizes in pages, the smaller ones made of them, and what is said of broken ones.

mod common;

use common::{NOW, Site, files, stderr};
use html5gum::{Token, Tokenizer};
use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;

/// The attributes of each `img` of a page, in order.
fn images(html: &str) -> Vec<BTreeMap<String, String>> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let tags = Tokenizer::new(html).filter_map(|token| match token.expect("text can be read") {
        Token::StartTag(tag) if *tag.name == *b"img" => Some(tag),
        _ => None,
    });
    tags.map(|tag| tag.attributes.iter().map(|(name, value)| (text(name), text(&value.value))).collect())
        .collect()
}

/// The `img` of a page that has one.
fn image(html: &str) -> BTreeMap<String, String> {
    let mut found = images(html);
    assert_eq!(found.len(), 1, "{html}");
    found.remove(0)
}

fn size(image: &BTreeMap<String, String>) -> (&str, &str) {
    let get = |name: &str| image.get(name).map_or("", String::as_str);
    (get("width"), get("height"))
}

/// The addresses of a `srcset` with their widths.
fn candidates(image: &BTreeMap<String, String>) -> Vec<(String, u32)> {
    let list = image.get("srcset").map(String::as_str).unwrap_or_default();
    let candidates = list.split(", ").filter(|candidate| !candidate.is_empty());
    candidates
        .map(|candidate| {
            let (address, width) = candidate.rsplit_once(' ').expect("an address and a width");
            (address.to_owned(), width.strip_suffix('w').expect("a width").parse().expect("a number"))
        })
        .collect()
}

/// The width and height of a WebP file, decoded to its end.
fn decoded(bytes: &[u8]) -> (u32, u32) {
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(bytes)).expect("it is WebP");
    let mut pixels = vec![0; decoder.output_buffer_size().expect("it is small")];
    decoder.read_image(&mut pixels).expect("it can be decoded");
    assert!(decoder.exif_metadata().expect("it can be read").is_none(), "notes of the camera stay behind");
    decoder.dimensions()
}

/// Soft shapes with some grain: 3 bytes a pixel. The upper left quarter is red.
fn pixels(width: u32, height: u32, grain: u32) -> Vec<u8> {
    let mut noise = 1_u32;
    let mut pixels = Vec::with_capacity(width as usize * height as usize * 3);
    for y in 0..height {
        for x in 0..width {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let shade =
                60 + (x * 60 / width + y * 60 / height) + if grain > 0 { (noise >> 16) % grain } else { 0 };
            let red = if x < width / 2 && y < height / 2 { 250 } else { shade };
            pixels.extend([red, shade, shade].map(|channel| u8::try_from(channel.min(255)).expect("a byte")));
        }
    }
    pixels
}

/// A photograph; `orientation` is what Exif says, none where it is 0.
fn jpeg(width: u16, height: u16, orientation: u8, grain: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
    if orientation > 0 {
        let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0".to_vec();
        exif.extend([0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0]);
        encoder.add_app_segment(1, exif).expect("there is room");
    }
    let pixels = pixels(width.into(), height.into(), grain);
    encoder.encode(&pixels, width, height, jpeg_encoder::ColorType::Rgb).expect("it can be encoded");
    bytes
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().expect("it can be written");
    writer.write_image_data(&pixels(width, height, 0)).expect("it can be written");
    writer.finish().expect("it can be written");
    bytes
}

fn webp(width: u32, height: u32) -> Vec<u8> {
    webp::Encoder::from_rgb(&pixels(width, height, 0), width, height).encode(80.0).to_vec()
}

const BUNDLE: &str = "content/articles/vote";
const PAGE: &str = "public/2021/12/01/vote/";

/// A site with one article, whose folder has these files.
fn site(body: &str, files: &[(&str, Vec<u8>)]) -> Site {
    let site = Site::new();
    site.article("vote/index.md", "2021-12-01", "", body);
    for (name, bytes) in files {
        site.write(&format!("{BUNDLE}/{name}"), bytes);
    }
    site
}

fn output(site: &Site, path: &str) -> Vec<u8> {
    let path = site.path().join(path);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn pages_say_how_large_pictures_are() {
    let gif = b"GIF89a\x2c\x01\xc8\0\0\0\0;".to_vec();
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 300 150'/>".to_vec();
    let named = [
        ("photo.jpg", jpeg(200, 100, 0, 0), ("200", "100")),
        ("upright.JPG", jpeg(200, 100, 6, 0), ("100", "200")),
        ("over.jpeg", jpeg(200, 100, 3, 0), ("200", "100")),
        ("chart.png", png(120, 80), ("120", "80")),
        ("view.webp", webp(90, 60), ("90", "60")),
        ("dance.gif", gif, ("300", "200")),
        ("map.svg", svg, ("300", "150")),
        ("plain.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), ("", "")),
    ];
    let body: String = named.iter().map(|(name, ..)| format!("![A]({name})\n")).collect();
    let body = body + "![A](https://example.com/far.jpg)\n";
    let files: Vec<_> = named.iter().map(|(name, bytes, _)| (*name, bytes.clone())).collect();
    let site = site(&body, &files);
    site.built(&["--strict"]);
    let found = images(&site.read(&format!("{PAGE}index.html")));
    for (image, (name, bytes, expected)) in found.iter().zip(&named) {
        assert_eq!(image["src"], format!("/2021/12/01/vote/{name}"), "a small picture is published as it is");
        assert_eq!(size(image), *expected, "{name}");
        assert!(!image.contains_key("srcset"), "{name}");
        assert_eq!((&*image["loading"], &*image["decoding"]), ("lazy", "async"));
        assert_eq!(output(&site, &format!("{PAGE}{name}")), *bytes);
    }
    let far = &found[named.len()];
    assert_eq!((&*far["src"], size(far)), ("https://example.com/far.jpg", ("", "")));
    assert!(!common::files(&site.output()).keys().any(|path| path.contains("480")));
}

#[test]
fn a_photograph_is_offered_in_several_widths() {
    let settings =
        "base_url = \"https://example.org/digest/\"\ntitle = \"T\"\n[images]\nwidths = [60, 120, 200]\n";
    let names = ["photo.jpg", "photo.png", "a, b%c.webp"];
    let site = site(
        "![A](photo.jpg)\n![A](photo.png)\n![A](<a, b%25c.webp>)",
        &[(names[0], jpeg(400, 200, 0, 9)), (names[1], png(150, 50)), (names[2], webp(130, 130))],
    );
    site.write("site.toml", settings);
    site.built(&["--strict"]);
    let found = images(&site.read(&format!("{PAGE}index.html")));
    let expected =
        [(vec![60, 120, 200], (200, 100)), (vec![60, 120, 150], (150, 50)), (vec![60, 120, 130], (130, 130))];
    for (image, (widths, largest)) in found.iter().zip(expected) {
        let candidates = candidates(image);
        assert_eq!(candidates.iter().map(|(_, width)| *width).collect::<Vec<_>>(), widths);
        assert_eq!(Some(&image["src"]), candidates.last().map(|(address, _)| address));
        assert_eq!(size(image), (&*largest.0.to_string(), &*largest.1.to_string()));
        assert_eq!(image["sizes"], "(min-width: 43rem) 41rem, 100vw");
        for (address, width) in candidates {
            assert!(!address.contains([',', ' ']), "{address}");
            let raw = percent_encoding::percent_decode_str(&address).decode_utf8().expect("it is UTF-8");
            let path = raw.strip_prefix("/digest/").expect("the base path comes first");
            let size = decoded(&output(&site, &format!("public/{path}")));
            assert_eq!(size, (width, (largest.1 * width + largest.0 / 2) / largest.0), "{path}");
        }
    }
    for name in names {
        assert_eq!(output(&site, &format!("{PAGE}{name}")), output(&site, &format!("{BUNDLE}/{name}")));
    }
    let feed = site.read("public/atom.xml");
    let largest = "&lt;img src=&quot;https://example.org/digest/2021/12/01/vote/photo.jpg.200.webp&quot;";
    assert!(feed.contains(largest) || feed.contains(&largest.replace("&quot;", "\"")), "{feed}");
    assert!(feed.contains("width=") && !feed.contains("srcset"), "{feed}");
}

#[test]
fn a_photograph_is_turned_as_its_camera_says() {
    let site = site("![A](photo.jpg)", &[("photo.jpg", jpeg(800, 400, 6, 0))]);
    site.built(&["--strict"]);
    let image = image(&site.read(&format!("{PAGE}index.html")));
    // 400 by 800 as shown, which is no wider than the narrowest: it is small, and stays as it is.
    assert_eq!((size(&image), &*image["src"]), (("400", "800"), "/2021/12/01/vote/photo.jpg"));

    site.write("site.toml", "base_url = \"https://example.org/\"\ntitle = \"T\"\n[images]\nwidths = [200]\n");
    site.built(&["--strict"]);
    let bytes = output(&site, &format!("{PAGE}photo.jpg.200.webp"));
    assert_eq!(decoded(&bytes), (200, 400));
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(&bytes)).expect("it is WebP");
    let mut pixels = vec![0; decoder.output_buffer_size().expect("it is small")];
    decoder.read_image(&mut pixels).expect("it can be decoded");
    let red = |x: usize, y: usize| {
        let at = (y * 200 + x) * 3;
        pixels[at] > 200 && pixels[at + 1] < 150
    };
    // What was the upper left of the sensor is the upper right now.
    assert_eq!([red(50, 100), red(150, 100), red(50, 300), red(150, 300)], [false, true, false, false]);
}

#[test]
fn a_heavy_photograph_never_reaches_a_phone_whole() {
    let photo = jpeg(4200, 2800, 0, 110);
    assert!(photo.len() > 8_000_000, "{}", photo.len());
    let site = site("![A](photo.jpg)", &[("photo.jpg", photo)]);
    let front = "image = { src = \"photo.jpg\", alt = \"A\" }";
    site.article("vote/index.md", "2021-12-01", front, "![A](photo.jpg)\n\n[whole](photo.jpg)");
    site.built(&["--strict"]);
    let page = site.read(&format!("{PAGE}index.html"));
    let all = site.read("public/index.html") + &page;
    assert!(page.contains("href=\"/2021/12/01/vote/photo.jpg\""), "a link leads to the whole of it");
    let found = images(&all);
    assert!(found.len() >= 2, "{all}");
    for image in &found {
        let addresses =
            candidates(image).into_iter().map(|(address, _)| address).chain([image["src"].clone()]);
        for address in addresses {
            let bytes = output(&site, &format!("public{address}"));
            assert!(bytes.len() < 600_000, "{address}: {}", bytes.len());
        }
    }
    let offered = candidates(&images(&page)[1]);
    assert_eq!(offered.iter().map(|(_, width)| *width).collect::<Vec<_>>(), [480, 960, 1600]);
    let narrowest = output(&site, &format!("public{}", offered[0].0));
    assert!(narrowest.len() < 100_000, "{}", narrowest.len());
}

#[test]
fn what_was_made_once_is_found_again() {
    let body = "![A](/images/photo.jpg)";
    let site = site(body, &[]);
    site.article("other.md", "2021-12-02", "", body);
    site.write("static/images/photo.jpg", jpeg(700, 300, 0, 9));
    site.built(&["--strict"]);
    let image = image(&site.read(&format!("{PAGE}index.html")));
    assert_eq!(image["srcset"], "/images/photo.jpg.480.webp 480w, /images/photo.jpg.700.webp 700w");
    let store = site.path().join(".dateline/store");
    let times = || -> Vec<_> {
        let time =
            |name: &String| std::fs::metadata(store.join(name)).and_then(|entry| entry.modified()).ok();
        files(&store).keys().map(|name| (name.clone(), time(name))).collect()
    };
    let (first, built) = (times(), files(&site.output()));
    assert_eq!(first.len(), 2, "one picture for two articles");
    std::fs::remove_dir_all(site.output()).expect("it can be removed");
    site.built(&["--strict", "-o", "elsewhere"]).built(&[]);
    assert_eq!(times(), first);
    assert_eq!(files(&site.output()), built);

    // What another site makes of it is the same, byte for byte.
    std::fs::remove_dir_all(site.path().join(".dateline")).expect("it can be removed");
    let threads = site.command(&["build", "--now", NOW, "--adopt"]).env("RAYON_NUM_THREADS", "1").output();
    assert!(threads.expect("the binary runs").status.success());
    assert_eq!(files(&site.output()), built);

    site.write(
        "site.toml",
        "base_url = \"https://example.org/\"\ntitle = \"Test\"\n[images]\nquality = 30\n",
    );
    site.built(&["--strict"]);
    assert_eq!(times().len(), 4, "another quality is another rendition");
}

#[test]
fn widths_can_be_switched_off() {
    let site = site("![A](photo.jpg)", &[("photo.jpg", jpeg(700, 300, 0, 9))]);
    site.write("site.toml", "base_url = \"https://example.org/\"\ntitle = \"T\"\n[images]\nwidths = []\n");
    site.built(&["--strict"]);
    let image = image(&site.read(&format!("{PAGE}index.html")));
    assert_eq!((&*image["src"], size(&image)), ("/2021/12/01/vote/photo.jpg", ("700", "300")));
    assert!(!image.contains_key("srcset"));
    assert!(!files(&site.output()).keys().any(|path| path.ends_with(".webp")));
}

#[test]
fn what_moves_is_left_whole() {
    let mut moving = Vec::new();
    let mut encoder = png::Encoder::new(&mut moving, 600, 20);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_animated(2, 0).expect("two pictures");
    let mut writer = encoder.write_header().expect("it can be written");
    for shade in [0, 255] {
        writer.write_image_data(&vec![shade; 600 * 20]).expect("it can be written");
    }
    writer.finish().expect("it can be written");
    let site = site("![A](moving.png)", &[("moving.png", moving)]);
    site.built(&["--strict"]);
    let image = image(&site.read(&format!("{PAGE}index.html")));
    assert_eq!((&*image["src"], size(&image)), ("/2021/12/01/vote/moving.png", ("600", "20")));
    assert!(!image.contains_key("srcset"));
}

#[test]
fn a_picture_that_is_none_is_a_warning_and_stays() {
    let site = site("![A](photo.jpg)", &[("photo.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1".to_vec())]);
    let output = site.build(&[]);
    let told = stderr(&output);
    assert!(output.status.success(), "{told}");
    for part in ["warning: the file is", "vote/photo.jpg", "HEIC", "save it as JPEG, PNG or WebP"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert_eq!(size(&image(&site.read(&format!("{PAGE}index.html")))), ("", ""));
}

#[test]
fn a_picture_that_cannot_be_made_smaller_is_an_error() {
    let mut cut = png(600, 40);
    cut.truncate(300);
    let mut half = jpeg(600, 400, 1, 20);
    half.truncate(half.len() / 2);
    let mut bomb = png(1, 1);
    bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    let checksum = crc(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&checksum.to_be_bytes());
    let cases =
        [(cut, "the picture cannot be read"), (half, "it is cut off"), (bomb, "60000 by 60000 pixels")];
    for (file, message) in cases {
        let site = site("![A](photo.png)", &[("photo.png", file)]);
        let output = site.build(&[]);
        let told = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{told}");
        for part in ["error: the picture", "vote/photo.png", message, "help"] {
            assert!(told.contains(part), "{part}: {told}");
        }
    }
}

#[test]
fn pixels_of_every_kind_are_read() {
    let jpeg = |kind: jpeg_encoder::ColorType, channels: usize, progressive: bool| {
        let mut bytes = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
        encoder.set_progressive(progressive);
        encoder.encode(&vec![200; 600 * 40 * channels], 600, 40, kind).expect("it can be encoded");
        bytes
    };
    let png = |kind: png::ColorType, depth: png::BitDepth, bytes_a_row: usize| {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, 600, 40);
        encoder.set_color(kind);
        encoder.set_depth(depth);
        encoder.set_palette(&[200, 200, 200, 0, 0, 0][..]);
        let mut writer = encoder.write_header().expect("it can be written");
        let value = if kind == png::ColorType::Indexed { 0 } else { 200 };
        writer.write_image_data(&vec![value; bytes_a_row * 40]).expect("it can be written");
        writer.finish().expect("it can be written");
        bytes
    };
    let glass = webp::Encoder::from_rgba(&[200; 600 * 40 * 4], 600, 40);
    let (eight, sixteen) = (png::BitDepth::Eight, png::BitDepth::Sixteen);
    let named = [
        ("grey.jpg", jpeg(jpeg_encoder::ColorType::Luma, 1, false), false),
        ("in-steps.jpg", jpeg(jpeg_encoder::ColorType::Rgb, 3, true), false),
        ("grey.png", png(png::ColorType::Grayscale, eight, 600), false),
        ("glass-grey.png", png(png::ColorType::GrayscaleAlpha, eight, 1200), true),
        ("deep.png", png(png::ColorType::Rgb, sixteen, 3600), false),
        ("deep-glass.png", png(png::ColorType::Rgba, sixteen, 4800), true),
        ("palette.png", png(png::ColorType::Indexed, png::BitDepth::One, 75), false),
        ("glass.webp", glass.encode(90.0).to_vec(), true),
        ("exact.webp", glass.encode_lossless().to_vec(), true),
        // Inverted, as printers' programs have it.
        ("press.jpg", jpeg(jpeg_encoder::ColorType::Cmyk, 4, false), false),
    ];
    let files: Vec<_> = named.iter().map(|(name, bytes, _)| (*name, bytes.clone())).collect();
    let site = site("Text.", &files);
    site.built(&["--strict"]);
    for (name, _, glass) in &named {
        let bytes = output(&site, &format!("{PAGE}{name}.480.webp"));
        assert_eq!(decoded(&bytes), (480, 32), "{name}");
        let mut decoder = image_webp::WebPDecoder::new(Cursor::new(&bytes)).expect("it is WebP");
        assert_eq!(decoder.has_alpha(), *glass, "{name}");
        let mut pixels = vec![0; decoder.output_buffer_size().expect("it is small")];
        decoder.read_image(&mut pixels).expect("it can be decoded");
        let shade = pixels[(16 * 480 + 240) * if *glass { 4 } else { 3 }];
        assert!(*name == "press.jpg" || (190..=210).contains(&shade), "{name}: {shade}");
    }
}

/// The checksum of a part of a PNG file.
fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 };
    let sum =
        bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)));
    !sum
}

#[test]
fn bytes_of_every_kind_break_nothing() {
    // Cut and changed at many places: a warning or an error, and no panic.
    for whole in [jpeg(50, 30, 6, 9), png(50, 30), webp(50, 30)] {
        for at in (0..whole.len()).step_by(whole.len() / 12 + 1) {
            let mut changed = whole.clone();
            changed[at] ^= 0x55;
            let site = site("![A](a.jpg)", &[("a.jpg", whole[..at].to_vec()), ("b.jpg", changed)]);
            site.write(
                "site.toml",
                "base_url = \"https://example.org/\"\ntitle = \"T\"\n[images]\nwidths = [16]\n",
            );
            let output = site.build(&[]);
            assert!(matches!(output.status.code(), Some(0 | 1)), "{at}: {}", stderr(&output));
            assert!(!stderr(&output).contains("panicked"), "{at}: {}", stderr(&output));
        }
    }
}

#[test]
fn a_rendition_in_the_way_of_a_file_is_an_error() {
    let site =
        site("![A](photo.jpg)", &[("photo.jpg", jpeg(700, 300, 0, 9)), ("photo.jpg.480.webp", webp(9, 9))]);
    let output = site.build(&[]);
    let told = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    for part in ["photo.jpg.480.webp", "vote/photo.jpg made 480 pixels wide"] {
        assert!(told.contains(part), "{part}: {told}");
    }
}

#[test]
fn a_lead_picture_is_offered_in_cards_and_on_its_page() {
    let site = Site::new();
    let front = "image = { src = \"photo.jpg\", alt = \"A\" }";
    site.article("vote/index.md", "2021-12-01", front, "Text.");
    site.write(&format!("{BUNDLE}/photo.jpg"), jpeg(700, 350, 0, 9));
    let template = "{% for card in articles %}{{ card.image.src }}{% endfor %}{% if lead %}{{ lead.image.src }} \
                    {{ lead.image.width }} {{ lead.image.height }} {{ lead.image.srcset }}{% endif %}";
    site.write("templates/home.html", template);
    site.built(&["--strict"]);
    let largest = "/2021/12/01/vote/photo.jpg.700.webp";
    let expected = format!("{largest} 700 350 /2021/12/01/vote/photo.jpg.480.webp 480w, {largest} 700w");
    assert_eq!(site.read("public/index.html").trim(), expected);
    assert!(Path::new(&site.output()).join(&largest[1..]).exists());
}
