//! What stands in for a pen in a program without the feature `cards`: a type of which there is no value.

use super::model::{Drawing, Frame, Setting};
use crate::config::Images;
use crate::diagnostic::Diagnostic;
use std::path::Path;

/// There is none.
#[derive(Debug)]
pub(in crate::render) enum Pen {}

impl Pen {
    pub(in crate::render) fn load(_: &Path, _: &Images, _: &mut Vec<Diagnostic>) -> Option<Self> {
        None
    }

    pub(in crate::render) fn set(&self, _: &str, _: &Frame) -> Setting {
        match *self {}
    }

    pub(in crate::render) fn key(&self, _: &[u8]) -> blake3::Hash {
        match *self {}
    }

    pub(in crate::render) fn draw(&self, _: &[u8]) -> Result<Drawing, String> {
        match *self {}
    }
}
