//! What a form without scripts could not take comes back in the link: texts that are no value
//! stay in their inputs with what is wrong, secrets are told of.

use std::collections::BTreeMap;

use compose::document;
use compose::form::parse_input;
use compose::release::{ReleaseSettings, check_api_version};

use crate::state::drafts::Draft;
use crate::state::layers_of;
use crate::text::query::View;
use crate::wire::{DOCUMENT, PageData, Problem};

/// The most texts that come back; a form as drawn has fewer.
const MOST: usize = 200;

/// The texts that are no value, by path or key.
pub(super) fn drafts(data: &PageData, view: &View) -> BTreeMap<String, Draft> {
    let drafts = view.drafts.iter().take(MOST);
    drafts
        .filter_map(|(key, text)| {
            let message = fault(data, key, text)?;
            let text = text.clone();
            Some((key.clone(), Draft { text, message }))
        })
        .collect()
}

/// What is wrong with a text; nothing if it would do, or belongs nowhere.
fn fault(data: &PageData, key: &str, text: &str) -> Option<String> {
    let mut release = ReleaseSettings::default();
    match key {
        "release" => text.clone_into(&mut release.name),
        "namespace" => text.clone_into(&mut release.namespace),
        "kube" => release.kube_version = Some(text.to_owned()),
        "api-versions" => return check_api_version(text).err(),
        DOCUMENT => {
            let layers = layers_of(data, &data.composition);
            return document::read(text, layers.beneath())
                .err()
                .map(|error| error.message);
        }
        _ => {
            let field = data.form.field(&key.parse().ok()?)?;
            return parse_input(field, text).err();
        }
    }
    let mut errors = release.check().into_iter();
    errors
        .find(|error| error.field == key)
        .map(|error| error.message)
}

/// The same for the list of what was left out.
pub(super) fn problems(drafts: &BTreeMap<String, Draft>, view: &View) -> Vec<Problem> {
    let secrets = view.unkept.iter().take(MOST).map(|path| Problem {
        path: path.clone(),
        message: "a secret never enters a link, so it was not kept: turn on JavaScript to set it \
                  here, or put it into your own values file"
            .to_owned(),
        mend: String::new(),
    });
    let texts = drafts.iter().map(|(path, draft)| Problem {
        path: path.clone(),
        message: draft.message.clone(),
        mend: String::new(),
    });
    texts.chain(secrets).collect()
}
