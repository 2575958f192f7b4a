//! The order pages are made in: those that show the same articles follow each other.
//!
//! What is made of an article for lists is remembered within bounds. Made kind after kind, a large site would have
//! forgotten it between its lists of a year, of a month and of a day, and make it anew for each.

use super::recipe::{Page, Plan};
use super::subject::Subject;
use crate::site::{ArticleId, List, Site, TermId};

/// Puts the pages of a plan in the order of the newest article they show. What shows none comes first: among it are the
/// few pages that take longest. Feeds of the site come last, so that where one mistake is on many pages, one that people
/// read is named for it.
pub(super) fn by_articles(site: &Site, plan: Plan) -> Plan {
    let per_page = site.config.paginate.per_page;
    let first = |list: List, page: &Page| {
        let start = page.part as usize * per_page;
        site.listed(list, start..start + 1).first().copied()
    };
    let newest = |page: &Page| match page.subject {
        Subject::Article(id) => Some(id),
        Subject::Period(id) => first(List::Period(id), page),
        Subject::Term(taxonomy, term) => first(List::Term(TermId { taxonomy, term }), page),
        Subject::Site if page.kind.name == "feed" => Some(ArticleId::MAX),
        _ => None,
    };
    let mut order: Vec<(Option<u32>, u32)> =
        (0..).zip(&plan.pages).map(|(place, page)| (newest(page), place)).collect();
    order.sort_unstable();
    plan.reordered(order.into_iter().map(|(_, place)| place))
}
