//! `/`: the composer in the server's HTML, and its server function.

use axum::http::{Request, header};
use serde_json::{Value, json};

use super::support::TestApp;

#[tokio::test]
async fn the_page_shows_form_and_manifests_without_any_script() {
    let app = TestApp::new();
    let answer = app.get("/?env=prod&set=web.memory=1Gi&release=demo").await;
    let page = answer.ok();
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    for shown in [
        "Web server",
        "Database",
        "demo-web",
        "Deployment",
        "prod",
        "role=\"switch\"",
    ] {
        assert!(page.contains(shown), "{shown} is not in the page");
    }
}

#[tokio::test]
async fn a_service_added_to_the_chart_appears() {
    let mut schema: serde_json::Value =
        serde_json::from_str(include_str!("demo/values.schema.json")).unwrap();
    schema["properties"]["cache"] = json!({
        "type": "object", "title": "Brand-new cache", "x-ui": {"group": "main"},
        "properties": {"enabled": {"type": "boolean", "title": "Brand-new cache"}},
    });
    let values = format!(
        "{}cache:\n  enabled: false\n",
        include_str!("demo/values.yaml")
    );
    let app = TestApp::builder()
        .file("values.schema.json", schema.to_string())
        .file("values.yaml", values)
        .build();
    assert!(app.get("/").await.ok().contains("Brand-new cache"));
}

#[tokio::test]
async fn a_service_added_to_a_copy_of_the_flts_chart_is_in_the_page_and_in_its_manifests() {
    let flts = TestApp::builder().flts();
    let mut schema: serde_json::Value =
        serde_json::from_str(&flts.text("values.schema.json")).unwrap();
    schema["properties"]["feast"] = json!({
        "type": "object", "title": "Feature store", "additionalProperties": false,
        "x-ui": {"group": "data-pipeline", "order": 99},
        "properties": {
            "enabled": {"type": "boolean", "title": "Feature store"},
            "replicas": {"type": "integer", "title": "Replicas", "minimum": 1, "maximum": 3},
        },
    });
    let values = flts.text("values.yaml") + "\nfeast:\n  enabled: true\n  replicas: 2\n";
    let template = "{{- if .Values.feast.enabled }}\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  \
                    name: {{ .Release.Name }}-feast-of-{{ .Values.feast.replicas }}\n{{- end }}\n";
    let app = flts
        .file("values.schema.json", schema.to_string())
        .file("values.yaml", values)
        .file("templates/feast.yaml", template)
        .build();
    let answer = app.get("/?show=feast").await;
    let page = answer.ok();
    assert!(page.contains("role=\"switch\" aria-label=\"Feature store\""));
    assert!(page.contains("flts-feast-of-2"));
    let off = app.get("/?set=feast.enabled=false").await;
    assert!(!off.ok().contains("flts-feast-of-"));
}

#[tokio::test]
async fn a_failing_chart_shows_helms_message() {
    let app = TestApp::new();
    let answer = app.get("/?set=database.enabled=false").await;
    assert!(
        answer
            .ok()
            .contains("the web server needs the database: set database.enabled=true")
    );
}

