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
}

/// A command with its keys.
#[derive(Debug)]
pub(crate) struct Shortcut {
    /// Its name in `data-command`.
    pub(crate) command: &'static str,
    /// The keys, each enough on its own; the first one is shown on buttons.
    pub(crate) keys: &'static [&'static str],
    /// Where the help lists it.
    #[expect(dead_code, reason = "the help dialog lists by it")]
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
    row("undo", &["Mod+Z"], Group::Editing, "Undo"),
    row("redo", &["Mod+Shift+Z", "Mod+Y"], Group::Editing, "Redo"),
    row("install", &["Mod+Enter"], Group::Going, "Install and share"),
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
    row(
        "form-short",
        &["S"],
        Group::Going,
        "Settings: the short form",
    ),
    row("form-all", &["A"], Group::Going, "Settings: all fields"),
    row(
        "form-changed",
        &["C"],
        Group::Going,
        "Settings: only what you changed",
    ),
    row("tab-1", &["1"], Group::Going, "First tab of the preview"),
    row("tab-2", &["2"], Group::Going, "Second tab of the preview"),
    row("tab-3", &["3"], Group::Going, "Third tab of the preview"),
    row("tab-4", &["4"], Group::Going, "Fourth tab of the preview"),
    row("tab-5", &["5"], Group::Going, "Fifth tab of the preview"),
    row("tab-6", &["6"], Group::Going, "Sixth tab of the preview"),
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

/// The `title` of a command's button: `Undo (Ctrl Z)`.
#[must_use]
pub(crate) fn title(command: &str) -> String {
    row_of(command).map_or_else(String::new, |row| {
        let keys = row.keys.first().map(|keys| shown(keys, false));
        [row.title, " (", &keys.unwrap_or_default(), ")"].concat()
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
