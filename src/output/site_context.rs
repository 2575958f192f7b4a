//! `site` as templates see it: the settings, and nothing that comes from articles.

use super::context::{LabelledLink, free, site_feeds, value};
use super::kind::FeedLink;
use crate::config::{Config, Labels, Link};
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
    theme: Value,
    extra: Value,
}

#[derive(Serialize)]
struct PublisherContext<'a> {
    name: &'a str,
    url: Option<String>,
    logo: Option<String>,
}

/// `site`; `address` turns a link of the settings into an address from the host's root or on another host.
pub fn site(config: &Config, address: impl Fn(&Link) -> String, file: impl Fn(&str) -> String) -> Value {
    let policies = config.policies.iter().map(|link| (link.label.clone().into(), Value::from(address(link))));
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
            url: publisher.url.as_deref().map(&file),
            logo: publisher.logo.as_deref().map(&file),
        }),
        policies: Value::from(policies.collect::<tera::Map>()),
        menu: config
            .menu
            .iter()
            .map(|link| LabelledLink { label: link.label.clone(), url: Some(address(link)) })
            .collect(),
        feeds: site_feeds(config),
        labels: &config.labels,
        theme: free(&config.theme),
        extra: free(&config.extra),
    })
}
