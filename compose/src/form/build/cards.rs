//! Which tables are cards, and which group each belongs to.
//!
//! A schema that names groups decides itself. In any other chart a table with an `enabled` key is
//! a service, and every other table at the top a section of settings.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;
use values::{Map, ValuesPath};

use super::titles::humanize;
use super::{Builder, View, block};
use crate::form::{Card, Control, Field, Group, Node, Section};

/// How deep cards are looked for.
const MAX_CARD_DEPTH: usize = 5;

/// How many cards there are at most; tables beyond them are sections of others.
const MAX_CARDS: usize = 500;

/// The groups of charts that name none.
const SERVICES: (&str, &str) = ("services", "Services");
const SETTINGS: (&str, &str) = ("settings", "Settings");

/// Tables with an `enabled` key that are a trait of what they stand in, not a service.
const TRAITS: [&str; 30] = [
    "auth",
    "autoscaling",
    "certmanager",
    "containersecuritycontext",
    "customlivenessprobe",
    "healthcheck",
    "hpa",
    "ingress",
    "livenessprobe",
    "metrics",
    "networkpolicy",
    "pdb",
    "persistence",
    "poddisruptionbudget",
    "podmonitor",
    "podsecuritycontext",
    "probes",
    "prometheusrule",
    "rbac",
    "readinessprobe",
    "route",
    "securitycontext",
    "service",
    "serviceaccount",
    "servicemonitor",
    "startupprobe",
    "storage",
    "tls",
    "volumepermissions",
    "vpa",
];

/// A table that is a card, before its fields are made.
struct Found<'c> {
    view: View<'c>,
    group: String,
    order: i64,
}

/// All groups with their cards.
pub(super) fn groups<'c>(builder: &mut Builder<'c>, root: &View<'c>) -> Vec<Group> {
    let mut found = Vec::new();
    annotated(builder, root, 0, &mut found);
    let has_groups = !found.is_empty();
    let top = builder.children(root);
    for child in &top {
        let has_card = found.iter().any(|card| card.view.path == child.path);
        if has_card || found.len() >= MAX_CARDS || !builder.is_table(child) {
            continue;
        }
        let on = has_switch(builder, child);
        if !has_groups && !on {
            nested_services(builder, child, &mut found);
        }
        let (group, _) = if on && !has_groups {
            SERVICES
        } else {
            SETTINGS
        };
        found.push(Found {
            view: child.clone(),
            group: group.to_owned(),
            order: i64::MAX,
        });
    }
    let tables: BTreeSet<ValuesPath> = found.iter().map(|card| card.view.path.clone()).collect();
    let elsewhere = |path: &ValuesPath| tables.contains(path);

    let mut order = declared(root);
    let mut cards: BTreeMap<String, Vec<(i64, usize, Card)>> = BTreeMap::new();
    for found in found {
        if !order.iter().any(|(id, _)| *id == found.group) {
            order.push((found.group.clone(), title_of(&found.group)));
        }
        let position = builder.comments.position(&found.view.path);
        if let Some(card) = card(builder, &found.view, &elsewhere) {
            cards
                .entry(found.group)
                .or_default()
                .push((found.order, position, card));
        }
    }
    let general = general(builder, root, &tables);
    if let Some(card) = general {
        // Where the schema puts them, if it says so.
        let stated = top
            .iter()
            .filter(|child| !tables.contains(&child.path))
            .find_map(|child| {
                let group = child.flat.as_ref()?.ui().group?;
                order.iter().find(|(id, _)| id == group).cloned()
            });
        let (id, title) = stated.unwrap_or_else(|| (SETTINGS.0.to_owned(), SETTINGS.1.to_owned()));
        if !order.iter().any(|(known, _)| *known == id) {
            order.push((id.clone(), title));
        }
        cards.entry(id).or_default().push((i64::MIN, 0, card));
    }
    if !has_groups {
        // Services come before what they share, however values.yaml has them.
        order.sort_by_key(|(id, _)| id != SERVICES.0);
    }
    order
        .into_iter()
        .filter_map(|(id, title)| {
            let mut cards = cards.remove(&id)?;
            cards.sort_by_key(|(order, position, _)| (*order, *position));
            Some(Group {
                id,
                title,
                cards: cards.into_iter().map(|(_, _, card)| card).collect(),
            })
        })
        .collect()
}

/// The groups that the schema's root names, in their order.
fn declared(root: &View<'_>) -> Vec<(String, String)> {
    let groups = root
        .flat
        .as_ref()
        .and_then(|flat| flat.hint("groups"))
        .and_then(Json::as_array);
    let mut out: Vec<(String, String)> = Vec::new();
    for group in groups.into_iter().flatten().take(100) {
        let Some(id) = group.get("id").and_then(Json::as_str) else {
            continue;
        };
        let title = group.get("title").and_then(Json::as_str);
        if !out.iter().any(|(known, _)| known == id) {
            out.push((
                id.to_owned(),
                title.map_or_else(|| title_of(id), str::to_owned),
            ));
        }
    }
    out
}

