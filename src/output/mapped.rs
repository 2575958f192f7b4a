//! The pages that stand in the sitemap, and when their contents changed last.

use super::desk::Mapped;
use super::recipe::{Page, Plan};
use super::subject::Subject;
use crate::date::Moment;
use crate::site::{List, Site, TermId};
use std::collections::HashMap;

/// The pages of a plan that stand in the sitemap, in the order of their paths.
pub fn mapped<'a>(site: &Site, plan: &'a Plan) -> Vec<Mapped<'a>> {
    let mut changes = Changes { site, lists: HashMap::new() };
    let listed = plan.sorted().filter(|page| page.kind.listed);
    listed.map(|page| Mapped { path: &page.path, changed: changes.of(page) }).collect()
}

/// When the contents of pages changed last, from their articles. The pages of one list share an answer.
struct Changes<'a> {
    site: &'a Site,
    lists: HashMap<Subject, Option<Moment>>,
}

impl Changes<'_> {
    fn of(&mut self, page: &Page) -> Option<Moment> {
        let site = self.site;
        match page.subject {
            Subject::Article(id) => Some(site.changed(id)),
            Subject::Standing(id) => site.standing[id as usize].document.updated,
            list => *self.lists.entry(list).or_insert_with(|| {
                site.latest(match list {
                    Subject::Period(id) => List::Period(id),
                    Subject::Term(taxonomy, term) => List::Term(TermId { taxonomy, term }),
                    _ => List::All,
                })
            }),
        }
    }
}
