//! `/healthz`, `/readyz`, `/metrics`.

use super::support::TestApp;

#[tokio::test]
async fn operators_see_what_happens() {
    let app = TestApp::new();
    assert_eq!(app.get("/healthz").await.ok(), "ok\n");
    assert_eq!(app.get("/readyz").await.ok(), "ok\n");
    for _ in 0..2 {
        app.get("/manifests.yaml").await.ok();
    }
    app.get("/values.yaml?env=none").await.problem(400);
    app.get("/made/up/path").await.problem(404);
    let answer = app.get("/metrics").await;
    let metrics = answer.ok();
    for line in [
        r#"chartroom_http_requests_total{method="GET",route="/manifests.yaml",status="200"} 2"#,
        r#"chartroom_http_requests_total{method="GET",route="/values.yaml",status="400"} 1"#,
        r#"chartroom_http_requests_total{method="GET",route="none",status="404"} 1"#,
        "chartroom_render_seconds_count 1",
        "chartroom_render_cache_hits_total 1",
        "chartroom_render_cache_misses_total 1",
        "chartroom_http_in_flight 1",
    ] {
        assert!(metrics.contains(line), "{line} is not in\n{metrics}");
    }
}
