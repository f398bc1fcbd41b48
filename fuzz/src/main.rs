//! Feeds what strangers may send to what reads it: seeds kept in `corpus`, changed at random.
//!
//! What is fed must never make it panic, take long or take much memory, and must keep what the
//! target says of its outcome. `cargo xtask fuzz` builds and runs it; the README beside says how to
//! replay what it found.

mod limits;
mod mutate;
mod random;
mod targets;

use std::{
    collections::HashSet,
    fs, panic,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::{Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};
use clap::Parser;

use random::Random;
use targets::{ALL, Target};

/// Feeds what strangers may send to what reads it.
#[derive(Debug, Clone, Parser)]
struct Args {
    /// What to feed; all of it without
    #[arg(long)]
    target: Option<String>,
    /// How many inputs each target gets
    #[arg(long, default_value_t = u64::MAX)]
    runs: u64,
    /// How many minutes each target gets
    #[arg(long)]
    minutes: Option<f64>,
    /// Another seed makes other inputs
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where failing inputs are put
    #[arg(long, default_value = "target/fuzz")]
    save: PathBuf,
    /// Feeds this one input
    #[arg(long, requires = "target")]
    replay: Option<PathBuf>,
}

/// The work that one input may take. None of them needs a tenth of it.
const MAX_WORK: Duration = Duration::from_secs(2);
/// Deep enough for the engine's own limit of depth in a debug build.
const STACK_BYTES: usize = 512 << 20;
/// How many inputs are kept to make others from.
const MAX_POOL: usize = 4_000;

fn main() -> ExitCode {
    let args = Args::parse();
    limits::bound_memory();
    let thread = thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(move || run(&args));
    let result = thread.map_err(anyhow::Error::from).and_then(|thread| {
        thread
            .join()
            .unwrap_or_else(|_| bail!("the harness panicked"))
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("fuzz: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &Args) -> anyhow::Result<()> {
    quiet_panics();
    let wanted = |target: &&&(dyn Target + Sync)| {
        args.target
            .as_ref()
            .is_none_or(|name| name == target.name())
    };
    let targets: Vec<_> = ALL.iter().filter(wanted).collect();
    if targets.is_empty() {
        let names: Vec<_> = ALL.iter().map(|target| target.name()).collect();
        bail!("no such target; there are {}", names.join(", "));
    }
    let mut failed = 0;
    for target in targets {
        if let Some(file) = &args.replay {
            let input = fs::read(file).with_context(|| file.display().to_string())?;
            match feed(*target, &input) {
                Ok(outcome) => println!("{}: passes: {outcome}", target.name()),
                Err(why) => bail!("{}: {why}", target.name()),
            }
        } else {
            failed += fuzz(args, *target)?;
        }
    }
    if failed > 0 {
        bail!("{failed} inputs failed");
    }
    Ok(())
}

/// Feeds a target; how many inputs failed.
fn fuzz(args: &Args, target: &(dyn Target + Sync)) -> anyhow::Result<usize> {
    let name = target.name();
    let started = Instant::now();
    let time = args
        .minutes
        .map(|minutes| Duration::from_secs_f64(minutes * 60.0));
    let mut pool = seeds(name)?;
    let mut random = Random::new(args.seed);
    let mut seen = HashSet::new();
    let mut failures = Failures::new(args, name)?;
    let mut slowest = Duration::ZERO;
    let mut count = 0;
    let own = pool.len() as u64;
    while count < args.runs.max(own) && time.is_none_or(|time| started.elapsed() < time) {
        // Each seed as it stands, then what can be made of them.
        let input = match usize::try_from(count).ok().and_then(|it| pool.get(it)) {
            Some(seed) if count < own => seed.clone(),
            _ => mutate::mutate(&pool, target.words(), &mut random),
        };
        count += 1;
        failures.about_to_feed(&input)?;
        let before = limits::work();
        let result = feed(target, &input);
        let work = limits::work().saturating_sub(before);
        slowest = slowest.max(work);
        match result {
            Ok(_) if work > MAX_WORK => {
                failures.add(&input, &format!("it took {} ms of work", work.as_millis()))?;
            }
            Ok(outcome) => {
                if count > own && pool.len() < MAX_POOL && seen.insert(outcome) {
                    pool.push(input);
                }
            }
            Err(why) => failures.add(&input, &why)?,
        }
    }
    println!(
        "{name}: {count} inputs, {} outcomes, {} failed, slowest {} ms ({:.0} s, seed {})",
        seen.len(),
        failures.count,
        slowest.as_millis(),
        started.elapsed().as_secs_f64(),
        args.seed
    );
    failures.finish();
    Ok(failures.count)
}

/// The seeds of a target, in the order of their names.
fn seeds(target: &str) -> anyhow::Result<Vec<Vec<u8>>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("corpus")
        .join(target);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .with_context(|| folder.display().to_string())?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.sort();
    let seeds: Vec<_> = files.iter().map(fs::read).collect::<Result<_, _>>()?;
    if seeds.is_empty() {
        bail!("no seeds in {}", folder.display());
    }
    Ok(seeds)
}

/// Where the last panic was, and what it said.
static PANIC: Mutex<String> = Mutex::new(String::new());

/// Panics are told as failures of their input, not as they happen.
fn quiet_panics() {
    panic::set_hook(Box::new(|info| {
        *PANIC.lock().unwrap_or_else(PoisonError::into_inner) = info.to_string();
    }));
}

fn feed(target: &(dyn Target + Sync), input: &[u8]) -> Result<String, String> {
    let feeding = panic::AssertUnwindSafe(|| target.feed(input));
    panic::catch_unwind(feeding).unwrap_or_else(|_| {
        let message = PANIC.lock().unwrap_or_else(PoisonError::into_inner);
        Err(message.clone())
    })
}

/// Inputs that failed, saved one file each.
struct Failures {
    folder: PathBuf,
    target: &'static str,
    /// What is being fed: if the process ends, this file tells by what.
    current: PathBuf,
    /// What has failed before: the same once more is no news.
    known: HashSet<String>,
    count: usize,
}

impl Failures {
    fn new(args: &Args, target: &'static str) -> anyhow::Result<Self> {
        fs::create_dir_all(&args.save).with_context(|| args.save.display().to_string())?;
        Ok(Self {
            current: args.save.join(format!("{target}-current")),
            folder: args.save.clone(),
            target,
            known: HashSet::new(),
            count: 0,
        })
    }

    fn about_to_feed(&self, input: &[u8]) -> anyhow::Result<()> {
        Ok(fs::write(&self.current, input)?)
    }

    fn add(&mut self, input: &[u8], why: &str) -> anyhow::Result<()> {
        let head: String = why
            .chars()
            .filter(|c| !c.is_ascii_digit())
            .take(120)
            .collect();
        if !self.known.insert(head) {
            return Ok(());
        }
        self.count += 1;
        let file = self.folder.join(format!("{}-{}", self.target, self.count));
        fs::write(&file, input)?;
        let (target, file) = (self.target, file.display());
        println!(
            "FAILED {target}: {why}\n  replay: cargo xtask fuzz --target {target} --replay {file}"
        );
        Ok(())
    }

    fn finish(&self) {
        let _ = fs::remove_file(&self.current);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test says what went wrong by failing")]

    use super::*;

    #[test]
    fn every_seed_passes() {
        let thread = thread::Builder::new().stack_size(STACK_BYTES);
        let run = || {
            for target in ALL {
                for seed in seeds(target.name()).unwrap() {
                    let shown = String::from_utf8_lossy(&seed).into_owned();
                    if let Err(why) = target.feed(&seed) {
                        panic!("{}: {why}\n{shown}", target.name());
                    }
                }
            }
        };
        thread.spawn(run).unwrap().join().unwrap();
    }

    #[test]
    fn a_seed_makes_the_same_inputs_again() {
        let inputs = || {
            let pool = seeds("set").unwrap();
            let mut random = Random::new(7);
            (0..100)
                .map(|_| mutate::mutate(&pool, ALL[3].words(), &mut random))
                .collect::<Vec<_>>()
        };
        assert_eq!(inputs(), inputs());
    }
}
