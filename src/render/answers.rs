//! What questions are answered, as digests: two equal ones say that whoever asked would be told the same.
//!
//! A digest is made from the very answer that a page is given, or from what the answer follows from. Places of articles
//! and terms in the site change with every article that is added, so what stands in for them are their files and slugs.

use super::question::{Facet, ListName, Question};
use super::questions::{Questions, Unlinked};
use crate::article::{Article, Document};
use crate::cache::half;
use crate::date::Moment;
use crate::output::{Headline, mapped, published_origin};
use crate::site::{ArticleId, List, Origin, Overview, PeriodKind, Provenance, Span, Target, TermId};
use rayon::prelude::*;
use std::sync::Arc;
use twox_hash::XxHash3_128 as Hasher;

/// How many answers are work enough for a thread.
pub(super) const SHARE: usize = 512;

/// A digest of 128 bits: of a page's bytes or of a document the first half of its BLAKE3, of all else its XXH3, which takes
/// a tenth of the time for the few hundred bytes that most answers are. Nobody gains by an answer taken for another one.
pub(super) type Answer = [u8; 16];

/// What a digest is made of, put together without a mark being lost between two parts.
pub(super) struct Parts {
    bytes: Vec<u8>,
    /// What came before, where it is more than is worth keeping in one piece.
    before: Option<Box<Hasher>>,
}

/// From how many bytes on parts are digested as they come.
const MANY: usize = 16 * 1024;
/// What most answers are made of fits into so many bytes: to make room as they come takes longer than to digest them.
const MOST: usize = 1024;

impl Default for Parts {
    fn default() -> Self {
        Self { bytes: Vec::with_capacity(MOST), before: None }
    }
}

impl Parts {
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        self.bytes(text.as_bytes())
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.number(bytes.len() as u64).add(bytes)
    }

    pub(super) fn number(&mut self, number: u64) -> &mut Self {
        self.add(&number.to_le_bytes())
    }

    fn add(&mut self, bytes: &[u8]) -> &mut Self {
        if self.bytes.len() + bytes.len() > MANY {
            self.before.get_or_insert_default().write(&self.bytes);
            self.bytes.clear();
        }
        self.bytes.extend_from_slice(bytes);
        self
    }

    fn moment(&mut self, moment: &Moment) -> &mut Self {
        let (second, offset, date_only) = moment.parts();
        self.number(second.cast_unsigned()).number(u64::from(offset.cast_unsigned())).flag(date_only)
    }

    fn flag(&mut self, flag: bool) -> &mut Self {
        self.add(&[u8::from(flag)])
    }

    fn optional<T>(&mut self, part: Option<T>, add: impl FnOnce(&mut Self, T)) -> &mut Self {
        self.flag(part.is_some());
        if let Some(part) = part {
            add(self, part);
        }
        self
    }

    pub(super) fn digest(&mut self) -> Answer {
        let digest = match &mut self.before {
            Some(before) => {
                before.write(&self.bytes);
                before.finish_128()
            }
            None => Hasher::oneshot(&self.bytes),
        };
        digest.to_le_bytes()
    }
}

impl Questions {
    /// What is answered when something is asked of an article.
    pub(super) fn answer_of_article(&self, facet: Facet, id: ArticleId) -> Answer {
        let site = &self.site;
        let mut parts = Parts::default();
        match facet {
            Facet::Item => {
                let article = site.article(id);
                front(&mut parts, &article.document);
                parts
                    .text(&article.derived_summary)
                    .text(site.address(id))
                    .text(site.states[id as usize].name());
                for term in site.terms_of.get(id as usize) {
                    parts.number(u64::from(term.taxonomy)).text(&site.term(*term).slug);
                }
            }
            Facet::Headline => headline(&mut parts, &self.headline(id)),
            Facet::Text => return half(&blake3::Hash::from(*site.article(id).document.body_digest())),
            Facet::Neighbours => {
                let (newer, older) = site.neighbours(id);
                for neighbour in [newer, older] {
                    parts.optional(neighbour, |parts, id| self.add_article(parts, id));
                }
            }
            Facet::Related => self.add_articles(&mut parts, &site.related[id as usize]),
        }
        parts.digest()
    }

