//! Languages: direction, month names, and the theme's words.

use chrono::{DateTime, FixedOffset, Locale, Weekday};
use pure_rust_locales::locale_match;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::{self, Write};
use std::sync::Arc;

/// The theme's words by key.
pub type Labels = BTreeMap<String, String>;

/// The words of every built-in language, as TOML: a table a language.
pub const LABELS: &str = include_str!("labels.toml");

/// A BCP 47 language tag and what follows from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    tag: Box<str>,
    locale: Locale,
}

impl Language {
    /// A tag such as `en`, `en-GB` or `zh-Hant-TW`; `None` where it is not of that form.
    pub fn parse(tag: &str) -> Option<Self> {
        let tag = tag.trim();
        let mut parts = tag.split('-');
        let primary = parts.next()?;
        let letters = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphabetic());
        let well_formed = (2..=8).contains(&primary.len()) && letters(primary);
        let rest = parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
        (well_formed && rest).then(|| Self { tag: tag.into(), locale: locale(tag) })
    }

    /// The tag as written.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// The language without region and script, in lower case.
    pub fn primary(&self) -> String {
        self.tag.split('-').next().unwrap_or_default().to_ascii_lowercase()
    }

    /// `rtl` for languages written from right to left, else `ltr`. A script in the tag decides over the language.
    pub fn direction(&self) -> &'static str {
        let script = self.tag.split('-').skip(1).find(|part| part.len() == 4).map(str::to_ascii_lowercase);
        let rtl = match script.as_deref() {
            Some(script) => matches!(script, "arab" | "hebr" | "thaa" | "syrc" | "nkoo" | "adlm" | "rohg"),
            None => matches!(
                self.primary().as_str(),
                "ar" | "arc"
                    | "ckb"
                    | "dv"
                    | "fa"
                    | "he"
                    | "iw"
                    | "ks"
                    | "ps"
                    | "sd"
                    | "syr"
                    | "ug"
                    | "ur"
                    | "yi"
            ),
        };
        if rtl { "rtl" } else { "ltr" }
    }

    /// Whether it is English, the one language whose quotes and dashes are set by rule.
    pub fn is_english(&self) -> bool {
        self.primary() == "en"
    }

    /// The day that a week begins with, as the region has it; on Monday, as ISO 8601 has it, in English of no region.
    pub fn week_begins(&self) -> Weekday {
        if self.tag.eq_ignore_ascii_case("en") {
            return Weekday::Mon;
        }
        // glibc counts from Sunday, and leaves Sunday out.
        match locale_match!(self.locale => LC_TIME::FIRST_WEEKDAY) {
            Some(2) => Weekday::Mon,
            Some(6) => Weekday::Fri,
            Some(7) => Weekday::Sat,
            _ => Weekday::Sun,
        }
    }

    /// A time in chrono's `format`, with this language's names of months and days.
    ///
    /// # Errors
    /// The format has a specifier that chrono does not know.
    pub fn format(&self, time: &DateTime<FixedOffset>, format: &str) -> Result<String, fmt::Error> {
        let mut text = String::with_capacity(format.len() + 16);
        write!(text, "{}", time.format_localized(format, self.locale))?;
        Ok(text)
    }

    /// The theme's words in this language, in English where there is no translation.
    pub fn labels(&self) -> Labels {
        let mut languages: BTreeMap<String, Labels> =
            toml::from_str(LABELS).expect("labels.toml is part of the program and read by a test");
        let mut labels = languages.remove("en").unwrap_or_default();
        labels.extend(languages.remove(&self.primary()).unwrap_or_default());
        labels
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.tag.serialize(serializer)
    }
}

thread_local! {
    /// The language that was recalled last: documents that come one after the other are mostly in one.
    static LAST: RefCell<Option<Arc<Language>>> = const { RefCell::new(None) };
}

/// A language that is shared with the document before, where that has the same: to find a locale takes longer than to
/// recall most other things of a document.
///
/// # Errors
/// Where there is no tag of a language.
pub fn deserialize_shared<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<Language>, D::Error> {
    let tag = <&str>::deserialize(deserializer)?;
    LAST.with_borrow_mut(|last| match last {
        Some(last) if *last.tag == *tag => Ok(last.clone()),
        _ => {
            let new = Language::parse(tag).ok_or_else(|| serde::de::Error::custom("no language"))?;
            Ok(last.insert(Arc::new(new)).clone())
        }
    })
}

/// The locale that names months and days: that of the region, else of the language's home, else English.
fn locale(tag: &str) -> Locale {
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default().to_ascii_lowercase();
    let region = parts.find(|part| part.len() == 2).map(str::to_ascii_uppercase);
    let home = match primary.as_str() {
        "ar" => "EG",
        "cs" => "CZ",
        "da" => "DK",
        "el" => "GR",
        "en" => "US",
        "fa" => "IR",
        "he" => "IL",
        "hi" | "ta" | "te" | "mr" | "gu" => "IN",
        "ja" => "JP",
        "ko" => "KR",
        "sv" => "SE",
        "uk" => "UA",
        "ur" => "PK",
        "vi" => "VN",
        "zh" => "CN",
        _ => &primary.to_ascii_uppercase(),
    };
    let named = |region: &str| Locale::try_from(format!("{primary}_{region}").as_str()).ok();
    region.and_then(|region| named(&region)).or_else(|| named(home)).unwrap_or(Locale::en_US)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_checked() {
        for tag in ["en", "en-GB", "zh-Hant-TW", "ur"] {
            assert!(Language::parse(tag).is_some(), "{tag}");
        }
        for tag in ["", "e", "en_GB", "english language", "en-"] {
            assert!(Language::parse(tag).is_none(), "{tag}");
        }
    }

    #[test]
    fn direction_follows_script_and_language() {
        let direction = |tag: &str| Language::parse(tag).unwrap().direction();
        assert_eq!(
            (direction("ur"), direction("en"), direction("ur-Latn"), direction("az-Arab")),
            ("rtl", "ltr", "ltr", "rtl")
        );
    }

    #[test]
    fn weeks_begin_as_the_region_has_it() {
        let begins = |tag: &str| Language::parse(tag).unwrap().week_begins();
        assert_eq!(
            ["en", "en-US", "de", "ar"].map(begins),
            [Weekday::Mon, Weekday::Sun, Weekday::Mon, Weekday::Sat]
        );
    }

    #[test]
    fn every_language_has_every_label() {
        let languages: BTreeMap<String, Labels> = toml::from_str(LABELS).unwrap();
        let english: Vec<&String> = languages["en"].keys().collect();
        for language in ["en", "es", "it", "de", "fr", "ar", "ur"] {
            assert_eq!(languages[language].keys().collect::<Vec<_>>(), english, "{language}");
        }
    }

    #[test]
    fn locales_fall_back() {
        assert_eq!(
            (locale("de"), locale("en-GB"), locale("ur")),
            (Locale::de_DE, Locale::en_GB, Locale::ur_PK)
        );
        assert_eq!(locale("tlh"), Locale::en_US);
    }
}
