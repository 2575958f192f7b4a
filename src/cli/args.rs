//! The arguments, as clap reads them, and the help they teach with.
//!
//! What is here is what was written: nothing is looked up, joined or defaulted from the site's settings.

mod import;

pub use self::import::ImportArgs;

use super::new::Action;
use super::values::{address, domain, editor_link, host_name, slug, some_text, time, web_address};
use crate::date::Given;
use crate::deploy::{self, GitHubRepository};
use crate::visible::shown_path;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::net::IpAddr;
use std::path::{Path, PathBuf};

/// What was asked.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, about = "Makes a website of a curated news digest", after_help = EXAMPLES)]
#[command(max_term_width = 100)]
pub struct Cli {
    /// What every command understands.
    #[command(flatten)]
    pub global: Global,
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
Examples:
  dateline new my-digest            Make a site with three sample articles
  dateline -C my-digest serve       See it in your browser, while you write
  dateline -C my-digest check       Find what is wrong with it
  dateline -C my-digest build       Build it into my-digest/public
  dateline add \"A headline\" --edit  Write an article in your editor
  dateline import story.txt         Make one from a story of an agency

'dateline help build' tells more about a command.";

/// What every command understands.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// The site's folder: the one with site.toml
    #[arg(short = 'C', long, value_name = "DIR", default_value = ".", global = true)]
    pub root: PathBuf,
    /// How problems are reported
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = MessageFormat::Human, global = true)]
    pub message_format: MessageFormat,
    /// Say nothing but errors
    #[arg(short, long, conflicts_with = "verbose", global = true)]
    pub quiet: bool,
    /// Say more: show the code of each problem
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

/// How problems are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MessageFormat {
    /// The line with a caret under what is meant, and what to do about it, on standard error
    Human,
    /// path:line:column: error: message (help), a line each, on standard error
    Short,
    /// A JSON object a line, on standard output
    Json,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a new site, ready to build
    New(NewArgs),
    /// Add an article: a file with its front matter filled in
    Add(Box<AddArgs>),
    /// Make articles from agency copy: text that was scraped, or saved web pages
    Import(ImportArgs),
    /// Look at the site while you write
    Serve(ServeArgs),
    /// Build the site
    Build(BuildArgs),
    /// Build the site and publish it on a branch
    Deploy(DeployArgs),
    /// Find what is wrong with the site
    Check(CheckArgs),
    /// Print a completion script for your shell
    Completions(CompletionsArgs),
}

/// `dateline new`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dateline new my-digest    Make the folder my-digest with a site in it
  dateline new .            Make a site here; but for .git, the folder is empty
  dateline new my-digest --github ada/digest
                            ... to be published at https://ada.github.io/digest/
  dateline new my-digest --github ada/ada.github.io
                            ... at https://ada.github.io/
  dateline new my-digest --github ada/digest --domain digest.example.org
                            ... at https://digest.example.org/

It prints the commands that publish the site. The title comes from the folder's name, the time \
zone from this machine; both are lines in site.toml.")]
pub struct NewArgs {
    /// The folder to make; one that exists must be empty
    #[arg(value_name = "DIR")]
    pub directory: PathBuf,
    /// The repository on GitHub whose pages it will be; it decides the site's address [default: where the
    /// folder's repository is pushed to]
    #[arg(long, value_name = "USER/REPO", value_parser = GitHubRepository::parse)]
    pub github: Option<GitHubRepository>,
    /// The domain that the pages will have, such as digest.example.org
    #[arg(long, value_name = "HOST", value_parser = domain, requires = "github")]
    pub domain: Option<String>,
    /// The repository that the workflow takes Dateline from [default: the one this program comes from]
    #[arg(long, value_name = "USER/REPO[@REF]", value_parser = Action::parse)]
    pub action: Option<Action>,
}

/// `dateline add`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  dateline add \"Parliament votes\" --tag Budget --tag Law --section Politics
  dateline add \"Dam reopens\" --place Cairo --url https://reuters.com/…
  dateline add \"What we know so far\" --date 2021-11-25 --draft --edit

The file is content/articles/YEAR/MONTH/DATE-SLUG.md. Its path is printed on standard output.")]
pub struct AddArgs {
    /// The headline; quote it for the shell
    #[arg(value_name = "HEADLINE", value_parser = some_text)]
    pub title: String,
    /// A tag; give the option again for each
    #[arg(short, long = "tag", value_name = "TAG", value_parser = some_text)]
    pub tags: Vec<String>,
    /// Where the story comes from [default: the host of --url]
    #[arg(short, long, value_name = "NAME", value_parser = some_text)]
    pub source: Option<String>,
    /// The story's address there
    #[arg(short, long, value_name = "URL", value_parser = web_address)]
    pub url: Option<String>,
    /// The place of the dateline, as it is printed, such as Beijing
    #[arg(short, long, value_name = "PLACE", value_parser = some_text)]
    pub place: Option<String>,
    /// The desk, such as World or Business
    #[arg(long, value_name = "SECTION", value_parser = some_text)]
    pub section: Option<String>,
    /// When it is published: 2021-11-25, 2021-11-25T10:30 (in the site's time zone) or
    /// 2021-11-25T10:30:00+01:00 [default: now]
    #[arg(long, value_name = "DATE", value_parser = time)]
    pub date: Option<Given>,
    /// The end of the file's name and of the article's address [default: made from the headline]
    #[arg(long, value_name = "SLUG", value_parser = slug)]
    pub slug: Option<String>,
    /// Mark it as a draft: it is left out until you remove that line
    #[arg(long)]
    pub draft: bool,
    /// Open it in $VISUAL or $EDITOR
    #[arg(short, long)]
    pub edit: bool,
}

