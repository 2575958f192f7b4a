//! The arguments of template functions and filters.

use tera::{Error, Kwargs, TeraResult};

/// A mistyped argument would be passed over in silence.
pub(super) fn known(function: &str, arguments: &Kwargs, names: &[&str]) -> TeraResult<()> {
    for (key, _) in arguments.iter() {
        let key = key.as_str().unwrap_or_default();
        if !names.contains(&key) {
            let help = match crate::diagnostic::nearest(key, names.iter().copied()) {
                Some(near) => format!("did you mean '{near}'?"),
                None if names.is_empty() => "it takes none".to_owned(),
                None => format!("its arguments are {}", names.join(", ")),
            };
            return Err(Error::message(format!("{function} has no argument '{key}'\n{help}")));
        }
    }
    Ok(())
}
