//! Running the real Helm for a recording: with a clean environment, on all cores, again where it
//! does not say what it said before.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Output,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use anyhow::Context as _;

use crate::{
    process::{capture, command, target},
    tools::Helm,
};

/// How often a text is recorded before it counts as changed.
const ATTEMPTS: usize = 5;

/// What a recording came to.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Cases recorded.
    pub(super) cases: usize,
    /// Cases whose expected output is another now.
    pub(super) changed: usize,
    /// Files written or removed.
    pub(super) files: usize,
    /// Cases where Helm itself says now this, now that, also what is recorded.
    pub(super) unstable: Vec<String>,
    /// Cases that cannot be recorded, and why.
    pub(super) problems: Vec<String>,
}

impl Tally {
    /// Adds another's counts.
    pub(super) fn add(&mut self, other: Self) {
        self.cases += other.cases;
        self.changed += other.changed;
        self.files += other.files;
        self.unstable.extend(other.unstable);
        self.problems.extend(other.problems);
    }

    /// Counts a case, and gives its new output if that is to be written.
    pub(super) fn count<T>(&mut self, name: &str, result: anyhow::Result<Settled<T>>) -> Option<T> {
        self.cases += 1;
        match result {
            Ok(Settled::Same) => None,
            Ok(Settled::Changed(output)) => {
                println!("    changed: {name}");
                self.changed += 1;
                Some(output)
            }
            Ok(Settled::Unstable { known: true }) => {
                self.unstable.push(name.to_owned());
                None
            }
            Ok(Settled::Unstable { known: false }) => {
                self.problems
                    .push(format!("{name}: Helm does not say the same twice"));
                None
            }
            Err(error) => {
                self.problems.push(format!("{name}: {error:#}"));
                None
            }
        }
    }

    /// Writes a file unless it says that already; an empty text is no file where `optional`.
    pub(super) fn write(&mut self, file: &Path, text: &[u8], optional: bool) -> anyhow::Result<()> {
        let present = fs::read(file).ok();
        if optional && text.is_empty() {
            if present.is_none() {
                return Ok(());
            }
            fs::remove_file(file)
        } else {
            if present.as_deref() == Some(text) {
                return Ok(());
            }
            if let Some(folder) = file.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(file, text)
        }
        .with_context(|| format!("cannot write {}", file.display()))?;
        self.files += 1;
        Ok(())
    }
}

/// A recording beside what stands in the repository.
#[derive(Debug)]
pub(super) enum Settled<T> {
    /// As recorded.
    Same,
    /// Another, the same every time.
    Changed(T),
    /// Now this, now that.
    Unstable {
        /// Whether what is recorded is among it.
        known: bool,
    },
}

/// The real Helm, and a folder to work in.
#[derive(Debug)]
pub(super) struct Recorder {
    helm: Helm,
    scratch: PathBuf,
    folders: AtomicUsize,
}

impl Recorder {
    /// With an empty folder to work in.
    pub(super) fn new(helm: Helm) -> anyhow::Result<Self> {
        let scratch = target().join("golden").join(helm.version);
        if scratch.exists() {
            fs::remove_dir_all(&scratch)?;
        }
        fs::create_dir_all(scratch.join("home"))?;
        Ok(Self {
            helm,
            scratch: scratch.canonicalize()?,
            folders: AtomicUsize::new(0),
        })
    }

    /// The version as `RECORDED` has it.
    pub(super) fn release(&self) -> String {
        format!("helm {}", self.helm.version.trim_start_matches('v'))
    }

    /// A fresh folder for one case.
    pub(super) fn folder(&self) -> anyhow::Result<Scratch> {
        let number = self.folders.fetch_add(1, Ordering::Relaxed);
        let folder = self.scratch.join(number.to_string());
        fs::create_dir_all(&folder)?;
        Ok(Scratch(folder))
    }

    /// `helm template …` within a folder.
    pub(super) fn template<'a>(
        &self,
        folder: &Path,
        args: impl IntoIterator<Item = &'a str>,
    ) -> anyhow::Result<Output> {
        self.helm(folder, ["template"].into_iter().chain(args))
    }

    /// `helm …` within a folder: no `HELM_*`, no `KUBECONFIG`, nobody's home, UTC.
    pub(super) fn helm<'a>(
        &self,
        folder: &Path,
        args: impl IntoIterator<Item = &'a str>,
    ) -> anyhow::Result<Output> {
        let mut helm = command(&self.helm.path);
        helm.current_dir(folder)
            .args(args)
            .env_clear()
            .env("HOME", self.scratch.join("home"))
            .env("PATH", "/usr/bin:/bin")
            .env("TZ", "");
        capture(&mut helm)
    }
}

/// A folder that goes with this value.
#[derive(Debug)]
pub(super) struct Scratch(PathBuf);

impl Scratch {
    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// Lays a file into it.
    pub(super) fn file(&self, name: &str, text: &str) -> anyhow::Result<()> {
        let file = self.0.join(name);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))
    }

    /// Lays a Chart.yaml of that name into its folder `chart`.
    pub(super) fn chart(&self, name: &str) -> anyhow::Result<()> {
        let text = format!("apiVersion: v2\nname: {name}\nversion: 0.1.0\n");
        self.file("chart/Chart.yaml", &text)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // It lies below target: what stays does no harm.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Records until the result is as recorded, or has been another often enough.
pub(super) fn settle<T: PartialEq>(
    recorded: Option<&T>,
    record: impl Fn() -> anyhow::Result<T>,
) -> anyhow::Result<Settled<T>> {
    let first = record()?;
    if recorded == Some(&first) {
        return Ok(Settled::Same);
    }
    let mut stable = true;
    for _ in 1..ATTEMPTS {
        let next = record()?;
        if recorded == Some(&next) {
            return Ok(Settled::Unstable { known: true });
        }
        stable &= next == first;
    }
    Ok(if stable {
        Settled::Changed(first)
    } else {
        Settled::Unstable { known: false }
    })
}

/// Does something with each item, on all cores; the results are in the items' order.
pub(super) fn on_all_cores<T: Sync, R: Send>(items: &[T], run: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::with_capacity(items.len()));
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(index) else { break };
                    let result = run(item);
                    let mut results = results.lock().unwrap_or_else(|poison| poison.into_inner());
                    results.push((index, result));
                }
            });
        }
    });
    let mut results = results
        .into_inner()
        .unwrap_or_else(|poison| poison.into_inner());
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

/// The text of an error behind `Error: `, if the command failed.
pub(super) fn error_of(output: &Output) -> Option<String> {
    if output.status.success() {
        return None;
    }
    let text = String::from_utf8_lossy(&output.stderr);
    let (_, error) = text.split_once("Error: ")?;
    Some(error.to_owned())
}

/// The files of a folder that end so, sorted.
pub(super) fn files(folder: &Path, ending: &str) -> anyhow::Result<Vec<PathBuf>> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .with_context(|| format!("cannot read {}", folder.display()))?;
    files.retain(|file| file.to_string_lossy().ends_with(ending));
    files.sort();
    Ok(files)
}
