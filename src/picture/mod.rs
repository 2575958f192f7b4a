//! Pictures: how large one is, which sizes it is offered in, and a smaller one made of it.
//!
//! Nothing here knows the site. [`Pictures`] reads the first bytes of every picture and says what is to be made;
//! [`rendition`] makes one from a file's bytes, and is a function of these, a width and a quality.

mod decode;
mod format;
mod header;
mod orientation;
mod problem;
mod rendition;
mod svg;
mod table;

pub use self::rendition::{MAKER, rendition};
pub use self::table::{Picture, Pictures, rendition_path};
