//! The picture of an article where it is shared.

/// The width and height of a drawn card in pixels: what Open Graph's readers show large.
pub const CARD_SIZE: (u32, u32) = (1200, 630);

/// The address from the site's home, raw, of the card of the article at `address`.
pub(super) fn card_address(address: &str) -> String {
    match address.strip_suffix(".html") {
        Some(stem) => format!("{stem}.card.png"),
        None => format!("{address}card.png"),
    }
}
