//! `[theme]`: what the built-in theme is adjusted by.
//!
//! Each key is one custom property of the style sheet, but for the two that are words and pictures. Values are checked
//! so that none can end the declaration it is printed in.

use super::link::Link;
use crate::diagnostic::Location;
use crate::tree::Fields;
use std::fmt::Write;
use std::ops::{Range, RangeInclusive};

/// How the built-in theme looks. What is not set is left to the style sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Theme {
    /// Colours by key, as `#rrggbb`.
    pub colours: Vec<(&'static str, String)>,
    /// Font stacks by key, as CSS has them.
    pub fonts: Vec<(&'static str, String)>,
    /// Lengths and factors by key, as CSS has them.
    pub sizes: Vec<(&'static str, String)>,
    /// The name as it stands at the head of the page, where it is not the title.
    pub nameplate: Option<String>,
    /// The address of a picture that stands in the name's place.
    pub logo: Option<Link>,
}

/// Colours.
const COLOURS: [&str; 5] = ["accent", "paper", "ink", "paper_dark", "ink_dark"];
/// Font stacks.
const FONTS: [&str; 4] = ["serif", "sans", "headings", "nameplate_font"];
/// Lengths in rem, and the bounds that a page stays readable in.
const LENGTHS: [(&str, RangeInclusive<i64>); 2] = [("width", 40..=120), ("measure", 24..=60)];
/// The measure that the style sheet has, in rem.
const MEASURE: u32 = 41;
/// How much room is left between things, as a factor.
const DENSITIES: [(&str, &str); 3] = [("compact", "0.8"), ("normal", "1"), ("airy", "1.25")];

impl Theme {
    /// The value of a colour.
    pub fn colour(&self, key: &str) -> Option<&str> {
        self.colours.iter().find(|(name, _)| *name == key).map(|(_, value)| value.as_str())
    }

    /// How wide a picture in a text is shown, as the attribute `sizes` of a picture has it: the measure or, on a screen
    /// with no room for it and a margin, the whole of that.
    pub fn picture_sizes(&self) -> String {
        let own = self.sizes.iter().find(|(key, _)| *key == "measure");
        let measure = own.and_then(|(_, value)| value.strip_suffix("rem")?.parse().ok()).unwrap_or(MEASURE);
        format!("(min-width: {}rem) {measure}rem, 100vw", measure + 2)
    }

    /// The custom properties that are set, as declarations: `--accent:#9a1b1b;--density:0.8`. Empty where none is.
    pub fn declarations(&self) -> String {
        let mut css = String::new();
        for (key, value) in self.colours.iter().chain(&self.fonts).chain(&self.sizes) {
            let end = if css.is_empty() { "" } else { ";" };
            // Writing to memory does not fail.
            let _ = write!(css, "{end}--{}:{value}", key.replace('_', "-"));
        }
        css
    }
}

pub(super) fn read(fields: &mut Fields<'_>) -> Theme {
    let mut theme = Theme::default();
    let mut places = Vec::new();
    for key in COLOURS {
        if let Some((value, span)) = colour(fields, key) {
            theme.colours.push((key, value));
            places.push((key, span));
        }
    }
    check_contrast(fields, &theme, &places);
    for key in FONTS {
        theme.fonts.extend(font(fields, key).map(|value| (key, value)));
    }
    let density = fields.choice("density", &DENSITIES);
    theme.sizes.extend(density.map(|value| ("density", value.to_owned())));
    for (key, bounds) in LENGTHS {
        theme.sizes.extend(fields.number(key, bounds).map(|value| (key, format!("{value}rem"))));
    }
    theme.nameplate = fields.string("nameplate");
    let text = fields.file().text;
    theme.logo = fields.spanned("logo").map(|(to, span)| Link {
        label: "logo".to_owned(),
        to,
        location: Location::in_text(text, span),
    });
    fields.finish(|key| match key {
        "color" | "colour" | "primary" | "highlight" => {
            Some("the colour of links and rules is 'accent'".to_owned())
        }
        "background" | "bg" => Some("the colour of the page is 'paper'".to_owned()),
        "text" | "foreground" => Some("the colour of text is 'ink'".to_owned()),
        "font" | "font_family" => {
            Some("the fonts are 'serif', 'sans', 'headings' and 'nameplate_font'".to_owned())
        }
        _ => None,
    });
    theme
}

/// A colour, spelled out: templates also draw with it, where CSS's other forms are not known.
fn colour(fields: &mut Fields<'_>, key: &str) -> Option<(String, Range<usize>)> {
    let (text, span) = fields.spanned(key)?;
    let digits = text.strip_prefix('#').unwrap_or_default();
    let hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let digits = match (hex, digits.len()) {
        (true, 6) => digits.to_ascii_lowercase(),
        (true, 3) => digits.to_ascii_lowercase().chars().flat_map(|digit| [digit, digit]).collect(),
        _ => {
            let problem = fields.file().error("bad-colour", format!("'{text}' is no colour"), span);
            fields.report(problem.help("write it as #rrggbb, such as #9a1b1b"));
            return None;
        }
    };
    Some((format!("#{digits}"), span))
}

/// What small text needs next to what is behind it: WCAG 2.2, success criterion 1.4.3.
const CONTRAST: f64 = 4.5;
/// What the style sheet has for colours that are not set.
const USUAL: [(&str, &str); 5] = [
    ("accent", "#8f1d21"),
    ("paper", "#fffefb"),
    ("ink", "#17191c"),
    ("paper_dark", "#15171a"),
    ("ink_dark", "#e9e7e2"),
];

/// Colours that cannot be told apart are worth a word before readers write in. The dark accent is the style sheet's own
/// mixture, and is left to it.
fn check_contrast(fields: &mut Fields<'_>, theme: &Theme, places: &[(&'static str, Range<usize>)]) {
    let value = |key: &str| {
        let usual = USUAL.iter().find(|(name, _)| *name == key).map_or("", |(_, value)| value);
        luminance(theme.colour(key).unwrap_or(usual))
    };
    for (text, behind) in [("accent", "paper"), ("ink", "paper"), ("ink_dark", "paper_dark")] {
        let place = [text, behind].iter().find_map(|key| places.iter().find(|(name, _)| name == key));
        let Some((_, span)) = place else { continue };
        let (a, b) = (value(text), value(behind));
        let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
        if contrast < CONTRAST {
            let message =
                format!("'{text}' is hard to read on '{behind}': their contrast is {contrast:.1} to 1");
            let problem = fields.file().warning("low-contrast", message, span.clone());
            fields.report(problem.help("small text needs 4.5 to 1; take one darker and the other lighter"));
        }
    }
}

