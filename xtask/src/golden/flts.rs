//! The FLTS chart in every environment: `server/tests/cases/flts`, for machines without Helm.

use std::fs;

use anyhow::bail;

use crate::{parity, process::root};

use super::recorder::{Recorder, Tally, error_of, files, on_all_cores, settle};

/// Records what `helm template` prints; what no environment stands behind is removed.
pub(super) fn record(recorder: &Recorder) -> anyhow::Result<Tally> {
    let folder = root().join("server/tests/cases/flts");
    fs::create_dir_all(&folder)?;
    let environments = parity::environments()?;
    let results = on_all_cores(&environments, |(name, flags)| {
        let recorded = fs::read(folder.join(format!("{name}.stdout"))).ok();
        settle(recorded.as_ref(), || {
            let args = ["flts", "chart"]
                .into_iter()
                .chain(flags.iter().map(String::as_str));
            let output = recorder.template(&root(), args)?;
            if let Some(error) = error_of(&output) {
                bail!("helm template fails: {}", error.trim_end());
            }
            Ok(output.stdout)
        })
    });
    let mut tally = Tally::default();
    for ((name, _), result) in environments.iter().zip(results) {
        let case = format!("server/tests/cases/flts/{name}");
        if let Some(stdout) = tally.count(&case, result) {
            tally.write(&folder.join(format!("{name}.stdout")), &stdout, false)?;
        }
    }
    for file in files(&folder, ".stdout")? {
        let name = file
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if !environments
            .iter()
            .any(|(environment, _)| *environment == name)
        {
            println!("    removed: {}", file.display());
            fs::remove_file(&file)?;
            tally.files += 1;
        }
    }
    tally.write(
        &folder.join("RECORDED"),
        (recorder.release() + "\n").as_bytes(),
        false,
    )?;
    Ok(tally)
}
