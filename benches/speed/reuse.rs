//! A build after one of a site of 10,000 articles in which nothing changed: what the last one asked is answered again, and
//! every page is passed over.

use crate::corpus::LARGE;
use dateline::cache::PageDigest;
use dateline::render::{Memo, Reuse, Turnout};
use divan::Bencher;
use divan::counter::ItemsCount;
use rayon::prelude::*;
use std::sync::LazyLock;

/// The record of the last build, as bytes on disk have it, and the digests of its pages.
static LAST: LazyLock<(Vec<u8>, Vec<PageDigest>)> = LazyLock::new(|| {
    let pages = &LARGE.plan().pages;
    let reuse = Reuse::new(&LARGE);
    pages.par_iter().enumerate().for_each(|(place, page)| drop(reuse.render(place, page, None)));
    // What a page came to matters nowhere here, only that it is the same.
    let digests = vec![PageDigest::default(); pages.len()];
    let memo = reuse.memo(&digests).expect("pages were made");
    (postcard::to_stdvec(&memo).expect("it can be written"), digests)
});

/// The record, compared.
fn recalled(memo: Memo) -> Reuse<'static> {
    let reuse = Reuse::new(&LARGE);
    reuse.compare(memo);
    reuse
}

#[divan::bench(sample_count = 20)]
fn read_memo(bencher: Bencher) {
    bencher.bench(memo);
}

/// Every question of the last build, answered again and compared.
#[divan::bench(sample_count = 20)]
fn compare(bencher: Bencher) {
    bencher.with_inputs(memo).bench_values(recalled);
}

/// Every page judged and passed over.
#[divan::bench(sample_count = 20)]
fn pass_over(bencher: Bencher) {
    let reuse = recalled(memo());
    let pages = &LARGE.plan().pages;
    bencher.counter(ItemsCount::new(pages.len())).bench(|| {
        for (place, page) in pages.iter().enumerate() {
            let turnout = reuse.render(place, page, Some(LAST.1[place]));
            assert!(matches!(turnout, Turnout::Stands(_)), "{} was made again", page.path);
        }
    });
}

/// The record, read.
fn memo() -> Memo {
    postcard::from_bytes(&LAST.0).expect("it was just written")
}
