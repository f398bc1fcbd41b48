//! What a screen reader hears of an edit: once the edits pause, one short sentence about what
//! they did to the manifests, or about what is wrong.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use super::ComposerState;
use super::shown::Shown;
use crate::text::units;

/// How long it must be quiet before something is said: typing is not a torrent of news.
const PAUSE: Duration = Duration::from_millis(1_200);

/// Starts to tell. Effects do not run on the server.
pub(crate) fn tell(state: ComposerState) {
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let later = move |words: String| {
        if let Some(timer) = timer.get_value() {
            timer.clear();
        }
        // Whatever else was said meanwhile is of more use than this, and an open dialog has its
        // own news.
        let before = state.said.get_untracked();
        let say = move || {
            let dialog = document().query_selector("dialog[open]");
            if matches!(dialog, Ok(None)) && state.said.with_untracked(|said| *said == before) {
                state.say(&words);
            }
        };
        timer.set_value(set_timeout_with_handle(say, PAUSE).ok());
    };
    Effect::new(move |before: Option<()>| {
        let words = state.shown.with(|shown| told(shown));
        if before.is_some()
            && let Some(words) = words
        {
            later(words);
        }
    });
    Effect::new(move |before: Option<usize>| {
        let now = state.problems().0;
        if before.is_some_and(|before| now > before) {
            let first = state
                .drafts
                .with_untracked(|drafts| drafts.values().next().map(|draft| draft.message.clone()));
            let mut words = units::count(now, "error");
            if let Some(first) = first {
                words.push_str(": ");
                words.push_str(&first);
            }
            later(words);
        }
        now
    });
}

/// What the last edit did: `Deployment kafka changed and 2 more, 1 added, 1 removed`.
fn told(shown: &Shown) -> Option<String> {
    let before = shown.before.as_ref()?;
    let (mut changed, mut added) = (Vec::new(), 0_usize);
    for (id, entry) in &shown.resources {
        match before.get(id) {
            None => added += 1,
            Some(old) if old.resource.yaml != entry.resource.yaml => changed.push(&entry.resource),
            Some(_) => {}
        }
    }
    let gone = before
        .keys()
        .filter(|id| !shown.resources.contains_key(*id))
        .count();
    let mut parts = Vec::new();
    if let [first, rest @ ..] = changed.as_slice() {
        let mut words = [&first.kind, " ", &first.name, " changed"].concat();
        if !rest.is_empty() {
            words.push_str(" and ");
            words.push_str(&rest.len().to_string());
            words.push_str(" more");
        }
        parts.push(words);
    }
    if added > 0 {
        parts.push([&units::count(added, "resource"), " added"].concat());
    }
    if gone > 0 {
        parts.push([&units::count(gone, "resource"), " removed"].concat());
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}

#[cfg(test)]
mod tests {
    use compose::FormModel;

    use super::super::shown::tests::{preview, resource};
    use super::*;

    #[test]
    fn an_edit_is_told_in_one_sentence() {
        let form = FormModel::default();
        let first = vec![resource("a", "x: 1"), resource("b", "y: 1")];
        let first = Shown::first(&form, &preview("1", first));
        assert_eq!(told(&first), None);
        let next = vec![resource("a", "x: 2"), resource("c", "z: 1")];
        let next = first.next(&form, &preview("2", next), &first);
        assert_eq!(
            told(&next).as_deref(),
            Some("Service a changed, 1 resource added, 1 resource removed")
        );
        let same = vec![resource("a", "x: 2"), resource("c", "z: 1")];
        let same = preview("3", same);
        assert_eq!(told(&next.next(&form, &same, &next)), None);
    }
}