    /// What a term is called.
    pub(super) fn answer_of_term(&self, id: TermId) -> Answer {
        let term = self.site.term(id);
        Parts::default().text(&term.name).text(&term.slug).digest()
    }

    /// What is answered to another question; `None` where what it is about is no longer there.
    pub(super) fn answer(&self, question: &Question) -> Option<Answer> {
        let site = &self.site;
        let mut parts = Parts::default();
        match question {
            Question::Template(_) => return None,
            Question::Standing(source) => {
                let standing = self.standing_in(source)?;
                front(&mut parts, &standing.document);
                parts.text(&standing.address);
            }
            Question::StandingText(source) => {
                parts.bytes(self.standing_in(source)?.document.body_digest());
            }
            Question::StandingTitle(address) => {
                parts.optional(self.title_at(address), |parts, title| {
                    parts.text(title);
                });
            }
            Question::Count(list) => {
                parts.number(site.count(self.list(list)?) as u64);
            }
            Question::Provenance(taxonomy, slug) => {
                let List::Term(id) = self.list(&ListName::Term(*taxonomy, slug.clone()))? else {
                    return None;
                };
                provenance(&mut parts, &self.provenance(id));
            }
            Question::Listed(list, from, to) => {
                let places = *from as usize..*to as usize;
                self.add_articles(&mut parts, &site.listed(self.list(list)?, places));
            }
            Question::Lead => {
                parts.optional(site.lead(), |parts, id| self.add_article(parts, id));
            }
            Question::Recent => self.add_articles(&mut parts, &site.recent),
            Question::Terms(taxonomy, limit) => {
                let list = self.term_list(*taxonomy, usize::try_from(*limit).unwrap_or(usize::MAX));
                parts.number(list.most as u64);
                for entry in &list.terms {
                    parts.text(entry.term.name).text(entry.term.slug).number(entry.count as u64);
                    parts.optional(entry.latest, |parts, latest| headline(parts, &latest));
                    parts.optional(entry.provenance, |parts, of_term| provenance(parts, &of_term));
                }
            }
            Question::Period(address) => {
                parts.optional(site.calendar.place(Span::parse(address)?), |parts, id| {
                    overview(parts, &site.calendar.overview(id));
                });
            }
            Question::Periods(kind) => {
                let kind = PeriodKind::ALL.get(usize::from(*kind))?;
                site.calendar.of(*kind).for_each(|id| overview(&mut parts, &site.calendar.overview(id)));
            }
            Question::Mapped => {
                for page in mapped(site, &self.plan) {
                    parts.text(page.path);
                    parts.optional(page.changed, |parts, changed| {
                        parts.moment(&changed);
                    });
                }
            }
            Question::Planned(path) => {
                parts.flag(self.plan.find(path).is_some());
            }
            Question::Present(address) => {
                parts.optional(self.presence_of(address), |parts, presence| {
                    parts.number(unlinked(presence.err()));
                });
            }
            Question::Document(source) => match site.targets.get(source)? {
                Target::Article(id) => {
                    parts.text(site.address(id));
                }
                Target::Standing(id) => {
                    parts.text(&site.standing[id as usize].address);
                }
                Target::Hidden(why) => {
                    parts.number(why as u64);
                }
                Target::Broken => return None,
            },
            Question::Heading(source, fragment) => {
                parts.flag(self.has_heading(source, fragment)?);
            }
            Question::Beside(path) => match site.bundle_file(path) {
                Some(output) => {
                    parts.text(&output);
                }
                None => match site.bundle_owner(path)? {
                    Target::Hidden(why) => {
                        parts.number(why as u64);
                    }
                    _ => return None,
                },
            },
            Question::Asset(path) => {
                parts.text(&self.asset_address(path)?);
            }
            Question::Picture(path) => {
                parts.optional(self.picture_at(path), |parts, picture| {
                    parts.number(picture.size.0.into()).number(picture.size.1.into());
                    for width in &picture.widths {
                        parts.number((*width).into());
                    }
                });
            }
            Question::Origin(path) => match published_origin(site, self.plan.find(path)?.subject)? {
                Origin::File(file) => {
                    parts.text(&file);
                }
                // Its bytes are a part of the program.
                Origin::BuiltIn(_) => {}
            },
            Question::File(path) => {
                parts.bytes(&self.digests.of(&self.root, path).ok()?);
            }
            Question::Articles(terms, limit) => {
                let limit = usize::try_from(*limit).unwrap_or(usize::MAX);
                self.add_articles(&mut parts, &self.find_articles(terms, limit).ok()?);
            }
        }
        Some(parts.digest())
    }