/// The relative luminance of `#rrggbb`, as WCAG 2.2 defines it.
fn luminance(colour: &str) -> f64 {
    let channel = |place: usize| {
        let digits = colour.get(place..place + 2).unwrap_or_default();
        let share = f64::from(u8::from_str_radix(digits, 16).unwrap_or_default()) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

/// A font stack: names, quoted or not, with commas between them.
fn font(fields: &mut Fields<'_>, key: &str) -> Option<String> {
    let (text, span) = fields.spanned(key)?;
    if families(&text).is_some_and(|families| families.iter().all(|family| is_family(family))) {
        return Some(text);
    }
    let problem = fields.file().error("bad-font", format!("'{text}' is no list of fonts"), span);
    fields.report(
        problem.help("write names with commas between them, such as Georgia, \"Times New Roman\", serif"),
    );
    None
}

/// The names of a font stack, cut at the commas outside of quotes; `None` where a quote is left open.
fn families(text: &str) -> Option<Vec<&str>> {
    let mut open = None;
    let families = text.split(|c: char| {
        open = match open {
            None if matches!(c, '"' | '\'') => Some(c),
            Some(quote) if quote == c => None,
            open => open,
        };
        c == ',' && open.is_none()
    });
    let families = families.map(str::trim).collect();
    open.is_none().then_some(families)
}

/// Whether it is a name in one pair of quotes, or identifiers of CSS with spaces between them.
fn is_family(name: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.');
    let quoted = ['"', '\''].iter().find_map(|quote| name.strip_prefix(*quote)?.strip_suffix(*quote));
    if let Some(name) = quoted {
        return !name.trim().is_empty() && name.chars().all(plain);
    }
    let is_identifier = |word: &str| {
        let first = word.trim_start_matches('-').chars().next();
        first.is_some_and(|c| c.is_alphabetic() || c == '_')
            && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
    };
    !name.is_empty() && name.split_whitespace().all(is_identifier)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{self, TextFile};

    fn theme(text: &str) -> (Theme, Vec<String>) {
        let mut problems = Vec::new();
        let table = tree::parse_toml("site.toml", text, 0..text.len()).unwrap();
        let mut fields = Fields::new(TextFile { path: "site.toml", text }, table, &mut problems);
        let theme = read(&mut fields);
        (theme, problems.into_iter().map(|problem| problem.message).collect())
    }

    #[test]
    fn keys_become_custom_properties() {
        let (theme, problems) = theme(
            "accent = \"#052\"\nserif = 'Georgia, \"Times New Roman\", serif'\ndensity = \"compact\"\nwidth = 72\n\
             nameplate_font = \"Didot\"\nnameplate = \"The Digest\"",
        );
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(
            theme.declarations(),
            "--accent:#005522;--serif:Georgia, \"Times New Roman\", serif;--nameplate-font:Didot;--density:0.8;\
             --width:72rem"
        );
        assert_eq!(theme.nameplate.as_deref(), Some("The Digest"));
        assert_eq!(theme.picture_sizes(), "(min-width: 43rem) 41rem, 100vw");
        assert_eq!(self::theme("measure = 30").0.picture_sizes(), "(min-width: 32rem) 30rem, 100vw");
    }

    #[test]
    fn what_is_hard_to_read_is_a_warning() {
        let warned = |text: &str| theme(text).1;
        assert_eq!(
            warned("accent = \"#ff8800\""),
            ["'accent' is hard to read on 'paper': their contrast is 2.4 to 1"]
        );
        assert_eq!(warned("paper = \"#000\"").len(), 2);
        assert_eq!(warned("paper_dark = \"#222\"\naccent = \"#005ea5\""), Vec::<String>::new());
    }

    #[test]
    fn what_is_usual_is_so_in_the_style_sheet() {
        let sheet = include_str!("../../static/css/site.css");
        for (key, value) in USUAL {
            assert!(sheet.contains(&format!("--{}: {value};", key.replace('_', "-"))), "{key}");
        }
        assert!(sheet.contains(&format!("--measure: {MEASURE}rem;")));
    }

    #[test]
    fn no_value_can_end_its_declaration() {
        for text in [
            "accent = \"red;}body{display:none\"",
            "accent = \"#12345\"",
            "serif = \"a</style><script>\"",
            "sans = 'a\"'",
            "sans = '''\"a'b\" c' '''",
            "sans = 'Arial,'",
            "sans = '\"\"'",
            "sans = 'Press Start 2P'",
            "sans = '---'",
            "width = 4000",
            "density = \"tight\"",
            "colour = \"#fff\"",
        ] {
            let (theme, problems) = theme(text);
            assert_eq!((theme.declarations().as_str(), problems.len()), ("", 1), "{text}");
        }
    }
}
