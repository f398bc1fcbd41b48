//! Where in the values something stands, for what is logged about it; put together only then.

use std::fmt;

/// Names with dots between them, each behind those of an outer one.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Path<'p> {
    outer: Option<&'p Path<'p>>,
    name: &'p [u8],
    depth: usize,
}

impl<'p> Path<'p> {
    /// A name below this one.
    pub(super) fn join(&'p self, name: &'p [u8]) -> Self {
        Self {
            outer: Some(self),
            name,
            depth: self.depth + 1,
        }
    }

    /// How many names it has.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(outer) = self.outer else {
            return Ok(());
        };
        outer.fmt(f)?;
        // The outermost one has no name.
        if outer.outer.is_some() {
            f.write_str(".")?;
        }
        f.write_str(&String::from_utf8_lossy(self.name))
    }
}

#[cfg(test)]
mod tests {
    use super::Path;

    #[test]
    fn names_have_dots_between_them() {
        let root = Path::default();
        let (fleet, empty) = (root.join(b"fleet"), root.join(b""));
        assert_eq!(root.to_string(), "");
        assert_eq!(
            fleet.join(b"boat").join(b"oars").to_string(),
            "fleet.boat.oars"
        );
        assert_eq!(empty.join(b"boat").to_string(), ".boat");
    }
}
