use serde_json::json;

use super::*;
use crate::form::build;

/// A form of services: GRU needs Kafka (or an external one) and MLflow, MLflow needs PostgreSQL,
/// the load balancer needs GRU; GRU follows the switch of its group.
fn model() -> FormModel {
    let service = |title: &str, requires: serde_json::Value| {
        json!({
            "type": "object", "title": title, "x-ui": {"group": "g", "requires": requires},
            "properties": {"enabled": {"type": "boolean"}}
        })
    };
    let mut gru = service(
        "GRU",
        json!([
            {"path": "kafka.enabled", "unless": ["external.enabled", "external.servers"]},
            {"path": "mlflow.enabled"}
        ]),
    );
    gru["properties"]["enabled"] =
        json!({"type": ["boolean", "null"], "x-ui": {"inherits": "train.enabled"}});
    let schema = json!({"properties": {
        "kafka": service("Kafka", json!([])),
        "postgres": service("PostgreSQL", json!([])),
        "mlflow": service("MLflow", json!([{"path": "postgres.enabled"}])),
        "train": {"type": "object", "properties": {"enabled": {"type": "boolean"}, "gru": gru}},
        "lb": service("Balancer", json!([{"path": "train.gru.enabled"}])),
        "external": {"type": "object", "title": "External", "x-ui": {"group": "g"},
            "properties": {"enabled": {"type": "boolean"}, "servers": {"type": "string"}}},
    }});
    let mut schema = schema;
    schema["properties"]["external"]["x-ui"]["section"] = json!(true);
    build(Some(&schema), &Map::new(), "")
}

fn values(json: serde_json::Value) -> Map {
    let Value::Map(values) = Value::from(json) else {
        panic!("no table")
    };
    values
}

/// Everything on, and on top of it what a case says.
fn with(change: serde_json::Value) -> Map {
    let on = values(json!({
        "kafka": {"enabled": true}, "postgres": {"enabled": true}, "mlflow": {"enabled": true},
        "train": {"enabled": true, "gru": {"enabled": null}}, "lb": {"enabled": true},
    }));
    ::values::merge::merge_maps(on, &values(change))
}

fn card<'m>(model: &'m FormModel, path: &str) -> &'m Card {
    model.card(&path.parse().unwrap()).unwrap()
}

fn titles(cards: &[&Card]) -> Vec<String> {
    cards.iter().map(|card| card.title.clone()).collect()
}

#[test]
fn needs_are_known_both_ways() {
    let model = model();
    assert_eq!(
        titles(&needs(&model, card(&model, "train.gru"))),
        ["Kafka", "MLflow"]
    );
    assert_eq!(titles(&needed_by(&model, card(&model, "kafka"))), ["GRU"]);
    assert_eq!(
        titles(&needed_by(&model, card(&model, "train.gru"))),
        ["Balancer"]
    );
    assert!(needs(&model, card(&model, "kafka")).is_empty());
}

#[test]
fn what_breaks_is_followed_along_the_chain() {
    let model = model();
    let breaks =
        |path: &str, change| titles(&breaks_if_off(&model, card(&model, path), &with(change)));
    let all = |mut titles: Vec<String>| {
        titles.sort();
        titles
    };
    assert_eq!(
        all(breaks("postgres", json!({}))),
        ["Balancer", "GRU", "MLflow"]
    );
    assert_eq!(all(breaks("kafka", json!({}))), ["Balancer", "GRU"]);
    // One that is off by inheritance breaks no more, nor does one that is spared.
    assert_eq!(
        breaks("kafka", json!({"train": {"enabled": false}})),
        [] as [&str; 0]
    );
    let external = json!({"external": {"enabled": true, "servers": "a:1"}});
    assert_eq!(breaks("kafka", external), [] as [&str; 0]);
}

#[test]
fn what_is_missing_is_followed_along_the_chain() {
    let model = model();
    let missing = |values: serde_json::Value| {
        let values = self::values(values);
        titles(&missing_if_on(&model, card(&model, "train.gru"), &values))
    };
    assert_eq!(missing(json!({})), ["Kafka", "MLflow", "PostgreSQL"]);
    assert_eq!(
        missing(json!({"postgres": {"enabled": true}})),
        ["Kafka", "MLflow"]
    );
    assert_eq!(
        missing(
            json!({"mlflow": {"enabled": true}, "external": {"enabled": true, "servers": "a"}})
        ),
        [] as [&str; 0]
    );
}

