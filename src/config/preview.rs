//! `[preview]`: how a site is looked at while it is written.

use crate::tree::{Fields, Value};

/// How a site is looked at while it is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preview {
    /// The address that opens a file in the editor, with `{path}`, `{line}` and `{column}` in it; see [`editor_link`].
    pub editor: Option<String>,
    /// The port to serve on.
    pub port: Option<u16>,
    /// Names of hosts, besides localhost, that the preview may be asked for by.
    pub allow_hosts: Vec<String>,
}

/// The addresses by which editors register themselves with the system, by the name of the editor.
const EDITORS: [(&str, &str); 8] = [
    ("cursor", "cursor://file{path}:{line}:{column}"),
    ("idea", "idea://open?file={path}&line={line}&column={column}"),
    ("sublime", "subl://open?url=file://{path}&line={line}&column={column}"),
    ("textmate", "txmt://open?url=file://{path}&line={line}&column={column}"),
    ("vscode", "vscode://file{path}:{line}:{column}"),
    ("vscodium", "vscodium://file{path}:{line}:{column}"),
    ("windsurf", "windsurf://file{path}:{line}:{column}"),
    ("zed", "zed://file{path}:{line}:{column}"),
];

/// The address that opens a file in an editor, from its name, or from the address itself.
///
/// # Errors
/// What is wrong with it, as the end of a sentence, and what to do.
pub fn editor_link(text: &str) -> Result<String, (&'static str, String)> {
    if let Some((_, link)) = EDITORS.iter().find(|(name, _)| *name == text) {
        return Ok((*link).to_owned());
    }
    let names = EDITORS.map(|(name, _)| name).join(", ");
    let example =
        format!("write one of {names}, or an address such as my-editor://open?file={{path}}&line={{line}}");
    let Some((scheme, _)) = text.split_once(':') else {
        return Err(("is no editor that is known here", example));
    };
    let letters = |c: char| c.is_ascii_alphanumeric() || "+.-".contains(c);
    if !scheme.starts_with(|c: char| c.is_ascii_alphabetic()) || !scheme.chars().all(letters) {
        return Err(("is no address", example));
    }
    // These do not lead out of the page, but act in it.
    if ["javascript", "data", "vbscript", "blob", "about"].iter().any(|own| scheme.eq_ignore_ascii_case(own))
    {
        return Err(("opens no editor", example));
    }
    if !text.contains("{path}") {
        return Err(("does not say where the file goes", example));
    }
    Ok(text.to_owned())
}

pub(super) fn read(fields: &mut Fields<'_>) -> Preview {
    let preview = Preview {
        editor: editor(fields),
        port: fields.number("port", 1..=65535).and_then(|port| u16::try_from(port).ok()),
        allow_hosts: hosts(fields),
    };
    fields.finish(|_| None);
    preview
}

fn editor(fields: &mut Fields<'_>) -> Option<String> {
    let (text, span) = fields.spanned("editor")?;
    match editor_link(&text) {
        Ok(link) => Some(link),
        Err((why, help)) => {
            let problem = fields.file().error("bad-editor", format!("'{text}' {why}"), span);
            fields.report(problem.help(help));
            None
        }
    }
}

fn hosts(fields: &mut Fields<'_>) -> Vec<String> {
    let Some(entry) = fields.entry("allow_hosts") else { return Vec::new() };
    let Value::Array(items) = &entry.node.value else {
        return fields.wrong_type(&entry, "a list of names of hosts").unwrap_or_default();
    };
    let mut hosts = Vec::with_capacity(items.len());
    for item in items {
        match &item.value {
            Value::String(name) if is_host(name) => hosts.push(name.to_ascii_lowercase()),
            _ => {
                let problem = fields.file().error("bad-host", "this is no name of a host", item.span.clone());
                fields.report(problem.help("write it without scheme and port, such as desk.example"));
            }
        }
    }
    hosts
}

/// Whether a text is the name of a host: letters, digits, hyphens and dots.
pub fn is_host(text: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    text.len() <= 253 && text.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_has_a_name_or_an_address() {
        assert_eq!(editor_link("vscode").unwrap(), "vscode://file{path}:{line}:{column}");
        assert_eq!(editor_link("x-ed:{path}").unwrap(), "x-ed:{path}");
        for wrong in
            ["notepad", "javascript:alert('{path}')", "JavaScript:{path}", "data:{path}", "x://y", "1:{path}"]
        {
            assert!(editor_link(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_host_is_a_name() {
        assert!(is_host("desk.example") && is_host("my-mac") && is_host("10.0.0.1"));
        for wrong in ["", "a..b", "http://a", "a:80", "a/b", "*", "[::1]"] {
            assert!(!is_host(wrong), "{wrong}");
        }
    }
}
