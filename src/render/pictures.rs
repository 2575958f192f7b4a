//! Pictures of the site: what is shown of one, and its renditions, made or found again.

use super::question::Question;
use super::questions::{Questions, changed_meanwhile};
use crate::article::markdown::Picture;
use crate::diagnostic::Diagnostic;
use crate::output::{Addresses, path_of};
use crate::picture::{self, MAKER, rendition_path};
use crate::source;
use std::fmt::Write;

impl Questions {
    /// What is shown of the picture at an address from the site's home, raw. `suffix` is what follows the address
    /// where it is named.
    pub(super) fn picture(&self, address: &str, suffix: &str, addresses: Addresses) -> Picture {
        let base = &self.site.config.base;
        let path = path_of(address);
        let spelled = |path: &str| match addresses {
            Addresses::Rooted => base.path_to(path),
            Addresses::Absolute => base.url_to(path),
        };
        self.ledger.other(|| Question::Picture(path.as_str().into()));
        let Some(picture) = self.picture_at(&path) else {
            return Picture { src: format!("{}{suffix}", spelled(address)), size: None, srcset: None };
        };
        let Some(largest) = picture.widths.last() else {
            // What follows the address of a drawing can choose a part of it, of another size.
            let size = suffix.is_empty().then_some(picture.size);
            return Picture { src: format!("{}{suffix}", spelled(address)), size, srcset: None };
        };
        // In a list of addresses, a comma would end one.
        let rendition = |width: u32| spelled(&rendition_path(&path, width)).replace(',', "%2C");
        Picture {
            src: rendition(*largest),
            size: Some(picture.size_at(*largest)),
            srcset: (addresses == Addresses::Rooted).then(|| srcset(&picture.widths, rendition)),
        }
    }

    /// A rendition of a picture of the site: the one that is kept, else a new one.
    pub(super) fn rendition(&self, file: &str, width: u32) -> Result<Vec<u8>, Diagnostic> {
        let digest = self.digests.of(&self.root, file)?;
        let quality = self.site.config.images.quality;
        let mut key = blake3::Hasher::new();
        key.update(MAKER.as_bytes()).update(&digest).update(&width.to_le_bytes()).update(&[quality]);
        self.store.obtain(&key.finalize(), || {
            let bytes = source::read(&self.root, file)?;
            // What is kept under a digest must come of the very bytes.
            if source::digest(&bytes) != digest {
                return Err(changed_meanwhile(file));
            }
            picture::rendition(file, &bytes, width, quality)
        })
    }
}

/// The attribute `srcset`.
fn srcset(widths: &[u32], rendition: impl Fn(u32) -> String) -> String {
    let mut srcset = String::new();
    for width in widths {
        let gap = if srcset.is_empty() { "" } else { ", " };
        let _ = write!(srcset, "{gap}{} {width}w", rendition(*width));
    }
    srcset
}
