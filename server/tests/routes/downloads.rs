//! `/values.yaml`, `/manifests.yaml`, `/manifests.zip`.

use std::io::Read as _;

use super::support::TestApp;

/// What `helm template demo demo -n ml` of Helm 4.3.1 prints.
const DEFAULT: &str = include_str!("expected/default.yaml");
/// With `-f demo/values-prod.yaml --set web.memory=1Gi`.
const PROD: &str = include_str!("expected/prod.yaml");

#[tokio::test]
async fn manifests_are_what_helm_prints() {
    let app = TestApp::new();
    let answer = app.get("/manifests.yaml?release=demo&namespace=ml").await;
    assert_eq!(answer.ok(), DEFAULT);
    assert_eq!(
        answer.header("content-type"),
        "application/yaml; charset=utf-8"
    );
    let prod = "/manifests.yaml?env=prod&release=demo&namespace=ml&set=web.memory=1Gi";
    assert_eq!(app.get(prod).await.ok(), PROD);
    // Again, from the cache.
    assert_eq!(app.get(prod).await.ok(), PROD);
}

#[tokio::test]
async fn one_resource_comes_alone() {
    let app = TestApp::new();
    let answer = app
        .get("/manifests.yaml?release=demo&resource=deployment%2Fdemo-web")
        .await;
    let text = answer.ok();
    assert!(text.contains("kind: Deployment"), "{text}");
    assert!(
        !text.contains("---") && !text.contains("kind: Service"),
        "{text}"
    );
    let lost = app.get("/manifests.yaml?resource=a/b").await;
    assert_eq!(lost.named(), ["resource"]);
}

#[tokio::test]
async fn values_are_what_differs_or_all() {
    let app = TestApp::new();
    assert_eq!(app.get("/values.yaml").await.ok(), "{}\n");
    assert_eq!(
        app.get("/values.yaml?env=prod&set=web.memory=1Gi")
            .await
            .ok(),
        "web:\n  memory: 1Gi\n  replicas: 5\n"
    );
    assert_eq!(
        app.get("/values.yaml?full=true&set=web.replicas=3")
            .await
            .ok(),
        "database:\n  enabled: true\n  password: \"\"\n  size: 5Gi\nweb:\n  enabled: true\n  \
         memory: 128Mi\n  replicas: 3\n"
    );
}

#[tokio::test]
async fn bodies_carry_what_an_address_must_not() {
    let app = TestApp::new();
    let expected = "database:\n  password: hush\nweb:\n  replicas: 5\n";
    let form = "application/x-www-form-urlencoded";
    let answer = app
        .post(
            "/values.yaml",
            form,
            "env=prod&set=database.password%3Dhush",
        )
        .await;
    assert_eq!(answer.ok(), expected);
    let json = r#"{"environment":"prod","overrides":{"database":{"password":"hush"}}}"#;
    assert_eq!(
        app.post("/values.yaml", "application/json", json)
            .await
            .ok(),
        expected
    );
    let yaml = "database:\n  password: hush\n";
    let answer = app
        .post(
            "/values.yaml?env=prod",
            "application/yaml; charset=utf-8",
            yaml,
        )
        .await;
    assert_eq!(answer.ok(), expected);
    let answer = app
        .post("/manifests.yaml?env=prod", "application/yaml", yaml)
        .await;
    assert!(answer.ok().contains("password: \"hush\""));
}

#[tokio::test]
async fn the_zip_has_one_file_per_resource_and_never_changes() {
    let app = TestApp::new();
    let answer = app.get("/manifests.zip?release=demo&namespace=ml").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "application/zip");
    assert_eq!(
        answer.header("content-disposition"),
        "attachment; filename=\"demo.zip\""
    );
    assert_eq!(
        app.get("/manifests.zip?release=demo&namespace=ml")
            .await
            .body,
        answer.body
    );

    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&answer.body)).unwrap();
    let names: Vec<_> = archive.file_names().map(str::to_owned).collect();
    assert_eq!(
        names,
        [
            "090-secret-demo-database.yaml",
            "140-persistentvolumeclaim-demo-database.yaml",
            "290-deployment-demo-web.yaml",
            "900-hook-pod-demo-test.yaml",
        ]
    );
    let mut text = String::new();
    archive
        .by_name(&names[0])
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    assert!(
        text.contains("kind: Secret") && text.ends_with('\n'),
        "{text}"
    );
}

#[tokio::test]
async fn a_chart_that_fails_says_so_in_helms_words() {
    let app = TestApp::new();
    let answer = app.get("/manifests.yaml?set=database.enabled=false").await;
    let problem = answer.problem(422);
    assert_eq!(
        problem["detail"],
        "execution error at (demo/templates/web.yaml:3:4): the web server needs the database: set \
         database.enabled=true"
    );
    assert_eq!(problem["errors"][0]["path"], "database.enabled");
    let excerpt = &problem["excerpt"];
    assert_eq!(
        (&excerpt["of"], &excerpt["line"]),
        (&"template".into(), &3.into())
    );
    assert_eq!(excerpt["columns"], serde_json::json!([5, 71]));
    assert_eq!(
        problem["values"][0],
        serde_json::json!({
            "written": ".Values.database.enabled",
            "path": "database.enabled",
            "value": "false",
            "layer": "overrides",
        })
    );
    assert_eq!(
        app.get("/manifests.zip?set=database.enabled=false")
            .await
            .status,
        422
    );
    // The values are good all the same.
    assert_eq!(
        app.get("/values.yaml?set=database.enabled=false")
            .await
            .ok(),
        "database:\n  enabled: false\n"
    );
}
