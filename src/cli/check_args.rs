//! The arguments of `dateline check`.

use super::values::{address, time};
use crate::date::Given;
use clap::Args;

/// `dateline check`.
#[derive(Debug, Clone, Default, Args)]
#[command(after_help = "\
Examples:
  dateline check                      Find what is wrong, and write nothing
  dateline check --external           Ask sources and other sites, too, whether they still have what is linked
  dateline check --base-url https://user.github.io/digest/
                                      Would it work there?
  dateline check --strict --message-format short
                                      For a script: warnings fail it, a line a problem

Exit status: 0 nothing is wrong but what is a warning, 1 the site has errors, 2 wrong usage.")]
pub struct CheckArgs {
    /// Ask every source and every link to other sites, too, over the network
    #[arg(long)]
    pub external: bool,
    /// With --external: ask addresses on this machine and in private networks, too
    #[arg(long, requires = "external")]
    pub private: bool,
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
    /// Check as if it were this time, such as 2021-11-25 or 2021-11-25T10:30:00Z [default:
    /// $SOURCE_DATE_EPOCH, else the clock]
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub now: Option<Given>,
    /// Let warnings fail the check
    #[arg(long)]
    pub strict: bool,
}
