//! Who wrote a story: `By Ada Byron`, `Umer Jamshaid Published January 15, 2022 | 11:10 AM`.

use super::fold::folded;
use super::places;
use super::when::{self, Day};

/// The longest byline, in characters.
const LONGEST: usize = 120;
/// The fewest and the most words of a name, those of several people counted together.
const WORDS: (usize, usize) = (2, 9);

/// What a byline begins with, in the languages of copy.
const BEFORE: [&str; 13] = [
    "Written by: ",
    "By: ",
    "Von: ",
    "By ",
    "BY ",
    "by ",
    "Von ",
    "Por ",
    "Par ",
    "di ",
    "Posted by ",
    "Written by ",
    "Text: ",
];

/// The names of a byline, and the day of publication where it stands there as well.
pub(super) fn read(line: &str) -> Option<(String, Option<Day>)> {
    if line.chars().count() > LONGEST {
        return None;
    }
    if let Some((name, rest)) = line.split_once(" Published ")
        && let Some(day) = when::whole(rest.trim_start_matches([':', ' ']))
    {
        let name = name.trim_end_matches(['|', ' ']);
        return names(without_by(name).unwrap_or(name)).map(|name| (name, Some(day)));
    }
    let rest = without_by(line)?;
    // `By Ada Byron April 3, 2025`, with nothing between.
    let dated = rest.match_indices(' ').find_map(|(at, _)| {
        let day = when::whole(&rest[at..]).filter(|day| day.has_year())?;
        Some((names(&rest[..at])?, Some(day)))
    });
    if dated.is_some() {
        return dated;
    }
    let signs = ["|", "•", "·", " - ", " – "];
    let end = signs.iter().filter_map(|sign| rest.find(sign)).min().unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    let day = when::whole(after.trim_start_matches(['|', '•', '·', '-', '–', ' ']));
    names(without_role(name)).map(|name| (name, day))
}

/// The author of a page as that names him, without what a byline begins with and without what stands beside it: `Von Ada Byron | May
/// 12`, and not `Von Miller`.
pub(super) fn author(told: &str) -> Option<String> {
    let name = told.split(['|', '/', '•', '·']).next().unwrap_or(told).trim();
    let name = match without_by(name) {
        Some(rest) if names(rest).is_some() || name.to_lowercase().starts_with("by ") => rest.trim(),
        _ => name,
    };
    (!name.is_empty() && !name.contains(|c: char| c.is_ascii_digit())).then(|| name.to_owned())
}

pub(super) fn without_by(line: &str) -> Option<&str> {
    BEFORE.iter().find_map(|before| line.strip_prefix(before))
}

/// Who has what part in a story, from a line such as `Reporter: Ada Byron` or `Editor: huaxia`: the name, where it is who wrote it.
pub(super) fn role(line: &str) -> Option<Option<String>> {
    const WRITERS: [&str; 6] = ["reporter", "author", "writer", "autor", "autore", "auteur"];
    const OTHERS: [&str; 5] = ["editor", "editors", "web editor", "translator", "redakteur"];
    const MOST_WORDS: usize = 6;
    let (label, name) = line.split_once([':', '：'])?;
    let (label, name) = (folded(label), name.trim());
    // One word may be a user's name; of several, short ones may be particles.
    let is_large = |word: &str| word.len() < 4 || word.starts_with(char::is_uppercase);
    let are_large = || name.starts_with(char::is_uppercase) && name.split(' ').all(is_large);
    let is_name = !name.is_empty()
        && name.split(' ').count() <= MOST_WORDS
        && name.chars().all(|c| c.is_alphabetic() || " ,.-'’".contains(c))
        && (!name.contains(' ') || are_large());
    match () {
        () if is_name && WRITERS.contains(&&*label) => Some(names(name)),
        () if is_name && OTHERS.contains(&&*label) => Some(None),
        () => None,
    }
}

/// The name of `Ada Byron in Delhi`. So begin headlines, too: `Bomb Blast in Kabul`.
pub(super) fn with_place(line: &str) -> Option<String> {
    let (name, place) = line.split_once(" in ")?;
    names(name).filter(|_| places::is_place(place))
}

/// Who reported, from a line of credits: `Reporting by Ada Byron and Bo Li; Editing by …`.
pub(super) fn reporters(credits: &str) -> Option<String> {
    const REPORTING: [&str; 5] = [
        "Reporting by ",
        "Reporting By ",
        "Reporting and writing by ",
        "Reporting and editing by ",
        "Writing by ",
    ];
    let rest = REPORTING.iter().find_map(|before| Some(credits.split_once(before)?.1))?;
    let people = rest.split([';', '(', ')']).next().unwrap_or_default();
    let parts = people.split(", ").flat_map(|part| part.split(" and "));
    let people = parts.filter_map(|part| part.split(" in ").next()?.split(" at ").next());
    // Several places may be named one after the other, too: `Ada Byron in New York, Los Angeles and Hong Kong`.
    let named = people.filter(|name| !places::is_place(name) && !places::is_region(name)).filter_map(names);
    let named: Vec<String> = named.collect();
    match &*named {
        [] => None,
        [one] => Some(one.clone()),
        [first @ .., last] => Some(format!("{} and {last}", first.join(", "))),
    }
}

