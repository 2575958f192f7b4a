//! Pictures drawn from SVG: the cards that are shown where an article is shared.
//!
//! A [`Pen`] knows its fonts and nothing of the machine's own, so that two machines draw alike. It is compiled in with
//! the feature `cards`; without it there is no pen, and the settings do not let anyone ask for one.

#[cfg(feature = "cards")]
mod fonts;
mod model;
#[cfg(not(feature = "cards"))]
mod no_pen;
#[cfg(feature = "cards")]
mod pen;
#[cfg(feature = "cards")]
mod wrap;

pub(super) use self::model::Frame;
#[cfg(not(feature = "cards"))]
pub(super) use self::no_pen::Pen;
#[cfg(feature = "cards")]
pub(super) use self::pen::Pen;
