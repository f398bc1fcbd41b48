//! The table of keyboard shortcuts: what the page listens to, what its buttons show, and what
//! the help lists.
//!
//! A new one is a row here. Its command is run by `state::keys::run`, which knows those of the
//! page's own state and else presses the button that carries the command's name in
//! `data-command`; such a button also shows the shortcut by [`title`] and [`aria`].
//!
//! Keys are written `Mod+Shift+Z` (Mod is Ctrl, on a Mac ⌘), a bare `N` for a letter, `G S` for
//! two keys one after the other. Keys without Mod work only outside of text inputs.

/// Where the help lists a shortcut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    /// Changing the composition.
    Editing,
    /// Moving about the page.
    Going,
    /// Keeping a composition, giving it on, and help.
    Giving,
}

impl Group {
    /// All of them, in the order of the help.
    const ALL: [Self; 3] = [Self::Going, Self::Editing, Self::Giving];

    const fn title(self) -> &'static str {
        match self {
            Self::Going => "Going about",
            Self::Editing => "Editing",
            Self::Giving => "Keeping and giving on",
        }
    }
}

/// A command with its keys.
#[derive(Debug)]
pub(crate) struct Shortcut {
    /// Its name in `data-command`.
    pub(crate) command: &'static str,
    /// The keys, each enough on its own; the first one is shown on buttons.
    pub(crate) keys: &'static [&'static str],
    /// Where the help lists it.
    pub(crate) group: Group,
    /// What it does.
    pub(crate) title: &'static str,
}

const fn row(
    command: &'static str,
    keys: &'static [&'static str],
    group: Group,
    title: &'static str,
) -> Shortcut {
    Shortcut {
        command,
        keys,
        group,
        title,
    }
}

/// All of them, as the help lists them.
pub(crate) static SHORTCUTS: &[Shortcut] = &[
    row("search", &["Mod+K", "/"], Group::Going, "Search"),
    row(
        "next-hit",
        &["Mod+G"],
        Group::Going,
        "Next hit of the search",
    ),
    row(
        "previous-hit",
        &["Mod+Shift+G"],
        Group::Going,
        "Previous hit of the search",
    ),
    row(
        "next-change",
        &["N"],
        Group::Going,
        "Next change in the manifests",
    ),
    row(
        "previous-change",
        &["P"],
        Group::Going,
        "Previous change in the manifests",
    ),
    row("go-services", &["G S"], Group::Going, "Go to the services"),
    row("go-settings", &["G F"], Group::Going, "Go to the form"),
    row("go-preview", &["G P"], Group::Going, "Go to the preview"),
    row(
        "environments",
        &["E"],
        Group::Going,
        "Go to the environments",
    ),
    row(
        "previous-tab",
        &["["],
        Group::Going,
        "Previous tab of the preview",
    ),
    row("next-tab", &["]"], Group::Going, "Next tab of the preview"),
    row("tab-1", &["1"], Group::Going, "First tab of the preview"),
    row("tab-2", &["2"], Group::Going, "Second tab"),
    row("tab-3", &["3"], Group::Going, "Third tab"),
    row("tab-4", &["4"], Group::Going, "Fourth tab"),
    row("tab-5", &["5"], Group::Going, "Fifth tab"),
    row("tab-6", &["6"], Group::Going, "Sixth tab"),
    row("undo", &["Mod+Z"], Group::Editing, "Undo"),
    row("redo", &["Mod+Shift+Z", "Mod+Y"], Group::Editing, "Redo"),
    row("form-short", &["S"], Group::Editing, "Show the short form"),
    row("form-all", &["A"], Group::Editing, "Show all fields"),
    row(
        "form-changed",
        &["C"],
        Group::Editing,
        "Show only what you changed",
    ),
    row("install", &["Mod+Enter"], Group::Giving, "Install"),
    row("share", &["L"], Group::Giving, "Share the link"),
    row("save", &["Mod+S"], Group::Giving, "Save to the history"),
    row("history", &["H"], Group::Giving, "History"),
    row("help", &["?"], Group::Giving, "Keyboard shortcuts"),
];

/// What a pressed key means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// A command.
    Command(&'static str),
    /// The first key of a shortcut of two.
    Begun,
    /// Nothing.
    Nothing,
}

/// Finds the command of a key, after the first key of a shortcut of two or after nothing.
#[must_use]
pub(crate) fn find(before: &str, pressed: &str) -> Found {
    let mut all = SHORTCUTS
        .iter()
        .flat_map(|row| row.keys.iter().map(move |keys| (row.command, *keys)));
    if !before.is_empty()
        && let Some((command, _)) = all.clone().find(|(_, keys)| {
            keys.split_once(' ')
                .is_some_and(|(first, second)| first == before && second == pressed)
        })
    {
        return Found::Command(command);
    }
    let begins = |keys: &str| {
        keys.split_once(' ')
            .is_some_and(|(first, _)| first == pressed)
    };
    if let Some((command, _)) = all.clone().find(|(_, keys)| *keys == pressed) {
        Found::Command(command)
    } else if all.any(|(_, keys)| begins(keys)) {
        Found::Begun
    } else {
        Found::Nothing
    }
}

