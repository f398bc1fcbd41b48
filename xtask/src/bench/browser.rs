//! What a person feels: edits in Chromium, and Lighthouse's opinion.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::table::{Goal, Table, percentile};
use crate::{
    end2end::Server,
    process::{capture, command, read, root, run, say, step, target},
    site,
};

/// The release of Lighthouse whose opinion counts.
const LIGHTHOUSE: &str = "13.5.0";
/// How often it is asked.
const LIGHTHOUSE_RUNS: usize = 5;
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
    let environment = [("BASE_URL", format!("http://{}", server.address))];
    let Some(mut edits) = walk::<Edits>("edits", &environment)? else {
        table.skip("edits in Chromium", "the browser failed");
        return Ok(());
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

/// Times from a written file of a chart to the page painted with what it changed.
pub(super) fn live(binary: &Path, table: &mut Table) -> anyhow::Result<()> {
    say("Edits of a chart's file under its page");
    let chart = target().join("bench/live");
    let _ = fs::remove_dir_all(&chart);
    site::copy(&root().join("chart"), &chart)?;
    let server = Server::start_with(binary, Some(("--chart", &chart)))?;
    let file = chart.join("templates/infrastructure/kafka.yaml");
    let environment = [
        ("BASE_URL", format!("http://{}", server.address)),
        ("CHART_FILE", file.display().to_string()),
    ];
    let what = "edit of a chart's file to painted page, FLTS prod, slowest";
    match walk::<Vec<f64>>("live", &environment)? {
        Some(mut times) => {
            let slowest = percentile(&mut times, 1.0);
            table.add(what, slowest, "ms", Goal::Under(1000.0));
        }
        None => table.skip(what, "the browser failed"),
    }
    Ok(())
}

/// What `end2end/bench/NAME.mjs` prints; nothing, and its words on standard error, if it failed.
fn walk<T: DeserializeOwned>(
    name: &str,
    environment: &[(&str, String)],
) -> anyhow::Result<Option<T>> {
    let output = read(
        command("node")
            .current_dir(root().join("end2end"))
            .arg(format!("bench/{name}.mjs"))
            .envs(environment.iter().map(|(key, value)| (key, value))),
    );
    match output {
        Ok(json) => serde_json::from_str(&json)
            .with_context(|| format!("{name}.mjs printed no such JSON"))
            .map(Some),
        Err(error) => {
            eprintln!("{error:#}");
            Ok(None)
        }
    }
}

/// Lighthouse's four scores for a window on a desk and for a phone: the medians of several runs, as
/// its own documents advise, because what else the machine does counts for one.
pub(super) fn lighthouse(server: &Server, table: &mut Table) -> anyhow::Result<()> {
    let Ok(program) = install() else {
        table.skip("Lighthouse", "npm cannot install it here");
        return Ok(());
    };
    for form in ["desktop", "mobile"] {
        say(&format!("Lighthouse, {form}, {LIGHTHOUSE_RUNS} times"));
        let mut scores = [const { Vec::new() }; CATEGORIES.len()];
        for _ in 0..LIGHTHOUSE_RUNS {
            let first = report(&program, server, form)?;
            let again = || report(&program, server, form);
            let Some(report) = first.map_or_else(again, |it| Ok(Some(it)))? else {
                break;
            };
            for (scores, (id, _)) in scores.iter_mut().zip(CATEGORIES) {
                let score = report["categories"][id]["score"].as_f64().unwrap_or(0.0);
                scores.push(score * 100.0);
            }
        }
        if scores[0].len() < LIGHTHOUSE_RUNS {
            table.skip(&format!("Lighthouse, {form}"), "it failed");
            continue;
        }
        for (mut scores, (_, name)) in scores.into_iter().zip(CATEGORIES) {
            let half = percentile(&mut scores, 0.5);
            let what = format!("Lighthouse, {form}: {name}, median of {LIGHTHOUSE_RUNS}");
            table.add(&what, half, "", Goal::AtLeast(100.0));
            let lowest = percentile(&mut scores, 0.0);
            if lowest < half {
                table.note("the same, lowest", &format!("{lowest:.0}"));
            }
        }
    }
    Ok(())
}

/// One run of Lighthouse; nothing, and its words on standard error, if it failed: at times a busy
/// machine loses the trace, which is no opinion of the page.
fn report(program: &Path, server: &Server, form: &str) -> anyhow::Result<Option<Value>> {
    let report = target().join(format!("lighthouse-{form}.json"));
    if report.exists() {
        fs::remove_file(&report)?;
    }
    let mut lighthouse = command(program);
    lighthouse
        .arg(format!("http://{}/?env=prod", server.address))
        .args(["--quiet", "--output=json"])
        .arg(format!("--output-path={}", report.display()))
        .arg("--chrome-flags=--headless=new --no-sandbox");
    if form == "desktop" {
        lighthouse.arg("--preset=desktop");
    }
    if Path::new("/usr/bin/chromium").is_file() {
        lighthouse.env("CHROME_PATH", "/usr/bin/chromium");
    }
    let output = capture(&mut lighthouse)?;
    let Ok(text) = fs::read_to_string(&report) else {
        eprintln!("{}", String::from_utf8_lossy(&output.stderr));
        return Ok(None);
    };
    let report: Value = serde_json::from_str(&text)?;
    if let Some(error) = report["runtimeError"]["message"].as_str() {
        eprintln!("{error}");
        return Ok(None);
    }
    Ok(Some(report))
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
