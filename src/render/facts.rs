//! What is so: answers without a question, for those who answer it, and for those who compare answers.

use super::answers::Answer;
use super::questions::{Questions, Unlinked};
use crate::article::{Document, Standing};
use crate::config::TermsFrom;
use crate::diagnostic::Diagnostic;
use crate::output::{Headline, Page, TermEntry, TermList, TermName, path_of, published_file};
use crate::picture::Picture;
use crate::site::{ArticleId, Provenance, Target, TermId};
use std::cmp::Reverse;

impl Questions {
    /// Whether something is planned at a raw address from the site's home, or is knowingly not; `None` where nothing is.
    pub(super) fn presence_of(&self, address: &str) -> Option<Result<(), Unlinked>> {
        let is_planned = |address: &str| self.plan.find(&path_of(address)).is_some();
        if is_planned(address) {
            Some(Ok(()))
        } else if self.site.targets.any_broken() {
            Some(Err(Unlinked::Broken))
        } else {
            self.site.lapsed.has(address, is_planned).then_some(Err(Unlinked::Expired))
        }
    }

    /// The address of a file of `static/`, where there is one.
    pub(super) fn asset_address(&self, path: &str) -> Option<String> {
        let base = &self.site.config.base;
        let fingerprinted = self.fingerprints.get(path).map(|path| base.path_to(path));
        fingerprinted.or_else(|| self.plan.find(path).map(|_| base.path_to(path)))
    }

    /// The newest articles that are filed under all of `terms` (taxonomy and name).
    pub(super) fn find_articles(
        &self,
        terms: &[(String, String)],
        limit: usize,
    ) -> Result<Vec<ArticleId>, Diagnostic> {
        let mut lists = Vec::with_capacity(terms.len());
        for (taxonomy, name) in terms {
            let place = self.taxonomy(taxonomy)?;
            let own = &self.site.taxonomies[usize::from(place)];
            lists.push(
                own.find(name).map(|term| own.terms[term as usize].articles.as_slice()).unwrap_or_default(),
            );
        }
        Ok(match lists.split_first() {
            None => (0..).take(self.site.articles.len().min(limit)).collect(),
            Some((first, rest)) => {
                let in_all = |id: &&ArticleId| rest.iter().all(|list| list.binary_search(id).is_ok());
                first.iter().filter(in_all).copied().take(limit).collect()
            }
        })
    }

    /// The terms of a taxonomy by slug; with a `limit`, the commonest of them.
    pub(super) fn term_list(&self, taxonomy: u16, limit: usize) -> TermList<'_> {
        let terms = &self.site.taxonomies[usize::from(taxonomy)].terms;
        let count = |term: u32| terms[term as usize].articles.len();
        let mut places: Vec<u32> = (0..).take(terms.len()).collect();
        let most = places.iter().map(|term| count(*term)).max().unwrap_or_default();
        if limit < places.len() {
            places.sort_by_key(|term| (Reverse(count(*term)), *term));
            places.truncate(limit);
            places.sort_unstable();
        }
        let is_source = self.site.config.taxonomies[usize::from(taxonomy)].from == TermsFrom::Sources;
        let entry = |term: u32| TermEntry {
            term: self.term_name(TermId { taxonomy, term }),
            count: count(term),
            latest: terms[term as usize].articles.first().map(|id| self.headline(*id)),
            provenance: is_source.then(|| self.provenance(TermId { taxonomy, term })),
        };
        TermList { terms: places.into_iter().map(entry).collect(), most }
    }

    /// Where the stories of a term come from.
    pub(super) fn provenance(&self, id: TermId) -> Provenance {
        let of_term = &self.provenances[usize::from(id.taxonomy)][id.term as usize];
        *of_term.get_or_init(|| self.site.provenance(id))
    }

    /// What a term is called.
    pub(super) fn term_name(&self, id: TermId) -> TermName<'_> {
        let term = self.site.term(id);
        TermName { name: &term.name, slug: &term.slug }
    }

    /// An article as others point to it.
    pub(super) fn headline(&self, id: ArticleId) -> Headline<'_> {
        let article = self.site.article(id);
        Headline {
            title: &article.document.title,
            address: self.site.address(id),
            date: article.date,
            language: &article.document.language,
        }
    }

    /// The standing page in a file.
    pub(super) fn standing_in(&self, source: &str) -> Option<&Standing> {
        match self.site.targets.get(source)? {
            Target::Standing(id) => Some(&self.site.standing[id as usize]),
            _ => None,
        }
    }

    /// The title of the standing page at an address.
    pub(super) fn title_at(&self, address: &str) -> Option<&str> {
        let standing = &self.site.standing;
        let at = standing.binary_search_by(|standing| (*standing.address).cmp(address)).ok()?;
        Some(&standing[at].document.title)
    }

    /// The document in a file, where it is published.
    pub(super) fn document_in(&self, source: &str) -> Option<&Document> {
        match self.site.targets.get(source)? {
            Target::Article(id) => Some(&self.site.article(id).document),
            Target::Standing(id) => Some(&self.site.standing[id as usize].document),
            Target::Hidden(_) | Target::Broken => None,
        }
    }

    /// Whether the document in a file has a heading; `None` where that cannot be said.
    pub(super) fn has_heading(&self, source: &str, fragment: &str) -> Option<bool> {
        Some(self.headings(self.document_in(source)?).ok()?.has(fragment))
    }

    /// The digest of the file that a page is a copy of.
    pub(super) fn file_digest(&self, page: &Page) -> Option<Answer> {
        let file = published_file(&self.site, page.subject)?;
        self.digests.of(&self.root, file).ok()?.first_chunk().copied()
    }

    /// The picture at an output path, where it is one of the site's and its size is known.
    pub(super) fn picture_at(&self, path: &str) -> Option<&Picture> {
        let page = self.plan.find(path)?;
        self.site.pictures.get(published_file(&self.site, page.subject)?)
    }
}
