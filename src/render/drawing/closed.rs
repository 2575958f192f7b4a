//! The studio of a program that was built without cards.

use super::text_box::{Fault, Fitted, TextBox};
use crate::cache::Store;
use crate::config::Images;
use crate::diagnostic::Diagnostic;
use crate::source::{Digest, SourceTree};

/// It draws nothing. The settings have refused cards by then, so only a template of the site's own can come here.
#[derive(Debug)]
pub(in crate::render) struct Studio;

const CLOSED: &str = "this dateline was built without cards\ninstall one that has them: cargo install dateline --features cards";

impl Studio {
    pub(in crate::render) fn open(_: &SourceTree, _: &Images, _: &mut Vec<Diagnostic>) -> Self {
        Self
    }

    pub(in crate::render) fn font(&self) -> Digest {
        Digest::default()
    }

    pub(in crate::render) fn fit(&self, _: &TextBox<'_>) -> Result<Fitted, String> {
        Err(CLOSED.to_owned())
    }

    pub(in crate::render) fn unwritable(&self, _: &str) -> String {
        String::new()
    }

    pub(in crate::render) fn draw(&self, _: &str, _: (u32, u32), _: &Store) -> Result<Vec<u8>, Fault> {
        Err(CLOSED.to_owned().into())
    }
}
