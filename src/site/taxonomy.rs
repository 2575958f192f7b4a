//! From the names that articles use to terms.

use super::id::{ArticleId, TermId};
use crate::article::Article;
use crate::config::{Config, Taxonomy, TermsFrom};
use crate::diagnostic::Diagnostic;
use crate::packed::Lists;
use crate::slug;
use foldhash::HashMap;
use rayon::prelude::*;
use std::sync::Arc;

/// A name that articles are filed under.
#[derive(Debug, Clone)]
pub struct Term {
    /// The commonest spelling.
    pub name: Box<str>,
    /// The last segment of its address.
    pub slug: Box<str>,
    /// Its articles, newest first.
    pub articles: Vec<ArticleId>,
}

/// The terms of one taxonomy, by slug.
#[derive(Debug, Default)]
pub struct Terms {
    /// The terms.
    pub terms: Vec<Term>,
    by_spelling: HashMap<Box<str>, u32>,
    by_folded_name: HashMap<String, u32>,
}

impl Terms {
    /// The term that a name belongs to, however it is spelled, or that has it for a slug.
    pub fn find(&self, name: &str) -> Option<u32> {
        let spelled = self.by_spelling.get(name).copied();
        let folded = || self.by_folded_name.get(&slug::fold(name)).copied();
        spelled.or_else(folded).or_else(|| self.with_slug(name))
    }

    /// The term of a slug.
    pub fn with_slug(&self, slug: &str) -> Option<u32> {
        self.terms.binary_search_by(|term| (*term.slug).cmp(slug)).ok().map(|at| at as u32)
    }
}

/// Every taxonomy's terms, and every article's.
pub(super) fn build(
    config: &Config,
    articles: &[Arc<Article>],
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Terms>, Lists<TermId>) {
    let built: Vec<_> =
        config.taxonomies.par_iter().enumerate().map(|it| one(config, it, articles)).collect();
    let mut taxonomies = Vec::with_capacity(built.len());
    let mut orders = Vec::with_capacity(built.len());
    for (terms, order, problems) in built {
        diagnostics.extend(problems);
        taxonomies.push(terms);
        orders.push(order);
    }
    let mut terms_of = Lists::with_capacity(articles.len());
    for article in 0..articles.len() {
        let in_one = |(taxonomy, order): (u16, _)| {
            let terms = Lists::get(order, article).iter();
            terms.map(move |term| TermId { taxonomy, term: *term })
        };
        terms_of.push((0..).zip(&orders).flat_map(in_one));
    }
    (taxonomies, terms_of)
}

/// The names under which an article is filed in a taxonomy, in the order written.
pub(super) fn names<'a>(
    article: &'a Article,
    taxonomy: &Taxonomy,
    place: usize,
) -> impl Iterator<Item = &'a str> {
    // All but one of these are empty.
    let from = taxonomy.from;
    let tags = if from == TermsFrom::Tags { article.tags.as_slice() } else { &[] };
    let sources = if from == TermsFrom::Sources { article.sources.as_slice() } else { &[] };
    let section = article.section.as_deref().filter(|_| from == TermsFrom::Section);
    let thread = article.thread.as_deref().filter(|_| from == TermsFrom::Thread);
    let own = if from == TermsFrom::OwnKey { article.terms.as_slice() } else { &[] };
    let own = own.iter().filter(move |(at, _)| *at == place).map(|(_, name)| name.as_ref());
    // A story is filed under whoever wrote it first, too. Other spellings of the outlet are its own term anyway.
    let sources = sources.iter().flat_map(|source| {
        let origin = Some(source.origin()).filter(|origin| *origin != &*source.name);
        std::iter::once(&*source.name).chain(origin)
    });
    let listed = tags.iter().map(AsRef::as_ref).chain(sources);
    listed.chain(section).chain(thread).chain(own)
}

/// Names that are one, before they have a slug.
#[derive(Default)]
struct Group<'a> {
    /// Each with the number of articles that use it.
    spellings: Vec<(&'a str, usize)>,
    articles: Vec<ArticleId>,
}

impl Group<'_> {
    /// The commonest spelling, ties by bytes.
    fn name(&self) -> &str {
        self.spellings.iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0))).map_or("", |(name, _)| name)
    }
}

/// The groups of one taxonomy's names, and what leads to them.
#[derive(Default)]
struct Groups<'a> {
    groups: Vec<Group<'a>>,
    by_folded_name: HashMap<String, u32>,
    /// The group of a spelling, and its place there. Folding is slow next to a look-up, and a site uses few spellings.
    by_spelling: HashMap<&'a str, (u32, u32)>,
}

