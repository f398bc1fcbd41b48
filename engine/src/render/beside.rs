//! What a second thread does beside a render, for who asks for it with
//! [`RenderRequest::concurrent`](super::RenderRequest::concurrent): it parses templates while the
//! values are checked, and reads manifests while the next templates run. Neither can change what is
//! printed.

use std::sync::Arc;
use std::thread;

use super::queue::Queue;
use super::{NOTES, ahead};
use crate::eval::{Compiling, Program, TemplateFile};
use crate::output::File;
use crate::{Dialect, Error, stack};

/// Less text than this is done with sooner than a thread starts.
pub(super) const WORTH_A_THREAD: usize = 1 << 14;
/// Of a longer text each half is worth a thread.
const WORTH_HALVING: usize = 1 << 16;

/// Parses templates but for those that are `known`, and checks the values meanwhile. What is wrong
/// with the values comes first.
pub(super) fn compile(
    dialect: Dialect,
    files: &[TemplateFile],
    mut known: ahead::Parsed,
    concurrent: bool,
    check: impl FnOnce() -> Result<(), Error>,
) -> Result<Program, Error> {
    let compiling = Compiling::new(dialect, files);
    let bytes = compiling.take(|file| {
        let (text, parsed) = known.remove(&file.name)?;
        text.is(&file.text).then_some(parsed)
    });
    thread::scope(|scope| {
        if concurrent && bytes >= WORTH_A_THREAD {
            // Without a thread all is done below.
            let _ = stack::builder("templates", 0).spawn_scoped(scope, || compiling.help());
        }
        check()?;
        compiling.help();
        Ok(())
    })?;
    compiling.finish()
}

/// Does the work, which tells of each file that a template printed; other threads read them.
///
/// The last file is read once the work is done: here, or by two threads if it is long. So a chart
/// of one template starts no thread for nothing.
pub(super) fn read<R>(
    depth: u32,
    dialect: Dialect,
    concurrent: bool,
    work: impl FnOnce(&mut dyn FnMut(&str, &Arc<File>)) -> R,
) -> R {
    if !concurrent {
        return work(&mut |_, _| {});
    }
    let printed = Queue::<Printed>::default();
    let mut last: Option<Printed> = None;
    let result = thread::scope(|scope| {
        let _closed = Closed(&printed);
        let mut bytes = 0;
        let mut has_reader = false;
        let result = work(&mut |path, file| {
            if path.ends_with(NOTES) {
                return;
            }
            let this = (path.to_owned(), Arc::clone(file));
            let Some(before) = last.replace(this) else {
                return;
            };
            bytes += before.1.text().len();
            printed.add(before);
            if bytes >= WORTH_A_THREAD && !has_reader {
                has_reader = true;
                // Whatever is not read ahead is read in its turn.
                let _ = stack::builder("manifests", depth)
                    .spawn_scoped(scope, || read_ahead(&printed, dialect));
            }
        });
        if has_reader {
            printed.close();
            read_ahead(&printed, dialect);
        }
        result
    });
    if let Some((path, file)) = last
        && file.text().len() >= WORTH_HALVING
    {
        file.read_in_halves(&path, dialect, depth);
    }
    result
}

/// A file that a template printed, and its path.
type Printed = (String, Arc<File>);

/// Reads files until none is to come; several threads may.
fn read_ahead(printed: &Queue<Printed>, dialect: Dialect) {
    while let Some((path, file)) = printed.next() {
        file.read_ahead(&path, dialect);
    }
}

/// Closes the queue even if the work panics: its reader would wait for ever.
struct Closed<'p>(&'p Queue<Printed>);

impl Drop for Closed<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}
