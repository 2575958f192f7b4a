//! The site and its publisher: the nodes that the graph of every page begins with.

use super::graph::{Graph, ImageObject, Reference, website_id};
use crate::config::Config;
use serde::{Serialize, Serializer};

/// What a publisher is, and what its policies are properties of.
pub(super) const ORGANIZATION: &str = "NewsMediaOrganization";

/// The name of a policy in the settings, and the property that schema.org has for it. Where two names mean the same,
/// the one that is written first has the property.
const PROPERTIES: [(&str, &str); 18] = [
    ("corrections", "correctionsPolicy"),
    ("ethics", "ethicsPolicy"),
    ("ownership", "ownershipFundingInfo"),
    ("funding", "ownershipFundingInfo"),
    ("feedback", "actionableFeedbackPolicy"),
    ("diversity", "diversityPolicy"),
    ("staffing", "diversityStaffingReport"),
    ("masthead", "masthead"),
    ("mission", "missionCoveragePrioritiesPolicy"),
    ("coverage", "missionCoveragePrioritiesPolicy"),
    ("bylines", "noBylinesPolicy"),
    ("sources", "unnamedSourcesPolicy"),
    ("verification", "verificationFactCheckingPolicy"),
    ("fact-checking", "verificationFactCheckingPolicy"),
    ("fact_checking", "verificationFactCheckingPolicy"),
    ("principles", PRINCIPLES),
    ("standards", PRINCIPLES),
    ("editorial", PRINCIPLES),
];

/// The property of which schema.org calls those of all other policies special cases.
const PRINCIPLES: &str = "publishingPrinciples";

/// Policies that say nothing of how news is made.
const NOT_EDITORIAL: [&str; 6] = ["privacy", "cookies", "terms", "imprint", "licence", "license"];

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WebSite<'a> {
    #[serde(rename = "@type")]
    of_type: &'static str,
    #[serde(rename = "@id")]
    id: String,
    url: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    in_language: &'a str,
    publisher: Reference,
}

#[derive(Serialize)]
struct Organization<'a> {
    #[serde(rename = "@type")]
    of_type: &'static str,
    #[serde(rename = "@id")]
    id: String,
    name: &'a str,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    logo: Option<ImageObject<'a>>,
    #[serde(flatten)]
    policies: Policies,
}

/// Properties and addresses, in the order written.
struct Policies(Vec<(&'static str, String)>);

impl Serialize for Policies {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(property, address)| (property, address)))
    }
}

/// The nodes of the site and its publisher; `address` makes an absolute address of a link of the settings. What it
/// knows no address for is left out.
pub(in crate::output) fn publisher(config: &Config, address: &dyn Fn(&str) -> Option<String>) -> String {
    let home = config.base.home();
    let publisher = config.publisher.as_ref();
    let of = |link: Option<&String>| link.and_then(|link| address(link));
    let mut graph = Graph::of_nodes();
    graph.add(&WebSite {
        of_type: "WebSite",
        id: website_id(&home),
        url: &home,
        name: &config.title,
        description: &config.description,
        in_language: config.language.tag(),
        publisher: Reference { id: publisher_id(&home) },
    });
    graph.add(&Organization {
        of_type: ORGANIZATION,
        id: publisher_id(&home),
        name: publisher.map_or(&config.title, |publisher| &publisher.name),
        url: of(publisher.and_then(|publisher| publisher.url.as_ref())).unwrap_or_else(|| home.clone()),
        logo: of(publisher.and_then(|publisher| publisher.logo.as_ref()))
            .map(|url| ImageObject::new(url, None)),
        policies: policies(config, address),
    });
    graph.into_nodes()
}

/// The `@id` of the publisher of the site whose home is at `home`.
pub(super) fn publisher_id(home: &str) -> String {
    format!("{home}#publisher")
}

fn policies(config: &Config, address: &dyn Fn(&str) -> Option<String>) -> Policies {
    let mut policies: Vec<(&'static str, String)> = Vec::new();
    let mut other = None;
    for link in &config.policies {
        let name = link.label.to_lowercase();
        let Some(address) = address(&link.to) else { continue };
        match PROPERTIES.iter().find(|(known, _)| *known == name) {
            Some((_, property)) if policies.iter().any(|(known, _)| known == property) => {}
            Some((_, property)) => policies.push((property, address)),
            None if NOT_EDITORIAL.contains(&name.as_str()) => {}
            None => other = other.or(Some(address)),
        }
    }
    if !policies.iter().any(|(property, _)| *property == PRINCIPLES) {
        policies.extend(other.map(|address| (PRINCIPLES, address)));
    }
    Policies(policies)
}