fn row_of(command: &str) -> Option<&'static Shortcut> {
    SHORTCUTS.iter().find(|row| row.command == command)
}

/// The keys as a person reads them: `Ctrl ⇧ Z`, on a Mac `⌘ ⇧ Z`.
#[must_use]
pub(crate) fn shown(keys: &str, mac: bool) -> String {
    let mut out = String::new();
    for (at, part) in keys.split(['+', ' ']).enumerate() {
        if at > 0 {
            out.push(' ');
        }
        out.push_str(match part {
            "Mod" if mac => "⌘",
            "Mod" => "Ctrl",
            "Shift" => "⇧",
            "Enter" => "⏎",
            "" => "+",
            other => other,
        });
    }
    out
}

/// The keys of a command as its button shows them.
#[must_use]
pub(crate) fn first_keys(command: &str, mac: bool) -> String {
    row_of(command)
        .and_then(|row| row.keys.first())
        .map_or_else(String::new, |keys| shown(keys, mac))
}

/// The whole table as HTML, for the help.
#[must_use]
pub(crate) fn help(mac: bool) -> String {
    let mut out = String::new();
    for group in Group::ALL {
        out.push_str("<section class=keys><h3 class=keys__group>");
        out.push_str(group.title());
        out.push_str("</h3><dl>");
        for row in SHORTCUTS.iter().filter(|row| row.group == group) {
            out.push_str("<div class=keys__row><dt>");
            out.push_str(row.title);
            out.push_str("</dt><dd>");
            for (at, keys) in row.keys.iter().enumerate() {
                if at > 0 {
                    out.push_str(" or ");
                }
                for key in shown(keys, mac).split(' ') {
                    out.push_str("<kbd>");
                    out.push_str(key);
                    out.push_str("</kbd>");
                }
            }
            out.push_str("</dd></div>");
        }
        out.push_str("</dl></section>");
    }
    out
}

/// The `title` of a command's button: `Undo (Ctrl Z)`.
#[must_use]
pub(crate) fn title(command: &str) -> String {
    row_of(command).map_or_else(String::new, |row| {
        [row.title, " (", &first_keys(command, false), ")"].concat()
    })
}

/// The `aria-keyshortcuts` of a command's button: `Control+Z Meta+Z`. It has no words for two
/// keys one after the other.
#[must_use]
pub(crate) fn aria(command: &str) -> Option<String> {
    let mut out = Vec::new();
    for keys in row_of(command)?
        .keys
        .iter()
        .filter(|keys| !keys.contains(' '))
    {
        match keys.strip_prefix("Mod+") {
            Some(rest) => out.extend([["Control+", rest].concat(), ["Meta+", rest].concat()]),
            None => out.push((*keys).to_owned()),
        }
    }
    (!out.is_empty()).then(|| out.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_commands_share_a_key_and_no_key_begins_another() {
        let all: Vec<(&str, &str)> = SHORTCUTS
            .iter()
            .flat_map(|row| row.keys.iter().map(move |keys| (row.command, *keys)))
            .collect();
        for (command, keys) in &all {
            for (other, theirs) in &all {
                let begins = theirs.starts_with(&format!("{keys} "));
                assert!(
                    (command == other || keys != theirs) && !begins,
                    "{command} and {other}: {keys}, {theirs}"
                );
            }
        }
    }

    #[test]
    fn keys_find_their_command() {
        assert_eq!(find("", "Mod+Z"), Found::Command("undo"));
        assert_eq!(find("", "Mod+Y"), Found::Command("redo"));
        assert_eq!(find("", "Z"), Found::Nothing);
        assert_eq!(find("", "G"), Found::Begun);
        assert_eq!(find("G", "S"), Found::Command("go-services"));
        assert_eq!(find("", "S"), Found::Command("form-short"));
        assert_eq!(find("G", "Mod+Z"), Found::Command("undo"));
    }

    #[test]
    fn buttons_tell_their_keys() {
        assert_eq!(title("undo"), "Undo (Ctrl Z)");
        assert_eq!(
            aria("redo").as_deref(),
            Some("Control+Shift+Z Meta+Shift+Z Control+Y Meta+Y")
        );
        assert_eq!(shown("Mod+Shift+Z", true), "⌘ ⇧ Z");
        assert_eq!(shown("G S", false), "G S");
    }
}
