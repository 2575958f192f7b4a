//! What every page tells machines of the site and its publisher.

use super::json_ld;
use super::page_context::Imprint;
use super::sharing;
use crate::config::Config;

/// The imprint; `address` turns a link of the settings into an address from the host's root or on another host. What
/// it knows no address for is left out.
pub fn imprint(config: &Config, address: impl Fn(&str) -> Option<String>) -> Imprint {
    let absolute = |link: &str| Some(config.base.absolute(&address(link)?));
    let logo = config
        .publisher
        .as_ref()
        .and_then(|publisher| sharing::small(absolute(publisher.logo.as_deref()?)?, publisher.name.clone()));
    Imprint { json_ld: json_ld::publisher(config, &absolute), logo }
}
