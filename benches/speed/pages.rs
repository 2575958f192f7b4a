//! From a site of 10,000 articles to a plan, and to single pages of it.

use crate::corpus::LARGE;
use dateline::output;
use divan::Bencher;
use divan::counter::ItemsCount;

/// Every file of the site, laid out.
#[divan::bench(sample_count = 20)]
fn plan(bencher: Bencher) {
    let pages = LARGE.plan().pages.len();
    bencher.counter(ItemsCount::new(pages)).bench(|| output::plan(LARGE.site(), &mut Vec::new()));
}

/// One page, by its output path. Those after the first find the cards of articles made, as in a build.
#[divan::bench(args = ["article", "list", "feed", "sitemap"], sample_count = 50)]
fn render(bencher: Bencher, page: &str) {
    let path = match page {
        "article" => output::path_of(&LARGE.site().addresses[0]),
        // The tag of most articles; this is one of many pages of 20.
        "list" => "tags/topic-0/page/2/index.html".to_owned(),
        "feed" => "atom.xml".to_owned(),
        _ => "sitemap.xml".to_owned(),
    };
    let page = LARGE.plan().find(&path).unwrap_or_else(|| panic!("there is no {path}"));
    bencher.bench(|| LARGE.render(page));
}
