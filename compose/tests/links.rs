//! Links as they are read and written by people, and what must hold for any of them.

#![allow(clippy::unwrap_used, reason = "a test says what went wrong by failing")]

use compose::form::SecretPaths;
use compose::link::{LinkError, MAX_READABLE, decode, decode_over, encode, encode_over};
use compose::{Composition, Map, ReleaseSettings, Value, ValuesPath};
use proptest::prelude::*;

fn map(json: &str) -> Map {
    match serde_json::from_str::<Value>(json) {
        Ok(Value::Map(map)) => map,
        other => panic!("{other:?}"),
    }
}

fn with(overrides: Map) -> Composition {
    Composition {
        overrides,
        ..Composition::default()
    }
}

fn link(overrides: &str) -> String {
    encode(&with(map(overrides)), &SecretPaths::default())
        .unwrap()
        .text
}

#[test]
fn every_case_is_written_and_read_as_it_stands() {
    let file = values::yaml::parse_map(include_str!("cases/links.yaml")).unwrap();
    let text = |map: &Map, key: &str| {
        map.get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let Some(Value::List(written)) = file.get("written") else {
        panic!("nothing written")
    };
    for case in written {
        let case = case.as_map().unwrap();
        let (json, query) = (text(case, "overrides"), text(case, "query"));
        assert_eq!(link(&json), query, "{json}");
        let decoded = decode(&query);
        assert_eq!(decoded.problems, [], "{query}");
        assert_eq!(decoded.composition.overrides, map(&json), "{query}");
    }
    let Some(Value::List(read)) = file.get("read") else {
        panic!("nothing read")
    };
    for case in read {
        let case = case.as_map().unwrap();
        let query = text(case, "query");
        let decoded = decode(&query);
        let overrides = case
            .get("overrides")
            .and_then(Value::as_str)
            .unwrap_or("{}");
        assert_eq!(decoded.composition.overrides, map(overrides), "{query}");
        let problems: Vec<String> = decoded
            .problems
            .iter()
            .map(|problem| {
                let at = problem
                    .path
                    .as_deref()
                    .map(|path| format!(" {path}"))
                    .unwrap_or_default();
                format!("{}{at}: {}", problem.part, problem.message)
            })
            .collect();
        let wanted: Vec<String> = match case.get("problems") {
            Some(Value::List(list)) => list
                .iter()
                .map(|item| item.as_str().unwrap_or_default().to_owned())
                .collect(),
            _ => Vec::new(),
        };
        assert_eq!(problems, wanted, "{query}");
    }
}

#[test]
fn settings_stand_before_values_and_defaults_are_left_out() {
    let composition = Composition {
        chart: String::new(),
        environment: "prod".to_owned(),
        overrides: map(r#"{"kafka":{"enabled":false},"inference":{"replicas":5}}"#),
        release: ReleaseSettings {
            name: "flts".to_owned(),
            namespace: "ml".to_owned(),
            kube_version: Some("1.33".to_owned()),
            api_versions: vec!["monitoring.coreos.com/v1".to_owned()],
            is_upgrade: true,
        },
    };
    let query = encode(&composition, &SecretPaths::default()).unwrap().text;
    assert_eq!(
        query,
        "env=prod&release=flts&namespace=ml&kube=1.33&api-versions=monitoring.coreos.com/v1\
         &upgrade=true&set=inference.replicas=5&set=kafka.enabled=false"
    );
    assert_eq!(decode(&query).composition, composition);
    assert_eq!(
        encode(&Composition::default(), &SecretPaths::default())
            .unwrap()
            .text,
        ""
    );

    let base = Composition {
        overrides: Map::new(),
        ..composition.clone()
    };
    let query = encode_over(&Composition::default(), &base, &SecretPaths::default())
        .unwrap()
        .text;
    assert_eq!(
        decode_over(&query, base).composition,
        Composition::default()
    );
}

#[test]
fn secrets_never_enter_a_query() {
    let composition = with(map(
        r#"{"db":{"auth":{"password":"hunter2","user":"u"}},"env":[{"name":"A_TOKEN","value":"hunter2"}],
            "list":[{"pin":"hunter2"}]}"#,
    ));
    let secrets = SecretPaths::new(["list".parse::<ValuesPath>().unwrap()]);
    let query = encode(&composition, &secrets).unwrap();
    assert_eq!(query.text, "set=db.auth.user=u");
    let left_out: Vec<String> = query.left_out.iter().map(ToString::to_string).collect();
    assert_eq!(left_out, ["db.auth.password", "env", "list"]);

    let mut long = composition.overrides.clone();
    long.insert("text".to_owned(), "x".repeat(20_000).into());
    let query = encode(&with(long), &secrets).unwrap();
    assert!(query.packed);
    let back = decode(&query.text).composition.overrides;
    assert!(!format!("{back:?}").contains("hunter2"));
}

#[test]
fn long_overrides_are_packed_and_too_long_ones_refused() {
    let many = |count: usize| {
        let map = (0..count).map(|n| (format!("key{n}"), Value::String(format!("value {n}"))));
        with(map.collect())
    };
    let secrets = SecretPaths::default();
    let short = encode(&many(50), &secrets).unwrap();
    assert!(!short.packed && short.text.len() < MAX_READABLE);
    let long = encode(&many(1_000), &secrets).unwrap();
    assert!(long.packed && long.text.starts_with("z="), "{}", long.text);
    assert_eq!(decode(&long.text).composition, many(1_000));
    assert!(matches!(
        encode(&many(10_000), &secrets),
        Err(LinkError::TooLarge(_))
    ));
}

#[test]
fn small_links_cannot_make_large_values() {
    let many: Vec<String> = (0..500).map(|n| format!("set=a{n}[65536]=1")).collect();
    let decoded = decode(&many.join("&"));
    assert!(decoded.composition.overrides.is_empty());
    assert!(!decoded.problems.is_empty() && decoded.problems.len() < 60);
    let long = format!("set=a={}", "x".repeat(70_000));
    assert!(decode(&long).problems[0].message.contains("at most 65536"));
}

fn key() -> impl Strategy<Value = String> {
    prop_oneof![4 => "[a-zA-Z][a-zA-Z0-9]{0,6}", 1 => r"[a.,=\[\]\\{}%&+# ü]{1,5}", 1 => "\\PC{0,4}"]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        (-1e6..1e6_f64).prop_map(Value::Float),
        any::<f64>()
            .prop_filter("JSON has no other", |f| f.is_finite())
            .prop_map(Value::Float),
        r"[a-z0-9,.=\\{}\[\]%&+# ]{0,12}".prop_map(Value::String),
        "\\PC{0,12}".prop_map(Value::String),
        proptest::sample::select(vec![
            "true", "null", "0", "01", "-1", "falſe", "a\nb", "\t", "{", "}"
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::List),
            proptest::collection::btree_map(key(), inner, 0..5).prop_map(Value::Map),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn a_link_brings_back_exactly_what_went_in(
        overrides in proptest::collection::btree_map(key(), value(), 0..6),
    ) {
        let composition = with(overrides);
        let query = encode(&composition, &SecretPaths::default()).unwrap();
        // Names in random trees may say secret; those have a test of their own.
        prop_assume!(query.left_out.is_empty());
        prop_assert!(query.text.bytes().all(|b| b.is_ascii_graphic()));
        let decoded = decode(&query.text);
        prop_assert_eq!(decoded.problems, []);
        prop_assert_eq!(decoded.composition, composition);
    }

    #[test]
    fn any_text_is_read_without_panic(query in "\\PC{0,200}") {
        let _ = decode(&query);
    }

    #[test]
    fn anything_like_a_link_is_read_without_panic(
        parts in proptest::collection::vec(
            (prop_oneof!["set", "set-string", "set-json", "z", "env", "kube", "api", "release", "x"],
             r"([ab.,=\[\]\\{}0-9%&+]|\PC){0,20}"), 0..10),
    ) {
        let query: Vec<String> = parts.iter().map(|(key, text)| format!("{key}={text}")).collect();
        let decoded = decode(&query.join("&"));
        // What was taken can be written again and stays the same.
        if let Ok(again) = encode(&decoded.composition, &SecretPaths::default())
            && again.left_out.is_empty()
        {
            prop_assert_eq!(decode(&again.text).composition, decoded.composition);
        }
    }

    #[test]
    fn damaged_packs_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        use base64::Engine as _;
        let word = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes);
        let _ = decode(&format!("z={word}"));
    }
}
