//! The charts of a server. Each can be taken out as it is now; one that was read from disk can be
//! put back in a newer state, at once for everyone.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use app::wire::{News, Trouble};
use tokio::sync::watch;

use super::{ChartError, LoadedChart, Source, bundled, changes, news};

/// The charts of a server; never empty. Cheap to clone: all clones are one shelf.
#[derive(Debug, Clone)]
pub struct Charts {
    slots: Arc<[Slot]>,
    /// Counts the reloads; none once the server stops.
    reloads: watch::Sender<Option<u64>>,
}

/// One place on the shelf.
#[derive(Debug)]
struct Slot {
    /// Where it was read from, if that can change.
    path: Option<PathBuf>,
    now: RwLock<Now>,
}

/// What stands there.
#[derive(Debug, Clone)]
struct Now {
    chart: Arc<LoadedChart>,
    changed: String,
    trouble: Option<Trouble>,
}

impl Charts {
    /// Reads the charts at `paths` (folders or archives), or without any the FLTS chart.
    ///
    /// # Errors
    /// With the path of the chart that cannot be served.
    pub fn open(paths: &[impl AsRef<Path>]) -> Result<Self, (String, ChartError)> {
        if paths.is_empty() {
            let bundled = bundled()
                .map_err(ChartError::from)
                .and_then(LoadedChart::load);
            return Ok(Self::one(
                bundled.map_err(|e| ("the FLTS chart".to_owned(), e))?,
            ));
        }
        let mut slots: Vec<Slot> = Vec::new();
        for path in paths {
            let path = path.as_ref();
            let told = |error| (path.display().to_string(), error);
            let chart = read(path, None).map_err(told)?;
            if slots
                .iter()
                .any(|slot| slot.chart().about.info.name == chart.about.info.name)
            {
                return Err(told(ChartError::Twice(chart.about.info.name.clone())));
            }
            slots.push(Slot::new(Some(path.to_owned()), chart));
        }
        Ok(Self::of(slots))
    }

    /// A single chart that never changes.
    #[must_use]
    pub fn one(chart: LoadedChart) -> Self {
        Self::of(vec![Slot::new(None, chart)])
    }

    fn of(slots: Vec<Slot>) -> Self {
        Self {
            slots: slots.into(),
            reloads: watch::Sender::new(Some(0)),
        }
    }

    /// The chart that `/` shows.
    #[must_use]
    pub fn first(&self) -> Arc<LoadedChart> {
        self.slots[0].chart()
    }

    /// The chart of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Arc<LoadedChart>> {
        self.iter().find(|chart| chart.about.info.name == name)
    }

    /// All charts, the first one first.
    pub fn iter(&self) -> impl Iterator<Item = Arc<LoadedChart>> {
        self.slots.iter().map(Slot::chart)
    }

    /// Whether any of them can change while the server runs.
    #[must_use]
    pub fn are_live(&self) -> bool {
        self.slots.iter().any(|slot| slot.path.is_some())
    }

    /// How a chart is at present; `None` when there is none of that name any more.
    #[must_use]
    pub fn news(&self, name: &str) -> Option<News> {
        let slot = |slot: &&Slot| slot.chart().about.info.name == name;
        let now = self.slots.iter().find(slot)?.now();
        Some(News {
            name: name.to_owned(),
            digest: now.chart.digest.clone(),
            changed: now.changed,
            trouble: now.trouble,
        })
    }

    /// Tells of reloads: their number, or none once the server stops.
    #[must_use]
    pub fn reloads(&self) -> watch::Receiver<Option<u64>> {
        self.reloads.subscribe()
    }

    /// Lets go of everyone who waits for reloads: the server stops.
    pub fn stop(&self) {
        self.reloads.send_replace(None);
    }

    /// The charts that can change, by number.
    pub(super) fn watched(&self) -> Vec<(usize, PathBuf)> {
        let path = |(at, slot): (usize, &Slot)| Some((at, slot.path.clone()?));
        self.slots.iter().enumerate().filter_map(path).collect()
    }

    /// Reads a chart again. One that cannot be served leaves the last good one in its place.
    pub(super) fn reload(&self, at: usize) {
        let Some(slot) = self.slots.get(at) else {
            return;
        };
        let Some(path) = &slot.path else { return };
        let before = slot.chart();
        let loaded = read(path, Some(&before)).and_then(|chart| {
            let name = chart.about.info.name.clone();
            let mut others = self
                .slots
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != at);
            if others.any(|(_, other)| other.chart().about.info.name == name) {
                return Err(ChartError::Twice(name));
            }
            Ok(chart)
        });
        let mut next = slot.now();
        match loaded {
            Ok(chart) if chart.digest == next.chart.digest => next.trouble = None,
            Ok(chart) => {
                next = Now {
                    changed: changes::words(&next.chart.files, &chart.files),
                    chart: Arc::new(chart),
                    trouble: None,
                };
                tracing::info!(path = %path.display(), changed = next.changed, "Reloaded a chart");
            }
            Err(error) => {
                let trouble = news::trouble(error);
                let message = &trouble.message;
                tracing::warn!(path = %path.display(), message, "A changed chart cannot be served");
                next.trouble = Some(trouble);
            }
        }
        *slot.now.write().unwrap_or_else(PoisonError::into_inner) = next;
        self.reloads.send_modify(|count| {
            if let Some(count) = count {
                *count += 1;
            }
        });
    }
}

impl Slot {
    fn new(path: Option<PathBuf>, chart: LoadedChart) -> Self {
        Self {
            path,
            now: RwLock::new(Now {
                chart: Arc::new(chart),
                changed: String::new(),
                trouble: None,
            }),
        }
    }

    fn now(&self) -> Now {
        self.now
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn chart(&self) -> Arc<LoadedChart> {
        let now = self.now.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&now.chart)
    }
}

fn read(path: &Path, before: Option<&LoadedChart>) -> Result<LoadedChart, ChartError> {
    LoadedChart::load_after(Source::read(path)?, before)
}
