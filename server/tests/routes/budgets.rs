//! A chart that loops, recurses or prints without end: an error that names the limit, within a
//! second of work, while others are served. The times below leave room for a busy machine.

use std::time::{Duration, Instant};

use super::support::TestApp;

/// A template that is hostile while `web.enabled` is true.
fn hostile(body: &str) -> TestApp {
    let template = format!("{{{{ if .Values.web.enabled }}}}{body}{{{{ end }}}}\n");
    TestApp::builder()
        .file("templates/web.yaml", template)
        .file(
            "templates/_helpers.tpl",
            r#"{{ define "f" }}{{ include "f" . }}{{ end }}
            {{ define "g" }}{{ if lt . 60 }}{{ include "g" (add1 .) }}{{ include "g" (add1 .) }}{{ end }}{{ end }}"#,
        )
        .config(|config| {
            config.limits.render_time = Duration::from_millis(800);
            config.limits.render_threads = 2;
        })
        .build()
}

async fn ends(app: &TestApp, limits: &[&str]) {
    let started = Instant::now();
    let (answer, others) = tokio::join!(app.get("/manifests.yaml"), async {
        // On its own thread, beside the hostile one.
        tokio::time::sleep(Duration::from_millis(50)).await;
        let started = Instant::now();
        let answer = app.get("/manifests.yaml?set=web.enabled=false").await;
        (answer, started.elapsed())
    });
    let problem = answer.problem(422);
    let detail = problem["detail"].as_str().unwrap();
    assert!(
        limits.iter().any(|limit| detail.contains(limit)),
        "{detail}"
    );
    assert!(
        started.elapsed() < Duration::from_secs(5),
        "took {:?}",
        started.elapsed()
    );
    others.0.ok();
    assert!(
        others.1 < Duration::from_secs(4),
        "others waited {:?}",
        others.1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn loops_end() {
    let nested = "{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}";
    ends(&hostile(nested), &["limit `time`", "limit `steps`"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn recursion_ends() {
    let endless = r#"{{ include "f" . }}"#;
    // Helm itself counts to a thousand of one name.
    ends(
        &hostile(endless),
        &[
            "limit `depth`",
            "rendering template has a nested reference name",
        ],
    )
    .await;
    let doubling = r#"{{ include "g" 0 }}"#;
    ends(&hostile(doubling), &["limit `time`", "limit `steps`"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn endless_output_ends() {
    let printing = r#"{{ range until 1000000 }}{{ repeat 10000 "x" }}{{ end }}"#;
    ends(
        &hostile(printing),
        &["limit `output_bytes`", "limit `time`", "limit `value_size`"],
    )
    .await;
    let growing = r#"{{ $x := "xxxxxxxx" }}{{ range until 100 }}{{ $x = print $x $x }}{{ end }}"#;
    ends(
        &hostile(growing),
        &["limit `output_bytes`", "limit `value_size`", "limit `time`"],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_is_told_to_come_back() {
    let nested = "{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}";
    let template = format!("{{{{ if .Values.web.enabled }}}}{nested}{{{{ end }}}}\n");
    let app = TestApp::builder()
        .file("templates/web.yaml", template)
        .config(|config| {
            config.limits.render_time = Duration::from_millis(500);
            config.limits.render_threads = 1;
            config.limits.render_queue = 1;
        })
        .build();
    let ask = |n: u8| {
        let uri = format!("/manifests.yaml?set=web.replicas={n}");
        let app = &app;
        async move { app.get(&uri).await }
    };
    let answers = tokio::join!(ask(1), ask(2), ask(3), ask(4), ask(5));
    let busy = [answers.0, answers.1, answers.2, answers.3, answers.4]
        .into_iter()
        .filter(|answer| answer.status == 503)
        .collect::<Vec<_>>();
    assert!(busy.len() >= 2, "{busy:?}");
    assert_eq!(busy[0].header("retry-after"), "1");
    busy[0].problem(503);
}
