//! What a second thread does beside a render, for who asks for it with
//! [`RenderRequest::concurrent`](super::RenderRequest::concurrent): it parses templates while the
//! values are checked, and reads manifests while the next templates run. Neither can change what is
//! printed.

use std::sync::{Arc, mpsc};
use std::thread;

use super::NOTES;
use crate::eval::{Compiling, Program, TemplateFile};
use crate::output::File;
use crate::{Dialect, Error, stack};

/// Less text than this is done with sooner than a thread starts.
const WORTH_A_THREAD: usize = 1 << 14;

/// Parses templates, and checks the values meanwhile. What is wrong with the values comes first.
pub(super) fn compile(
    dialect: Dialect,
    files: &[TemplateFile],
    concurrent: bool,
    check: impl FnOnce() -> Result<(), Error>,
) -> Result<Program, Error> {
    let compiling = Compiling::new(dialect, files);
    let bytes: usize = files.iter().map(|file| file.text.len()).sum();
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

/// Does the work, which tells of each file that a template printed; another thread reads them.
pub(super) fn read<R>(
    depth: u32,
    dialect: Dialect,
    concurrent: bool,
    work: impl FnOnce(&mut dyn FnMut(&str, &Arc<File>)) -> R,
) -> R {
    if !concurrent {
        return work(&mut |_, _| {});
    }
    thread::scope(|scope| {
        let mut waiting = Vec::new();
        let mut bytes = 0;
        let mut reader = None;
        work(&mut |path, file| {
            if path.ends_with(NOTES) {
                return;
            }
            bytes += file.text().len();
            waiting.push((path.to_owned(), Arc::clone(file)));
            if bytes < WORTH_A_THREAD {
                return;
            }
            if reader.is_none() {
                let (sender, printed) = mpsc::channel::<(String, Arc<File>)>();
                let read = move || {
                    for (path, file) in printed {
                        file.read_ahead(&path, dialect);
                    }
                };
                if stack::builder("manifests", depth)
                    .spawn_scoped(scope, read)
                    .is_ok()
                {
                    reader = Some(sender);
                }
            }
            if let Some(reader) = &reader {
                for printed in waiting.drain(..) {
                    // Whatever is not read ahead is read in its turn.
                    let _ = reader.send(printed);
                }
            }
        })
    })
}
