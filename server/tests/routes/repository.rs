//! Chartroom as a Helm repository.

use std::io::Read as _;

use axum::http::{Request, header};
use sha2::{Digest as _, Sha256};

use super::support::{DEMO, TestApp};

#[tokio::test]
async fn the_index_leads_to_the_archive() {
    let app = TestApp::new();
    let index = app.get("/index.yaml").await;
    let archive = app.get("/demo-1.2.3.tgz").await;
    assert_eq!(archive.status, 200);
    assert_eq!(archive.header("content-type"), "application/gzip");
    let digest: String = Sha256::digest(&archive.body)
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    assert_eq!(
        index.ok(),
        format!(
            "apiVersion: v1\nentries:\n  demo:\n  - apiVersion: v2\n    appVersion: \"4.5\"\n    \
             created: \"1980-01-01T00:00:00Z\"\n    description: A web server and its database\n    \
             digest: {digest}\n    name: demo\n    urls:\n    - demo-1.2.3.tgz\n    version: \
             1.2.3\ngenerated: \"1980-01-01T00:00:00Z\"\n"
        )
    );

    let mut files = tar::Archive::new(flate2::read::GzDecoder::new(archive.body.as_slice()));
    let mut names = Vec::new();
    for entry in files.entries().unwrap() {
        let mut entry = entry.unwrap();
        let name = entry.path().unwrap().display().to_string();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        let inner = name.strip_prefix("demo/").unwrap();
        assert!(DEMO.contains(&(inner, text.as_str())), "{name}");
        names.push(name);
    }
    assert_eq!(names.len(), DEMO.len());
    assert_eq!(names[0], "demo/Chart.yaml");
}

#[tokio::test]
async fn an_archive_that_is_known_is_not_sent_again() {
    let app = TestApp::new();
    let first = app.get("/demo-1.2.3.tgz").await;
    let request =
        Request::get("/demo-1.2.3.tgz").header(header::IF_NONE_MATCH, first.header("etag"));
    let again = app.send(request).await;
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    assert_eq!(TestApp::new().get("/demo-1.2.3.tgz").await.body, first.body);
}
