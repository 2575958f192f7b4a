//! `site.toml`: what a site is called, where it lives, and how it wants to be built.

mod address;
mod check;
mod images;
mod language;
mod link;
mod load;
mod preview;
mod settings;
mod tables;
mod theme;
mod wire;

pub use self::address::{BaseUrl, encode_path};
pub use self::check::{Check, Level, RULES};
pub use self::images::Images;
pub use self::language::{LABELS, Labels, Language, deserialize_shared};
pub use self::link::Link;
pub use self::load::{Overrides, load};
pub use self::preview::{Preview, editor_link, is_host};
pub use self::settings::{
    Config, Dates, FeedFormat, Feeds, Markdown, Paginate, Permalinks, Publisher, Taxonomy, TermsFrom,
};
pub use self::tables::ARTICLE_KEYS;
pub use self::theme::Theme;
pub use self::wire::{Agency, Carries, Wire};
