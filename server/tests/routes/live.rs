//! Charts whose files are edited while the server runs.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use axum::body::BodyDataStream;
use futures_util::StreamExt as _;
use serde_json::Value;
use server::{
    AppState,
    charts::{self, Charts},
    config::Config,
    router,
};

use super::support::{DEMO, TestApp};

/// A chart on disk, and a server that watches it.
struct Live {
    folder: PathBuf,
    app: TestApp,
    charts: Charts,
}

impl Live {
    fn start(name: &str, streams: usize) -> Self {
        let folder =
            std::env::temp_dir().join(format!("chartroom-live-{name}-{}", std::process::id()));
        for (path, text) in DEMO {
            write(&folder, path, text);
        }
        let charts = Charts::open(&[&folder]).unwrap();
        let mut config = Config::default();
        config.limits.render_time = Duration::from_secs(60);
        config.limits.event_streams = streams;
        tokio::spawn(charts::keep_reading(charts.clone()));
        let app = router::build(AppState::new(config, charts.clone()).unwrap()).into();
        Self {
            folder,
            app,
            charts,
        }
    }

    fn write(&self, path: &str, text: &str) {
        write(&self.folder, path, text);
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn demo(path: &str) -> &'static str {
    DEMO.iter().find(|(known, _)| *known == path).unwrap().1
}

/// The next event; busy machines get time.
async fn event(stream: &mut BodyDataStream) -> Value {
    loop {
        let piece = tokio::time::timeout(Duration::from_secs(20), stream.next());
        let piece = piece.await.unwrap().unwrap().unwrap();
        let text = std::str::from_utf8(&piece).unwrap();
        if let Some(data) = text.lines().find_map(|line| line.strip_prefix("data: ")) {
            return serde_json::from_str(data).unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_is_served_and_told() {
    let live = Live::start("edit", 8);
    let (headers, mut events) = live.app.stream("/api/v1/events").await;
    assert_eq!(headers["content-type"], "text/event-stream");
    assert_eq!(headers["cache-control"], "no-store");
    let first = event(&mut events).await;
    assert_eq!(
        (&first["name"], &first["changed"]),
        (&"demo".into(), &"".into())
    );
    let before = live.app.get("/api/v1/render").await.json()["digest"].clone();

    // The watcher must have seen the folder before it changes.
    tokio::time::sleep(Duration::from_millis(400)).await;
    let template =
        demo("templates/web.yaml").replace("replicas:", "minReadySeconds: 7\n  replicas:");
    live.write("templates/web.yaml", &template);
    let second = event(&mut events).await;
    assert_eq!(second["changed"], "1 template changed");
    assert_ne!(second["digest"], first["digest"]);
    assert!(
        live.app
            .get("/manifests.yaml")
            .await
            .ok()
            .contains("minReadySeconds: 7")
    );
    assert_ne!(
        live.app.get("/api/v1/render").await.json()["digest"],
        before
    );

    // A chart that cannot be read leaves the last good one where it is.
    live.write("values.yaml", "web:\n  enabled: true\n bad\n");
    let broken = event(&mut events).await;
    assert_eq!(broken["digest"], second["digest"]);
    let trouble = &broken["trouble"];
    assert!(
        trouble["message"].as_str().unwrap().contains("line "),
        "{trouble}"
    );
    assert!(
        live.app
            .get("/manifests.yaml")
            .await
            .ok()
            .contains("minReadySeconds: 7")
    );
    // Whoever comes now is told, too.
    let (_, mut late) = live.app.stream("/api/v1/events?chart=demo").await;
    assert_eq!(event(&mut late).await["trouble"], *trouble);

    live.write("values.yaml", demo("values.yaml"));
    let mended = event(&mut events).await;
    assert_eq!(mended["trouble"], Value::Null);
    assert_eq!(mended["digest"], second["digest"]);

    // A template that is none is Helm's to complain about, at its line.
    live.write("templates/web.yaml", "a: 1\n{{ if }}\n");
    event(&mut events).await;
    let problem = live.app.get("/manifests.yaml").await.problem(422);
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains("templates/web.yaml:2"), "{detail}");
}

#[tokio::test(flavor = "multi_thread")]
async fn listeners_are_counted_and_let_go() {
    let live = Live::start("listeners", 1);
    live.app
        .get("/api/v1/events?chart=other")
        .await
        .problem(404);
    let (_, mut only) = live.app.stream("/api/v1/events").await;
    event(&mut only).await;
    live.app.get("/api/v1/events").await.problem(503);
    live.charts.stop();
    let end = tokio::time::timeout(Duration::from_secs(20), only.next()).await;
    assert!(end.unwrap().is_none());
    drop(only);
    live.app.get("/api/v1/charts").await.ok();
}
