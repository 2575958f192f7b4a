//! What a new site has unless its owner says otherwise: the machine's time zone, and a title from the folder's name.

use chrono_tz::Tz;
use std::borrow::Cow;
use std::path::Path;

/// The zone that `TZ`, else the machine's settings, name; UTC where that is none the tz database knows.
pub(super) fn machine_zone() -> Tz {
    let set = std::env::var("TZ").ok().and_then(|name| name.trim_start_matches(':').parse().ok());
    set.or_else(|| iana_time_zone::get_timezone().ok()?.parse().ok())
        .filter(|zone| *zone != Tz::Etc__UTC)
        .unwrap_or(Tz::UTC)
}

/// `my-digest` → `My digest`.
pub(super) fn site_title(folder: &Path) -> String {
    let absolute = folder.canonicalize().or_else(|_| std::path::absolute(folder)).unwrap_or_default();
    let name = absolute.file_name().map_or(Cow::Borrowed(""), |name| name.to_string_lossy());
    let words = name.split(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '-' | '_'));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let title = words.join(" ");
    let mut letters = title.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "News digest".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_comes_from_the_name_of_the_folder() {
        assert_eq!(site_title(Path::new("/no/such/my-daily_digest")), "My daily digest");
        assert_eq!(site_title(Path::new("/no/such/élan")), "Élan");
        assert_eq!(site_title(Path::new("/no/such/---")), "News digest");
    }
}
