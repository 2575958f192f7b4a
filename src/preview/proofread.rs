//! What is done when nobody waits: the pages that nobody has opened are rendered, to find what is wrong in them.
//!
//! Of each, its key and its problems are kept, and no bytes. A request or an edit goes first.

use super::print::Print;
use super::stand::{Edition, Stand};
use crate::diagnostic::Diagnostic;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::runtime::Handle;

/// How often visitors are told of problems while more are being found.
const BETWEEN_NEWS: Duration = Duration::from_millis(300);

/// Reads every edition that comes out, for as long as there are any. `found` is told of the problems of a whole
/// edition: those that were known when it came out, those that visitors met since, and the others.
pub(super) fn proofread(stand: &Stand, runtime: &Handle, found: impl Fn(&[Diagnostic])) {
    let mut editions = stand.subscribe();
    let mut read = 0;
    while runtime.block_on(editions.changed()).is_ok() {
        let Edition { number, print, .. } = editions.borrow_and_update().clone();
        // It is announced again when something is found; and one that shows an older site has been read.
        let Some((_, print)) = print.filter(|(since, _)| number != read && *since == number) else {
            continue;
        };
        read = number;
        if read_all(stand, number, &print) {
            found(&stand.edition().all_problems());
        }
    }
}

/// Renders every page of an edition. Whether it came to the end is the answer: it does not where another edition comes
/// out meanwhile.
fn read_all(stand: &Stand, number: u64, print: &Arc<Print>) -> bool {
    let mut told = Instant::now();
    let mut news = false;
    for place in order(print) {
        stand.traffic.wait_until_calm();
        if stand.edition().number != number {
            return false;
        }
        if print.is_known(place) {
            continue;
        }
        print.render(place);
        news |= !print.problems_of(place).is_empty();
        if news && told.elapsed() > BETWEEN_NEWS {
            stand.announce();
            (told, news) = (Instant::now(), false);
        }
    }
    if news {
        stand.announce();
    }
    true
}

/// The pages of a print in the order they are read in: pictures, which take longest and seldom fail, come last.
fn order(print: &Print) -> Vec<usize> {
    let is_picture = |place: &usize| matches!(print.page(*place).kind.name, "rendition" | "sharing_card");
    let (last, mut first): (Vec<usize>, Vec<usize>) = (0..print.plan().pages.len()).partition(is_picture);
    first.extend(last);
    first
}
