//! News agencies and those who print them: by what names they sign, and whether what they carry is somebody's own word.

use super::fold::folded;
use crate::config::{Agency, Carries};
use std::collections::HashMap;
use std::sync::OnceLock;

/// Names of agencies by their folded form.
#[derive(Debug, Clone)]
pub struct Agencies {
    names: HashMap<String, Entry>,
}

#[derive(Debug, Clone)]
struct Entry {
    name: String,
    carries: Carries,
    /// The same for all names of one agency.
    number: usize,
}

/// The longest name that is looked up, in bytes: a whole paragraph is none.
const LONGEST: usize = 200;

const TABLE: &str = include_str!("agencies.tsv");

impl Agencies {
    /// Those of the table.
    pub fn known() -> &'static Self {
        static KNOWN: OnceLock<Agencies> = OnceLock::new();
        KNOWN.get_or_init(|| {
            let mut agencies = Self { names: HashMap::new() };
            for (number, line) in TABLE.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
                let mut cells = line.split('\t');
                let (name, kind) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
                let carries = Carries::ALL
                    .iter()
                    .find(|(name, _)| *name == kind)
                    .map_or_else(Carries::default, |(_, it)| *it);
                let aliases = cells.next().unwrap_or_default().split(';');
                std::iter::once(name).chain(aliases).for_each(|name| agencies.add(name, carries, number));
            }
            agencies
        })
    }

    /// Those of the table and a site's own, which come first.
    pub fn with(own: &[Agency]) -> Self {
        let mut agencies = Self { names: HashMap::new() };
        for (number, agency) in (TABLE.len()..).zip(own) {
            let names = std::iter::once(&agency.name).chain(&agency.aliases);
            names.for_each(|name| agencies.add(name, agency.carries, number));
        }
        for (folded, known) in &Self::known().names {
            agencies.names.entry(folded.clone()).or_insert_with(|| known.clone());
        }
        agencies
    }

    /// How a name is spelt, and what who has it carries; `None` where nobody is known of that name. One that is printed in letters
    /// of both kinds is spelt as it is printed.
    pub fn find<'a>(&'a self, printed: &'a str) -> Option<(&'a str, Carries)> {
        let printed = Some(printed.trim()).filter(|printed| printed.len() <= LONGEST)?;
        let Entry { name, carries, .. } = self.names.get(&folded(printed))?;
        let is_mixed = printed.contains(char::is_lowercase) && printed.contains(char::is_uppercase);
        Some((if is_mixed { printed } else { name }, *carries))
    }

    /// As [`find`](Self::find), for a name with the desk of a known agency after it, too: `Bloomberg Opinion`, and any wire for press
    /// releases with whom it works together: `PRNewswire-HISPANIC PR WIRE`.
    pub fn find_with_desk<'a>(&'a self, printed: &'a str) -> Option<(&'a str, Carries)> {
        const DESKS: [&str; 12] = [
            " News",
            " Opinion",
            " Law",
            " Business",
            " Sport",
            " Sports",
            " Health",
            " Markets",
            " Politics",
            " Government",
            " Live",
            " Economy",
        ];
        let of_desk = || {
            let name = DESKS.iter().find_map(|desk| printed.strip_suffix(desk))?;
            self.find(name).map(|(_, carries)| (printed, carries))
        };
        let of_release = || {
            let (name, _) = printed.split_once('-')?;
            self.find(name)
                .filter(|(_, carries)| *carries == Carries::PressReleases)
                .map(|(_, carries)| (printed, carries))
        };
        self.find(printed).or_else(of_desk).or_else(of_release)
    }

    /// Whether a name is that of a wire for press releases.
    pub fn carries_press_releases(&self, name: &str) -> bool {
        self.find(name).is_some_and(|(_, carries)| carries == Carries::PressReleases)
    }

    /// Whether two names are those of one agency: `AFP`, `Agence France-Presse`.
    pub fn are_one(&self, one: &str, other: &str) -> bool {
        let number = |name: &str| self.names.get(&folded(name)).map(|entry| entry.number);
        one == other || number(one).is_some_and(|one| number(other) == Some(one))
    }

    /// The first of several spellings of one name counts.
    fn add(&mut self, name: &str, carries: Carries, number: usize) {
        let folded = folded(name);
        if !folded.is_empty() {
            self.names.entry(folded).or_insert_with(|| Entry { name: name.to_owned(), carries, number });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_table_is_whole() {
        let mut names = HashSet::new();
        for (number, line) in TABLE.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            let is_kind = |kind: &str| Carries::ALL.iter().any(|(name, _)| *name == kind);
            assert!(
                matches!(cells[..], [name, kind, _] if !name.is_empty() && is_kind(kind)),
                "line {}",
                number + 1
            );
            for name in cells[2].split(';').filter(|name| !name.is_empty()).chain([cells[0]]) {
                assert!(names.insert(folded(name)), "line {}: {name} is there already", number + 1);
            }
        }
    }

    #[test]
    fn capitals_are_those_of_the_table_and_names_those_printed() {
        let spelt = |name: &str| Agencies::known().find(name).map(|(name, _)| name.to_owned());
        assert_eq!(spelt("XINHUA").as_deref(), Some("Xinhua"));
        assert_eq!(spelt("BUSINESS WIRE").as_deref(), Some("Business Wire"));
        assert_eq!(spelt("PRNewswire").as_deref(), Some("PRNewswire"));
        assert_eq!(spelt("Yonhap News").as_deref(), Some("Yonhap News"));
        assert_eq!(spelt("The Daily Nobody"), None);
        let known = Agencies::known();
        assert!(known.are_one("AFP", "Agence France-Presse") && !known.are_one("AFP", "AP"));
    }

    #[test]
    fn a_site_adds_its_own() {
        let own = Agency {
            name: "Delta Wire".into(),
            aliases: vec!["DW".into(), "–".into()],
            carries: Carries::PressReleases,
        };
        let agencies = Agencies::with(&[own]);
        assert_eq!(agencies.find("dw"), Some(("DW", Carries::PressReleases)));
        assert!(agencies.find("Reuters").is_some() && agencies.find("-").is_none());
    }
}
