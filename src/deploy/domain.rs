//! The names that a domain can have.

/// Reads a domain: a host's name as DNS has it, in lower case.
///
/// # Errors
/// What is wrong with it, and what to write instead.
pub fn domain(text: &str) -> Result<String, String> {
    let text = text.trim();
    let wrong = "write a host's name, such as digest.example.org";
    if text.contains("://") || text.contains(['/', ':', '?', '#', '@']) {
        return Err(format!("{wrong}, without scheme, port and path"));
    }
    if !text.is_ascii() {
        return Err(
            "write it as DNS has it, in letters of ASCII: a name such as this begins with xn--".to_owned()
        );
    }
    let label = |label: &str| {
        let inside = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        (1..=63).contains(&label.len())
            && label.bytes().all(inside)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = text.rsplit('.').next().unwrap_or_default();
    let is_number = last.bytes().all(|byte| byte.is_ascii_digit());
    if text.len() > 253 || !text.contains('.') || !text.split('.').all(label) || is_number {
        return Err(wrong.to_owned());
    }
    Ok(text.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_a_hosts_name() {
        assert_eq!(domain("Digest.Example.org").unwrap(), "digest.example.org");
        assert_eq!(domain("xn--bcher-kva.example").unwrap(), "xn--bcher-kva.example");
        let long = format!("{}.org", "a".repeat(64));
        for (wrong, help) in [
            ("https://example.org/", "without scheme"),
            ("example.org/digest", "without scheme"),
            ("example.org:8080", "without scheme"),
            ("bücher.example", "xn--"),
            ("localhost", "host's name"),
            ("example.org.", "host's name"),
            ("-a.org", "host's name"),
            ("a..org", "host's name"),
            ("10.0.0.1", "host's name"),
            ("a_b.org", "host's name"),
            ("", "host's name"),
            (&long, "host's name"),
        ] {
            let said = domain(wrong).unwrap_err();
            assert!(said.contains(help), "{wrong}: {said}");
        }
    }
}
