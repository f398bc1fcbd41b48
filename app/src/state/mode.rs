//! How much of the form is shown.

/// The key, in place of a card's path, of the view over all cards.
pub(crate) const ESSENTIALS: &str = "*";

/// Which fields are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Mode {
    /// The few that matter.
    #[default]
    Short,
    /// All of them.
    All,
    /// Those that the person changed.
    Changed,
}

impl Mode {
    /// All of them, in order.
    pub(crate) const ALL: [Self; 3] = [Self::Short, Self::All, Self::Changed];

    /// Its name in links: `form=changed`.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::All => "all",
            Self::Changed => "changed",
        }
    }

    /// Its name among the shortcuts.
    pub(crate) const fn command(self) -> &'static str {
        match self {
            Self::Short => "form-short",
            Self::All => "form-all",
            Self::Changed => "form-changed",
        }
    }

    /// Its name on the page.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Short => "Short",
            Self::All => "All",
            Self::Changed => "Changed",
        }
    }

    /// The mode of a link.
    pub(crate) fn named(name: Option<&str>) -> Self {
        Self::ALL
            .into_iter()
            .find(|mode| Some(mode.as_str()) == name)
            .unwrap_or_default()
    }
}