/// A name without the outlet or the office that follows a comma.
fn without_role(name: &str) -> &str {
    // `Par Jean Dupont avec AFP`.
    let name = [" avec ", " mit "].iter().find_map(|with| Some(name.split_once(with)?.0)).unwrap_or(name);
    let Some((before, role)) = name.rsplit_once(", ") else { return name };
    // `Ada Byron, Bo Li and Cy Dee` names one more, `Ada Byron, Associated Press` does not.
    let joins = role.contains(" and ") || role.contains(" & ") || before.contains(", ");
    let are_whole = role.split(" and ").all(|one| one.split_whitespace().count() >= WORDS.0);
    if joins && are_whole && names(role).is_some() { name } else { before.trim() }
}

/// Names of people, if that is what a text is: words with capitals, and what joins them.
fn names(text: &str) -> Option<String> {
    const JOINTS: [&str; 10] = ["and", "y", "e", "und", "et", "with", "&", "bin", "al", "ibn"];
    let text = text.trim().trim_end_matches([',', '.', ':']);
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_name = |word: &&str| {
        let word = word.trim_matches([',', '.']);
        JOINTS.contains(&word)
            || places::is_particle(word)
            || matches!(word, "van" | "von" | "ter" | "ten" | "el" | "ul" | "ud" | "dos")
            || (word.chars().next().is_some_and(|c| !c.is_lowercase() && c.is_alphabetic())
                && word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '.')))
    };
    let has_form = (WORDS.0..=WORDS.1).contains(&words.len())
        && words.iter().all(is_name)
        && !text.contains(['!', '?', ';', '"', '“']);
    let begins = words.first().is_some_and(|word| word.chars().next().is_some_and(char::is_uppercase))
        && !matches!(words[0], "The" | "A" | "An" | "This" | "Un" | "Una" | "El" | "La" | "Le" | "Il");
    (has_form && begins)
        .then(|| if places::is_capitals(text) { places::spelt(text) } else { text.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read() {
        for (line, name) in [
            ("By Ada Byron", "Ada Byron"),
            ("By ADA BYRON", "Ada Byron"),
            ("By Ada Byron and Bo Li", "Ada Byron and Bo Li"),
            ("By Ada Byron, Associated Press", "Ada Byron"),
            ("By Ada van der Berg | Nov 25, 2021", "Ada van der Berg"),
            ("Von Ada Byron", "Ada Byron"),
            ("Umer Jamshaid Published January 15, 2022 | 11:10 AM", "Umer Jamshaid"),
            ("By Ada Byron, Bo Li and Cy Dee", "Ada Byron, Bo Li and Cy Dee"),
            ("By Ada Byron Published January 15, 2022", "Ada Byron"),
            ("By Ada Byron - The Paper | Nov 25, 2021", "Ada Byron"),
            ("By Ada Byron, Health and Science Editor", "Ada Byron"),
            ("By April Smith", "April Smith"),
            ("By Ann Lee April 3, 2025", "Ann Lee"),
            ("Par Jean Dupont avec AFP", "Jean Dupont"),
            ("Por Plácido Domingo", "Plácido Domingo"),
            ("By Sunday Oliseh", "Sunday Oliseh"),
            ("By Jean-Luc O'Neill", "Jean-Luc O'Neill"),
        ] {
            assert_eq!(read(line).map(|(name, _)| name).as_deref(), Some(name), "{line}");
        }
        for none in [
            "By the numbers",
            "By Tuesday it was over.",
            "By 2030 all will be well",
            "Bypass opens",
            "By The Lake",
            "Ada Byron in trouble",
            "Rice prices in Delhi",
            "Book Published By Nobody",
        ] {
            assert_eq!(read(none), None, "{none}");
        }
        for (name, expected) in [
            ("By ada", "ada"),
            ("Por Ana Díaz", "Ana Díaz"),
            ("Von Ada Byron", "Ada Byron"),
            ("Von Miller", "Von Miller"),
            ("Amir Wasim | Published March 12, 2024", "Amir Wasim"),
            ("Ada Byron", "Ada Byron"),
        ] {
            assert_eq!(author(name).as_deref(), Some(expected));
        }
        assert!(read("Umer Jamshaid Published January 15, 2022 | 11:10 AM").unwrap().1.is_some());
    }

    #[test]
    fn credits_name_who_reported() {
        let of = |line: &str| reporters(line);
        assert_eq!(of("Reporting by Ada Byron in London; Editing by Bo Li").as_deref(), Some("Ada Byron"));
        assert_eq!(
            of("Reporting by Ada Byron and Bo Li; Writing by X").as_deref(),
            Some("Ada Byron and Bo Li")
        );
        assert_eq!(
            of("Reporting by Ada Byron in London, Bo Li and Cy Dee in Washington, D.C.; Editing by X Y")
                .as_deref(),
            Some("Ada Byron, Bo Li and Cy Dee")
        );
        assert_eq!(
            of("Reporting by Ada Byron in New York, Los Angeles and Hong Kong; Editing by X Y").as_deref(),
            Some("Ada Byron")
        );
        assert_eq!(of("(Reporting by the newsroom, Ada Byron.)").as_deref(), Some("Ada Byron"));
        assert_eq!(of("Editing by Bo Li"), None);
    }
}
