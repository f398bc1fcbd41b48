//! Parsing templates while the rest of their chart is still being read.

use std::collections::HashMap;
use std::sync::Arc;
use std::thread::JoinHandle;

use super::beside::WORTH_A_THREAD;
use super::queue::Queue;
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
    dialect: Dialect,
    queue: Arc<Queue<TemplateFile>>,
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
            dialect,
            queue: Arc::default(),
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
            let (dialect, queue) = (self.dialect, Arc::clone(&self.queue));
            let thread = stack::builder("ahead", 0).spawn(move || parse(dialect, &queue));
            // Without a thread all is parsed when it is needed.
            self.thread = thread.ok();
        }
    }

    /// What has been parsed so far; the thread ends.
    pub(super) fn parsed(mut self) -> Parsed {
        self.queue.stop();
        let thread = self.thread.take();
        let parsed = thread.and_then(|thread| thread.join().ok());
        parsed.unwrap_or_default()
    }
}

impl Drop for Ahead {
    fn drop(&mut self) {
        self.queue.stop();
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

/// Parses templates until no more are to come.
fn parse(dialect: Dialect, queue: &Queue<TemplateFile>) -> Parsed {
    let mut parsed = Parsed::default();
    while let Some(file) = queue.next() {
        let result = parse_file(dialect, &file);
        parsed.insert(file.name, (file.text, result));
    }
    parsed
}
