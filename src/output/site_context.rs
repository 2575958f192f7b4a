//! `site` as templates see it: the settings, and nothing that comes from articles.

use super::context::{LabelledLink, free, site_feeds, value};
use super::page_context::FeedLink;
use crate::config::{Config, Labels};
use serde::Serialize;
use tera::Value;

#[derive(Serialize)]
struct SiteContext<'a> {
    title: &'a str,
    description: &'a str,
    language: &'a str,
    direction: &'static str,
    base_url: String,
    base_path: &'a str,
    home: &'a str,
    editor: Option<&'a str>,
    publisher: Option<PublisherContext<'a>>,
    policies: Value,
    menu: Vec<LabelledLink>,
    feeds: Vec<FeedLink>,
    labels: &'a Labels,
    theme: ThemeContext<'a>,
    extra: Value,
}

#[derive(Serialize)]
struct PublisherContext<'a> {
    name: &'a str,
    url: Option<String>,
    logo: Option<String>,
}

#[derive(Serialize)]
struct ThemeContext<'a> {
    accent: Option<&'a str>,
    paper: Option<&'a str>,
    ink: Option<&'a str>,
    nameplate: &'a str,
    logo: Option<String>,
    picture_sizes: String,
    style: Value,
}

/// `site`; `address` turns a link of the settings into an address from the host's root or on another host. What it
/// knows no address for is left out.
pub fn site(config: &Config, address: impl Fn(&str) -> Option<String>) -> Value {
    let policies = config.policies.iter().filter_map(|link| {
        let address = address(&link.to)?;
        Some((link.label.clone().into(), Value::from(address)))
    });
    let menu = config.menu.iter().filter_map(|link| {
        let url = Some(address(&link.to)?);
        Some(LabelledLink { label: link.label.clone(), url })
    });
    value(&SiteContext {
        title: &config.title,
        description: &config.description,
        language: config.language.tag(),
        direction: config.language.direction(),
        base_url: config.base.home(),
        base_path: config.base.path(),
        home: config.base.path(),
        editor: config.editor.as_deref(),
        publisher: config.publisher.as_ref().map(|publisher| PublisherContext {
            name: &publisher.name,
            url: publisher.url.as_deref().and_then(&address),
            logo: publisher.logo.as_deref().and_then(&address),
        }),
        policies: Value::from(policies.collect::<tera::Map>()),
        menu: menu.collect(),
        feeds: site_feeds(config),
        labels: &config.labels,
        theme: ThemeContext {
            accent: config.theme.colour("accent"),
            paper: config.theme.colour("paper"),
            ink: config.theme.colour("ink"),
            nameplate: config.theme.nameplate.as_deref().unwrap_or(&config.title),
            logo: config.theme.logo.as_ref().and_then(|logo| address(&logo.to)),
            picture_sizes: config.theme.picture_sizes(),
            // Checked when it was read, so that it can stand in a style element as it is.
            style: Value::safe_string(&config.theme.declarations()),
        },
        extra: free(&config.extra),
    })
}
