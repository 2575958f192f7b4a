//! Where the stories of a list come from: through how many outlets, and from how many origins.

use crate::article::Article;
use crate::slug;
use foldhash::{HashMap, HashMapExt};
use std::collections::HashSet;

/// Where the stories of some articles come from. Names that are one term are one outlet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Provenance {
    /// How many outlets published them.
    pub outlets: usize,
    /// How many wrote them first: an agency that all outlets print is one. Each is the last of its source's agencies, or else the
    /// outlet itself.
    pub origins: usize,
    /// Of a source's articles those that name it as an outlet.
    pub as_outlet: usize,
    /// Of a source's articles those that name another outlet, for which it wrote the story.
    pub as_agency: usize,
}

/// The provenance of some articles. `whose` is the source whose articles they are, where they are a source's.
pub(super) fn of<'a>(articles: impl Iterator<Item = &'a Article>, whose: Option<&'a str>) -> Provenance {
    let mut names = Names { numbers: HashMap::new(), folded: HashMap::new() };
    let whose = whose.map(|name| names.number(name));
    let (mut outlets, mut origins) = (HashSet::new(), HashSet::new());
    let mut provenance = Provenance::default();
    for article in articles {
        let (mut is_outlet, mut is_agency) = (false, false);
        for source in &article.sources {
            let (outlet, origin) = (names.number(&source.name), names.number(source.origin()));
            is_outlet |= whose == Some(outlet);
            is_agency |= whose == Some(origin) && outlet != origin;
            outlets.insert(outlet);
            origins.insert(origin);
        }
        provenance.as_outlet += usize::from(is_outlet);
        provenance.as_agency += usize::from(is_agency && !is_outlet);
    }
    Provenance { outlets: outlets.len(), origins: origins.len(), ..provenance }
}

/// Numbers for names, one for all spellings of a name. Folding is slow next to a look-up, and a site uses few spellings.
struct Names<'a> {
    numbers: HashMap<&'a str, usize>,
    folded: HashMap<String, usize>,
}

impl<'a> Names<'a> {
    fn number(&mut self, name: &'a str) -> usize {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let next = self.folded.len();
        let number = *self.folded.entry(slug::fold(name)).or_insert(next);
        self.numbers.insert(name, number);
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::read_article;
    use crate::config::{Overrides, load};
    use std::sync::Arc;

    fn article(sources: &str) -> Arc<Article> {
        let config = load("base_url = 'https://a.b/'\ntitle = 'A'", &Overrides::default(), &mut Vec::new());
        let text = format!("+++\ntitle = 'A'\ndate = 2021-11-25\nsource = [{sources}]\n+++\n");
        let mut problems = Vec::new();
        let article = read_article("content/articles/a.md", &text, &config.unwrap(), &mut problems);
        article.unwrap_or_else(|| panic!("{problems:?}"))
    }

    #[test]
    fn one_dispatch_in_three_papers_has_one_origin() {
        let articles = [
            article("{ name = 'One', agencies = ['Sputnik'] }"),
            article("{ name = 'Two', agencies = ['PPN', 'SPUTNIK'] }"),
            article("{ name = 'Three', agencies = ['Sputnik'] }, { name = 'two' }"),
            article(""),
        ];
        let of = |whose| of(articles.iter().map(|article| &**article), whose);
        let all = of(None);
        assert_eq!((all.outlets, all.origins, all.as_outlet, all.as_agency), (3, 2, 0, 0));
        assert_eq!((of(Some("Sputnik")).as_outlet, of(Some("sputnik")).as_agency), (0, 3));
        assert_eq!((of(Some("Two")).as_outlet, of(Some("Two")).as_agency), (2, 0));
    }
}
