//! From places to fields and sections.

use values::{Map, Value, ValuesPath};

use super::control::{Place, control, is_secret};
use super::schema::Flat;
use super::titles::humanize;
use super::{Builder, MAX_DEPTH, View, block, shape};
use crate::form::{Control, Field, Node, Section, name_says_secret};
use crate::quantity::Kind;

/// The longest title and description that are kept.
const MAX_TITLE: usize = 120;
const MAX_DESCRIPTION: usize = 2_000;

impl<'c> Builder<'c> {
    /// The fields and sections of a table. `elsewhere` says which places have a card of their own.
    pub(super) fn nodes(
        &mut self,
        view: &View<'c>,
        elsewhere: &dyn Fn(&ValuesPath) -> bool,
        depth: usize,
    ) -> Vec<Node> {
        let mut nodes = Vec::new();
        for child in self.children(view) {
            if elsewhere(&child.path) {
                continue;
            }
            if self.room == 0 {
                self.truncated = true;
                break;
            }
            nodes.extend(self.node(&child, elsewhere, depth));
        }
        nodes
    }

    /// The field or section of one place; none for a table whose all has gone elsewhere.
    fn node(
        &mut self,
        view: &View<'c>,
        elsewhere: &dyn Fn(&ValuesPath) -> bool,
        depth: usize,
    ) -> Option<Node> {
        if !self.is_table(view) || depth >= MAX_DEPTH || view.is_circular() {
            return Some(Node::Field(Box::new(self.field(view))));
        }
        let before = self.room;
        let nodes = self.nodes(view, elsewhere, depth + 1);
        if nodes.is_empty() && before != self.room {
            return None;
        }
        if nodes.is_empty() && !self.has_cards_beneath(view, elsewhere) {
            return Some(Node::Field(Box::new(self.field(view))));
        }
        (!nodes.is_empty()).then(|| {
            Node::Section(block::recognise(Section {
                path: view.path.clone(),
                title: self.title(view),
                description: self.description(view),
                block: None,
                nodes,
            }))
        })
    }

    fn has_cards_beneath(
        &mut self,
        view: &View<'c>,
        elsewhere: &dyn Fn(&ValuesPath) -> bool,
    ) -> bool {
        self.children(view)
            .iter()
            .any(|child| elsewhere(&child.path))
    }

    /// Whether a place is a table whose keys the chart names, rather than one value.
    pub(super) fn is_table(&self, view: &View<'c>) -> bool {
        if resources(view).is_some() {
            return true;
        }
        let map = view.map();
        let by_shape = |map: &Map| !map.is_empty() && !shape::is_free_map(&view.key, map);
        let Some(flat) = &view.flat else {
            return map.is_some_and(by_shape);
        };
        if matches!(flat.ui().widget, Some("yaml" | "map" | "list" | "textarea")) {
            return false;
        }
        let types = flat.types();
        if !(types.is_empty() || types == ["object"]) {
            return false;
        }
        if !flat.properties().is_empty() {
            return true;
        }
        flat.is_open() && flat.additional().is_none() && map.is_some_and(by_shape)
    }

    /// The field of one value.
    pub(super) fn field(&mut self, view: &View<'c>) -> Field {
        self.room = self.room.saturating_sub(1);
        let flat = view.flat.as_ref();
        let parent = view.path.parent().unwrap_or_default();
        let place = Place {
            key: &view.key,
            parent: parent.last_key().unwrap_or_default(),
            value: view.value.as_ref(),
        };
        let control = control(&self.schema, flat, place);
        let ui = flat.map(Flat::ui).unwrap_or_default();
        let secret = matches!(control, Control::Secret { .. })
            || flat.is_some_and(|flat| is_secret(flat, &view.key) && says_text(flat, &control))
            || (flat.is_none() && name_says_secret(&view.key) && is_text(&control));
        let default = view
            .value
            .clone()
            .or_else(|| flat?.word("default").map(|json| Value::from(json.clone())))
            .unwrap_or_default();
        let examples = flat.and_then(|flat| flat.word("examples")?.as_array());
        Field {
            path: view.path.clone(),
            title: self.title(view),
            description: self.description(view),
            nullable: flat.map_or(default.is_null(), Flat::is_nullable),
            control,
            default,
            short: ui.short || ui.essential,
            essential: ui.essential,
            secret,
            required: view.required,
            hidden: ui.hidden,
            inherits: ui.inherits,
            when: view.when.clone(),
            examples: examples
                .map(|all| {
                    all.iter()
                        .take(5)
                        .map(|json| Value::from(json.clone()))
                        .collect()
                })
                .unwrap_or_else(|| shape::examples(&view.key)),
        }
    }

    pub(super) fn title(&self, view: &View<'c>) -> String {
        let given = view
            .flat
            .as_ref()
            .and_then(|flat| flat.text("title"))
            .map(str::trim);
        match given.filter(|title| !title.is_empty()) {
            Some(title) => crate::form::shorten(title, MAX_TITLE),
            None => crate::form::shorten(&humanize(&view.key), MAX_TITLE),
        }
    }

    pub(super) fn description(&self, view: &View<'c>) -> Option<String> {
        let given = view
            .flat
            .as_ref()
            .and_then(|flat| flat.text("description"))
            .map(str::trim);
        given
            .filter(|text| !text.is_empty())
            .or_else(|| self.comments.text(&view.path))
            .map(|text| crate::form::shorten(text, MAX_DESCRIPTION))
    }
}

const fn is_text(control: &Control) -> bool {
    matches!(control, Control::Text { .. } | Control::Secret { .. })
}

/// `automountServiceAccountToken` is called like a secret and is a switch.
fn says_text(flat: &Flat<'_>, control: &Control) -> bool {
    is_text(control) || flat.flag("writeOnly") || flat.ui().secret
}

/// A container's `resources` that the chart leaves empty: requests and limits of CPU and memory
/// are what a person expects there.
pub(super) fn resources<'c>(view: &View<'c>) -> Option<View<'c>> {
    let named = view.key == "resources" || view.key.ends_with("Resources");
    let silent = view.flat.as_ref().is_none_or(|flat| {
        flat.properties().is_empty()
            && flat.is_open()
            && flat.ui().widget.is_none()
            && (flat.types().is_empty() || flat.types() == ["object"])
    });
    let map = view.map()?;
    // Some charts name Kubernetes kinds or volumes under `resources`.
    let usual = map
        .keys()
        .all(|key| matches!(key.as_str(), "requests" | "limits" | "claims"));
    if !named || !silent || !usual {
        return None;
    }
    let mut filled = map.clone();
    for table in ["requests", "limits"] {
        let Value::Map(amounts) = filled
            .entry(table.to_owned())
            .or_insert_with(|| Value::Map(Map::new()))
        else {
            return None;
        };
        for kind in [Kind::Cpu, Kind::Memory] {
            let key = if kind == Kind::Cpu { "cpu" } else { "memory" };
            amounts.entry(key.to_owned()).or_default();
        }
    }
    Some(View {
        value: Some(Value::Map(filled)),
        flat: None,
        ..view.clone()
    })
}
