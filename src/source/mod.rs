//! The site's folder, read: what files there are, and their bytes when asked for.
//!
//! This is the only module that reads a user's files. It knows the folders of a site and what an editor's
//! program leaves lying about, and nothing of what is in a file.

mod digest;
mod digests;
mod folders;
mod links;
mod names;
mod read;
mod tree;
mod walk;

pub use self::digest::{Digest, digest, digest_of};
pub use self::digests::Digests;
pub use self::folders::{CACHE, CONTENT, INPUTS, SETTINGS, STATIC, TEMPLATES};
pub use self::links::links_out;
pub use self::names::{is_editor_leftover, is_hidden};
pub use self::read::{
    OpenFile, UNREADABLE_NOW, exists, is_link, open, open_inside, read, read_open, read_settings, read_text,
    resolve,
};
pub use self::tree::{SourceFile, SourceTree, Stamp, is_input};
