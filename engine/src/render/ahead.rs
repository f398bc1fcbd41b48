//! Parsing templates while the rest of their chart is still being read.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use super::beside::WORTH_A_THREAD;
use crate::eval::{ParsedFile, TemplateFile, parse_file};
use crate::value::Str;
use crate::{Dialect, SourceFile, stack};

/// A second thread that parses templates as soon as they are read, for who reads a chart's files to
/// render it once, and has a core to spare.
///
/// It guesses what the templates will be called from where they lie. What is called otherwise in
/// the end, or has another text, is parsed again: what is printed does not depend on any of it.
#[derive(Debug)]
pub struct Ahead {
    queue: Arc<Queue>,
    thread: Option<JoinHandle<Parsed>>,
    /// The chart's name, once it is read.
    chart: Option<String>,
    /// Bytes of templates so far.
    bytes: usize,
}

/// Templates by their names, with the texts that they were parsed from.
pub(super) type Parsed = HashMap<String, (Str, ParsedFile), foldhash::fast::RandomState>;

impl Ahead {
    /// Nothing is read yet; the templates are for this Helm.
    #[must_use]
    pub fn new(dialect: Dialect) -> Self {
        Self {
            queue: Arc::new(Queue {
                dialect,
                waiting: Mutex::default(),
                more: Condvar::new(),
            }),
            thread: None,
            chart: None,
            bytes: 0,
        }
    }

    /// Tells of a file of the chart, its path from the chart's folder; Chart.yaml comes first.
    pub fn read(&mut self, file: &SourceFile) {
        if file.path == "Chart.yaml" {
            self.chart = name_of(&file.data);
        }
        let Some(chart) = self.chart.as_ref().filter(|_| is_template(&file.path)) else {
            return;
        };
        self.bytes += file.data.len();
        self.queue.add(TemplateFile {
            name: format!("{chart}/{}", file.path),
            text: file.data.clone(),
        });
        if self.thread.is_none() && self.bytes >= WORTH_A_THREAD {
            let queue = Arc::clone(&self.queue);
            // Without a thread all is parsed when it is needed.
            self.thread = stack::builder("ahead", 0).spawn(move || queue.parse()).ok();
        }
    }

    /// What has been parsed so far; the thread ends.
    pub(super) fn parsed(mut self) -> Parsed {
        self.queue.close();
        let thread = self.thread.take();
        let parsed = thread.and_then(|thread| thread.join().ok());
        parsed.unwrap_or_default()
    }
}

impl Drop for Ahead {
    fn drop(&mut self) {
        self.queue.close();
    }
}

/// The name in a Chart.yaml, if it stands there in the plainest way.
fn name_of(text: &Str) -> Option<String> {
    let text = text.as_utf8()?;
    let name = text.lines().find_map(|line| line.strip_prefix("name:"))?;
    Some(name.trim().trim_matches(['"', '\'']).to_owned())
}

/// Whether a file lies in the folder of templates of the chart, or of a chart within it.
fn is_template(path: &str) -> bool {
    let mut rest = path;
    while let Some(inner) = rest.strip_prefix("charts/") {
        let Some((_, behind)) = inner.split_once('/') else {
            return false;
        };
        rest = behind;
    }
    rest.starts_with("templates/")
}

/// Templates that wait to be parsed.
#[derive(Debug)]
struct Queue {
    dialect: Dialect,
    waiting: Mutex<Waiting>,
    more: Condvar,
}

#[derive(Debug, Default)]
struct Waiting {
    files: VecDeque<TemplateFile>,
    closed: bool,
}

impl Queue {
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, file: TemplateFile) {
        self.waiting().files.push_back(file);
        self.more.notify_one();
    }

    /// Whoever parses stops after the file that it is at.
    fn close(&self) {
        self.waiting().closed = true;
        self.more.notify_all();
    }

    /// Parses until it is closed.
    fn parse(&self) -> Parsed {
        let mut parsed = Parsed::default();
        while let Some(file) = self.next() {
            let result = parse_file(self.dialect, &file);
            parsed.insert(file.name, (file.text, result));
        }
        parsed
    }

    fn next(&self) -> Option<TemplateFile> {
        let mut waiting = self.waiting();
        loop {
            if waiting.closed {
                return None;
            }
            if let Some(file) = waiting.files.pop_front() {
                return Some(file);
            }
            waiting = self
                .more
                .wait(waiting)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}
