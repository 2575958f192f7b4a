//! Two outputs on one path: an error that names both, unless one of them yields.

use super::published;
use super::recipe::{Page, Plan, address_of};
use super::subject::Subject;
use crate::diagnostic::Diagnostic;
use crate::site::{Origin, Site, TermId};
use crate::source::SETTINGS;
use rayon::prelude::*;

/// Makes a plan of pages. Those that claim one path are reported, and paths that would need a file and a folder of one
/// name. The first to claim a path keeps it.
pub(super) fn settle(site: &Site, pages: Vec<Page>, diagnostics: &mut Vec<Diagnostic>) -> Plan {
    let claims = claims(&pages);
    let mut dropped = vec![false; pages.len()];
    let is_one = |a: &Claim, b: &Claim| a.start == b.start && a.page(&pages).path == b.page(&pages).path;
    for pair in claims.chunk_by(is_one).filter(|run| run.len() > 1) {
        let keeper = pair.iter().find(|claim| !claim.page(&pages).kind.yields).unwrap_or(&pair[0]);
        for claim in pair.iter().filter(|claim| claim.place != keeper.place) {
            dropped[claim.place as usize] = true;
            let (keeper, page) = (keeper.page(&pages), claim.page(&pages));
            if !page.kind.yields && !is_slug_clash(keeper, page) {
                diagnostics.push(clash(site, keeper, page));
            }
        }
    }
    for claim in claims.iter().filter(|claim| !claim.is_index) {
        let page = claim.page(&pages);
        let below = format!("{}/", page.path);
        let next = claims.partition_point(|other| *other.page(&pages).path < *below);
        let next = claims.get(next).map(|other| other.page(&pages));
        if let Some(other) = next.filter(|other| other.path.starts_with(&below)) {
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
    plan(pages, &claims, &dropped)
}

/// The plan of the pages that were not dropped.
fn plan(mut pages: Vec<Page>, claims: &[Claim], dropped: &[bool]) -> Plan {
    let mut kept = 0;
    let places: Vec<Option<u32>> = dropped
        .iter()
        .map(|dropped| {
            let place = (!dropped).then_some(kept);
            kept += u32::from(!dropped);
            place
        })
        .collect();
    let by_path = claims.iter().filter_map(|claim| places[claim.place as usize]).collect();
    let mut places = places.iter();
    pages.retain(|_| places.next().is_some_and(Option::is_some));
    Plan::new(pages, by_path)
}

/// A page's claim to its path.
struct Claim {
    /// The path's first bytes as a number that is ordered as they are. Most paths differ in them, and need not be
    /// looked up to be told apart.
    start: u128,
    /// The page's place among the pages.
    place: u32,
    /// Whether it is the index.html of a folder: then nothing is planned below it.
    is_index: bool,
}

impl Claim {
    fn new((place, page): (usize, &Page)) -> Self {
        let path = page.path.as_bytes();
        let mut start = [0; size_of::<u128>()];
        let known = path.len().min(start.len());
        start[..known].copy_from_slice(&path[..known]);
        let is_index = *page.path == *"index.html" || page.path.ends_with("/index.html");
        Self { start: u128::from_be_bytes(start), place: place as u32, is_index }
    }

    fn page<'a>(&self, pages: &'a [Page]) -> &'a Page {
        &pages[self.place as usize]
    }
}

/// What pages claim, in the order of the paths; for one path, of the pages.
fn claims(pages: &[Page]) -> Vec<Claim> {
    let mut claims: Vec<Claim> = pages.par_iter().enumerate().map(Claim::new).collect();
    claims.par_sort_unstable_by(|a, b| {
        let in_full = || a.page(pages).path.cmp(&b.page(pages).path).then(a.place.cmp(&b.place));
        a.start.cmp(&b.start).then_with(in_full)
    });
    claims
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
                period.span().address().trim_matches('/').replace('/', "-")
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
