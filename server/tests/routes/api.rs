//! `/api/v1/…` and its description.

use axum::http::{Method, Request, header};
use serde_json::{Value, json};
use server::routes::api::openapi;

use super::support::TestApp;

#[tokio::test]
async fn charts() {
    let app = TestApp::new();
    let charts = app.get("/api/v1/charts").await.json();
    let chart = &charts[0];
    assert_eq!(chart["digest"].as_str().unwrap().len(), 64);
    let mut expected = json!({
        "name": "demo", "version": "1.2.3", "app_version": "4.5",
        "description": "A web server and its database",
        "environments": ["prod"], "archive": "/demo-1.2.3.tgz", "default": true,
    });
    expected["digest"] = chart["digest"].clone();
    assert_eq!(*chart, expected);
    let details = app.get("/api/v1/charts/demo").await.json();
    assert_eq!(details["name"], "demo");
    assert_eq!(details["defaults"]["web"]["memory"], "128Mi");
    assert_eq!(details["environment_values"][0]["name"], "prod");
    assert_eq!(details["form"]["groups"][0]["title"], "Main");
    app.get("/api/v1/charts/other").await.problem(404);
}

#[tokio::test]
async fn render() {
    let app = TestApp::new();
    let render = app.get("/api/v1/render?release=demo&env=prod").await.json();
    let kinds: Vec<_> = render["resources"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["id"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        [
            "secret/demo-database",
            "persistentvolumeclaim/demo-database",
            "deployment/demo-web",
            "pod/demo-test"
        ]
    );
    assert_eq!(render["resources"][2]["component"], "web");
    assert_eq!(render["resources"][2]["source"], "demo/templates/web.yaml");
    assert_eq!(render["resources"][3]["hooks"], json!(["test"]));
    assert_eq!(render["notes"], "demo runs 5 web servers in default.\n");
    assert_eq!(
        render["totals"],
        json!({"pods": 5, "pods_max": 5, "cpu_request": 1250, "cpu_limit": 1250,
            "memory_request": 5 << 27, "memory_limit": 5 << 27, "storage": 5_u64 << 30})
    );
    let digest = render["digest"].as_str().unwrap();
    let again = app.get("/api/v1/render?env=prod&release=demo").await.json();
    assert_eq!(again["digest"], digest);
    let other = app
        .get("/api/v1/render?release=other&env=prod")
        .await
        .json();
    assert_ne!(other["digest"], digest);
}

#[tokio::test]
async fn values_and_compositions() {
    let app = TestApp::new();
    let values = app
        .get("/api/v1/values?env=prod&set=web.memory=1Gi&full=true")
        .await
        .json();
    assert_eq!(values["environment"], "prod");
    assert_eq!(values["changed"], json!(["web.memory"]));
    assert_eq!(values["full"]["database"]["size"], "5Gi");
    let body = json!({"environment": "prod", "overrides": {"web": {"replicas": 3},
        "database": {"password": "hush"}}, "release": {"name": "mine"}});
    let answer = app
        .post("/api/v1/composition", "application/json", body.to_string())
        .await
        .json();
    assert_eq!(answer["query"], "env=prod&release=mine&set=web.replicas=3");
    assert_eq!(answer["secrets_left_out"], json!(["database.password"]));
}

#[tokio::test]
async fn exports_name_this_server() {
    let app = TestApp::new();
    let exports = app.get("/api/v1/exports").await.json();
    assert_eq!(exports[0]["name"], "install-command");
    assert_eq!(exports[0]["title"], "Helm 4");
    assert_eq!(exports.as_array().unwrap().len(), 8);
    let request = Request::get("/api/v1/exports/install-command?env=prod&release=mine")
        .header(header::HOST, "127.0.0.1:3456");
    assert_eq!(
        app.send(request).await.ok(),
        "helm upgrade --install mine demo \\\n  --repo http://127.0.0.1:3456 --version 1.2.3 \\\n  \
         --namespace default --create-namespace \\\n  --rollback-on-failure \
         --timeout 15m \\\n  --values 'http://127.0.0.1:3456/values.yaml?env=prod&release=mine'\n"
    );
    app.get("/api/v1/exports/none").await.problem(404);
}

#[tokio::test]
async fn exports_are_files_and_hold_no_secret() {
    let app = TestApp::new();
    let body = r#"{"environment":"prod","overrides":{"database":{"password":"hush"},"web":{"replicas":3}}}"#;
    let exports = app.get("/api/v1/exports").await.json();
    for export in exports.as_array().unwrap() {
        let name = export["name"].as_str().unwrap();
        let answer = app
            .post(&format!("/exports/{name}"), "application/json", body)
            .await;
        let text = answer.ok();
        assert!(!text.contains("hush"), "{text}");
        assert!(
            text.contains("database.password"),
            "{name} says what it left out: {text}"
        );
        assert_eq!(
            answer.header("content-disposition"),
            format!(
                "attachment; filename=\"{}\"",
                export["file_name"].as_str().unwrap()
            )
        );
    }
    let argo = app
        .get("/exports/argo-cd?env=prod&set=web.memory=1Gi")
        .await;
    assert!(
        argo.ok()
            .contains("\n        web:\n          memory: 1Gi\n          replicas: 5\n")
    );
    app.get("/exports/none").await.problem(404);
    assert_eq!(
        app.get("/exports/flux?set=nothing=1").await.named(),
        ["nothing"]
    );
}

/// Each documented call is answered, with a documented status.
#[tokio::test]
async fn the_description_is_true() {
    let app = TestApp::new();
    let served = app.get("/api/openapi.json").await.json();
    let document: Value = serde_json::from_str(openapi::DOCUMENT).unwrap();
    assert_eq!(served, document);
    for (path, methods) in document["paths"].as_object().unwrap() {
        if path == "/api/v1/events" {
            // An answer without an end: tested with the charts that change.
            continue;
        }
        for (method, operation) in methods.as_object().unwrap() {
            let name = if path.contains("charts") {
                "demo"
            } else {
                "install.sh"
            };
            let uri = path.replace("{name}", name);
            let method: Method = method.to_uppercase().parse().unwrap();
            let answer = if method == Method::POST {
                app.post(&uri, "application/json", "{}").await
            } else {
                app.get(&uri).await
            };
            let status = answer.status.as_u16().to_string();
            assert_eq!(
                status,
                "200",
                "{method} {uri}: {}",
                String::from_utf8_lossy(&answer.body)
            );
            let content = operation["responses"][&status]["content"]
                .as_object()
                .unwrap();
            let media_type = answer
                .header("content-type")
                .split(';')
                .next()
                .unwrap()
                .to_owned();
            assert!(
                content.contains_key(&media_type),
                "{method} {uri}: {media_type}"
            );
        }
    }
    for reference in openapi::DOCUMENT.split("\"$ref\": \"#").skip(1) {
        let pointer = reference.split('"').next().unwrap();
        assert!(document.pointer(pointer).is_some(), "{pointer}");
    }
}
