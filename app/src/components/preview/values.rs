//! All values, merged as Helm merges them, read-only.

use compose::Value;
use leptos::prelude::*;

use crate::state::{Tab, composer};
use crate::text::highlight;

/// The merged values; printed only while somebody looks at them.
#[component]
pub(crate) fn ValuesPanel() -> AnyView {
    let state = composer();
    let html = Memo::new(move |_| {
        if state.tab.get() != Tab::Values {
            return String::new();
        }
        let secrets = &state.fixed().secrets;
        state.layers.with(|layers| {
            let shown = masked(
                secrets,
                &compose::ValuesPath::root(),
                &Value::Map(layers.full().clone()),
            );
            highlight::yaml(&values::yaml::print(&shown))
        })
    });
    view! { <pre class="yaml" aria-label="Merged values" inner_html=html></pre> }.into_any()
}

/// A copy in which secrets are dots.
fn masked(
    secrets: &compose::form::SecretPaths,
    path: &compose::ValuesPath,
    value: &Value,
) -> Value {
    match value {
        Value::Map(map) => Value::Map(
            map.iter()
                .map(|(key, value)| (key.clone(), masked(secrets, &path.key(key), value)))
                .collect(),
        ),
        Value::String(text) if !text.is_empty() && secrets.covers(path, value) => {
            Value::from("••••••")
        }
        other => other.clone(),
    }
}
