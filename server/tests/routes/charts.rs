//! Several charts on one server, folders and archives; charts that cannot be served.

use std::fs;

use engine::SourceFile;
use server::{
    charts::{Charts, LoadedChart, Source},
    config::Config,
    router,
};

use super::support::{DEMO, TestApp};

fn named(name: &str) -> LoadedChart {
    let files = DEMO.map(|(path, text)| {
        let text = match path {
            "Chart.yaml" => text.replace("name: demo", &format!("name: {name}")),
            _ => text.to_owned(),
        };
        SourceFile::new(path, text)
    });
    LoadedChart::load(Source::Files(files.into())).unwrap()
}

#[tokio::test]
async fn the_first_is_the_default_and_the_others_are_named() {
    let folder = std::env::temp_dir().join(format!("chartroom-charts-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let paths = ["one", "two"].map(|name| {
        let path = folder.join(format!("{name}.tgz"));
        fs::write(&path, named(name).package.data).unwrap();
        path
    });
    let charts = Charts::open(&paths).unwrap();
    let twice = Charts::open(&[&paths[0], &paths[0]]).unwrap_err();
    let missing = Charts::open(&[folder.join("none")]).unwrap_err();
    fs::remove_dir_all(&folder).unwrap();
    assert!(twice.1.to_string().contains("`one`"));
    assert!(missing.0.ends_with("none"));

    let app = TestApp::from(router::build(
        server::AppState::new(Config::default(), charts).unwrap(),
    ));
    assert!(
        app.get("/manifests.yaml")
            .await
            .ok()
            .contains("# Source: one/")
    );
    assert!(
        app.get("/manifests.yaml?chart=two")
            .await
            .ok()
            .contains("# Source: two/")
    );
    assert_eq!(app.get("/values.yaml?chart=three").await.named(), ["chart"]);
    let index = app.get("/index.yaml").await;
    assert!(index.ok().contains("one-1.2.3.tgz") && index.ok().contains("two-1.2.3.tgz"));
    let command = app
        .get("/api/v1/exports/install-command?chart=two&env=prod")
        .await;
    assert!(
        command.ok().contains("/values.yaml?chart=two&env=prod'"),
        "{}",
        command.text()
    );
    the_page_composes_each(&app).await;
}

async fn the_page_composes_each(app: &TestApp) {
    let answer = app.get("/").await;
    assert!(answer.ok().contains("href=\"/?chart=two\""), "a menu");
    let answer = app.get("/?chart=two&set=web.replicas=3").await;
    assert!(answer.ok().contains("two-web") || answer.ok().contains("# Source: two"));
    assert!(
        answer
            .ok()
            .contains("value=\"chart=two&amp;set=web.replicas=3\""),
        "its own link"
    );
    let unknown = app.get("/?chart=three").await;
    assert!(unknown.ok().contains("no such chart here: use"));

    let preview = |body: &'static str| app.post("/api/fn/preview", "application/json", body);
    let other = r#"{"composition": {"chart": "two", "release": {"name": "two"},
        "overrides": {"web": {"replicas": 4}}}}"#;
    assert_eq!(
        preview(other).await.json()["query"],
        "chart=two&set=web.replicas=4"
    );
    // The first chart is not named, whoever asks.
    let first = r#"{"composition": {"chart": "one", "release": {"name": "one"}}}"#;
    assert_eq!(preview(first).await.json()["query"], "");

    let body = "base=chart%3Dtwo&field.web.replicas=5";
    let answer = app
        .post("/apply", "application/x-www-form-urlencoded", body)
        .await;
    assert_eq!(answer.header("location"), "/?chart=two&set=web.replicas=5");
}
