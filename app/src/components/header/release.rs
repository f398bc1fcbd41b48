//! The release settings: a line that says them, and the panel under it that changes them. The
//! panel is a `details` element inside the page's form, so that it works without WebAssembly.

mod apis;

use compose::{Composition, ReleaseSettings};
use leptos::prelude::*;

use crate::components::later::later;
use crate::components::prose::prose;
use crate::state::composer;
use apis::ApiVersions;

/// One part of the release settings that has an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Name,
    Namespace,
    Kubernetes,
}

impl Part {
    /// Its key in a link.
    const fn key(self) -> &'static str {
        match self {
            Self::Name => "release",
            Self::Namespace => "namespace",
            Self::Kubernetes => "kube",
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Name => "Release name",
            Self::Namespace => "Namespace",
            Self::Kubernetes => "Kubernetes version",
        }
    }

    const fn placeholder(self) -> &'static str {
        match self {
            Self::Name => "release name",
            Self::Namespace => "default",
            Self::Kubernetes => "Helm's own",
        }
    }

    fn read(self, release: &ReleaseSettings) -> String {
        match self {
            Self::Name => release.name.clone(),
            Self::Namespace => release.namespace.clone(),
            Self::Kubernetes => release.kube_version.clone().unwrap_or_default(),
        }
    }

    /// What is wrong with it, if anything.
    fn check(self, release: &ReleaseSettings) -> Option<String> {
        let errors = release.check();
        errors
            .into_iter()
            .find(|error| error.field == self.key())
            .map(|error| error.message)
    }

    fn write(self, release: &mut ReleaseSettings, text: String) {
        match self {
            Self::Name => release.name = text,
            Self::Namespace => release.namespace = text,
            Self::Kubernetes => release.kube_version = (!text.is_empty()).then_some(text),
        }
    }
}

/// The release settings in one line, for the header: `ml/flts · k8s 1.33 · upgrade`.
fn summary(release: &ReleaseSettings) -> String {
    let mut out = [&release.namespace, "/", &release.name].concat();
    if let Some(version) = &release.kube_version {
        out.push_str(" · k8s ");
        out.push_str(version.trim_start_matches('v'));
    }
    match release.api_versions.len() {
        0 => {}
        1 => out.push_str(" · 1 API"),
        many => {
            out.push_str(" · ");
            out.push_str(&many.to_string());
            out.push_str(" APIs");
        }
    }
    if release.is_upgrade {
        out.push_str(" · upgrade");
    }
    out
}

/// The line, and the panel that it opens.
#[component]
pub(crate) fn ReleaseFields() -> AnyView {
    let state = composer();
    let line = Memo::new(move |_| state.composition.with(|now| summary(&now.release)));
    let faulty = Memo::new(move |_| {
        state.drafts.with(|drafts| {
            let keys = [
                Part::Name.key(),
                Part::Namespace.key(),
                Part::Kubernetes.key(),
                apis::KEY,
            ];
            keys.iter().any(|key| drafts.contains_key(*key))
        })
    });
    let upgrade = Memo::new(move |_| state.composition.with(|now| now.release.is_upgrade));
    let default = Composition::of_chart(&state.fixed().data.chart.name).release;
    let reset = move |_| {
        for key in ["release", "namespace", "kube", apis::KEY] {
            state.drop_draft(key);
        }
        state.edit("", |now| now.release.clone_from(&default));
    };
    // Radio buttons, as a form says nothing about a box that is not ticked.
    let actions = [
        (false, "a first install"),
        (true, "an upgrade (--is-upgrade)"),
    ]
    .map(|(on, title)| {
        let chosen = Memo::new(move |_| upgrade.get() == on);
        view! {
            <label class="release__check">
                <input
                    type="radio"
                    name="upgrade"
                    value=if on { "true" } else { "false" }
                    checked=chosen.get_untracked()
                    prop:checked=chosen
                    on:change=move |_| state.edit("", |now| now.release.is_upgrade = on)
                />
                {title}
            </label>
        }
        .into_any()
    });
    let fields = [Part::Name, Part::Namespace, Part::Kubernetes]
        .map(|part| later(move || view! { <ReleaseField part /> }.into_any()));
    view! {
        <details class="menu release" data-menu="" open=faulty.get_untracked()>
            <summary class="menu__summary button release__summary" class=("release__summary--wrong", faulty)>
                <span class="release__word">"Release "</span>
                <span class="release__line">{line}</span>
                {move || faulty.get().then_some(" · needs mending")}
            </summary>
            <div class="release__panel" role="group" aria-label="Release settings">
                {fields}
                {later(ApiVersions)}
                <fieldset class="release__actions">
                    <legend class="release__label">"Rendered for"</legend>
                    {actions}
                </fieldset>
                <button type="button" class="button button--quiet release__reset" on:click=reset>
                    "Reset release settings"
                </button>
            </div>
        </details>
    }
    .into_any()
}

#[component]
fn ReleaseField(
    /// The part it edits.
    part: Part,
) -> AnyView {
    let state = composer();
    let value = Memo::new(move |_| match state.draft(part.key()) {
        Some(draft) => draft.text,
        None => state.composition.with(|now| part.read(&now.release)),
    });
    let message = Memo::new(move |_| match state.draft(part.key()) {
        Some(draft) => Some(draft.message),
        None => state.composition.with(|now| part.check(&now.release)),
    });
    let edit = move |event| {
        let text = event_target_value(&event);
        let mut release = state.composition.with_untracked(|now| now.release.clone());
        part.write(&mut release, text.clone());
        match part.check(&release) {
            Some(message) => state.keep_draft(part.key(), text, message),
            None => {
                state.drop_draft(part.key());
                state.edit(part.key(), |now| now.release = release);
            }
        }
    };
    let id = ["release-", part.key()].concat();
    let message_id = [&id, "-message"].concat();
    let versions = (part == Part::Kubernetes).then(|| {
        let options = compose::release::KUBE_VERSIONS
            .map(|version| view! { <option value=version></option> }.into_any());
        view! { <datalist id="release-versions">{options}</datalist> }
    });
    view! {
        <div class="release__field">
            <label class="release__label" for=id.clone()>
                {part.label()}
            </label>
            <input
                class="input"
                id=id
                name=part.key()
                placeholder=part.placeholder()
                list=versions.is_some().then_some("release-versions")
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                value=value.get_untracked()
                prop:value=value
                aria-invalid=move || message.with(|message| message.is_some().then_some("true"))
                aria-describedby={
                    let message_id = message_id.clone();
                    move || message.with(|message| message.is_some().then(|| message_id.clone()))
                }
                on:input=edit
            />
            {versions}
            {move || {
                let id = message_id.clone();
                message
                    .get()
                    .map(|message| {
                        view! {
                            <p class="field__message" id=id>
                                {prose(&message)}
                            </p>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_what_is_set() {
        let mut release = ReleaseSettings {
            name: "shop".to_owned(),
            namespace: "ml".to_owned(),
            ..ReleaseSettings::default()
        };
        assert_eq!(summary(&release), "ml/shop");
        release.kube_version = Some("v1.33.2".to_owned());
        release.api_versions = vec!["a/v1".to_owned(), "b/v1".to_owned()];
        release.is_upgrade = true;
        assert_eq!(summary(&release), "ml/shop · k8s 1.33.2 · 2 APIs · upgrade");
    }
}
