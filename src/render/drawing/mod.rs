//! Drawing: text set in lines by the measure of a font, and SVG made into pictures.
//!
//! The fonts are those of the program and the one that the site names, never the machine's: two machines draw the
//! same. What is drawn is kept in the store by all that it follows from, since it takes tens of milliseconds a page.
//!
//! Without the cargo feature `cards` there is no [`Studio`] but one that says so. Everything else in the program is
//! the same with it and without.

#[cfg(not(feature = "cards"))]
mod closed;
#[cfg(feature = "cards")]
mod lines;
#[cfg(feature = "cards")]
mod paint;
#[cfg(feature = "cards")]
mod studio;
mod text_box;
#[cfg(feature = "cards")]
mod typefaces;

#[cfg(not(feature = "cards"))]
pub(super) use self::closed::Studio;
#[cfg(feature = "cards")]
pub(super) use self::studio::Studio;
pub(super) use self::text_box::TextBox;
