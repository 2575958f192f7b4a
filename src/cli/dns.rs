//! What is said of a domain's DNS, in two lines.

use crate::deploy::GitHubRepository;

/// Where the domain of a site is to lead.
pub(super) fn records(domain: &str, github: &GitHubRepository) -> [String; 2] {
    [
        format!("Where the DNS of {domain} is kept, make a CNAME record that leads from it to"),
        format!("{}, or A records, if there is no name before the domain.", github.host()),
    ]
}
