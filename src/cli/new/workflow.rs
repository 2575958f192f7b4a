//! The workflow that publishes a site on GitHub Pages: `.github/workflows/pages.yml`.

use super::fill::fill;
use crate::deploy::GitHubRepository;
use std::fmt::Write;

/// The major version of the action, and the tag that stands for its newest release.
const MAJOR: &str = "v1";

/// Who stands for nobody in `repository` of Cargo.toml, as long as Dateline has no public home.
const NOBODY: &str = "OWNER";

/// The action that builds a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    repository: GitHubRepository,
    reference: String,
}

impl Action {
    /// Reads `USER/REPO` or `USER/REPO@REF`.
    ///
    /// # Errors
    /// What is wrong with it, and what to write instead.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (repository, reference) = text.trim().split_once('@').unwrap_or((text, MAJOR));
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._/-".contains(&byte);
        if reference.is_empty() || !reference.bytes().all(allowed) {
            return Err("write USER/REPO@REF, where REF is a tag, a branch or a commit".to_owned());
        }
        Ok(Self { repository: GitHubRepository::parse(repository)?, reference: reference.to_owned() })
    }

    /// The one of the repository that Cargo.toml says this program comes from; none where it names nobody's.
    pub(super) fn of_this_program() -> Option<Self> {
        Self::of_repository(env!("CARGO_PKG_REPOSITORY"))
    }

    fn of_repository(address: &str) -> Option<Self> {
        let repository = GitHubRepository::of_remote(address)?;
        (repository.user != NOBODY).then(|| Self { repository, reference: MAJOR.to_owned() })
    }
}

/// What a workflow depends on.
pub(super) struct Workflow<'a> {
    /// The branch whose pushes are published.
    pub branch: &'a str,
    /// The site's folder from the top of the repository, with `/` between names; empty at the top.
    pub below: &'a str,
    /// The time zone of the site.
    pub timezone: &'a str,
    /// The action that builds it, where one is known.
    pub action: Option<&'a Action>,
}

/// The text of the workflow.
pub(super) fn text(workflow: &Workflow<'_>) -> String {
    let below = |name: &str| match workflow.below {
        "" => name.to_owned(),
        folder => scalar(&format!("{folder}/{name}")),
    };
    let values = [
        ("branch", scalar(&pattern(workflow.branch))),
        ("timezone", workflow.timezone.to_owned()),
        ("store", below(".dateline/store")),
        ("action", action(workflow)),
    ];
    fill(include_str!("pages.yml"), ("<<", ">>"), &values)
}

/// The steps that get the program and build the site, up to their `with:`.
///
/// Where nobody knows which repository the program comes from, no name is guessed: whoever has that name on GitHub
/// could run what they like in the user's repository. The program is taken from the user's own copy then.
fn action(workflow: &Workflow<'_>) -> String {
    let mut text = String::new();
    let uses = if let Some(Action { repository, reference }) = workflow.action {
        format!("{repository}@{reference}")
    } else {
        text += include_str!("own-copy.yml");
        "./.dateline-program".to_owned()
    };
    let _ = write!(text, "      - id: dateline\n        uses: {uses}\n        with:");
    if !workflow.below.is_empty() {
        let _ = write!(text, "\n          root: {}", scalar(workflow.below));
    }
    text
}

/// A scalar of YAML, bare where it may be, else in double quotes. What GitHub would take for an expression is one
/// that gives these characters.
pub(super) fn scalar(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._/-".contains(c);
    let begins = |c: char| c.is_ascii_alphabetic() || c == '.';
    if text.starts_with(begins) && text.chars().all(plain) {
        return text.to_owned();
    }
    serde_json::Value::from(text.replace("${{", "${{ '${{' }}")).to_string()
}

/// A branch as the pattern that only it matches. Of the characters with a meaning there, names have these two.
fn pattern(branch: &str) -> String {
    branch.replace('+', "\\+").replace('!', "\\!")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(branch: &str, below: &str, action: Option<&str>) -> String {
        let action = action.map(|text| Action::parse(text).unwrap());
        text(&Workflow { branch, below, timezone: "Europe/Berlin", action: action.as_ref() })
    }

    #[test]
    fn a_site_at_the_top() {
        let text = of("main", "", Some("ada/dateline"));
        assert!(text.contains("branches: [main]") && text.contains("TZ: Europe/Berlin\n"), "{text}");
        assert!(text.contains("path: .dateline/store\n") && !text.contains("root:"), "{text}");
        assert!(text.contains(
            "      - id: dateline\n        uses: ada/dateline@v1\n        with:\n          base-url: ${{ steps"
        ));
        assert!(!text.contains("<<") && !text.contains(">>") && text.is_ascii());
    }

    #[test]
    fn a_site_below() {
        let text = of("v+1!", "my sites/it's ${{ x }}", Some("ada/dateline@0123abc"));
        assert!(text.contains("branches: [\"v\\\\+1\\\\!\"]"), "{text}");
        assert!(text.contains("root: \"my sites/it's ${{ '${{' }} x }}\"\n"), "{text}");
        assert!(text.contains("uses: ada/dateline@0123abc\n"), "{text}");
        assert!(of("main", "site", None).contains("root: site\n"));
    }

    #[test]
    fn nobodys_name_is_never_written() {
        let known = |address| Action::of_repository(address).map(|action| action.repository.to_string());
        assert_eq!(known("https://github.com/ada/dateline"), Some("ada/dateline".to_owned()));
        assert_eq!(known("https://github.com/ada/dateline.git"), Some("ada/dateline".to_owned()));
        for unknown in ["", "https://github.com/OWNER/dateline", "https://example.org/ada/dateline"] {
            assert_eq!(known(unknown), None, "{unknown}");
        }
        let text = of("main", "", None);
        assert!(text.contains("uses: ./.dateline-program\n") && !text.contains("OWNER/"), "{text}");
    }

    #[test]
    fn an_action_has_a_repository_and_a_reference() {
        let parsed = Action::parse("ada/dateline@main").unwrap();
        assert_eq!(
            (parsed.repository.to_string().as_str(), parsed.reference.as_str()),
            ("ada/dateline", "main")
        );
        assert_eq!(Action::parse("ada/dateline").unwrap().reference, "v1");
        for wrong in ["ada", "ada/x@", "ada/x@a b", "ada/x@${{ y }}", "a_b/x@v1"] {
            assert!(Action::parse(wrong).is_err(), "{wrong}");
        }
    }
}
