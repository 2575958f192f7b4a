//! What GitHub Pages cannot publish, or publishes otherwise than it is here.
//!
//! Dateline does not know where a site will be published, so all of these are warnings. The figures are those of GitHub's
//! documentation: <https://docs.github.com/pages/getting-started-with-github-pages/github-pages-limits> and
//! <https://docs.github.com/repositories/working-with-files/managing-large-files/about-large-files-on-github>.

use crate::diagnostic::Diagnostic;
use crate::output::{self, Page};
use crate::site::Site;
use crate::source::{SourceTree, links_out};
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

/// How large a site may be, in bytes.
const SITE: u64 = 1_000_000_000;
/// From here on its largest files are named.
const NEAR: u64 = SITE / 10 * 8;
/// How large a file of a repository may be, in bytes.
const FILE: u64 = 100 << 20;
/// How many of the largest files are named.
const NAMED: usize = 5;

/// Looks at all pages with their sizes in bytes.
pub(super) fn examine(tree: &SourceTree, site: &Site, pages: &[(&Page, u64)]) -> Vec<Diagnostic> {
    let mut problems: Vec<Diagnostic> = total(pages).into_iter().collect();
    for (page, size) in pages {
        let file = output::published_file(site, page.subject);
        if let Some(file) = file.filter(|_| *size > FILE) {
            let message =
                format!("this file has {}, and GitHub takes no more than 100 MiB", megabytes(*size));
            problems.push(Diagnostic::warning("large-file", message).in_file(file).help(
                "make it smaller, or keep it where large files belong, such as an object store, and link to it",
            ));
        }
    }
    problems.extend(hidden(site, pages));
    problems.extend(same_but_for_case(site, pages));
    problems.extend(links_out(tree).into_iter().map(|link| {
        Diagnostic::warning(
            "link-out",
            "this link leads out of the site's folder, and on GitHub it leads nowhere",
        )
        .in_file(link)
        .help("put the file itself in its place")
    }));
    problems
}

fn total(pages: &[(&Page, u64)]) -> Option<Diagnostic> {
    let sum: u64 = pages.iter().map(|(_, size)| size).sum();
    if sum <= NEAR {
        return None;
    }
    let message = if sum > SITE {
        format!("the site has {}, and GitHub Pages publishes no more than 1 GB", megabytes(sum))
    } else {
        format!("the site has {}, of the 1 GB that GitHub Pages publishes", megabytes(sum))
    };
    let mut largest: Vec<_> = pages.iter().collect();
    largest.sort_by(|(one, a), (other, b)| b.cmp(a).then_with(|| one.path.cmp(&other.path)));
    let problem = Diagnostic::warning("site-size", message)
        .help("move films, sound and large pictures to an object store behind a CDN, and link to them there");
    let name = |(page, size): &&(&Page, u64)| format!("{}: {}", page.path, megabytes(*size));
    Some(largest.iter().take(NAMED).map(name).fold(problem, Diagnostic::note))
}

/// Names that begin with a dot: each file of a visible folder, and each hidden folder once, whatever is in it.
fn hidden(site: &Site, pages: &[(&Page, u64)]) -> Vec<Diagnostic> {
    let is_hidden = |name: &&str| name.starts_with('.') && *name != ".nojekyll";
    let mut seen = BTreeSet::new();
    let mut problems = Vec::new();
    for (page, _) in pages {
        let Some(name) = page.path.split('/').find(is_hidden) else { continue };
        let above = page.path.split('/').take_while(|part| !is_hidden(part)).map(|part| part.len() + 1);
        if seen.insert(&page.path[..above.sum::<usize>() + name.len()]) {
            let message =
                format!("'{name}' begins with a dot, and the workflow of GitHub Pages leaves such files out");
            let file = output::published_file(site, page.subject).unwrap_or(&page.path);
            problems.push(Diagnostic::warning("hidden-file", message).in_file(file).help(
                "give upload-pages-artifact 'include-hidden-files: true' in the workflow, or rename it",
            ));
        }
    }
    problems
}

/// Paths that are one on the disks of many Macs and Windows machines, and two on Pages.
fn same_but_for_case(site: &Site, pages: &[(&Page, u64)]) -> Vec<Diagnostic> {
    let mut names: BTreeMap<String, Vec<&Page>> = BTreeMap::new();
    for (page, _) in pages {
        let folded: String = caseless::default_case_fold_str(&page.path).nfc().collect();
        names.entry(folded).or_default().push(page);
    }
    let several = names.into_values().filter(|pages| pages.len() > 1);
    let name = |page: &Page| {
        output::published_file(site, page.subject).map_or_else(|| page.address(), str::to_owned)
    };
    several
        .map(|mut pages| {
            pages.sort_by(|a, b| a.path.cmp(&b.path));
            let (first, second) = (pages[0], pages[1]);
            let message = format!("'{}' and '{}' differ only in case", first.path, second.path);
            let problem = Diagnostic::warning("same-but-for-case", message)
                .help("rename one: on many machines they are one file, and one of them is lost");
            pages.into_iter().fold(problem, |problem, page| problem.note(name(page)))
        })
        .collect()
}

/// `1234.5 MB`, rounded down.
fn megabytes(bytes: u64) -> String {
    let tenths = bytes / 100_000;
    format!("{}.{} MB", tenths / 10, tenths % 10)
}
