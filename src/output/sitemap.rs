//! The sitemap: every page for readers, and when its contents changed last. Beyond the protocol's limit of
//! 50,000 addresses a file, an index of several.

use super::desk::{Desk, Mapped};
use super::recipe::{Kind, Made, Page, Planner, address_of};
use super::subject::Subject;
use super::xml;
use crate::date::Moment;
use crate::site::Site;
use quick_xml::Writer;
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
    let listed = desk.mapped();
    let written = match page.part {
        0 if listed.len() > MOST => index(desk, &listed),
        0 => addresses(desk, &listed),
        part => addresses(desk, listed.chunks(MOST).nth(part as usize - 1).unwrap_or_default()),
    };
    written.map_or(Made::Failed, Made::Bytes)
}

fn addresses(desk: &dyn Desk, pages: &[Mapped<'_>]) -> io::Result<Vec<u8>> {
    let base = &desk.config().base;
    xml::document("urlset", &[], |writer| {
        pages
            .iter()
            .try_for_each(|page| entry(writer, "url", &base.url_to(&address_of(page.path)), page.changed))
    })
}

fn index(desk: &dyn Desk, pages: &[Mapped<'_>]) -> io::Result<Vec<u8>> {
    let base = &desk.config().base;
    xml::document("sitemapindex", &[], |writer| {
        (1..).zip(pages.chunks(MOST)).try_for_each(|(part, pages): (u32, _)| {
            let latest = pages.iter().filter_map(|page| page.changed).max_by_key(Moment::instant);
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
