//! `POST /apply`: the page's form, where no script runs.

use super::support::{Answer, TestApp};

async fn apply(app: &TestApp, body: &str) -> Answer {
    app.post(
        "/apply",
        "application/x-www-form-urlencoded",
        body.to_owned(),
    )
    .await
}

#[track_caller]
fn location(answer: &Answer) -> String {
    assert_eq!(
        answer.status.as_u16(),
        303,
        "{}",
        String::from_utf8_lossy(&answer.body)
    );
    answer.header("location").to_owned()
}

#[tokio::test]
async fn only_what_differs_from_the_page_is_changed() {
    let app = TestApp::new();
    let body = "base=env%3Dprod&env=prod&release=demo&namespace=default&kube=&field.web.replicas=7\
                &field.web.memory=128Mi&show=web&form=all";
    assert_eq!(
        location(&apply(&app, body).await),
        "/?env=prod&set=web.replicas=7&form=all&show=web"
    );
}

#[tokio::test]
async fn another_environment_keeps_what_was_changed_and_nothing_that_was_not() {
    let app = TestApp::new();
    // The page showed five replicas, prod's own.
    let body = "base=env%3Dprod%26set%3Dweb.memory%3D1Gi&env=base&field.web.replicas=5\
                &field.web.memory=1Gi";
    assert_eq!(location(&apply(&app, body).await), "/?set=web.memory=1Gi");
}

#[tokio::test]
async fn back_to_what_lies_beneath_leaves_no_override() {
    let app = TestApp::new();
    let body = "base=set%3Dweb.replicas%3D7&field.web.replicas=2";
    assert_eq!(location(&apply(&app, body).await), "/");
    let body = "base=set%3Dweb.replicas%3D7%26set%3Dweb.memory%3D1Gi&reset=web.replicas";
    assert_eq!(location(&apply(&app, body).await), "/?set=web.memory=1Gi");
}

#[tokio::test]
async fn the_pressed_button_wins() {
    let app = TestApp::new();
    let body = "base=&present.web.enabled=on&field.web.enabled=true\
                &set=web.enabled=false,database.enabled=false&form=all&form=short&tab=checks";
    assert_eq!(
        location(&apply(&app, body).await),
        "/?set=database.enabled=false&set=web.enabled=false&form=short&tab=checks"
    );
    let body = "base=set%3Dweb.enabled%3Dfalse&set=web.enabled=true";
    assert_eq!(location(&apply(&app, body).await), "/");
}

#[tokio::test]
async fn a_switch_that_is_off_sends_nothing() {
    let app = TestApp::new();
    let body = "base=&present.web.enabled=on";
    assert_eq!(
        location(&apply(&app, body).await),
        "/?set=web.enabled=false"
    );
    let body = "base=set%3Dweb.enabled%3Dfalse&present.web.enabled=on";
    assert_eq!(
        location(&apply(&app, body).await),
        "/?set=web.enabled=false"
    );
}

#[tokio::test]
async fn a_text_that_will_not_do_goes_back_to_its_input_and_the_rest_is_taken() {
    let app = TestApp::new();
    let body = "base=&release=NO%21&field.web.replicas=many&field.web.memory=1Gi";
    let there = location(&apply(&app, body).await);
    assert_eq!(
        there,
        "/?set=web.memory=1Gi&draft=release=NO%21&draft=web.replicas=many"
    );
    let answer = app.get(&format!("{there}&show=web&form=all")).await;
    let page = answer.ok();
    assert!(page.contains("value=\"many\""), "kept as typed");
    assert!(page.contains("must be a whole number, not"), "and told");
    assert!(page.contains("value=\"NO!\""), "in the header, too");
}

#[tokio::test]
async fn a_secret_enters_no_link_and_that_is_told() {
    let app = TestApp::new();
    let body = "base=&field.database.password=hush%3Dhush&field.database.size=6Gi";
    let there = location(&apply(&app, body).await);
    assert_eq!(there, "/?set=database.size=6Gi&unkept=database.password");
    let page = app.get(&there).await;
    assert!(page.ok().contains("a secret never enters a link"));
    assert!(!page.ok().contains("hush"));
}

#[tokio::test]
async fn a_password_left_empty_is_left_alone() {
    let app = TestApp::new();
    let body = "base=&field.database.password=";
    assert_eq!(location(&apply(&app, body).await), "/");
}

#[tokio::test]
async fn rows_are_read_in_order() {
    let app = TestApp::builder().flts().build();
    let rows = "base=&key.kafka.replicas=&item.global.nothing=";
    assert_eq!(apply(&app, rows).await.named().len(), 2);
    let body = "base=&key.nodeSelector=disk&item.nodeSelector=ssd&key.nodeSelector=\
                &item.nodeSelector=";
    assert_eq!(
        location(&apply(&app, body).await),
        "/?set=nodeSelector.disk=ssd"
    );
    let body = "base=set%3DnodeSelector.disk%3Dssd&key.nodeSelector=&item.nodeSelector=";
    assert_eq!(location(&apply(&app, body).await), "/");
}

