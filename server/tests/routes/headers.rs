//! What every answer carries.

use axum::http::{Method, Request, header};

use super::support::TestApp;

#[tokio::test]
async fn the_page_allows_only_its_own_scripts() {
    let app = TestApp::new();
    let answer = app.get("/").await;
    let policy = answer.header("content-security-policy").to_owned();
    let nonce = policy
        .split("'nonce-")
        .nth(1)
        .and_then(|rest| rest.split('\'').next())
        .unwrap();
    assert!(nonce.len() >= 16, "{policy}");
    assert!(
        policy.starts_with("default-src 'none'; script-src 'nonce-"),
        "{policy}"
    );
    let page = answer.ok();
    let scripts = page.matches("<script").count();
    let allowed = page.split("<script").skip(1);
    let allowed = allowed.filter(|rest| {
        rest.split('>')
            .next()
            .is_some_and(|tag| tag.contains(&format!("nonce=\"{nonce}\"")))
    });
    assert_eq!(allowed.count(), scripts, "a script without the nonce");
    assert!(!page.contains(" style=\""), "inline styles are not allowed");
    assert!(
        !page.contains(" onclick="),
        "inline handlers are not allowed"
    );
    assert_eq!(answer.header("cache-control"), "no-store");
    let again = app.get("/").await;
    assert_ne!(
        again.header("content-security-policy"),
        policy,
        "a nonce is for once"
    );
}

#[tokio::test]
async fn every_answer_is_kept_to_itself() {
    let app = TestApp::new();
    for path in [
        "/",
        "/values.yaml",
        "/nothing",
        "/healthz",
        "/api/v1/charts",
        "/manifests.zip",
    ] {
        let answer = app.get(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(
            answer.header("cross-origin-opener-policy"),
            "same-origin",
            "{path}"
        );
        assert_eq!(
            answer.header("cross-origin-resource-policy"),
            "same-origin",
            "{path}"
        );
        assert!(
            answer
                .header("content-security-policy")
                .contains("frame-ancestors 'none'"),
            "{path}"
        );
        assert!(!answer.header("x-request-id").is_empty(), "{path}");
        assert!(!answer.header("content-type").is_empty(), "{path}");
    }
    let request = Request::get("/healthz").header("x-request-id", "from-a-proxy");
    assert_eq!(
        app.send(request).await.header("x-request-id"),
        "from-a-proxy"
    );
}

#[tokio::test]
async fn text_is_compressed() {
    let app = TestApp::new();
    for (accepted, encoding) in [("br, gzip", "br"), ("gzip", "gzip"), ("", "")] {
        let request = Request::get("/").header(header::ACCEPT_ENCODING, accepted);
        assert_eq!(app.send(request).await.header("content-encoding"), encoding);
    }
    let request = Request::get("/manifests.zip").header(header::ACCEPT_ENCODING, "br, gzip");
    assert_eq!(app.send(request).await.header("content-encoding"), "");
}

#[tokio::test]
async fn what_is_not_there_is_a_problem() {
    let app = TestApp::new();
    for path in [
        "/nothing",
        "/nothing/below",
        "/style/none.css",
        "/api/v1/none",
        "/demo-9.9.9.tgz",
    ] {
        app.get(path).await.problem(404);
    }
    for path in [
        "/style/../Cargo.toml",
        "/style/..%2fCargo.toml",
        "/pkg/%2e%2e/x",
    ] {
        assert_eq!(app.get(path).await.status, 404, "{path}");
    }
    let wrong = app.send(Request::delete("/values.yaml")).await;
    wrong.problem(405);
    assert!(wrong.header("allow").contains("GET"));
    assert_eq!(app.status(Method::HEAD, "/values.yaml").await, 200);
}