    /// What the answer to a question follows from, where that is known at once and the answer is not: as long as it is the
    /// same, so is the answer.
    pub(super) fn basis(&self, question: &Question) -> Option<Answer> {
        let Question::Heading(source, _) = question else { return None };
        let document = self.document_in(source)?;
        Some(Parts::default().bytes(document.body_digest()).text(document.language.tag()).digest())
    }

    /// What stands for an article in answers: the digest of its file's path. An article is in many lists, and to fetch
    /// its path from memory takes longer than to digest the list.
    pub(super) fn name_of(&self, id: ArticleId) -> Answer {
        let name = || of_text(&self.site.article(id).document.source);
        self.names.get().map_or_else(name, |names| names[id as usize])
    }

    /// Makes the names of all articles, for whoever has a question about each.
    pub(super) fn name_articles(&self) {
        if self.names.get().is_none() {
            let name = |article: &Arc<Article>| of_text(&article.document.source);
            // They are made only once, and where two did so, they made the same.
            let _ = self.names.set(self.site.articles.par_iter().with_min_len(SHARE).map(name).collect());
        }
    }

    fn add_article(&self, parts: &mut Parts, id: ArticleId) {
        parts.add(&self.name_of(id));
    }

    fn add_articles(&self, parts: &mut Parts, ids: &[ArticleId]) {
        ids.iter().for_each(|id| self.add_article(parts, *id));
    }

    /// What a list is called.
    pub(super) fn list_name(&self, list: List) -> ListName {
        match list {
            List::All => ListName::All,
            List::Term(id) => ListName::Term(id.taxonomy, self.site.term(id).slug.clone()),
            List::Period(id) => ListName::Period(self.site.calendar.period(id).span().address().into()),
        }
    }

    fn list(&self, name: &ListName) -> Option<List> {
        let site = &self.site;
        Some(match name {
            ListName::All => List::All,
            ListName::Term(taxonomy, slug) => {
                let term = site.taxonomies.get(usize::from(*taxonomy))?.with_slug(slug)?;
                List::Term(TermId { taxonomy: *taxonomy, term })
            }
            ListName::Period(address) => List::Period(site.calendar.place(Span::parse(address)?)?),
        })
    }
}

/// What a document says of itself, in which file, and what is beside it.
fn front(parts: &mut Parts, document: &Document) {
    parts.text(&document.source).bytes(document.front_digest());
    for file in &document.bundle {
        parts.text(file);
    }
}

fn provenance(parts: &mut Parts, provenance: &Provenance) {
    let Provenance { outlets, origins, as_outlet, as_agency } = *provenance;
    [outlets, origins, as_outlet, as_agency].iter().for_each(|count| {
        parts.number(*count as u64);
    });
}

fn headline(parts: &mut Parts, headline: &Headline<'_>) {
    parts.text(headline.title).text(headline.address).text(headline.language.tag()).moment(&headline.date);
}

fn overview(parts: &mut Parts, overview: &Overview) {
    let span = |parts: &mut Parts, span: Span| {
        parts.text(&span.address());
    };
    span(parts, overview.span);
    parts.number(overview.count as u64).number(overview.children.len() as u64);
    for (child, count) in &overview.children {
        span(parts, *child);
        parts.number(*count as u64);
    }
    parts.optional(overview.newer, span).optional(overview.older, span);
}

fn unlinked(why: Option<Unlinked>) -> u64 {
    match why {
        None => 0,
        Some(Unlinked::Expired) => 1,
        Some(Unlinked::Broken) => 2,
    }
}

/// The digest of a text.
pub(super) fn of_text(text: &str) -> Answer {
    Hasher::oneshot(text.as_bytes()).to_le_bytes()
}
