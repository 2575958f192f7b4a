//! `robots.txt`: all may read everything, and here is the sitemap.

use super::desk::Desk;
use super::recipe::{Kind, Made, Page, Planner};
use super::subject::Subject;
use crate::site::Site;

pub(super) static KIND: Kind = Kind { name: "robots", plan, make, yields: true, listed: false };

fn plan(_: &Site, planner: &mut Planner) {
    planner.add("/robots.txt", Subject::Site, 0);
}

fn make(_: &Page, desk: &dyn Desk) -> Made {
    let base = &desk.config().base;
    let news = desk
        .is_planned("news-sitemap.xml")
        .then(|| format!("Sitemap: {}\n", base.url_to("/news-sitemap.xml")));
    let sitemap = base.url_to("/sitemap.xml");
    Made::Bytes(
        format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n{}", news.unwrap_or_default()).into_bytes(),
    )
}
