//! An article and a standing page as their files say them: front matter read and checked, Markdown not rendered.

mod front_matter;
mod library;
pub mod markdown;
mod model;
mod quoted;
mod read;

pub use self::front_matter::keys;
pub use self::library::{Library, Recollection};
pub use self::model::{
    Access, Article, Correction, Details, Document, Image, Kind, Source, Standing, Template, Via,
};
pub use self::quoted::quoted;
pub use self::read::{Documents, read_all, read_article};
