//! What a person feels: edits in Chromium, and Lighthouse's opinion.

use std::{fs, path::PathBuf};

use anyhow::Context as _;
use serde::Deserialize;
use serde_json::Value;

use super::table::{Goal, Table, percentile};
use crate::{
    end2end::Server,
    process::{capture, command, read, root, run, say, step, target},
};

/// The release of Lighthouse whose opinion counts.
const LIGHTHOUSE: &str = "13.5.0";
/// Its categories, and what they are called.
const CATEGORIES: [(&str, &str); 4] = [
    ("performance", "performance"),
    ("accessibility", "accessibility"),
    ("best-practices", "best practices"),
    ("seo", "SEO"),
];

/// What `end2end/bench/edits.mjs` prints, in milliseconds.
#[derive(Debug, Deserialize)]
struct Edits {
    painted: Vec<f64>,
    interactions: Vec<f64>,
}

/// Times from an input event to the painted preview, and interactions to the next paint.
pub(super) fn edits(server: &Server, table: &mut Table) -> anyhow::Result<()> {
    say("Edits of FLTS prod in Chromium");
    let output = read(
        command("node")
            .current_dir(root().join("end2end"))
            .arg("bench/edits.mjs")
            .env("BASE_URL", format!("http://{}", server.address)),
    );
    let mut edits: Edits = match output {
        Ok(json) => serde_json::from_str(&json).context("edits.mjs printed no JSON")?,
        Err(error) => {
            eprintln!("{error:#}");
            table.skip("edits in Chromium", "the browser failed");
            return Ok(());
        }
    };
    let half = percentile(&mut edits.painted, 0.5);
    let count = edits.painted.len();
    table.note(
        &format!("edit to painted preview, FLTS prod, p50 of {count}"),
        &format!("{half:.1} ms"),
    );
    table.add(
        "the same, p95",
        percentile(&mut edits.painted, 0.95),
        "ms",
        Goal::Under(100.0),
    );
    // The browser tells only of those that took a frame or longer.
    let slowest = match edits.interactions.as_mut_slice() {
        [] => 0.0,
        slow => percentile(slow, 0.98),
    };
    table.add(
        "interaction to next paint, p98",
        slowest,
        "ms",
        Goal::Under(50.0),
    );
    Ok(())
}

/// Lighthouse's four scores for a window on a desk and for a phone.
pub(super) fn lighthouse(server: &Server, table: &mut Table) -> anyhow::Result<()> {
    let Ok(program) = install() else {
        table.skip("Lighthouse", "npm cannot install it here");
        return Ok(());
    };
    for form in ["desktop", "mobile"] {
        say(&format!("Lighthouse, {form}"));
        let report = target().join(format!("lighthouse-{form}.json"));
        let mut lighthouse = command(&program);
        lighthouse
            .arg(format!("http://{}/?env=prod", server.address))
            .args(["--quiet", "--output=json"])
            .arg(format!("--output-path={}", report.display()))
            .arg("--chrome-flags=--headless=new --no-sandbox");
        if form == "desktop" {
            lighthouse.arg("--preset=desktop");
        }
        if std::path::Path::new("/usr/bin/chromium").is_file() {
            lighthouse.env("CHROME_PATH", "/usr/bin/chromium");
        }
        let output = capture(&mut lighthouse)?;
        let Ok(text) = fs::read_to_string(&report) else {
            eprintln!("{}", String::from_utf8_lossy(&output.stderr));
            table.skip(&format!("Lighthouse, {form}"), "it failed");
            continue;
        };
        let json: Value = serde_json::from_str(&text)?;
        for (id, name) in CATEGORIES {
            let score = json["categories"][id]["score"].as_f64().unwrap_or(0.0) * 100.0;
            table.add(
                &format!("Lighthouse, {form}: {name}"),
                score,
                "",
                Goal::AtLeast(100.0),
            );
        }
    }
    Ok(())
}

/// Installs it with npm, once.
fn install() -> anyhow::Result<PathBuf> {
    let folder = target()
        .join("tools")
        .join(format!("lighthouse-{LIGHTHOUSE}"));
    let program = folder.join("node_modules/.bin/lighthouse");
    if !program.is_file() {
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("package.json"), "{\"private\":true}")?;
        step("Installing Lighthouse (npm)", || {
            run(command("npm").current_dir(&folder).args([
                "install",
                &format!("lighthouse@{LIGHTHOUSE}"),
                "--no-audit",
                "--no-fund",
                "--loglevel=error",
            ]))
        })?;
    }
    Ok(program)
}
