//! Release name, namespace and Kubernetes version.

use compose::ReleaseSettings;
use leptos::prelude::*;

use crate::components::prose::prose;
use crate::state::composer;

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
            Self::Name => "Release",
            Self::Namespace => "Namespace",
            Self::Kubernetes => "Kubernetes",
        }
    }

    const fn placeholder(self) -> &'static str {
        match self {
            Self::Name => "release name",
            Self::Namespace => "default",
            Self::Kubernetes => "Helm's own",
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Name | Self::Namespace => "input release__input",
            Self::Kubernetes => "input release__input release__input--short",
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

/// The inputs of the release settings.
#[component]
pub(crate) fn ReleaseFields() -> AnyView {
    view! {
        <div class="release">
            <ReleaseField part=Part::Name />
            <ReleaseField part=Part::Namespace />
            <ReleaseField part=Part::Kubernetes />
        </div>
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
    let id = format!("release-{}", part.key());
    let message_id = format!("{id}-message");
    view! {
        <div class="release__field">
            <label class="release__label" for=id.clone()>
                {part.label()}
            </label>
            <input
                class=part.class()
                id=id
                name=part.key()
                placeholder=part.placeholder()
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
            {move || {
                let id = message_id.clone();
                message
                    .get()
                    .map(|message| {
                        view! {
                            <p class="release__message" id=id>
                                {prose(&message)}
                            </p>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}
