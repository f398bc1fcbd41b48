//! Renders a chart folder again and again and says how long one render takes, warm.
//!
//! `cargo run --release -p chartroom-engine --example render_loop -- CHART [-f VALUES]... [-n ROUNDS] [--for MS] [--edit PATH] [--print]`
//!
//! With `--for` it goes on for so many milliseconds at least.
//! The release's name changes with every round, so that no round is the one before; with `--edit`
//! it is the value at that path that changes, and each round uses again what it can of those
//! before. `--print` renders once and prints what `helm template` would.

#![expect(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    reason = "the files and the clock are the caller's, and this is one"
)]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use engine::{
    Chart, CompiledChart, Limits, OutputOptions, Release, RenderRequest, SourceFile, render,
};

/// As in the `chartroom` binary, which counts what each thread holds besides.
#[global_allocator]
static ALLOCATOR: memory::Mimalloc = memory::Mimalloc;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    // Whoever renders often has a thread for it.
    let depth = Limits::default().depth;
    let thread = engine::stack::spawn("render", depth, || {
        run().map_err(|failure| failure.to_string())
    })?;
    match thread.join() {
        Ok(result) => result.map_err(Failure::from),
        Err(panic) => std::panic::resume_unwind(panic),
    }
}

fn run() -> Result<(), Failure> {
    let mut chart = None;
    let mut values = values::Map::new();
    let mut rounds = 200_usize;
    let mut least = Duration::ZERO;
    let mut print = false;
    let mut edit = None;
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "-f" => {
                let file = args.next().ok_or("-f needs a file")?;
                let over = values::yaml::parse_map(&std::fs::read_to_string(file)?)?;
                values = values::merge::merge_maps(values, &over);
            }
            "-n" => rounds = args.next().ok_or("-n needs a number")?.parse()?,
            "--for" => {
                let milliseconds = args.next().ok_or("--for needs a number")?;
                least = Duration::from_millis(milliseconds.parse()?);
            }
            "--edit" => edit = Some(args.next().ok_or("--edit needs a path")?),
            "--print" => print = true,
            _ => chart = Some(PathBuf::from(arg)),
        }
    }
    let folder = chart.ok_or("which chart folder?")?;

    let started = Instant::now();
    let mut files = Vec::new();
    read(&folder, "", &mut files)?;
    let compiled = CompiledChart::compile(Arc::new(Chart::load(files)?))?;
    let loaded = started.elapsed();
    let one = |name: &str, round: usize| -> Result<(String, Duration), Failure> {
        let mut values = values.clone();
        if let Some(path) = &edit {
            values::set::parse_set(&format!("{path}={round}"), &mut values)?;
        }
        let request = RenderRequest {
            values,
            release: Release::new(name, "default"),
            limits: Limits::default(),
            reuse: edit.is_some(),
            concurrent: true,
            ..RenderRequest::default()
        };
        let started = Instant::now();
        let text = render(&compiled, &request)?.to_text(&OutputOptions::default())?;
        Ok((text, started.elapsed()))
    };
    if print {
        print!("{}", one("release-name", 0)?.0);
        return Ok(());
    }

    let (text, first) = one("first", 0)?;
    let mut times = Vec::with_capacity(rounds);
    let begun = Instant::now();
    while times.len() < rounds.max(1) || begun.elapsed() < least {
        let round = times.len();
        let name = match edit {
            Some(_) => "first".to_owned(),
            None => format!("round-{round}"),
        };
        times.push(one(&name, round + 1)?.1);
    }
    times.sort_unstable();
    let at = |part: usize| times[(times.len() - 1) * part / 100].as_secs_f64() * 1e6;
    println!(
        "{}: load {} µs, first render {} µs, warm median {:.1} µs, best {:.1} µs, 95 % {:.1} µs, {} bytes",
        folder.display(),
        loaded.as_micros(),
        first.as_micros(),
        at(50),
        at(0),
        at(95),
        text.len()
    );
    Ok(())
}

/// The files of a folder, with their paths in it.
fn read(folder: &Path, prefix: &str, files: &mut Vec<SourceFile>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = format!("{prefix}{name}");
        if path.is_dir() {
            read(&path, &format!("{name}/"), files)?;
        } else {
            files.push(SourceFile::new(name, std::fs::read(&path)?));
        }
    }
    Ok(())
}
