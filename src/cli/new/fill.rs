//! The gaps of a text, filled.

/// Puts values where a text names them between `marks`, such as `{{` and `}}`. What a value holds is not looked at again,
/// and a name without a value is nothing.
pub(super) fn fill<V: AsRef<str>>(text: &str, marks: (&str, &str), values: &[(&str, V)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut pieces = text.split(marks.0);
    filled += pieces.next().unwrap_or_default();
    for piece in pieces {
        let (name, rest) = piece.split_once(marks.1).unwrap_or((piece, ""));
        filled.extend(values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_ref()));
        filled += rest;
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_not_looked_at_again() {
        let values = [("a", "{{b}}"), ("b", "B")];
        assert_eq!(fill("{{a}} {{b}}{{c}}.", ("{{", "}}"), &values), "{{b}} B.");
        assert_eq!(fill("<<b>> {{b}}", ("<<", ">>"), &values), "B {{b}}");
    }
}
