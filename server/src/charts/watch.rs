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
use crate::render::deadline::thread_time;

/// How often files are looked at.
const PAUSE: Duration = Duration::from_millis(150);

/// How soon they are looked at again after a change. It counts once two looks agree, so that
/// half-written files are left to be finished.
const SETTLE: Duration = Duration::from_millis(50);

/// Looking may take this part of a core at most, and half of the time: on a machine that is busy
/// with other things it is slow without being much work.
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
                    let Look {
                        files,
                        worked,
                        took,
                    } = look(path.clone()).await;
                    let mut pause = PAUSE;
                    if known.is_none() {
                        known = Some(files);
                    } else if known != Some(files) && before == Some(files) {
                        known = Some(files);
                        let charts = charts.clone();
                        let _ = tokio::task::spawn_blocking(move || charts.reload(at)).await;
                    } else if known != Some(files) {
                        pause = SETTLE;
                    }
                    before = Some(files);
                    tokio::time::sleep(pause.max(worked * SHARE).max(took)).await;
                }
            })
        })
        .collect();
    for watcher in watchers {
        let _ = watcher.await;
    }
}

/// One look at files.
#[derive(Debug, Default)]
struct Look {
    /// What they look like, as a number.
    files: u64,
    /// How much work it was.
    worked: Duration,
    /// How long it took.
    took: Duration,
}

/// Looks at the files at a path.
async fn look(path: std::path::PathBuf) -> Look {
    let look = tokio::task::spawn_blocking(move || {
        let (started, worked) = (Instant::now(), thread_time());
        Look {
            files: fingerprint(&path),
            worked: thread_time().saturating_sub(worked),
            took: started.elapsed(),
        }
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
