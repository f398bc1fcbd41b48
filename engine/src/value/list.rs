//! Go slices, as templates see them: never changed in place, so plain shared vectors.

use std::rc::Rc;

use super::Value;

/// The element type of a slice; it shows in `typeOf` and in error texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListKind {
    /// `[]interface {}`.
    Any,
    /// `[]string`: what `splitList`, `keys` and the like give.
    String,
    /// `[]int`: what `until` gives.
    Int,
    /// `[]uint8`: bytes, as `.Files.GetBytes` gives them; printed as numbers, encoded as base64.
    Byte,
    /// `[]map[string]interface {}`.
    Map,
    /// `[][]interface {}`: what `chunk` gives.
    List,
    /// `[]*chart.Maintainer`: `.Chart.Maintainers` in Helm 3.
    Maintainers,
    /// `[]*chart.Dependency`: `.Chart.Dependencies` in Helm 3.
    Dependencies,
}

impl ListKind {
    /// The Go type's name.
    #[must_use]
    pub fn go_type(self) -> &'static str {
        match self {
            Self::Any => "[]interface {}",
            Self::String => "[]string",
            Self::Int => "[]int",
            Self::Byte => "[]uint8",
            Self::Map => "[]map[string]interface {}",
            Self::List => "[][]interface {}",
            Self::Maintainers => "[]*chart.Maintainer",
            Self::Dependencies => "[]*chart.Dependency",
        }
    }
}

/// A slice.
#[derive(Clone)]
pub struct List {
    kind: ListKind,
    nil: bool,
    items: Rc<Vec<Value>>,
}

impl List {
    /// A slice of these items.
    #[must_use]
    pub fn new(kind: ListKind, items: Vec<Value>) -> Self {
        Self {
            kind,
            nil: false,
            items: Rc::new(items),
        }
    }

    /// The nil slice: without items, and `null` in JSON and YAML.
    #[must_use]
    pub fn nil(kind: ListKind) -> Self {
        Self {
            kind,
            nil: true,
            items: Rc::default(),
        }
    }

    /// Whether it is the nil slice.
    #[must_use]
    pub fn is_nil(&self) -> bool {
        self.nil
    }

    /// Its element type.
    #[must_use]
    pub fn kind(&self) -> ListKind {
        self.kind
    }

    /// Its items.
    #[must_use]
    pub fn items(&self) -> &[Value] {
        &self.items
    }

    /// What the list shares with its clones.
    pub(super) fn shared(&mut self) -> &mut Rc<Vec<Value>> {
        &mut self.items
    }

    /// The address of the shared items, to find cycles and shared parts.
    #[must_use]
    pub fn address(&self) -> usize {
        Rc::as_ptr(&self.items) as usize
    }
}

impl std::ops::Deref for List {
    type Target = [Value];

    fn deref(&self) -> &[Value] {
        &self.items
    }
}

impl std::fmt::Debug for List {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.items.iter()).finish()
    }
}
