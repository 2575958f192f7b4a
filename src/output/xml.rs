//! Writing small XML documents.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::io;

/// A document whose root has the sitemap namespace, and further `namespaces` (prefix and name).
///
/// # Errors
/// Those of `inner`.
pub(super) fn document(
    root: &str,
    namespaces: &[(&str, &str)],
    inner: impl FnOnce(&mut Writer<Vec<u8>>) -> io::Result<()>,
) -> io::Result<Vec<u8>> {
    let mut writer = Writer::new(Vec::new());
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let mut start = BytesStart::new(root);
    start.push_attribute(("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"));
    for (prefix, name) in namespaces {
        start.push_attribute((format!("xmlns:{prefix}").as_str(), *name));
    }
    writer.write_event(Event::Start(start))?;
    inner(&mut writer)?;
    writer.write_event(Event::End(BytesEnd::new(root)))?;
    Ok(writer.into_inner())
}

/// An element with elements in it.
///
/// # Errors
/// Those of `inner`.
pub(super) fn element(
    writer: &mut Writer<Vec<u8>>,
    name: &str,
    inner: impl FnOnce(&mut Writer<Vec<u8>>) -> io::Result<()>,
) -> io::Result<()> {
    writer.write_event(Event::Start(BytesStart::new(name)))?;
    inner(writer)?;
    writer.write_event(Event::End(BytesEnd::new(name)))
}

/// An element with text in it, escaped.
///
/// # Errors
/// None while the writer writes to memory.
pub(super) fn text(writer: &mut Writer<Vec<u8>>, name: &str, text: &str) -> io::Result<()> {
    element(writer, name, |writer| writer.write_event(Event::Text(BytesText::new(text))))
}
