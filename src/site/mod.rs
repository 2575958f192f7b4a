//! The site as a whole: sorted, joined and resolved. Immutable, and without I/O.
//!
//! A [`Site`] holds what articles say about themselves and what follows from all of them together: addresses,
//! terms, the calendar, who is related to whom. It holds no text, no HTML and no page.

mod asset;
mod calendar;
mod id;
mod identity;
mod lapsed;
mod link;
mod listing;
mod order;
mod permalink;
mod provenance;
mod related;
mod taxonomy;
mod visibility;

pub use self::asset::{Asset, Origin};
pub use self::calendar::{Calendar, Overview, Period, PeriodKind, Span};
pub use self::id::{ArticleId, StandingId, TermId};
pub use self::lapsed::Lapsed;
pub use self::link::{Hidden, Link, Target, Targets, scheme};
pub use self::listing::List;
pub use self::provenance::Provenance;
pub use self::taxonomy::{Term, Terms};
pub use self::visibility::{State, Visibility};

use self::order::Ordered;
use self::permalink::Pattern;
use self::visibility::Visible;
use crate::article::{Article, Documents, Standing};
use crate::config::{Config, TermsFrom};
use crate::date::Moment;
use crate::diagnostic::Diagnostic;
use crate::packed::Lists;
use crate::picture::Pictures;
use chrono::{DateTime, FixedOffset};
use rayon::prelude::*;
use std::ops::Range;
use std::sync::Arc;

/// A whole site. Articles are newest first; every list of articles elsewhere is a list of places in that order.
#[derive(Debug)]
pub struct Site {
    /// The settings.
    pub config: Config,
    /// The articles that are shown: by date descending, then priority ascending, then source path.
    pub articles: Vec<Arc<Article>>,
    /// Whether an article is published, or shown only because somebody asked.
    pub states: Vec<State>,
    /// The address of each article from the site's home, raw.
    pub addresses: Vec<Box<str>>,
    /// The standing pages, by address.
    pub standing: Vec<Arc<Standing>>,
    /// The terms of each taxonomy of the settings, in their order.
    pub taxonomies: Vec<Terms>,
    /// The terms of each article: tags in the order written, then those of the other taxonomies.
    pub terms_of: Lists<TermId>,
    /// Years, months and days that have articles.
    pub calendar: Calendar,
    /// When each article changed last. Lists are gone through for it, so that it lies here in one piece.
    changes: Vec<Moment>,
    /// The articles that each article names as related.
    pub related: Vec<Box<[ArticleId]>>,
    /// What a link to a source file leads to.
    pub targets: Targets,
    /// Addresses that were there until their articles expired.
    pub lapsed: Lapsed,
    /// The files that are published as they are, by output path.
    pub assets: Vec<Asset>,
    /// The pictures among all these files and those beside articles and pages.
    pub pictures: Pictures,
    /// The published articles of the last two days, newest first, for news sitemaps.
    pub recent: Vec<ArticleId>,
    /// When time alone next changes any of this, if it ever does.
    pub next_turn: Option<DateTime<FixedOffset>>,
}

/// What a site is built from besides its documents.
#[derive(Debug)]
pub struct Inputs {
    /// The settings.
    pub config: Config,
    /// The files of `static/`, the theme's own among them, by output path.
    pub assets: Vec<Asset>,
    /// The pictures of `content/` and `static/`.
    pub pictures: Pictures,
    /// Which items to show that a reader would not see.
    pub visibility: Visibility,
    /// The time of the build. It decides what is scheduled or expired, and nothing else.
    pub now: Moment,
}

impl Site {
    /// Joins documents into a site. Problems between documents are reported; what they concern is left out.
    pub fn build(inputs: Inputs, documents: Documents, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let Inputs { config, assets, pictures, visibility, now } = inputs;
        let Visible { articles, mut standing, hidden, hidden_standing, broken } =
            visibility::split(documents, visibility, &now);
        let Ordered { articles, states, days } = order::sort(articles);
        standing.sort_by(|a, b| (&a.address, &a.document.source).cmp(&(&b.address, &b.document.source)));

        // The parts that go through all articles and need nothing of each other, and what each found wrong.
        let mut problems = <[Vec<Diagnostic>; 2]>::default();
        let [of_terms, of_identities] = &mut problems;
        let ((taxonomies, terms_of), (addresses, (targets, ()))) = rayon::join(
            || taxonomy::build(&config, &articles, of_terms),
            || {
                rayon::join(
                    || Pattern::new(&config).addresses(&articles, &days),
                    || {
                        rayon::join(
                            || Targets::new(&articles, &standing, &hidden, &hidden_standing, &broken),
                            || identity::check(&articles, &days, of_identities),
                        )
                    },
                )
            },
        );
        diagnostics.extend(problems.into_iter().flatten());
        let recent = recent(&articles, &states, &now);
        let lapsed = Lapsed::new(&config, &hidden, &recent);
        let related = related::resolve(&articles, &targets, diagnostics);
        let calendar = Calendar::new(&days);
        let changes = articles.par_iter().map(|article| article.effective_date()).collect();
        let next_turn = visibility::next_turn(&articles, &hidden, config.timezone, &now);
        Self {
            config,
            articles,
            states,
            addresses,
            standing,
            taxonomies,
            terms_of,
            calendar,
            changes,
            related,
            targets,
            lapsed,
            assets,
            pictures,
            recent,
            next_turn,
        }
    }

    /// An article.
    pub fn article(&self, id: ArticleId) -> &Article {
        &self.articles[id as usize]
    }

