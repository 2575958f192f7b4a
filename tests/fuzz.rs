//! What is held of any input, on inputs made at random from pieces of real ones, and the same in every run. The fuzz targets in
//! `fuzz/` try the same with a guide; `scripts/fuzz` runs them. `DATELINE_FUZZ` says how many times as many to try here.

#[path = "fuzz/bodies.rs"]
mod bodies;

/// Heads of agency paragraphs.
const FORMS: &str = include_str!("../src/wire/dateline/forms.tsv");

/// What copy, pages and front matter are made of, and what might break them.
const PIECES: [&str; 59] = [
    "\n",
    "\n\n",
    " ",
    "(",
    ")",
    "/",
    "[",
    "]",
    "-",
    "--",
    "—",
    ":",
    ",",
    ".",
    "…",
    "_",
    "*",
    "#",
    ">",
    "<",
    "&",
    "\\",
    "`",
    "|",
    "~",
    "+++",
    "---",
    "\"",
    "'",
    "“",
    "”",
    "\u{202e}",
    "\u{ffff}",
    "\u{200b}",
    "\u{feff}",
    "\u{0}",
    "\u{301}",
    "é",
    "北京",
    "👩\u{200d}👧",
    "خبر",
    "\r\n",
    "\t",
    "By Ada Byron",
    "(LEAD)",
    "Enditem",
    "Source: IANS",
    "Read more: x",
    "(Reporting by Ada Byron; Editing by Bo Li)",
    "title = \"x\"\n",
    "date = 2021-11-25\n",
    "[source]\n",
    "tags = [",
    "BEIJING",
    "(AP)",
    "Nov 25",
    "25th November, 2021",
    "<html><body><article><p>",
    "</p><script>x</script>",
];

struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("it is 31 bits") % most.max(1)
    }

    fn place(&mut self, text: &str) -> usize {
        let mut at = self.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// A text with a few pieces put in, taken out or doubled.
    fn changed(&mut self, text: &str) -> String {
        let mut text = text.to_owned();
        for _ in 0..=self.below(6) {
            let (one, other) = (self.place(&text), self.place(&text));
            let part = one.min(other)..one.max(other);
            match self.below(4) {
                0 => text.replace_range(part, ""),
                1 => {
                    let copy = text[part].to_owned();
                    text.insert_str(one, &copy);
                }
                _ => text.insert_str(one, PIECES[self.below(PIECES.len())]),
            }
            let mut end = text.len().min(20_000);
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            text.truncate(end);
        }
        text
    }
}

fn tries(usual: usize) -> usize {
    let times = std::env::var("DATELINE_FUZZ").ok().and_then(|times| times.parse::<usize>().ok());
    usual * times.unwrap_or(1)
}

fn story(form: &str) -> String {
    format!(
        "The headline of it\n\nThe headline of it\n\nBy Ada Byron\n\nA standfirst of some words\n\n{form}\n\nMore of it, *and* more.\n\n(Reporting by Ada Byron)\nEnditem\n"
    )
}

fn forms() -> Vec<&'static str> {
    FORMS.lines().skip(1).filter_map(|row| row.split('\t').nth(1)).collect()
}

#[test]
fn datelines() {
    let (mut chance, forms) = (Chance(1), forms());
    for _ in 0..tries(20_000) {
        let form = forms[chance.below(forms.len())];
        bodies::dateline(&chance.changed(form));
    }
}

#[test]
fn furniture() {
    let (mut chance, forms) = (Chance(2), forms());
    for _ in 0..tries(2_000) {
        let text = story(forms[chance.below(forms.len())]);
        bodies::furniture(&chance.changed(&text));
    }
}

#[test]
fn front_matter() {
    let mut chance = Chance(3);
    let text = "+++\ntitle = \"A\"\ndate = 2021-11-25\ntags = [\"a\", \"b\"]\n\n[source]\nname = \"P\"\nurl = \"https://a.example/x\"\n+++\n\nThe *text* of [it](https://a.example).\n";
    let yaml = "---\ntitle: A\ndate: 2021-11-25\ntags: [a, b]\nsource:\n  name: P\n---\n\nThe text.\n";
    for number in 0..tries(6_000) {
        bodies::front_matter(&chance.changed(if number % 3 == 0 { yaml } else { text }));
    }
}

#[test]
fn imports() {
    let (mut chance, forms) = (Chance(4), forms());
    for number in 0..tries(2_000) {
        let text = story(forms[chance.below(forms.len())]);
        let text = if number % 8 == 0 {
            format!("<html><body><article><p>{}</p></article>", text.replace("\n\n", "</p><p>"))
        } else {
            text
        };
        let mut bytes = chance.changed(&text).into_bytes();
        if number % 5 == 0 {
            let at = chance.below(bytes.len() + 1);
            bytes.insert(at, u8::try_from(chance.below(256)).expect("it is a byte"));
        }
        bodies::import(&bytes);
    }
}
