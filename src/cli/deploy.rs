//! `dateline deploy`: the site as a commit on the branch that is published, and where it will be.

mod words;

use self::words::Told;
use super::args::{DeployArgs, Global};
use super::build::{self, Made};
use super::{clock, report, terminal};
use crate::config::Overrides;
use crate::deploy::{self, Checkout, Order};
use crate::diagnostic::Diagnostic;
use crate::pipeline::Request;
use crate::publish::Target;
use crate::site::Visibility;
use std::fs;
use std::io;
use std::path::PathBuf;
use tempfile::TempDir;

pub(super) fn run(global: &Global, args: &DeployArgs) -> u8 {
    match deploy(global, args) {
        Ok(status) | Err(Stop::Told(status)) => status,
        Err(Stop::Problem(problem)) => report::show(global, &mut [problem], args.strict),
    }
}

/// Why a deployment does not go on.
enum Stop {
    /// For what was told already; with the exit status.
    Told(u8),
    /// For something that is still to be told.
    Problem(Diagnostic),
}

impl From<Diagnostic> for Stop {
    fn from(problem: Diagnostic) -> Self {
        Self::Problem(problem)
    }
}

fn deploy(global: &Global, args: &DeployArgs) -> Result<u8, Stop> {
    let order = Order {
        remote: args.remote.clone(),
        branch: args.branch.clone(),
        adopt: args.adopt,
        squash: args.squash,
        allow_dirty: args.allow_dirty,
        dry_run: args.dry_run,
        is_interactive: terminal::is_answered(),
    };
    let request = Request {
        root: global.root.clone(),
        overrides: Overrides { base_url: args.base_url.clone() },
        visibility: Visibility::default(),
        now: clock::now(args.now)?,
    };
    let checkout = Checkout::find(&global.root, &order)?;
    let rooms = Rooms::make().map_err(|error| no_room(&error))?;
    let target = Target {
        root: global.root.clone(),
        output: rooms.output.clone(),
        records: rooms.records.clone(),
        adopt: false,
        strict: args.strict,
    };
    let made = build::make(global, &request, &target).map_err(Stop::Told)?;
    let address = checkout.address(&made.renderer.site().config.base)?;
    say_built(global, &made);
    let paths: Vec<&str> = made.renderer.plan().pages.iter().map(|page| &*page.path).collect();
    let outcome = deploy::deploy(&checkout, &order, &address, (&rooms.output, &paths), &rooms.git)?;
    let told = Told { checkout: &checkout, order: &order, address: &address, outcome: &outcome };
    terminal::say(global, &told.words());
    Ok(terminal::status(terminal::out(&told.result(global.message_format))))
}

/// The folders that are made for a deployment, and go when it ends.
struct Rooms {
    output: PathBuf,
    records: PathBuf,
    git: PathBuf,
    _folder: TempDir,
}

impl Rooms {
    fn make() -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("dateline-deploy-").tempdir()?;
        // git is told these paths, and works from other folders.
        let path = folder.path().canonicalize()?;
        let (output, records, git) = (path.join("site"), path.join("records"), path.join("git"));
        for path in [&output, &records, &git] {
            fs::create_dir(path)?;
        }
        Ok(Self { output, records, git, _folder: folder })
    }
}

fn no_room(error: &io::Error) -> Diagnostic {
    Diagnostic::error("write-failed", format!("no temporary folder can be made: {error}"))
        .help("name a folder with more room in the environment variable TMPDIR")
}

fn say_built(global: &Global, made: &Made) {
    let articles = report::number(made.renderer.site().articles.len(), "article");
    let pages = report::number(made.renderer.plan().pages.len(), "page");
    terminal::say(global, &format!("Built {articles}, {pages} in {}\n", report::duration(made.time)));
}