/// `dateline build`.
#[derive(Debug, Clone, Default, Args)]
#[command(after_help = "\
Examples:
  dateline build                         Build this folder's site into public/
  dateline build --drafts --scheduled    See what is still to come
  dateline build --strict --message-format short
                              For a script: warnings fail it, a line a problem
  dateline build --explain '/tags/*'     Why were these pages rendered, or kept?
  dateline build --base-url https://user.github.io/digest/

Pages of which nothing has changed are kept, and only what changed is written. Files in the output folder that Dateline did not make are left alone.

Exit status: 0 done, 1 the site has errors (the output folder is as before), 2 wrong usage.")]
pub struct BuildArgs {
    /// The folder to build into; a relative one counts from the current folder [default: public, in the
    /// site's folder]
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Which site.
    #[command(flatten)]
    pub site: SiteArgs,
    /// Overwrite files in the output folder that Dateline did not make, where a page of the site has
    /// their name
    #[arg(long)]
    pub adopt: bool,
    /// Say why a page was rendered or kept, by its address, such as /2021/11/25/x/, or those of a pattern, such as
    /// '/tags/*'; give the option again for more
    #[arg(long, value_name = "PATTERN")]
    pub explain: Vec<String>,
    /// Read every file again, of the site and of the output, instead of trusting sizes and times
    #[arg(long)]
    pub verify: bool,
    /// Print how long each phase took, and which pages and templates took longest
    #[arg(long)]
    pub timings: bool,
}

/// Which site is made of a folder, and how strictly.
#[derive(Debug, Clone, Default, Args)]
pub struct SiteArgs {
    /// The address the site will have [default: base_url of site.toml]
    #[arg(long, value_name = "URL", value_parser = address)]
    pub base_url: Option<String>,
    /// Include drafts
    #[arg(long)]
    pub drafts: bool,
    /// Include articles dated ahead
    #[arg(long)]
    pub scheduled: bool,
    /// Include articles that have expired
    #[arg(long)]
    pub expired: bool,
    /// Go by this time, such as 2021-11-25 or 2021-11-25T10:30:00Z; it decides what is scheduled and what
    /// has expired [default: $SOURCE_DATE_EPOCH, else the clock]
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub now: Option<Given>,
    /// Let warnings fail it, too
    #[arg(long)]
    pub strict: bool,
}

impl BuildArgs {
    /// The folder to build into: as given, from the current folder, else `public` in the site's.
    pub fn output_dir(&self, root: &Path) -> PathBuf {
        self.output.clone().unwrap_or_else(|| shown_path(root, "public"))
    }
}

/// `dateline deploy`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  dateline deploy --dry-run    See which files would change
  dateline deploy              Publish the site on the branch gh-pages of origin
  dateline deploy --squash     The same, with one commit and no history
  dateline deploy --branch www --remote web

Your files, your branches and what you have staged stay as they are. A site that is published \
already makes no commit. The file CNAME follows from base_url.

Exit status: 0 done, 1 the site has errors or cannot be pushed, 2 wrong usage.")]
pub struct DeployArgs {
    /// The branch to publish on; everything on it is the website
    #[arg(short, long, value_name = "NAME", default_value = "gh-pages", value_parser = deploy::branch)]
    pub branch: String,
    /// The remote to push to [default: origin, or the only one]
    #[arg(long, value_name = "NAME")]
    pub remote: Option<String>,
    /// Show what would change, and push nothing
    #[arg(short = 'n', long)]
    pub dry_run: bool,
    /// Keep no history: the branch has one commit
    #[arg(long)]
    pub squash: bool,
    /// Publish the site as it is here, though not all of it is committed
    #[arg(long)]
    pub allow_dirty: bool,
    /// Let the site replace what is on the branch, though Dateline did not put it there
    #[arg(long)]
    pub adopt: bool,
    /// The address the site will have [default: base_url of site.toml]
    #[arg(long, value_name = "URL", value_parser = address)]
    pub base_url: Option<String>,
    /// Build as if it were this time, such as 2021-11-25 or 2021-11-25T10:30:00Z; it decides what is
    /// scheduled and what has expired [default: $SOURCE_DATE_EPOCH, else the clock]
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub now: Option<Given>,
    /// Let warnings fail the build
    #[arg(long)]
    pub strict: bool,
}

