//! What `deploy` says: what became of the branch, where the site will be, and what is left to do the first time.

use crate::cli::args::MessageFormat;
use crate::cli::{dns, lines, report};
use crate::deploy::{self, Address, Checkout, Options, Outcome, WORKFLOW};
use crate::visible;
use serde_json::json;

/// What the words depend on.
pub(super) struct Told<'a> {
    pub checkout: &'a Checkout,
    pub options: &'a Options,
    pub address: &'a Address,
    pub outcome: &'a Outcome,
}

impl Told<'_> {
    /// What a person is told.
    pub(super) fn words(&self) -> String {
        let mut text = self.what();
        if self.options.dry_run {
            return text + "Nothing was pushed.\n";
        }
        text += &if self.outcome.is_first { self.first_steps() } else { self.place() };
        text
    }

    /// What a script may want: with `--dry-run` the files, a line each, and in JSON an object at the end, too.
    pub(super) fn result(&self, format: MessageFormat) -> String {
        let changes = &self.outcome.changes;
        let lists = [("added", &changes.added), ("changed", &changes.changed), ("removed", &changes.removed)];
        let mut text = String::new();
        for (what, paths) in lists.into_iter().filter(|_| self.options.dry_run) {
            for path in paths {
                text += &match format {
                    MessageFormat::Json => lines::object(&json!({ what: path }).to_string()),
                    MessageFormat::Human | MessageFormat::Short => {
                        format!("{what:7} {}\n", visible::line(path))
                    }
                };
            }
        }
        if format == MessageFormat::Json {
            let deployed = json!({ "deployed": {
                "remote": self.checkout.remote(),
                "branch": self.options.branch,
                "source": self.checkout.head(),
                "commit": self.outcome.commit,
                "added": changes.added.len(),
                "changed": changes.changed.len(),
                "removed": changes.removed.len(),
                "url": self.address.home,
            }});
            text += &lines::object(&deployed.to_string());
        }
        text
    }

    fn what(&self) -> String {
        let (branch, remote) = (self.branch(), self.remote());
        let changes = &self.outcome.changes;
        let (added, changed, removed) = (changes.added.len(), changes.changed.len(), changes.removed.len());
        let is_same = added + changed + removed == 0;
        if is_same && !self.outcome.drops_history {
            return format!("Nothing has changed: {branch} at {remote} has this site already\n");
        }
        let verb = if self.options.dry_run { "Would publish" } else { "Published" };
        let added = report::number(added, "file");
        let cut = if self.outcome.drops_history { ", without the history before" } else { "" };
        let commit = self.outcome.commit.as_ref();
        let commit = commit.map(|id| format!(" (commit {})", deploy::short(id))).unwrap_or_default();
        format!(
            "{verb} on {branch} at {remote}{cut}: {added} added, {} changed, {} removed{commit}\n",
            report::grouped(changed),
            report::grouped(removed)
        )
    }

    fn place(&self) -> String {
        let home = visible::line(&self.address.home);
        let is_new = self.outcome.commit.is_some();
        match (self.address.is_sure, is_new) {
            (true, true) => format!("In a minute or two it is at {home}\n"),
            (true, false) => format!("It is at {home}\n"),
            (false, _) => format!("It was built for {home}\n"),
        }
    }

    fn first_steps(&self) -> String {
        let (branch, remote, home) = (self.branch(), self.remote(), visible::line(&self.address.home));
        let Some(github) = self.checkout.github() else {
            return format!(
                "\n{remote} is not at GitHub, so Dateline cannot tell where its pages will be. Let whoever serves them\n\
                 take them from the branch {branch}. They were built for {home}\n"
            );
        };
        let mut text = format!(
            "\nThe first time, GitHub has to be told where the pages are. At\n\n\
             \x20     https://github.com/{github}/settings/pages\n\n\
             under Build and deployment, choose \"Deploy from a branch\" as the source, then the branch {branch} and the\n\
             folder \"/ (root)\". Save.\n"
        );
        if let Some(domain) = &self.address.domain {
            let records = dns::records(domain, github).join("\n");
            text += &format!("The file CNAME on that branch tells GitHub the domain.\n{records}\n");
        }
        if self.checkout.has_workflow() {
            text += &format!(
                "The workflow {WORKFLOW} publishes in another way, and fails when the source is a\n\
                 branch: remove it.\n"
            );
        }
        text + &format!("A few minutes later the site is at {home}\n")
    }

    fn branch(&self) -> String {
        visible::line(&self.options.branch).into_owned()
    }

    fn remote(&self) -> String {
        visible::line(self.checkout.remote()).into_owned()
    }
}
