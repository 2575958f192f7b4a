//! Opening a file in the editor a person has chosen.

use crate::diagnostic::Diagnostic;
use std::path::Path;
use std::process::Command;

/// A program and its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Editor {
    program: String,
    arguments: Vec<String>,
}

/// The editor that `VISUAL`, else `EDITOR`, names.
///
/// # Errors
/// Neither is set, or its quotes do not match.
pub(super) fn find() -> Result<Editor, Diagnostic> {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    parse(set("VISUAL").or_else(|| set("EDITOR")).as_deref())
}

/// Opens a file and waits until the editor ends.
///
/// # Errors
/// It cannot be started, or says that it failed. The file stays.
pub(super) fn open(editor: &Editor, file: &Path) -> Result<(), Diagnostic> {
    // An absolute path is none that the editor could take for an option.
    let path = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let failed = |how: String| {
        Diagnostic::error("editor-failed", format!("the editor '{}' {how}", editor.program))
            .help(format!("the article is there all the same: {}", file.display()))
    };
    match Command::new(&editor.program).args(&editor.arguments).arg(path).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(failed(format!("ended with {status}"))),
        Err(error) => Err(failed(format!("cannot be started: {error}"))),
    }
}

/// A command line as a shell would split it: `code --wait`, `'/opt/my editor/bin/ed' -n`.
fn parse(line: Option<&str>) -> Result<Editor, Diagnostic> {
    let example = "set one to a command, such as: export EDITOR=nano";
    let Some(line) = line else {
        return Err(Diagnostic::error("no-editor", "neither VISUAL nor EDITOR says which editor to open")
            .help(example));
    };
    // On Windows a backslash parts the folders of a path, and escapes nothing.
    let line = if cfg!(windows) { line.replace('\\', "\\\\") } else { line.to_owned() };
    let mut words = shlex::split(&line).unwrap_or_default().into_iter();
    match words.next() {
        Some(program) if !program.is_empty() => Ok(Editor { program, arguments: words.collect() }),
        _ => {
            Err(Diagnostic::error("no-editor", format!("VISUAL or EDITOR is no command: {line}"))
                .help(example))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_split_as_a_shell_would() {
        let editor = parse(Some("'/opt/my editor' --wait \"a b\"")).unwrap();
        let expected =
            Editor { program: "/opt/my editor".into(), arguments: vec!["--wait".into(), "a b".into()] };
        assert_eq!(editor, expected);
    }

    #[test]
    fn no_editor_is_an_error() {
        for line in [None, Some("'unclosed"), Some("''"), Some("# comment")] {
            assert_eq!(parse(line).unwrap_err().code, "no-editor", "{line:?}");
        }
    }

    #[test]
    fn an_editor_that_is_not_there_leaves_the_file() {
        let editor = parse(Some("dateline-no-such-editor")).unwrap();
        let problem = open(&editor, Path::new("a.md")).unwrap_err();
        assert!(problem.help.unwrap().ends_with("a.md"));
    }
}