#[tokio::test]
async fn previews_come_from_the_server_function() {
    let app = TestApp::new();
    let body = json!({"composition": {"environment": "prod", "overrides": {"web": {"replicas": 7},
        "database": {"password": "hush"}}, "release": {"name": "demo"}}});
    let answer = app
        .post("/api/fn/preview", "application/json", body.to_string())
        .await;
    answer.ok();
    let preview = answer.json();
    assert_eq!(preview["query"], "env=prod&set=web.replicas=7");
    assert_eq!(preview["secrets_left_out"], json!(["database.password"]));
    let resources = &preview["outcome"]["Manifests"]["resources"];
    assert!(resources.to_string().contains("replicas: 7"), "{preview}");
    assert_eq!(preview["outcome"]["Manifests"]["totals"]["pods"], 7);

    let body = json!({"composition": {"overrides": {"database": {"enabled": false}}}});
    let preview = app
        .post("/api/fn/preview", "application/json", body.to_string())
        .await
        .json();
    assert_eq!(preview["outcome"]["Failed"]["path"], "database.enabled");
    let place = preview["outcome"]["Failed"]["place"].as_str().unwrap();
    assert!(place.starts_with("demo/templates/web.yaml:3:"), "{place}");
    let explained = preview["outcome"]["Failed"]["explained"].as_str().unwrap();
    assert!(explained.contains("\n3 | {{- fail "), "{explained}");
    assert!(
        explained.ends_with("= values:\n      database.enabled: false (overrides)\n      web.enabled: true (chart defaults)"),
        "{explained}"
    );
    let checks = preview["checks"].as_array().unwrap();
    let codes: Vec<&str> = checks
        .iter()
        .map(|check| check["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["render-failed", "unmet-need"]);
    assert_eq!(checks[0]["path"], "database.enabled");
    assert!(
        checks[0]["detail"]
            .as_str()
            .unwrap()
            .starts_with("At demo/templates/web.yaml:3:")
    );
    let mends = checks[1]["mends"].as_array().unwrap();
    let sets: Vec<&str> = mends
        .iter()
        .map(|mend| mend["set"].as_str().unwrap())
        .collect();
    assert_eq!(sets, ["database.enabled=true", "web.enabled=false"]);
}

#[tokio::test]
async fn links_name_the_host_that_was_asked() {
    let app = TestApp::new();
    let request = Request::get("/")
        .header(header::HOST, "inner")
        .header("x-forwarded-host", "charts.example.com")
        .header("x-forwarded-proto", "https");
    assert!(
        app.send(request)
            .await
            .ok()
            .contains("https://charts.example.com")
    );
}

#[tokio::test]
async fn an_open_page_asks_for_texts_and_for_its_chart_again() {
    let app = TestApp::new();
    let body = json!({"composition": {"environment": "prod", "release": {"name": "mine"},
        "overrides": {"database": {"password": "hush"}, "gone": 1}}});
    let texts = app
        .post("/api/fn/exports", "application/json", body.to_string())
        .await;
    let texts = texts.json();
    assert_eq!(texts[0]["name"], "install-command");
    assert!(
        texts[0]["text"]
            .as_str()
            .unwrap()
            .starts_with("helm upgrade --install mine demo")
    );
    assert!(!texts.to_string().contains("hush"));
    let page = app
        .post("/api/fn/reload", "application/json", body.to_string())
        .await;
    let page = page.json();
    // What no longer fits is the page's to keep, and listed.
    assert_eq!(page["composition"]["overrides"]["gone"], 1);
    assert_eq!(page["preview"]["problems"][0]["path"], "gone");
    assert_eq!(page["live"], false);
    let charts = app.get("/api/v1/charts").await.json();
    assert_eq!(page["preview"]["chart_digest"], charts[0]["digest"]);
    assert_eq!(page["exports"].as_array().unwrap().len(), 8);
    assert_ne!(page["form"]["groups"], json!([]));

    // A page whose form is still right is not sent it again.
    let mut body = body;
    body["shape"] = page["shape"].clone();
    let again = app
        .post("/api/fn/reload", "application/json", body.to_string())
        .await
        .json();
    assert_eq!(again["form"]["groups"], json!([]));
    assert_eq!(again["shape"], page["shape"]);
    assert_eq!(again["preview"]["digest"], page["preview"]["digest"]);
}

#[tokio::test]
async fn what_a_page_has_is_not_sent_again() {
    let app = TestApp::new();
    let preview = async |replicas: u8, have: &Value| {
        let body = json!({"composition": {"overrides": {"web": {"replicas": replicas}}},
            "have": have});
        app.post("/api/fn/preview", "application/json", body.to_string())
            .await
            .json()
    };
    let manifests = |preview: &Value| preview["outcome"]["Manifests"].clone();
    let first = preview(2, &json!("")).await;
    let all = manifests(&first)["resources"].as_array().unwrap().clone();
    assert!(manifests(&first).get("order").is_none() && all.len() > 1);

    let second = manifests(&preview(3, &first["digest"]).await);
    let sent = second["resources"].as_array().unwrap();
    assert_eq!(sent.len(), 1);
    assert!(sent[0]["yaml"].as_str().unwrap().contains("replicas: 3"));
    let ids: Vec<&Value> = all.iter().map(|resource| &resource["id"]).collect();
    assert_eq!(second["order"], json!(ids));

    // Of a render that nobody knows nothing is left out.
    let whole = manifests(&preview(4, &json!("unknown")).await);
    assert_eq!(whole["resources"].as_array().unwrap().len(), all.len());
}

#[tokio::test]
async fn what_follows_from_the_chart_alone_has_an_address_of_its_own() {
    let app = TestApp::new();
    let answer = app.get("/").await;
    let page = answer.ok();
    let start = page.find("/chart/").unwrap();
    let address = page[start..].split('\'').next().unwrap();
    let answer = app.get(address).await;
    let kept = answer.header("cache-control");
    assert!(kept.contains("immutable"), "{kept}");
    let lines = answer.ok().lines();
    let lines: Vec<Value> = lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let data = &lines[0];
    assert_eq!(data["environments"][0]["name"], "prod");
    assert!(data["defaults"]["web"]["replicas"].is_number(), "{data}");
    let groups = data["form"]["groups"].as_array().unwrap();
    for card in &lines[1..] {
        assert!(card[0].as_u64().unwrap() < groups.len() as u64, "{card}");
        assert!(card[1]["title"].is_string(), "{card}");
    }
    assert!(lines.len() > groups.len());

    assert_eq!(app.get("/chart/0.ndjson").await.status, 404);
}
