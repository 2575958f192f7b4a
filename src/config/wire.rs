//! `[wire]`: who signs the copy that `dateline import` reads, besides the agencies that everybody knows.

use crate::tree::Fields;

/// What is known of agency copy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wire {
    /// Agencies of the site's own.
    pub agencies: Vec<Agency>,
}

/// An agency: a name, others that it signs with, and what it carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agency {
    /// Its name, in the spelling that is to be printed.
    pub name: String,
    /// What it signs with besides.
    pub aliases: Vec<String>,
    /// What it carries.
    pub carries: Carries,
}

/// What an agency carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Carries {
    /// Reports that it wrote for others to print.
    #[default]
    Reports,
    /// Reports of its own, and of agencies.
    OwnAndOthers,
    /// What interested parties have to say.
    PressReleases,
}

impl Carries {
    /// Every kind by its name, in settings and in the table of agencies.
    pub const ALL: [(&'static str, Self); 3] =
        [("agency", Self::Reports), ("outlet", Self::OwnAndOthers), ("press-release", Self::PressReleases)];
}

pub(super) fn read(fields: &mut Fields<'_>) -> Wire {
    let agencies = fields.tables_or_strings("agencies", "name", |fields, _| {
        let name = fields.string("name");
        if name.is_none() && !fields.has("name") {
            fields.missing("name", "name = \"Delta Wire\"");
        }
        let aliases = fields.strings("aliases").into_iter().map(|(name, _)| name).collect();
        let carries = fields.choice("kind", &Carries::ALL).unwrap_or_default();
        fields.finish(|_| None);
        name.map(|name| Agency { name, aliases, carries })
    });
    fields.finish(|_| None);
    Wire { agencies: agencies.into_iter().flatten().collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Overrides, load};

    fn wire(text: &str) -> (Wire, Vec<String>) {
        let mut problems = Vec::new();
        let text = format!("base_url = 'https://a.b/'\ntitle = 'A'\n[wire]\n{text}");
        let config = load(&text, &Overrides::default(), &mut problems).unwrap();
        (config.wire, problems.into_iter().map(|problem| problem.message).collect())
    }

    #[test]
    fn an_agency_is_a_name_or_a_table() {
        let (read, problems) = wire(
            "agencies = ['Delta Wire', { name = 'Gulf PR', aliases = ['GPR'], kind = 'press-release' }]",
        );
        assert_eq!(problems, [""; 0]);
        assert_eq!(
            read.agencies[0],
            Agency { name: "Delta Wire".into(), aliases: Vec::new(), carries: Carries::Reports }
        );
        assert_eq!(
            (&*read.agencies[1].aliases[0], read.agencies[1].carries),
            ("GPR", Carries::PressReleases)
        );
    }

    #[test]
    fn mistakes_are_told() {
        assert_eq!(wire("agencies = [{ kind = 'agency' }]").1.len(), 1);
        assert_eq!(wire("agencies = [{ name = 'A', kind = 'wire' }]").1.len(), 1);
        assert_eq!(wire("agencies = [3]").1.len(), 1);
        assert_eq!(wire("agency = ['A']").1.len(), 1);
    }
}