fn title_of(id: &str) -> String {
    [SERVICES, SETTINGS]
        .iter()
        .find(|(known, _)| *known == id)
        .map_or_else(|| humanize(id), |(_, title)| (*title).to_owned())
}

/// Every table that the schema puts into a group, at any depth.
fn annotated<'c>(
    builder: &mut Builder<'c>,
    view: &View<'c>,
    depth: usize,
    found: &mut Vec<Found<'c>>,
) {
    if depth > MAX_CARD_DEPTH || found.len() >= MAX_CARDS || view.is_circular() {
        return;
    }
    for child in builder.children(view) {
        let Some(flat) = child.flat.as_ref().filter(|_| builder.is_table(&child)) else {
            continue;
        };
        let ui = flat.ui();
        if let Some(group) = ui.group.filter(|_| found.len() < MAX_CARDS) {
            let (group, order) = (group.to_owned(), ui.order.unwrap_or(i64::MAX));
            found.push(Found {
                view: child.clone(),
                group,
                order,
            });
        }
        annotated(builder, &child, depth + 1, found);
    }
}

/// In a table without a switch (`train`), the tables with one (`train.gru`) are the services.
fn nested_services<'c>(builder: &mut Builder<'c>, view: &View<'c>, found: &mut Vec<Found<'c>>) {
    for child in builder.children(view) {
        let is_trait = TRAITS
            .binary_search(&child.key.to_ascii_lowercase().as_str())
            .is_ok();
        if !is_trait && builder.is_table(&child) && has_switch(builder, &child) {
            let group = SERVICES.0.to_owned();
            found.push(Found {
                view: child,
                group,
                order: i64::MAX,
            });
        }
    }
}

fn has_switch<'c>(builder: &mut Builder<'c>, view: &View<'c>) -> bool {
    switch(builder, view).is_some()
}

/// The `enabled` key of a table, if it is a boolean.
fn switch<'c>(builder: &mut Builder<'c>, view: &View<'c>) -> Option<View<'c>> {
    let child = builder
        .children(view)
        .into_iter()
        .find(|child| child.key == "enabled")?;
    let by_schema = child
        .flat
        .as_ref()
        .is_some_and(|flat| flat.types() == ["boolean"]);
    let by_value = child
        .value
        .as_ref()
        .is_some_and(|value| value.as_bool().is_some());
    (by_schema || by_value).then_some(child)
}

/// The card of a table; none when all that is in it has a card of its own.
fn card<'c>(
    builder: &mut Builder<'c>,
    view: &View<'c>,
    elsewhere: &dyn Fn(&ValuesPath) -> bool,
) -> Option<Card> {
    let title = builder.title(view);
    let no_service = view.flat.as_ref().is_some_and(|flat| flat.ui().no_service);
    let enabled = switch(builder, view).filter(|_| !no_service).map(|child| {
        let field = builder.field(&child);
        Field {
            title: title.clone(),
            control: Control::Switch,
            ..field
        }
    });
    let switch_path = enabled.as_ref().map(|field| field.path.clone());
    let skip = |path: &ValuesPath| {
        path != &view.path && (elsewhere(path) || switch_path.as_ref() == Some(path))
    };
    let section = block::recognise(Section {
        path: view.path.clone(),
        title: title.clone(),
        description: None,
        block: None,
        nodes: builder.nodes(view, &skip, 1),
    });
    let nodes = if section.block.is_some() {
        vec![Node::Section(section)]
    } else {
        section.nodes
    };
    if nodes.is_empty() && enabled.is_none() {
        return None;
    }
    Some(Card {
        path: view.path.clone(),
        title,
        description: builder.description(view),
        enabled,
        requires: view
            .flat
            .as_ref()
            .map(|flat| flat.ui().requires)
            .unwrap_or_default(),
        nodes,
    })
}

/// The values at the top that are no tables.
fn general<'c>(
    builder: &mut Builder<'c>,
    root: &View<'c>,
    tables: &BTreeSet<ValuesPath>,
) -> Option<Card> {
    if !builder.has_schema
        && root
            .map()
            .is_some_and(|map: &Map| map.contains_key("global"))
    {
        builder.open.insert(ValuesPath::of_keys(["global"]));
    }
    let nodes = builder.nodes(root, &|path| tables.contains(path), 0);
    (!nodes.is_empty()).then(|| Card {
        path: ValuesPath::root(),
        title: "General".to_owned(),
        description: None,
        enabled: None,
        requires: Vec::new(),
        nodes,
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_list_of_traits_is_sorted() {
        assert!(super::TRAITS.is_sorted());
    }
}