/// `dateline check`.
#[derive(Debug, Clone, Default, Args)]
#[command(after_help = "\
Examples:
  dateline check               Find what is wrong
  dateline check --external    Ask other sites, too, if what is linked is there
  dateline check --base-url https://user.github.io/digest/
                               Would it work there?
  dateline check --strict --message-format short
                               For a script: warnings fail it, a line a problem

Nothing is written into the output folder.

Exit status: 0 nothing is wrong but what is a warning, 1 the site has errors, 2 wrong usage.")]
pub struct CheckArgs {
    /// Ask every source and every link to other sites, too, over the network
    #[arg(long)]
    pub external: bool,
    /// With --external: ask addresses on this machine and in private networks, too
    #[arg(long, requires = "external")]
    pub private: bool,
    /// Which site.
    #[command(flatten)]
    pub site: SiteArgs,
}

/// `dateline serve`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  dateline serve                    See the site at http://localhost:4000
  dateline serve --open --follow    Let your browser go along to what you save
  dateline serve --published        See no more than readers see
  dateline serve --editor vscode    Let a click on a path open your editor

Pages change in the browser when you save. Drafts, scheduled and expired items are shown, with a \
ribbon. Nothing is written into the output folder. Ctrl-C ends it.")]
pub struct ServeArgs {
    /// The port [default: port under [preview] in site.toml, else 4000; the next free one where it is taken]
    #[arg(short, long, value_name = "PORT")]
    pub port: Option<u16>,
    /// Listen at this address instead of this machine alone; 0.0.0.0 is all of its addresses. Whoever can
    /// reach it can read the site, drafts included
    #[arg(long, value_name = "ADDRESS")]
    pub host: Option<IpAddr>,
    /// A name besides localhost that browsers may ask for the site by; give the option again for each
    #[arg(long = "allow-host", value_name = "NAME", value_parser = host_name)]
    pub allow_hosts: Vec<String>,
    /// Open the site in your browser
    #[arg(long)]
    pub open: bool,
    /// Let the browser go to the article you just saved
    #[arg(long)]
    pub follow: bool,
    /// Leave out drafts, and what is scheduled or has expired: what readers see
    #[arg(long)]
    pub published: bool,
    /// Look for changes again and again, for folders whose system does not tell of them, such as network
    /// drives and containers
    #[arg(long)]
    pub poll: bool,
    /// Where a click on a path leads: vscode, zed, idea and others, or an address with {path} and {line} in
    /// it [default: editor under [preview] in site.toml]
    #[arg(long, value_name = "EDITOR", value_parser = editor_link)]
    pub editor: Option<String>,
    /// The address the site will have [default: base_url of site.toml]; the preview serves at its path
    #[arg(long, value_name = "URL", value_parser = address)]
    pub base_url: Option<String>,
    /// Show the site as if it were this time, such as 2021-11-25 or 2021-11-25T10:30:00Z [default:
    /// $SOURCE_DATE_EPOCH, else the clock]
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub now: Option<Given>,
}

/// `dateline completions`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dateline completions bash \\
      > ~/.local/share/bash-completion/completions/dateline
  dateline completions zsh > \"${fpath[1]}/_dateline\"
  dateline completions fish > ~/.config/fish/completions/dateline.fish")]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn parse(line: &[&str]) -> Result<Cli, clap::Error> {
        Cli::try_parse_from(std::iter::once(&"dateline").chain(line))
    }

    #[test]
    fn clap_finds_no_fault_in_the_arguments() {
        Cli::command().debug_assert();
    }

    #[test]
    fn global_options_stand_before_or_after_the_command() {
        for line in [["-C", "site", "build"], ["build", "-C", "site"], ["build", "--root", "site"]] {
            assert_eq!(parse(&line).unwrap().global.root, Path::new("site"));
        }
    }

    #[test]
    fn the_output_folder_counts_from_the_current_folder_when_given() {
        let output = |line: &[&str]| match parse(line).unwrap().command {
            Command::Build(args) => args.output_dir(Path::new("site")),
            _ => unreachable!("this is a build"),
        };
        assert_eq!(output(&["build"]), Path::new("site/public"));
        assert_eq!(BuildArgs::default().output_dir(Path::new(".")).to_string_lossy(), "public");
        assert_eq!(output(&["build", "--output", "out"]), Path::new("out"));
    }

    #[test]
    fn wrong_usage_has_status_two() {
        let wrong: &[&[&str]] = &[
            &[],
            &["biuld"],
            &["build", "--now", "yesterday"],
            &["build", "--now", "+262142-12-31"],
            &["build", "-q", "-v"],
            &["add", " \n "],
            &["add", "A", "--url", "example.org"],
            &["add", "A", "--slug", "../b"],
        ];
        for line in wrong {
            assert_eq!(parse(line).unwrap_err().exit_code(), 2, "{line:?}");
        }
    }
}
