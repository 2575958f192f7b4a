//! Two outputs on one path: an error that names both, unless one of them yields.

use super::published;
use super::recipe::{Page, Subject, address_of};
use crate::diagnostic::Diagnostic;
use crate::site::{Origin, Site, TermId};
use crate::source::SETTINGS;
use rayon::prelude::*;

/// Reports pages that claim one path, and paths that would need a file and a folder of one name. The first to
/// claim a path keeps it.
pub(super) fn settle(site: &Site, pages: Vec<Page>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Page> {
    let mut order: Vec<usize> = (0..pages.len()).collect();
    order.par_sort_unstable_by(|a, b| pages[*a].path.cmp(&pages[*b].path).then(a.cmp(b)));
    let mut dropped = vec![false; pages.len()];
    for pair in order.chunk_by(|a, b| pages[*a].path == pages[*b].path).filter(|run| run.len() > 1) {
        let keeper = *pair.iter().find(|at| !pages[**at].kind.yields).unwrap_or(&pair[0]);
        for at in pair.iter().copied().filter(|at| *at != keeper) {
            dropped[at] = true;
            if !pages[at].kind.yields && !is_slug_clash(&pages[keeper], &pages[at]) {
                diagnostics.push(clash(site, &pages[keeper], &pages[at]));
            }
        }
    }
    for at in &order {
        let page = &pages[*at];
        // A path that ends in index.html is a folder's file, and nothing is planned below it.
        if *page.path == *"index.html" || page.path.ends_with("/index.html") {
            continue;
        }
        let below = format!("{}/", page.path);
        let next = order.partition_point(|other| *pages[*other].path < *below);
        if let Some(other) =
            order.get(next).map(|at| &pages[*at]).filter(|other| other.path.starts_with(&below))
        {
            diagnostics.push(
                Diagnostic::error(
                    "output-clash",
                    format!("{} would be a file and a folder", address_of(&page.path)),
                )
                .in_file(file(site, page).unwrap_or_else(|| SETTINGS.to_owned()))
                .note(format!(
                    "the file is {}, in the folder lies {}",
                    describe(site, page),
                    describe(site, other)
                ))
                .help("rename one of them"),
            );
        }
    }
    let mut dropped = dropped.into_iter();
    pages.into_iter().filter(|_| !dropped.next().unwrap_or_default()).collect()
}

/// Whether two pages are in each other's way only because terms of one taxonomy share a slug: that is reported
/// where terms are made.
fn is_slug_clash(keeper: &Page, other: &Page) -> bool {
    matches!((keeper.subject, other.subject), (Subject::Term(one, _), Subject::Term(two, _)) if one == two)
}

fn clash(site: &Site, keeper: &Page, other: &Page) -> Diagnostic {
    let help = match (keeper.subject, other.subject) {
        (Subject::Article(_), Subject::Article(_)) => "give one of them another slug or date",
        (Subject::Term(..), Subject::Term(..)) => {
            "choose another slug for one of them in site.toml, under [slugs]"
        }
        _ if other.kind.name == "redirect" || keeper.kind.name == "redirect" => {
            "take the alias out, or change it"
        }
        _ => "rename one of them, or change its slug",
    };
    let problem = Diagnostic::error(
        "output-clash",
        format!(
            "two outputs claim {}: {} and {}",
            address_of(&other.path),
            describe(site, keeper),
            describe(site, other)
        ),
    )
    .help(help);
    // Where neither comes from a file, the settings alone can have brought them together.
    let file = file(site, other).or_else(|| file(site, keeper));
    problem.in_file(file.unwrap_or_else(|| SETTINGS.to_owned()))
}

/// The file that a page comes from, where it is one.
fn file(site: &Site, page: &Page) -> Option<String> {
    match page.subject {
        Subject::Article(id) | Subject::ArticleFile(id, _) => {
            Some(site.article(id).document.source.to_string())
        }
        Subject::Standing(id) | Subject::StandingFile(id, _) => {
            Some(site.standing[id as usize].document.source.to_string())
        }
        Subject::Asset(id) => match &site.assets[id as usize].origin {
            Origin::File(path) => Some(path.to_string()),
            Origin::BuiltIn(_) => None,
        },
        Subject::Site | Subject::Period(_) | Subject::Taxonomy(_) | Subject::Term(..) => None,
    }
}

/// What a page is, in words.
fn describe(site: &Site, page: &Page) -> String {
    let own = file(site, page);
    let from = own.as_deref().unwrap_or_default();
    match (page.kind.name, page.subject) {
        ("redirect", _) => format!("the alias of {from}"),
        ("feed", Subject::Term(taxonomy, term)) => {
            format!("the feed of '{}'", site.term(TermId { taxonomy, term }).name)
        }
        ("feed", _) => "the site's feed".to_owned(),
        ("sharing_card", _) => format!("the card of {from}"),
        ("rendition", subject) => {
            format!("{} made {} pixels wide", published::file(site, subject).unwrap_or_default(), page.part)
        }
        (_, Subject::Article(_) | Subject::Standing(_)) => from.to_owned(),
        (_, Subject::ArticleFile(..) | Subject::StandingFile(..)) => format!("a file beside {from}"),
        (_, Subject::Asset(id)) => {
            own.unwrap_or_else(|| format!("the built-in theme's {}", site.assets[id as usize].path))
        }
        (_, Subject::Period(id)) => {
            let period = site.calendar.period(id);
            format!(
                "the page of the {} {}",
                period.kind.name(),
                period.address().trim_matches('/').replace('/', "-")
            )
        }
        (_, Subject::Taxonomy(place)) => {
            format!("the list of {}", site.config.taxonomies[usize::from(place)].name)
        }
        (_, Subject::Term(taxonomy, term)) => {
            let name = &site.config.taxonomies[usize::from(taxonomy)].name;
            format!("the page of '{}' in {name}", site.term(TermId { taxonomy, term }).name)
        }
        (name, Subject::Site) => format!("the generated {name}"),
    }
}
