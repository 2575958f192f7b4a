//! From the names that articles use to terms.

use super::id::{ArticleId, TermId};
use crate::article::Article;
use crate::config::{Config, Taxonomy, TermsFrom};
use crate::diagnostic::Diagnostic;
use crate::slug;
use std::collections::{BTreeMap, HashMap};
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
        spelled
            .or_else(folded)
            .or_else(|| self.terms.binary_search_by(|term| (*term.slug).cmp(name)).ok().map(|at| at as u32))
    }
}

/// Every taxonomy's terms, and every article's.
pub(super) fn build(
    config: &Config,
    articles: &[Arc<Article>],
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Terms>, Vec<Box<[TermId]>>) {
    let mut terms_of: Vec<Vec<TermId>> = vec![Vec::new(); articles.len()];
    let mut taxonomies = Vec::with_capacity(config.taxonomies.len());
    for (place, taxonomy) in (0..).zip(&config.taxonomies) {
        let (terms, order) = one(config, taxonomy, usize::from(place), articles, diagnostics);
        for (article, names) in order.into_iter().enumerate() {
            terms_of[article].extend(names.into_iter().map(|term| TermId { taxonomy: place, term }));
        }
        taxonomies.push(terms);
    }
    (taxonomies, terms_of.into_iter().map(Vec::into_boxed_slice).collect())
}

/// The names under which an article is filed in a taxonomy, in the order written.
pub(super) fn names<'a>(article: &'a Article, taxonomy: &Taxonomy, place: usize) -> Vec<&'a str> {
    match taxonomy.from {
        TermsFrom::Tags => article.tags.iter().map(AsRef::as_ref).collect(),
        TermsFrom::Sources => article.sources.iter().map(|source| source.name.as_ref()).collect(),
        TermsFrom::Section => article.section.as_deref().into_iter().collect(),
        TermsFrom::Thread => article.thread.as_deref().into_iter().collect(),
        TermsFrom::OwnKey => {
            article.terms.iter().filter(|(at, _)| *at == place).map(|(_, name)| name.as_ref()).collect()
        }
    }
}

/// Names that are one, before they have a spelling and a slug.
#[derive(Default)]
struct Group<'a> {
    spellings: BTreeMap<&'a str, usize>,
    articles: Vec<ArticleId>,
}

impl Group<'_> {
    /// The commonest spelling, ties by bytes.
    fn name(&self) -> &str {
        self.spellings.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map_or("", |(name, _)| name)
    }
}

fn one(
    config: &Config,
    taxonomy: &Taxonomy,
    place: usize,
    articles: &[Arc<Article>],
    diagnostics: &mut Vec<Diagnostic>,
) -> (Terms, Vec<Vec<u32>>) {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut by_folded_name: HashMap<String, u32> = HashMap::new();
    // Folding is slow next to a look-up, and a site uses few spellings.
    let mut by_spelling: HashMap<&str, u32> = HashMap::new();
    let mut order: Vec<Vec<u32>> = Vec::with_capacity(articles.len());
    for (id, article) in (0..).zip(articles) {
        let mut own = Vec::new();
        for name in names(article, taxonomy, place) {
            let group = *by_spelling.entry(name).or_insert_with(|| {
                *by_folded_name.entry(slug::fold(name)).or_insert_with(|| {
                    groups.push(Group::default());
                    groups.len() as u32 - 1
                })
            });
            if !own.contains(&group) {
                own.push(group);
                let group = &mut groups[group as usize];
                *group.spellings.entry(name).or_default() += 1;
                group.articles.push(id);
            }
        }
        order.push(own);
    }

    let slugs: Vec<String> = groups.iter().map(|group| config.slug(group.name())).collect();
    let mut sorted: Vec<u32> = (0..groups.len() as u32).collect();
    sorted.sort_by(|a, b| {
        let key = |group: &u32| (&slugs[*group as usize], groups[*group as usize].name());
        key(a).cmp(&key(b))
    });
    report(&taxonomy.name, &sorted, &groups, &slugs, articles, diagnostics);

    let mut place_of = vec![0; groups.len()];
    for (place, group) in (0..).zip(&sorted) {
        place_of[*group as usize] = place;
    }
    by_folded_name.values_mut().for_each(|group| *group = place_of[*group as usize]);
    order.iter_mut().flatten().for_each(|group| *group = place_of[*group as usize]);
    let by_spelling =
        by_spelling.into_iter().map(|(name, group)| (name.into(), place_of[group as usize])).collect();
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
    (Terms { terms, by_spelling, by_folded_name }, order)
}

/// Slugs that are empty, or that two terms share. `sorted` has equal slugs side by side.
fn report(
    taxonomy: &str,
    sorted: &[u32],
    groups: &[Group<'_>],
    slugs: &[String],
    articles: &[Arc<Article>],
    diagnostics: &mut Vec<Diagnostic>,
) {
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
}
