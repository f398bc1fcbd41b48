//! A server in memory, with a small chart that has an environment, a schema, a secret and a
//! dependency between services.

use std::{fs, path::Path, time::Duration};

use axum::{
    Router,
    body::{Body, BodyDataStream, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use engine::SourceFile;
use engine::value::Str;
use serde_json::Value;
use server::{
    AppState,
    charts::{Charts, LoadedChart, Source},
    config::Config,
    router,
};
use tower::ServiceExt as _;

/// Files of the small chart; real Helm renders it (`tests/routes/demo`).
pub(crate) const DEMO: [(&str, &str); 7] = [
    ("Chart.yaml", include_str!("demo/Chart.yaml")),
    ("values.yaml", include_str!("demo/values.yaml")),
    ("values-prod.yaml", include_str!("demo/values-prod.yaml")),
    (
        "values.schema.json",
        include_str!("demo/values.schema.json"),
    ),
    (
        "templates/web.yaml",
        include_str!("demo/templates/web.yaml"),
    ),
    (
        "templates/database.yaml",
        include_str!("demo/templates/database.yaml"),
    ),
    (
        "templates/NOTES.txt",
        include_str!("demo/templates/NOTES.txt"),
    ),
];

/// A server to call.
pub(crate) struct TestApp(Router);

impl From<Router> for TestApp {
    fn from(router: Router) -> Self {
        Self(router)
    }
}

/// What builds one.
pub(crate) struct Builder {
    files: Vec<SourceFile>,
    config: Config,
}

impl TestApp {
    /// The small chart and plain settings.
    pub(crate) fn new() -> Self {
        Self::builder().build()
    }

    /// To change one or the other.
    pub(crate) fn builder() -> Builder {
        let mut config = Config::default();
        // Machines that run tests are busy; only the tests of budgets care for time.
        config.limits.render_time = Duration::from_secs(60);
        config.limits.request_time = Duration::from_secs(120);
        let files = DEMO.map(|(path, text)| SourceFile::new(path, text));
        Builder {
            files: files.into(),
            config,
        }
    }

    /// Asks with GET.
    pub(crate) async fn get(&self, uri: &str) -> Answer {
        self.send(Request::get(uri)).await
    }

    /// Sends a body.
    pub(crate) async fn post(&self, uri: &str, media_type: &str, body: impl Into<Body>) -> Answer {
        let request = Request::post(uri).header(header::CONTENT_TYPE, media_type);
        self.call(request.body(body.into()).unwrap()).await
    }

    /// Sends a request without a body.
    pub(crate) async fn send(&self, request: axum::http::request::Builder) -> Answer {
        self.call(request.body(Body::empty()).unwrap()).await
    }

    /// Sends any request.
    pub(crate) async fn call(&self, request: Request<Body>) -> Answer {
        let response = self.0.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    /// The pieces of an answer that does not end.
    pub(crate) async fn stream(&self, uri: &str) -> (HeaderMap, BodyDataStream) {
        let request = Request::get(uri).body(Body::empty()).unwrap();
        let response = self.0.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        let (parts, body) = response.into_parts();
        (parts.headers, body.into_data_stream())
    }

    /// The statuses of a method on a path, for tests over many routes.
    pub(crate) async fn status(&self, method: Method, uri: &str) -> StatusCode {
        self.send(Request::builder().method(method).uri(uri))
            .await
            .status
    }
}

impl Builder {
    /// Adds or replaces a file of the chart.
    pub(crate) fn file(mut self, path: &str, text: impl Into<Str>) -> Self {
        self.files.retain(|known| known.path != path);
        self.files.push(SourceFile::new(path, text));
        self
    }

    /// Takes the FLTS chart in place of the small one.
    pub(crate) fn flts(mut self) -> Self {
        fn collect(folder: &Path, prefix: &str, files: &mut Vec<SourceFile>) {
            for entry in fs::read_dir(folder).unwrap() {
                let entry = entry.unwrap();
                let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
                if entry.file_type().unwrap().is_dir() {
                    collect(&entry.path(), &format!("{path}/"), files);
                } else {
                    files.push(SourceFile::new(path, fs::read(entry.path()).unwrap()));
                }
            }
        }
        self.files.clear();
        collect(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("../chart"),
            "",
            &mut self.files,
        );
        self
    }

    /// The text of a file of the chart.
    pub(crate) fn text(&self, path: &str) -> String {
        let file = self.files.iter().find(|known| known.path == path).unwrap();
        file.data.as_utf8().unwrap().to_owned()
    }

    /// Changes settings.
    pub(crate) fn config(mut self, change: impl FnOnce(&mut Config)) -> Self {
        change(&mut self.config);
        self
    }

    /// Starts it.
    pub(crate) fn build(self) -> TestApp {
        let chart = LoadedChart::load(Source::Files(self.files)).unwrap();
        TestApp(router::build(
            AppState::new(self.config, Charts::one(chart)).unwrap(),
        ))
    }
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The body as text.
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// A header as text, empty when there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The text of a good answer.
    #[track_caller]
    pub(crate) fn ok(&self) -> &str {
        assert_eq!(
            self.status,
            StatusCode::OK,
            "{}",
            String::from_utf8_lossy(&self.body)
        );
        self.text()
    }

    /// The problem document of a bad one.
    #[track_caller]
    pub(crate) fn problem(&self, status: u16) -> Value {
        assert_eq!(
            self.status.as_u16(),
            status,
            "{}",
            String::from_utf8_lossy(&self.body)
        );
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["status"], status);
        assert!(
            problem["title"].is_string() && problem["type"].is_string(),
            "{problem}"
        );
        problem
    }

    /// The paths that a 400 names.
    #[track_caller]
    pub(crate) fn named(&self) -> Vec<String> {
        let problem = self.problem(400);
        let errors = problem["errors"].as_array().unwrap();
        errors
            .iter()
            .map(|error| error["path"].as_str().unwrap().to_owned())
            .collect()
    }
}