impl<'a> Groups<'a> {
    /// Files articles in them, and gives the groups of each in the order written.
    fn gather(&mut self, articles: &'a [Arc<Article>], taxonomy: &Taxonomy, place: usize) -> Lists<u32> {
        let mut order = Lists::with_capacity(articles.len());
        let mut own = Vec::new();
        for (id, article) in (0..).zip(articles) {
            for name in names(article, taxonomy, place) {
                let (at, spelling) = self.find(name);
                if !own.contains(&at) {
                    own.push(at);
                    let group = &mut self.groups[at as usize];
                    group.spellings[spelling as usize].1 += 1;
                    group.articles.push(id);
                }
            }
            order.push(own.drain(..));
        }
        order
    }

    fn find(&mut self, name: &'a str) -> (u32, u32) {
        if let Some(known) = self.by_spelling.get(name) {
            return *known;
        }
        let at = *self.by_folded_name.entry(slug::fold(name)).or_insert_with(|| {
            self.groups.push(Group::default());
            self.groups.len() as u32 - 1
        });
        let spellings = &mut self.groups[at as usize].spellings;
        spellings.push((name, 0));
        let found = (at, spellings.len() as u32 - 1);
        self.by_spelling.insert(name, found);
        found
    }
}

/// The terms of one taxonomy, those of each article, and what is wrong with them.
fn one(
    config: &Config,
    (place, taxonomy): (usize, &Taxonomy),
    articles: &[Arc<Article>],
) -> (Terms, Lists<u32>, Vec<Diagnostic>) {
    let mut groups = Groups::default();
    let mut order = groups.gather(articles, taxonomy, place);
    let Groups { mut groups, mut by_folded_name, by_spelling } = groups;

    let slugs: Vec<String> = groups.iter().map(|group| config.slug(group.name())).collect();
    let mut sorted: Vec<u32> = (0..groups.len() as u32).collect();
    sorted.sort_by(|a, b| {
        let name = |group: &u32| groups[*group as usize].name();
        slugs[*a as usize].cmp(&slugs[*b as usize]).then_with(|| name(a).cmp(name(b)))
    });
    let problems = problems(&taxonomy.name, &sorted, &groups, &slugs, articles);

    let mut place_of = vec![0; groups.len()];
    for (place, group) in (0..).zip(&sorted) {
        place_of[*group as usize] = place;
    }
    by_folded_name.values_mut().for_each(|group| *group = place_of[*group as usize]);
    order.items_mut().for_each(|group| *group = place_of[*group as usize]);
    let by_spelling =
        by_spelling.into_iter().map(|(name, (group, _))| (name.into(), place_of[group as usize])).collect();
    let terms = sorted
        .into_iter()
        .map(|group| {
            let (group, slug) = (&mut groups[group as usize], &slugs[group as usize]);
            Term {
                name: group.name().into(),
                slug: slug.as_str().into(),
                articles: std::mem::take(&mut group.articles),
            }
        })
        .collect();
    (Terms { terms, by_spelling, by_folded_name }, order, problems)
}

/// Slugs that are empty, or that two terms share. `sorted` has equal slugs side by side.
fn problems(
    taxonomy: &str,
    sorted: &[u32],
    groups: &[Group<'_>],
    slugs: &[String],
    articles: &[Arc<Article>],
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let first_use = |group: u32| {
        let article = groups[group as usize].articles[0];
        articles[article as usize].document.source.as_ref()
    };
    let name = |group: u32| groups[group as usize].name();
    for group in sorted.iter().copied().filter(|group| slugs[*group as usize].is_empty()) {
        diagnostics.push(
            Diagnostic::error(
                "empty-slug",
                format!("'{}' in {taxonomy} has no letter or digit to make an address of", name(group)),
            )
            .in_file(first_use(group))
            .help(format!("choose one in site.toml, under [slugs]: {:?} = \"a-slug\"", name(group))),
        );
    }
    for run in sorted.chunk_by(|one, other| slugs[*one as usize] == slugs[*other as usize]) {
        let (one, slug) = (run[0], &slugs[run[0] as usize]);
        for (number, other) in (2..).zip(run[1..].iter().copied().filter(|_| !slug.is_empty())) {
            let message =
                format!("'{}' and '{}' in {taxonomy} have the same slug '{slug}'", name(one), name(other));
            diagnostics.push(
                Diagnostic::error("slug-clash", message)
                    .in_file(first_use(other))
                    .note(format!("'{}' is first used in {}", name(one), first_use(one)))
                    .help(format!(
                        "write one of them everywhere, or choose another slug in site.toml, under [slugs]: {:?} = \"{slug}-{number}\"",
                        name(other)
                    )),
            );
        }
    }
    diagnostics
}
