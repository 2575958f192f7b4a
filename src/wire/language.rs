//! Which language a text is in.

use super::scan::beginning;
use whatlang::Lang;

/// The most bytes that a language is told from: a text goes on as it begins.
const LONGEST: usize = 16 * 1024;
/// The fewest letters that a language is told from.
const SHORTEST: usize = 40;

/// The language of a text as a tag of BCP 47, and how sure that is, from 0 to 100; `None` where nothing can be said.
pub(super) fn of(text: &str) -> Option<(&'static str, u8)> {
    let text = beginning(text, LONGEST);
    if text.chars().filter(|c| c.is_alphabetic()).count() < SHORTEST {
        return None;
    }
    let found = whatlang::detect(text)?;
    let share = (found.confidence() * 98.0).clamp(0.0, 98.0);
    // Between 0 and 98 after rounding.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is a share of a hundred")]
    let confidence = share.round() as u8;
    tag(found.lang()).map(|tag| (tag, confidence))
}

/// The shortest tag of a language. ISO 639-3, which whatlang speaks, has three letters for each.
fn tag(lang: Lang) -> Option<&'static str> {
    const TAGS: [(&str, &str); 70] = [
        ("epo", "eo"),
        ("eng", "en"),
        ("rus", "ru"),
        ("cmn", "zh"),
        ("spa", "es"),
        ("por", "pt"),
        ("ita", "it"),
        ("ben", "bn"),
        ("fra", "fr"),
        ("deu", "de"),
        ("ukr", "uk"),
        ("kat", "ka"),
        ("ara", "ar"),
        ("hin", "hi"),
        ("jpn", "ja"),
        ("heb", "he"),
        ("yid", "yi"),
        ("pol", "pl"),
        ("amh", "am"),
        ("jav", "jv"),
        ("kor", "ko"),
        ("nob", "nb"),
        ("dan", "da"),
        ("swe", "sv"),
        ("fin", "fi"),
        ("tur", "tr"),
        ("nld", "nl"),
        ("hun", "hu"),
        ("ces", "cs"),
        ("ell", "el"),
        ("bul", "bg"),
        ("bel", "be"),
        ("mar", "mr"),
        ("kan", "kn"),
        ("ron", "ro"),
        ("slv", "sl"),
        ("hrv", "hr"),
        ("srp", "sr"),
        ("mkd", "mk"),
        ("lit", "lt"),
        ("lav", "lv"),
        ("est", "et"),
        ("tam", "ta"),
        ("vie", "vi"),
        ("urd", "ur"),
        ("tha", "th"),
        ("guj", "gu"),
        ("uzb", "uz"),
        ("pan", "pa"),
        ("aze", "az"),
        ("ind", "id"),
        ("tel", "te"),
        ("pes", "fa"),
        ("mal", "ml"),
        ("ori", "or"),
        ("mya", "my"),
        ("nep", "ne"),
        ("sin", "si"),
        ("khm", "km"),
        ("tuk", "tk"),
        ("aka", "ak"),
        ("zul", "zu"),
        ("sna", "sn"),
        ("afr", "af"),
        ("lat", "la"),
        ("slk", "sk"),
        ("cat", "ca"),
        ("tgl", "tl"),
        ("hye", "hy"),
        ("cym", "cy"),
    ];
    TAGS.iter().find(|(code, _)| *code == lang.code()).map(|(_, tag)| *tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_apart() {
        let of = |text| of(text).map(|(tag, _)| tag);
        assert_eq!(
            of("The ministry said on Thursday that it would open the harbour again in the spring."),
            Some("en")
        );
        assert_eq!(
            of("La ciudad anunció el jueves que abrirá de nuevo el puerto en la primavera próxima."),
            Some("es")
        );
        assert_eq!(of("وزارت نے جمعرات کو کہا کہ بندرگاہ موسم بہار میں دوبارہ کھول دی جائے گی۔"), Some("ur"));
        assert_eq!(of("Nothing"), None);
    }

    #[test]
    fn every_language_has_a_tag() {
        for lang in Lang::all() {
            assert!(tag(*lang).is_some(), "{lang:?}");
        }
    }
}