#[test]
fn a_gap_is_told_once_with_its_mends() {
    let model = model();
    assert!(gaps(&model, &with(json!({}))).is_empty());
    let found = gaps(&model, &with(json!({"kafka": {"enabled": false}})));
    let [gap] = &*found else { panic!("{found:?}") };
    assert_eq!(gap.message, "Kafka is off, but GRU needs it");
    assert_eq!(gap.needed_by, [card(&model, "train.gru").path.clone()]);
    let mends: Vec<(&str, &str, Option<String>)> = gap
        .mends
        .iter()
        .map(|mend| {
            let jump = mend.jump.as_ref().map(ToString::to_string);
            (&*mend.title, &*mend.set, jump)
        })
        .collect();
    let [on, off, outside] = &*mends else {
        panic!("{mends:?}")
    };
    assert_eq!(on, &("Switch on Kafka", "kafka.enabled=true", None));
    assert_eq!(off.0, "Switch off 2 dependants");
    for part in ["train.gru.enabled=false", "lb.enabled=false"] {
        assert!(off.1.contains(part), "{off:?}");
    }
    assert_eq!(
        outside,
        &(
            "Use an external Kafka",
            "external.enabled=true",
            Some("external.servers".to_owned())
        )
    );
}

#[test]
fn switching_on_brings_what_that_needs_itself() {
    let model = model();
    let values = with(json!({"mlflow": {"enabled": false}, "postgres": {"enabled": false}}));
    let found = gaps(&model, &values);
    let mends: Vec<&str> = found.iter().map(|gap| &*gap.mends[0].set).collect();
    assert_eq!(mends, ["mlflow.enabled=true,postgres.enabled=true"]);
    assert_eq!(found[0].mends[0].title, "Switch on MLflow, PostgreSQL");
}

#[test]
fn needs_that_run_in_a_circle_end() {
    let service = |title: &str, path: &str| {
        json!({
            "type": "object", "title": title,
            "x-ui": {"group": "g", "requires": [{"path": path}]},
            "properties": {"enabled": {"type": "boolean"}}
        })
    };
    let schema = json!({"properties": {
        "a": service("A", "b.enabled"), "b": service("B", "a.enabled"),
    }});
    let model = build(Some(&schema), &Map::new(), "");
    let on = values(json!({"a": {"enabled": true}, "b": {"enabled": true}}));
    assert_eq!(
        titles(&breaks_if_off(&model, card(&model, "a"), &on)),
        ["B"]
    );
    assert_eq!(
        titles(&missing_if_on(&model, card(&model, "a"), &Map::new())),
        ["B"]
    );
}

#[test]
fn nothing_else_is_looked_at() {
    use crate::Layers;

    let model = model();
    let paths = looked_at(&model);
    let defaults = with(json!({"kafka": {"enabled": false, "replicas": 3}, "more": {"a": 1}}));
    let environments = [
        json!({}),
        json!({"train": {"enabled": false, "gru": {"enabled": true, "cpu": 1}}}),
        json!({"external": {"enabled": true, "servers": "a:1"}, "kafka": null}),
        json!({"mlflow": {"enabled": false}, "postgres": "no table", "lb": {"replicas": 2}}),
    ];
    for environment in &environments {
        for overrides in &environments {
            let (environment, overrides) = (values(environment.clone()), values(overrides.clone()));
            let all = Layers::stacked(&defaults, Some(&environment), &overrides);
            let some = Layers::stacked_at(&paths, &defaults, Some(&environment), &overrides);
            assert_eq!(gaps(&model, &some), gaps(&model, &all));
            assert_eq!(some.get("more"), None);
            for card in model.cards() {
                let breaks = |values| breaks_if_off(&model, card, values);
                assert_eq!(breaks(&some), breaks(&all));
                let missing = |values| missing_if_on(&model, card, values);
                assert_eq!(missing(&some), missing(&all));
            }
        }
    }
}