#[tokio::test]
async fn the_overrides_come_as_a_text_too() {
    let app = TestApp::new();
    let base = "base=set%3Dweb.memory%3D1Gi&values-document=";
    let same = apply(&app, &format!("{base}web%3A%0D%0A++memory%3A+1Gi%0D%0A")).await;
    assert_eq!(location(&same), "/?set=web.memory=1Gi");
    let other = apply(&app, &format!("{base}web%3A%0D%0A++memory%3A+2Gi%0D%0A")).await;
    assert_eq!(location(&other), "/?set=web.memory=2Gi");
    let broken = location(&apply(&app, &format!("{base}web%3A+%5B")).await);
    assert_eq!(
        broken,
        "/?set=web.memory=1Gi&draft=values-document=web:%20["
    );
    let page = app.get(&format!("{broken}&tab=values")).await;
    assert!(page.ok().contains("web: ["), "kept as typed");
}

#[tokio::test]
async fn api_versions_are_those_that_are_ticked() {
    let app = TestApp::new();
    let base = "base=api-versions%3Da/v1%26upgrade%3Dtrue&upgrade=false&api-versions=";
    assert_eq!(location(&apply(&app, base).await), "/");
    let body = format!("{base}&api-versions=b/v1&api-versions=no%2F%2Fapi");
    assert_eq!(
        location(&apply(&app, &body).await),
        "/?api-versions=b/v1&draft=api-versions=no//api"
    );
}

#[tokio::test]
async fn every_text_of_a_page_as_drawn_changes_nothing() {
    let app = TestApp::builder().flts().build();
    for card in ["kafka", "inference", "minio", "prometheus", "ingress"] {
        let answer = app.get(&format!("/?env=prod&show={card}&form=all")).await;
        let body = form_of(answer.ok());
        let expected = format!("/?env=prod&form=all&show={card}");
        assert_eq!(location(&apply(&app, &body).await), expected, "{card}");
    }
}

/// The body that a browser sends for a page, as far as its inputs go.
fn form_of(page: &str) -> String {
    let plain = |text: &str| {
        let text = text.replace("&quot;", "\"").replace("&lt;", "<");
        text.replace("&gt;", ">")
            .replace("&#x27;", "'")
            .replace("&amp;", "&")
    };
    let attribute = |tag: &str, name: &str| {
        let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
        tag[from..].split('"').next().map(plain)
    };
    let mut body = String::new();
    let start = page
        .find("id=\"composition\"")
        .expect("the page has its form");
    let end = start + page[start..].find("</form>").expect("it ends");
    for (at, _) in page.match_indices("<input") {
        let (tag, _) = page[at..].split_once('>').expect("a tag ends");
        if !(start..end).contains(&at) && !tag.contains(" form=\"composition\"") {
            continue;
        }
        let kind = attribute(tag, "type").unwrap_or_default();
        let off = matches!(kind.as_str(), "checkbox" | "radio") && !tag.contains(" checked");
        if let (Some(name), false) = (attribute(tag, "name"), off) {
            let value = attribute(tag, "value").unwrap_or_default();
            compose::link::push_pair(&mut body, &name, &value);
        }
    }
    for tag in page.split("<textarea").skip(1) {
        let (tag, rest) = tag.split_once('>').unwrap_or((tag, ""));
        let text = rest.split("</textarea>").next().unwrap_or_default();
        let text = plain(text.strip_prefix('\n').unwrap_or(text));
        if let Some(name) = attribute(tag, "name") {
            compose::link::push_pair(&mut body, &name, &text.replace('\n', "\r\n"));
        }
    }
    body
}

#[tokio::test]
async fn what_is_no_form_of_this_page_is_refused_by_name() {
    let app = TestApp::new();
    assert_eq!(
        apply(&app, "base=&field.nothing=1").await.named(),
        ["nothing"]
    );
    assert_eq!(apply(&app, "base=&wrong=1").await.named(), ["wrong"]);
    assert_eq!(apply(&app, "base=&set=%ff").await.named(), ["set"]);
    assert_eq!(apply(&app, "base=&env=none").await.named(), ["env"]);
    assert_eq!(apply(&app, "base=set%3Dno.such%3D1").await.named(), ["no"]);
    app.post("/apply", "application/x-www-form-urlencoded", vec![0xff])
        .await
        .problem(400);
    app.post("/apply", "application/json", "{}")
        .await
        .problem(400);
    app.get("/apply").await.problem(405);
    let long = format!("base=&field.web.memory={}", "x".repeat(600 << 10));
    apply(&app, &long).await.problem(413);
    let long = format!("base=&field.web.memory={}", "x".repeat(3 << 10));
    assert_eq!(apply(&app, &long).await.named(), ["web.memory"]);
}
