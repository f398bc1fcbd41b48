//! Every row of the table of bad input: page, downloads and API.

use super::support::TestApp;

const DOWNLOADS: [&str; 5] = [
    "/values.yaml",
    "/manifests.yaml",
    "/manifests.zip",
    "/api/v1/render",
    "/api/v1/values",
];

#[tokio::test]
async fn what_does_not_fit_is_named_in_downloads_and_api() {
    let app = TestApp::new();
    let cases: [(&str, &[&str]); 14] = [
        ("set=web.replica=3", &["web.replica"]),
        ("set=web.replicas=many", &["web.replicas"]),
        ("set=web.replicas=99", &["web.replicas"]),
        ("set=web.memory=2GB", &["web.memory"]),
        ("env=stage", &["env"]),
        ("release=Not_A_Name", &["release"]),
        ("namespace=a.b", &["namespace"]),
        ("kube=new", &["kube"]),
        ("set=web.replicas", &["web.replicas"]),
        ("set-json=web={", &["web"]),
        ("colour=blue", &["colour"]),
        ("preset=abc", &["preset"]),
        ("z=!!!", &["z"]),
        (
            "env=stage&set=nothing=1&set=web.replicas=0",
            &["env", "nothing", "web.replicas"],
        ),
    ];
    for (query, paths) in cases {
        for route in DOWNLOADS {
            let answer = app.get(&format!("{route}?{query}")).await;
            assert_eq!(answer.named(), paths, "{route}?{query}");
            for error in answer.json()["errors"].as_array().unwrap() {
                assert!(error["message"].as_str().unwrap().len() > 10, "{error}");
            }
        }
    }
}

#[tokio::test]
async fn the_page_takes_what_fits_and_lists_the_rest() {
    let app = TestApp::new();
    let query = "env=stage&set=web.replica=3&set=web.memory=1Gi&release=Not_A_Name&namespace=ml";
    let answer = app.get(&format!("/?{query}")).await;
    let page = answer.ok();
    for named in ["stage", "web.replica", "Not_A_Name"] {
        assert!(page.contains(named), "{named} is not in the page");
    }
    assert!(page.contains("1Gi"), "what fits is taken");

    let decoded = app.get(&format!("/api/v1/composition?{query}")).await;
    decoded.ok();
    let decoded = decoded.json();
    assert_eq!(
        decoded["composition"]["overrides"]["web"],
        serde_json::json!({"memory": "1Gi"})
    );
    assert_eq!(decoded["composition"]["environment"], "base");
    assert_eq!(decoded["composition"]["release"]["namespace"], "ml");
    assert_eq!(decoded["problems"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn long_overrides_are_compressed_and_longer_ones_refused() {
    let app = TestApp::builder().file("values.schema.json", "{}").build();
    let encode = async |bytes: usize| {
        // Text that does not repeat itself, so that compression does not hide its length.
        let text: String = (0..bytes)
            .map(|i| char::from(b'a' + (i * i % 23 + i / 7 % 3) as u8))
            .collect();
        let body = serde_json::json!({"overrides": {"web": {"memory": text}}}).to_string();
        app.post("/api/v1/composition", "application/json", body)
            .await
    };
    let short = encode(3_000).await.json();
    assert!(
        short["query"].as_str().unwrap().starts_with("set"),
        "{short}"
    );
    let long = encode(20_000).await.json();
    let query = long["query"].as_str().unwrap();
    assert!(query.starts_with("z="), "{query}");
    let values = app.get(&format!("/values.yaml?{query}")).await;
    assert!(values.ok().len() > 20_000);
    let problem = encode(70_000).await.problem(413);
    assert!(
        problem["detail"].as_str().unwrap().contains("65536"),
        "{problem}"
    );
}

#[tokio::test]
async fn addresses_and_bodies_have_a_limit() {
    let app = TestApp::new();
    let long = "x".repeat(62_000);
    let problem = app
        .get(&format!("/values.yaml?set=web.memory={long}"))
        .await
        .problem(414);
    assert!(
        problem["detail"].as_str().unwrap().contains("61440"),
        "{problem}"
    );

    // A person gets the page, which says so.
    let page = app.get(&format!("/?set=web.memory={long}")).await;
    assert_eq!(page.status, 414);
    assert!(page.text().contains("61440"));

    let ten_megabytes = format!("web:\n  memory: \"{}\"\n", "x".repeat(10 << 20));
    let answer = app
        .post("/values.yaml", "application/yaml", ten_megabytes)
        .await;
    answer.problem(413);
}

#[tokio::test]
async fn values_text_is_refused_with_line_column_and_reason() {
    let app = TestApp::new();
    let deep = format!("web: {}1{}\n", "[".repeat(1_000), "]".repeat(1_000));
    let mut bomb = "a0: &a0 [x, x]\n".to_owned();
    for n in 1..40 {
        bomb += &format!("a{n}: &a{n} [*a{0}, *a{0}]\n", n - 1);
    }
    let cases = [
        ("web:\n  memory: 1Gi\n  memory: 2Gi\n", 3, "already set"),
        ("web:\n\tmemory: 1Gi\n", 2, "tab"),
        ("web: [1, 2\n", 0, ""),
        ("web: {a: 'b\n", 1, "quote"),
        (&deep, 1, "deep"),
        (&bomb, 0, "alias"),
        ("just words\n", 1, "table"),
    ];
    for (text, line, reason) in cases {
        let shown = &text[..text.len().min(60)];
        let problem = app
            .post("/api/v1/render", "application/yaml", text.to_owned())
            .await
            .problem(400);
        let error = &problem["errors"][0];
        assert!(
            error["line"].is_u64() && error["column"].is_u64(),
            "{shown}: {problem}"
        );
        assert!(line == 0 || error["line"] == line, "{shown}: {problem}");
        let message = error["message"].as_str().unwrap().to_lowercase();
        assert!(message.contains(reason), "{shown}: {message}");
    }
}

#[tokio::test]
async fn bodies_that_are_nothing_known() {
    let app = TestApp::new();
    app.post("/values.yaml", "image/png", "x")
        .await
        .problem(400);
    app.post("/values.yaml", "application/json", "{")
        .await
        .problem(400);
    app.post("/values.yaml", "application/json", r#"{"overrides": 1}"#)
        .await
        .problem(400);
    app.post("/values.yaml?env=prod", "application/json", "{}")
        .await
        .problem(400);
    app.post("/values.yaml", "application/yaml", vec![0xff, 0xfe])
        .await
        .problem(400);
    app.get("/values.yaml?chart=other").await.problem(400);
    app.get("/values.yaml?full=perhaps").await.problem(400);
}
