//! The picture of a page where it is shared.

use super::desk::{Desk, Picture};
use super::page_context::SharedImage;
use super::recipe::path_of;
use crate::article::Document;

/// The width and height of a drawn card in pixels: what Open Graph's readers show large.
pub const CARD_SIZE: (u32, u32) = (1200, 630);

/// From which width and height on a picture is shown large (Facebook's figures).
const LARGE: (u32, u32) = (600, 315);

/// What readers of Open Graph can show, by the ending of its address. SVG is not among it.
const RASTER: [(&str, &str); 6] = [
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("png", "image/png"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
];

/// The address from the site's home, raw, of the card of the article at `address`.
pub(super) fn card_address(address: &str) -> String {
    match address.strip_suffix(".html") {
        Some(stem) => format!("{stem}.card.png"),
        None => format!("{address}card.png"),
    }
}

/// The picture of the article at `address`: the card that is drawn for it, else its own `picture`, else the logo.
pub(super) fn of_article(
    desk: &dyn Desk,
    document: &Document,
    address: &str,
    picture: Option<&Picture>,
) -> Option<SharedImage> {
    let config = desk.config();
    let card = config.images.cards.then(|| card_address(address));
    if let Some(card) = card.filter(|card| desk.is_planned(&path_of(card))) {
        return Some(SharedImage {
            url: config.base.url_to(&card),
            width: Some(CARD_SIZE.0),
            height: Some(CARD_SIZE.1),
            alt: document.title.to_string(),
            media_type: Some("image/png"),
            large: true,
        });
    }
    of_document(desk, document, picture)
}

/// A document's own `picture`, else the logo.
pub(super) fn of_document(
    desk: &dyn Desk,
    document: &Document,
    picture: Option<&Picture>,
) -> Option<SharedImage> {
    let own = picture.zip(document.image.as_deref()).and_then(|(picture, image)| {
        let url = desk.config().base.absolute(&picture.src);
        let shared = small(url, image.alt.to_string())?;
        // Most pictures of unknown size are photographs.
        let (width, height) = picture.size.unwrap_or(LARGE);
        Some(SharedImage {
            width: picture.size.map(|(width, _)| width),
            height: picture.size.map(|(_, height)| height),
            large: width >= LARGE.0 && height >= LARGE.1,
            ..shared
        })
    });
    own.or_else(|| desk.imprint().logo.clone())
}

/// A picture to be shown small, such as a logo; none where readers of Open Graph cannot show it.
pub(super) fn small(url: String, alt: String) -> Option<SharedImage> {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    let vector = matches!(ending.as_str(), "svg" | "svgz");
    // An address without a known ending, such as a photo service's, mostly leads to a photograph.
    let media_type = RASTER.iter().find(|(known, _)| *known == ending).map(|(_, media_type)| *media_type);
    let fetchable = url.starts_with("http");
    (fetchable && !vector).then_some(SharedImage {
        url,
        width: None,
        height: None,
        alt,
        media_type,
        large: false,
    })
}
