//! The sitemap: every page for readers, and when its contents changed last. Beyond the protocol's limit of
//! 50,000 addresses a file, an index of several.

use super::recipe::{Desk, Kind, Made, Page, Planner, Subject};
use super::xml;
use crate::date::Moment;
use crate::site::{Site, TermId};
use quick_xml::Writer;
use std::collections::HashMap;
use std::io;

pub(super) static KIND: Kind = Kind { name: "sitemap", plan, make, yields: false, listed: false };

/// The most addresses of one sitemap, by the protocol of sitemaps.org.
const MOST: usize = 50_000;

/// Part 0 is the sitemap or the index; part n of an index is the n-th file.
fn plan(_: &Site, planner: &mut Planner) {
    let listed = planner.pages().iter().filter(|page| page.kind.listed).count();
    planner.add("/sitemap.xml", Subject::Site, 0);
    if listed > MOST {
        for part in (1..).take(listed.div_ceil(MOST)) {
            planner.add(&format!("/sitemap-{part}.xml"), Subject::Site, part);
        }
    }
}

fn make(page: &Page, desk: &dyn Desk) -> Made {
    let listed: Vec<&Page> = desk.plan().sorted().filter(|page| page.kind.listed).collect();
    let written = match page.part {
        0 if listed.len() > MOST => index(desk, &listed),
        0 => addresses(desk, &listed),
        part => addresses(desk, listed.chunks(MOST).nth(part as usize - 1).unwrap_or_default()),
    };
    written.map_or(Made::Failed, Made::Bytes)
}

fn addresses(desk: &dyn Desk, pages: &[&Page]) -> io::Result<Vec<u8>> {
    let base = &desk.site().config.base;
    let mut changes = Changes::new(desk);
    xml::document("urlset", &[], |writer| {
        pages
            .iter()
            .try_for_each(|page| entry(writer, "url", &base.url_to(&page.address()), changes.of(page)))
    })
}

fn index(desk: &dyn Desk, pages: &[&Page]) -> io::Result<Vec<u8>> {
    let base = &desk.site().config.base;
    let mut known = Changes::new(desk);
    xml::document("sitemapindex", &[], |writer| {
        (1..).zip(pages.chunks(MOST)).try_for_each(|(part, pages): (u32, _)| {
            let changes = pages.iter().filter_map(|page| known.of(page));
            let latest = changes.max_by_key(Moment::instant);
            entry(writer, "sitemap", &base.url_to(&format!("/sitemap-{part}.xml")), latest)
        })
    })
}

fn entry(writer: &mut Writer<Vec<u8>>, name: &str, address: &str, changed: Option<Moment>) -> io::Result<()> {
    xml::element(writer, name, |writer| {
        xml::text(writer, "loc", address)?;
        changed.map_or(Ok(()), |changed| xml::text(writer, "lastmod", &changed.precise()))
    })
}

/// When the contents of pages changed last, from their articles. The pages of one list share an answer.
struct Changes<'a> {
    site: &'a Site,
    lists: HashMap<Subject, Option<Moment>>,
}

impl<'a> Changes<'a> {
    fn new(desk: &'a dyn Desk) -> Self {
        Self { site: desk.site(), lists: HashMap::new() }
    }

    fn of(&mut self, page: &Page) -> Option<Moment> {
        let site = self.site;
        match page.subject {
            Subject::Article(id) => Some(site.article(id).effective_date()),
            Subject::Standing(id) => site.standing[id as usize].document.updated,
            list => *self.lists.entry(list).or_insert_with(|| match list {
                Subject::Period(id) => site.latest(site.calendar.period(id).articles.clone()),
                Subject::Term(taxonomy, term) => {
                    site.latest(site.term(TermId { taxonomy, term }).articles.iter().copied())
                }
                _ => site.latest((0..).take(site.articles.len())),
            }),
        }
    }
}
