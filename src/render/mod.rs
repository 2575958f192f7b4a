//! Page → bytes: a function of one page, and of the answers it asks the site for.
//!
//! A [`Renderer`] is made once for a site and its plan, and then renders any page, in any order, from any thread.
//! Nothing of a page is kept when its bytes are handed over. Whatever a page learns of the site passes through
//! [`questions`], and is noted in the [`ledger`]: so a build can remember it, and the next one passes over what would come
//! out the same (see [`reuse`]).

mod answers;
mod arguments;
mod cards;
mod desk;
mod drawing;
mod drawn;
mod facts;
mod fit;
mod functions;
mod last_build;
mod ledger;
mod links;
mod memo;
mod mentions;
mod numbering;
mod pictures;
mod question;
mod questions;
mod reach;
mod renderer;
mod reuse;
mod template_error;
mod template_sources;
mod templates;
#[cfg(test)]
mod tests;

pub use self::memo::Memo;
pub use self::questions::CHANGED_MEANWHILE;
pub use self::renderer::{Body, Presence, Rendered, Renderer};
pub use self::reuse::{Explanation, Reuse, Turnout};
