//! Which Helm is imitated.

use std::borrow::Cow;

use crate::value::MapKind;

/// A release of Helm whose output, errors and log are imitated to the byte.
///
/// A chart is read for one of them ([`crate::chart::Loader`]); what is rendered of it follows the
/// same one. Each place where Helm 3 differs asks for it and names the source of Helm 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Dialect {
    /// Helm 3.22.0.
    Helm3,
    /// Helm 4.3.1.
    #[default]
    Helm4,
}

impl Dialect {
    /// The Helm of that major version: `3`, `4`.
    #[must_use]
    pub fn from_major(version: &str) -> Option<Self> {
        match version {
            "3" => Some(Self::Helm3),
            "4" => Some(Self::Helm4),
            _ => None,
        }
    }

    /// Whether it is Helm 3.
    #[must_use]
    pub fn is_helm3(self) -> bool {
        self == Self::Helm3
    }

    /// The kind of map that `.Values` is.
    pub(crate) fn values_kind(self) -> MapKind {
        match self {
            Self::Helm3 => MapKind::ValuesOfHelm3,
            Self::Helm4 => MapKind::Values,
        }
    }

    /// A Go type in the words of this Helm, where errors name it: Helm 4 has other packages.
    pub(crate) fn go_type(self, helm4: &str) -> Cow<'_, str> {
        const RENAMED: [(&str, &str); 3] = [
            ("v2.", "chart."),
            ("util.SimpleHead", "releaseutil.SimpleHead"),
            ("common.", "chartutil."),
        ];
        let renamed = RENAMED.into_iter().find(|(new, _)| helm4.contains(new));
        match (self, renamed) {
            (Self::Helm3, Some((new, old))) => helm4.replace(new, old).into(),
            _ => helm4.into(),
        }
    }
}
