//! The Tera environment: the built-in theme under the user's own templates.

use super::functions;
use super::questions::Questions;
use super::reach::{Reach, Reached};
use super::template_error;
use super::template_sources::{PREFIX, Sources, file_name};
use crate::config::Language;
use crate::diagnostic::Diagnostic;
use crate::source::{SourceTree, TEMPLATES};
use crate::theme;
use std::sync::Arc;
use tera::{Context, Tera};

/// Templates that are whole pages; the others are only extended or called.
const PARTS: [&str; 2] = ["base.html", "components.html"];

/// All templates, parsed and checked.
pub(super) struct Templates {
    tera: Tera,
    sources: Sources,
    names: Vec<String>,
    reach: Reach,
}

impl Templates {
    /// Loads the built-in templates and the user's. `None` where one is broken, which is reported.
    pub(super) fn load(
        tree: &SourceTree,
        questions: &Arc<Questions>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let mut sources = Sources::default();
        let mut whole = true;
        for file in &tree.templates {
            match tree.read_text(&file.path) {
                Ok(text) => {
                    let name =
                        file.path.strip_prefix(TEMPLATES).unwrap_or(&file.path).trim_start_matches('/');
                    if let Some(own) = name.strip_prefix(PREFIX) {
                        let message = format!("'{PREFIX}' is what the built-in templates are called by");
                        diagnostics.push(
                            Diagnostic::error("reserved-name", message).in_file(file.path.to_string()).help(
                                format!("move it to {TEMPLATES}/{own} to take the place of the built-in one"),
                            ),
                        );
                        whole = false;
                        continue;
                    }
                    sources.add(name.to_owned(), text);
                }
                Err(problem) => {
                    diagnostics.push(problem);
                    whole = false;
                }
            }
        }
        let own: Vec<String> = sources.iter().map(|(name, _)| name.to_owned()).collect();
        add_built_ins(&mut sources);
        let mut tera = environment(questions);
        let loaded = tera.add_raw_templates(sources.iter());
        if whole && loaded.is_ok() {
            return Some(Self { tera, reach: Reach::new(&sources), sources, names: own });
        }
        let wrong = syntax_errors(&own, &sources, questions);
        if let Err(error) = loaded
            && wrong.is_empty()
            && whole
        {
            diagnostics.extend(template_error::diagnose(&error, "", &sources));
        }
        diagnostics.extend(wrong);
        None
    }

    /// Whether there is a template of that name, the user's or a built-in one.
    pub(super) fn has(&self, name: &str) -> bool {
        self.sources.get(name).is_some() || self.sources.get(&format!("{PREFIX}{name}")).is_some()
    }

    /// All that a template can come to.
    pub(super) fn reach(&self, name: &str) -> Arc<Reached> {
        self.reach.of(name)
    }

    /// The file of a template, as messages call it.
    pub(super) fn file(&self, name: &str) -> String {
        let own = self.sources.get(name).is_some();
        file_name(&if own { name.to_owned() } else { format!("{PREFIX}{name}") })
    }

    /// The names of all templates, the user's first.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.names.iter().map(String::as_str).chain(theme::templates().into_iter().map(|(name, _)| name))
    }

    /// Renders a template; dates in it are in `language`.
    pub(super) fn render(
        &self,
        name: &str,
        context: &Context,
        language: &Language,
    ) -> Result<Vec<u8>, Diagnostic> {
        let mut bytes = Vec::with_capacity(8 * 1024);
        let rendered = functions::in_language(language, || self.tera.render_to(name, context, &mut bytes));
        match rendered {
            Ok(()) => Ok(bytes),
            Err(error) => {
                let mut problems = template_error::diagnose(&error, name, &self.sources);
                Err(if problems.is_empty() {
                    Diagnostic::error("template-error", error.to_string())
                } else {
                    problems.swap_remove(0)
                })
            }
        }
    }
}

fn environment(questions: &Arc<Questions>) -> Tera {
    let mut tera = Tera::default();
    tera.autoescape_on([".html", ".xml", ".svg"]);
    // It fails only for a prefix that is empty.
    let _ = tera.set_fallback_prefixes(vec![PREFIX.to_owned()]);
    functions::register(&mut tera, questions);
    tera
}

/// What is wrong in each of some templates: loaded together they are no further than the first that is.
fn syntax_errors(names: &[String], sources: &Sources, questions: &Arc<Questions>) -> Vec<Diagnostic> {
    let mut alone = environment(questions);
    let mut found = Vec::new();
    for name in names {
        // References to others are not found here, and are no errors of this one's.
        if let Err(error) = alone.add_raw_template(name, sources.get(name).unwrap_or_default())
            && matches!(error.kind(), tera::ErrorKind::SyntaxError(_))
        {
            found.extend(template_error::diagnose(&error, name, sources));
        }
    }
    found
}

/// Adds the built-in templates, but for the pages that the user replaces and does not build upon: a page may
/// use components in a way that the user's own do not know.
fn add_built_ins(sources: &mut Sources) {
    for (name, text) in theme::templates() {
        let full = format!("{PREFIX}{name}");
        let replaced = sources.get(name).is_some() && !PARTS.contains(&name);
        let built_upon = sources.iter().any(|(_, text)| text.contains(&full));
        if !replaced || built_upon {
            sources.add(full, text.to_owned());
        }
    }
}
