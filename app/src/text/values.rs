//! Values as text in an input.

pub(crate) use compose::form::shown;

/// An id for the element of a path: the path, with what an id must not hold replaced.
#[must_use]
pub(crate) fn id(prefix: &str, path: &str) -> String {
    let mut out = String::with_capacity(prefix.len() + path.len() + 1);
    out.push_str(prefix);
    out.push('-');
    for c in path.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '.' | '-') {
            out.push(c);
        } else {
            out.push_str(&format!("_{:x}_", u32::from(c)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_different_paths_differ() {
        assert_eq!(id("f", "a.b-c"), "f-a.b-c");
        assert_eq!(id("f", r"a\.b c"), "f-a_5c_.b_20_c");
    }
}