    /// What an article is to a feed reader, wherever it moves.
    pub fn identity(&self, id: ArticleId) -> String {
        identity::of(&self.config, self.article(id))
    }

    /// The address of an article from the site's home, raw.
    pub fn address(&self, id: ArticleId) -> &str {
        &self.addresses[id as usize]
    }

    /// The article before (newer) and the one after (older), as readers go through them.
    pub fn neighbours(&self, id: ArticleId) -> (Option<ArticleId>, Option<ArticleId>) {
        let older = id + 1;
        (id.checked_sub(1), ((older as usize) < self.articles.len()).then_some(older))
    }

    /// How many articles a list has.
    pub fn count(&self, list: List) -> usize {
        match list {
            List::All => self.articles.len(),
            List::Term(term) => self.term(term).articles.len(),
            List::Period(period) => self.calendar.period(period).count(),
        }
    }

    /// The articles at some places of a list; places behind its end are passed over.
    pub fn listed(&self, list: List, places: Range<usize>) -> Vec<ArticleId> {
        let end = places.end.min(self.count(list));
        let places = places.start.min(end)..end;
        let among = |ids: Range<ArticleId>| ids.skip(places.start).take(places.len()).collect();
        match list {
            List::All => among(0..self.articles.len() as ArticleId),
            List::Term(term) => self.term(term).articles[places].to_vec(),
            List::Period(period) => {
                let period = self.calendar.period(period);
                if period.kind != PeriodKind::Day {
                    return among(period.articles.clone());
                }
                let mut articles: Vec<ArticleId> = period.articles.clone().collect();
                articles.sort_by_key(|id| (self.article(*id).priority, *id));
                articles[places].to_vec()
            }
        }
    }

    /// A term.
    pub fn term(&self, id: TermId) -> &Term {
        &self.taxonomies[usize::from(id.taxonomy)].terms[id.term as usize]
    }

    /// Where the stories of a term's articles come from.
    pub fn provenance(&self, id: TermId) -> Provenance {
        let term = self.term(id);
        let is_source = self.config.taxonomies[usize::from(id.taxonomy)].from == TermsFrom::Sources;
        let articles = term.articles.iter().map(|article| self.article(*article));
        provenance::of(articles, is_source.then_some(&*term.name))
    }

    /// The address of a taxonomy's list of terms from the site's home, raw.
    pub fn taxonomy_address(&self, taxonomy: u16) -> String {
        self.config.taxonomy_address(taxonomy)
    }

    /// The address of a term from the site's home, raw.
    pub fn term_address(&self, id: TermId) -> String {
        self.config.term_address(id.taxonomy, &self.term(id).slug)
    }

    /// The newest day's most important article.
    pub fn lead(&self) -> Option<ArticleId> {
        let newest = self.articles.first()?.date.day();
        let day = self.articles.iter().take_while(|article| article.date.day() == newest);
        (0..).zip(day).min_by_key(|(_, article)| article.priority).map(|(id, _)| id)
    }

    /// When an article changed last.
    pub fn changed(&self, id: ArticleId) -> Moment {
        self.changes[id as usize]
    }

    /// The latest change of any article of a list.
    pub fn latest(&self, list: List) -> Option<Moment> {
        // The order of the list decides which of two equal instants is meant, for they may be seen from two offsets.
        let dates = |ids: &mut dyn Iterator<Item = ArticleId>| {
            ids.map(|id| self.changes[id as usize]).max_by_key(Moment::instant)
        };
        match list {
            List::All => dates(&mut (0..self.articles.len() as ArticleId)),
            List::Term(term) => dates(&mut self.term(term).articles.iter().copied()),
            List::Period(period) => dates(&mut self.calendar.period(period).articles.clone()),
        }
    }

    /// What the `index.md` came to beside or above which a file lies.
    pub fn bundle_owner(&self, path: &str) -> Option<Target> {
        let folders = std::iter::successors(path.rsplit_once('/'), |(folder, _)| folder.rsplit_once('/'));
        folders.map(|(folder, _)| format!("{folder}/index.md")).find_map(|index| self.targets.get(&index))
    }

    /// The output path of a file that lies in the bundle of any document.
    pub fn bundle_file(&self, path: &str) -> Option<String> {
        let (document, address) = match self.bundle_owner(path)? {
            Target::Article(id) => (&self.article(id).document, self.address(id)),
            Target::Standing(id) => {
                let standing = &self.standing[id as usize];
                (&standing.document, standing.address.as_ref())
            }
            Target::Hidden(_) | Target::Broken => return None,
        };
        let published = document.bundle.iter().any(|file| **file == *path);
        published.then(|| self.bundle_path(document, address, path))
    }

    /// The files published beside an article or a standing page: each with its output path.
    pub fn bundle_path(&self, document: &crate::article::Document, address: &str, file: &str) -> String {
        link::bundle_path(&document.source, address, file)
    }
}

/// The published articles of the two days before `now`: the window that news sitemaps have by their rules.
fn recent(articles: &[Arc<Article>], states: &[State], now: &Moment) -> Vec<ArticleId> {
    let since = now.instant() - visibility::FRESH;
    let fresh = (0..).zip(articles).take_while(|(_, article)| article.date.day() >= since.date_naive());
    fresh
        .filter(|(id, article)| {
            let new = article.date.instant() >= since || article.date.date_only;
            new && states[*id as usize] == State::Published
        })
        .map(|(id, _)| id)
        .collect()
}
