//! Reads charts again when their files change.
//!
//! Times and sizes are looked at every moment rather than asked of the system's notifications:
//! those are silent on network mounts and on the shared folders of containers, which is where
//! charts are edited, and run out on large trees. Looking at a hundred files takes half a
//! millisecond; larger trees are looked at less often.

use std::{
    fs,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    path::Path,
    time::{Duration, Instant},
};

use super::{Charts, source};

/// How often files are looked at. A change counts once two looks agree, so that half-written
/// files are left to be finished.
const PAUSE: Duration = Duration::from_millis(150);

/// Looking may take this part of the time at most.
const SHARE: u32 = 20;

/// Looks after the charts for as long as the server runs.
pub async fn keep_reading(charts: Charts) {
    let watchers: Vec<_> = charts
        .watched()
        .into_iter()
        .map(|(at, path)| {
            let charts = charts.clone();
            tokio::spawn(async move {
                let mut known = None;
                let mut before = None;
                loop {
                    let (look, took) = look(path.clone()).await;
                    if known.is_none() {
                        known = Some(look);
                    } else if known != Some(look) && before == Some(look) {
                        known = Some(look);
                        let charts = charts.clone();
                        let _ = tokio::task::spawn_blocking(move || charts.reload(at)).await;
                    }
                    before = Some(look);
                    tokio::time::sleep(PAUSE.max(took * SHARE)).await;
                }
            })
        })
        .collect();
    for watcher in watchers {
        let _ = watcher.await;
    }
}

/// What the files at a path look like, as a number, and how long it took to look.
async fn look(path: std::path::PathBuf) -> (u64, Duration) {
    let look = tokio::task::spawn_blocking(move || {
        let started = Instant::now();
        (fingerprint(&path), started.elapsed())
    });
    look.await.unwrap_or_default()
}

/// Paths, times and sizes of all files, as a number; that of nothing where they cannot be read.
fn fingerprint(path: &Path) -> u64 {
    let mut seen: Vec<(String, u64, Option<std::time::SystemTime>)> = Vec::new();
    let entry =
        |name: String, metadata: &fs::Metadata| (name, metadata.len(), metadata.modified().ok());
    let walked = match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => {
            seen.push(entry(String::new(), &metadata));
            Ok(())
        }
        Ok(_) => source::walk(path, |name, _, metadata| {
            seen.push(entry(name, metadata));
            Ok(())
        }),
        Err(error) => Err(error),
    };
    seen.sort();
    let mut hasher = DefaultHasher::new();
    (walked.is_ok(), seen).hash(&mut hasher);
    hasher.finish()
}
