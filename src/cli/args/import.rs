//! The arguments of `dateline import`.

use crate::cli::values::{slug, some_text, time, web_address};
use crate::date::Given;
use crate::wire::draft::EXCERPT;
use clap::Args;
use std::path::PathBuf;

/// `dateline import`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  dateline import story.txt              Make an article from a story that was scraped
  dateline import story.txt --dry-run    Only show what would be made of it
  dateline import page.html --url https://example.org/story
                                         From a page that your browser saved
  dateline import *.txt --tag Taiwan     From several stories, each with a tag
  pbpaste | dateline import - --date 2021-11-26
                                         From the clipboard; it was published on that day

Headline, standfirst, place, day, agencies, author and language are read from the copy. What each was read from, how sure it is and
what was left out is printed. What is not sure is a comment in the file. The article quotes the story's first words
and links to it: write above the quotation, in your own, why it matters. The whole copy is kept in .dateline/copy/,
which is never published, so that 'dateline check' can tell whether too much of it has come into your text.

No file is overwritten. Exit status: 0 done, 1 something was not imported, 2 wrong usage.")]
pub struct ImportArgs {
    /// Files of text or HTML; - is standard input
    #[arg(value_name = "FILE", default_value = "-")]
    pub files: Vec<PathBuf>,
    /// The story's address
    #[arg(short, long, value_name = "URL", value_parser = web_address)]
    pub url: Option<String>,
    /// When the story was published: a day in it that has no year is the nearest before
    #[arg(long, value_name = "DATE", value_parser = time)]
    pub date: Option<Given>,
    /// Who published it [default: whoever printed it first, as its dateline says]
    #[arg(short, long, value_name = "NAME", value_parser = some_text)]
    pub outlet: Option<String>,
    /// A tag, besides those of the site that it mentions; give the option again for each
    #[arg(short, long = "tag", value_name = "TAG", value_parser = some_text)]
    pub tags: Vec<String>,
    /// How many words to quote, about
    #[arg(long, value_name = "WORDS", default_value_t = EXCERPT, conflicts_with = "full")]
    pub excerpt: usize,
    /// Take over the whole text: for who holds the licence
    #[arg(long)]
    pub full: bool,
    /// The end of the file's name and of the article's address [default: made from the headline]
    #[arg(long, value_name = "SLUG", value_parser = slug)]
    pub slug: Option<String>,
    /// Mark it as a draft: it is left out until you remove that line
    #[arg(long)]
    pub draft: bool,
    /// Leave out what the site runs already
    #[arg(long)]
    pub skip_repeats: bool,
    /// Show what would be made, and make nothing
    #[arg(short = 'n', long)]
    pub dry_run: bool,
    /// Print what was read as JSON, an object a line for each story
    #[arg(long)]
    pub json: bool,
}
