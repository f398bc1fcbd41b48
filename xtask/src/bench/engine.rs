//! The engine beside Helm's: whole processes, warm renders in process, the memory of both.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};

use super::charts::{self, Subject};
use crate::{
    process::{capture, cargo, command, find, read, root, run, say, step, target},
    tools,
};

/// Processes of each program for one chart.
const PROCESSES: usize = 11;
/// How often each engine is started for one chart, in turn with the other.
const TURNS: usize = 9;
/// The warm renders of each turn: so many at least, and for so many milliseconds, as the first
/// hundreds of a small chart's are not warm yet.
const RENDERS: (usize, usize) = (7, 100);

/// Prints a line for each chart and the medians over all.
pub(super) fn print(binary: &Path, folders: &[PathBuf]) -> anyhow::Result<()> {
    let Some(helm) = tools::helm()? else {
        println!("the engine beside Helm's: skipped, neither helm nor go is here");
        return Ok(());
    };
    let theirs = warm_helm()?;
    let ours = warm_ours()?;
    say("The engine beside Helm's, medians");
    println!(
        "| chart | manifests | process: Helm | ours | ratio | warm: Helm | ours | ratio | load | \
         memory: Helm | ours |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    );
    let (mut whole, mut warm, mut memory) = (Vec::new(), Vec::new(), Vec::new());
    for subject in charts::subjects(folders)? {
        let text = capture(&mut template(&helm.path, &subject))?;
        if !text.status.success() {
            println!("| {} | does not render | | | | | | | | | |", subject.name);
            continue;
        }
        let [process_helm, process_ours] = processes([&helm.path, binary], &subject)?;
        // Apart from the times: asking for it takes time, too.
        let peak_helm = peak(&mut template(&helm.path, &subject))?;
        let peak_ours = peak(&mut template(binary, &subject))?;
        let warm_theirs = theirs.as_deref().filter(|_| !subject.makes_keys);
        let (render, warm_helm) = warm_renders(&ours, warm_theirs, &subject)?;
        let process_ratio = process_helm.as_secs_f64() / process_ours.as_secs_f64();
        whole.push(process_ratio);
        let (warm_shown, ratio_shown) = match warm_helm {
            Some(micros) => {
                let ratio = micros / render.warm;
                warm.push(ratio);
                (millis(micros), format!("{ratio:.1}"))
            }
            None if subject.makes_keys => ("keys aside".to_owned(), String::new()),
            None => ("no Go here".to_owned(), String::new()),
        };
        if peak_ours > 0.0 {
            memory.push(peak_helm / peak_ours);
        }
        println!(
            "| {} | {} KB | {} | {} | {process_ratio:.1} | {warm_shown} | {} | {ratio_shown} | {} | \
             {peak_helm:.0} MB | {peak_ours:.0} MB |",
            subject.name,
            text.stdout.len() / 1000,
            millis(process_helm.as_secs_f64() * 1e6),
            millis(process_ours.as_secs_f64() * 1e6),
            millis(render.warm),
            millis(render.load),
        );
    }
    println!();
    summary("whole process, times faster", &mut whole);
    summary("warm engine, times faster", &mut warm);
    summary("memory, times less", &mut memory);
    Ok(())
}

fn summary(what: &str, ratios: &mut [f64]) {
    ratios.sort_by(f64::total_cmp);
    if let (Some(least), Some(median)) = (ratios.first(), ratios.get(ratios.len() / 2)) {
        println!("{what}: {median:.1} at the median, {least:.1} at worst");
    }
}

fn millis(micros: f64) -> String {
    format!("{:.1} ms", micros / 1000.0)
}

fn template(program: &Path, subject: &Subject) -> Command {
    let mut command = command(program);
    command
        .args(["template", "release-name"])
        .arg(&subject.folder);
    if let Some(values) = &subject.values {
        command.arg("-f").arg(values);
    }
    command
}

/// The median times of whole processes of the two programs, started in turn: what slows the machine
/// down for a while slows both.
fn processes(programs: [&Path; 2], subject: &Subject) -> anyhow::Result<[Duration; 2]> {
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..PROCESSES {
        for (program, times) in programs.iter().zip(&mut times) {
            let started = Instant::now();
            capture(&mut template(program, subject))?;
            times.push(started.elapsed());
        }
    }
    Ok(times.map(|mut times| {
        times.sort();
        times[PROCESSES / 2]
    }))
}

/// What a render by either engine takes: the median of its best turn, as what else the machine does
/// can only add to it. Nothing of Helm's without Go.
fn warm_renders(
    ours: &Path,
    theirs: Option<&Path>,
    subject: &Subject,
) -> anyhow::Result<(Render, Option<f64>)> {
    let mut best = our_render(ours, subject)?;
    let mut helm = theirs.map(|it| go_render(it, subject)).transpose()?;
    for _ in 1..TURNS {
        let render = our_render(ours, subject)?;
        best.load = best.load.min(render.load);
        best.warm = best.warm.min(render.warm);
        if let (Some(theirs), Some(helm)) = (theirs, &mut helm) {
            *helm = helm.min(go_render(theirs, subject)?);
        }
    }
    Ok((best, helm))
}

/// The peak of a process's resident memory, in megabytes, as Linux tells it while it runs; 0 elsewhere.
fn peak(command: &mut Command) -> anyhow::Result<f64> {
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0.0_f64;
    while child.try_wait()?.is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with("VmHWM:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok());
        peak = peak.max(kilobytes.unwrap_or_default() * 1.024 / 1000.0);
        thread::sleep(Duration::from_micros(200));
    }
    Ok(peak)
}

/// A Go program that renders with Helm's engine, built if Go is here.
fn warm_helm() -> anyhow::Result<Option<PathBuf>> {
    if find("go").is_none() {
        return Ok(None);
    }
    let program = target().join("tools/helm-warm");
    step("Building Helm's engine (go build)", || {
        run(command("go")
            .current_dir(root().join("xtask/oracle/engine"))
            .args(["build", "-o"])
            .arg(&program)
            .arg("./warm"))
    })?;
    Ok(Some(program))
}

/// Microseconds of one warm render by Helm.
fn go_render(program: &Path, subject: &Subject) -> anyhow::Result<f64> {
    let mut command = command(program);
    let (renders, milliseconds) = RENDERS;
    command.args([renders, milliseconds].map(|number| number.to_string()));
    command.arg(&subject.folder);
    command.args(&subject.values);
    read(&mut command)?.trim().parse().context("no number")
}

/// Our program that does the same.
fn warm_ours() -> anyhow::Result<PathBuf> {
    step(
        "Building the engine's example (cargo build --release)",
        || {
            run(cargo().args([
                "build",
                "--release",
                "--quiet",
                "-p",
                "chartroom-engine",
                "--example",
                "render_loop",
            ]))
        },
    )?;
    Ok(target().join("release/examples/render_loop"))
}

/// What our engine takes, in microseconds.
struct Render {
    /// Reading a chart's folder.
    load: f64,
    /// One warm render.
    warm: f64,
}

fn our_render(program: &Path, subject: &Subject) -> anyhow::Result<Render> {
    let mut command = command(program);
    command.arg(&subject.folder);
    let (renders, milliseconds) = RENDERS;
    command.args(["-n", &renders.to_string()]);
    command.args(["--for", &milliseconds.to_string()]);
    if let Some(values) = &subject.values {
        command.arg("-f").arg(values);
    }
    let said = read(&mut command)?;
    let number = |name: &str| {
        let behind = said.split_once(name)?.1;
        behind.split_whitespace().next()?.parse::<f64>().ok()
    };
    match (number(": load "), number("warm median ")) {
        (Some(load), Some(warm)) => Ok(Render { load, warm }),
        _ => bail!("the engine's example said: {said}"),
    }
}
