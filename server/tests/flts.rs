//! The FLTS chart in every environment against what `helm template` printed: `cases/flts`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How many lines of each side a failure shows.
const SHOWN: usize = 8;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The names of the files in a folder between a beginning and an ending, sorted.
fn names(folder: &Path, start: &str, end: &str) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("the folder can be read").file_name())
        .filter_map(|name| {
            let name = name.to_string_lossy().into_owned();
            Some(name.strip_prefix(start)?.strip_suffix(end)?.to_owned())
        })
        .collect();
    names.sort();
    names
}

/// Where two outputs part, if they do.
fn difference(helm: &str, ours: &str) -> Option<String> {
    if helm == ours {
        return None;
    }
    let (helm, ours): (Vec<&str>, Vec<&str>) = (
        helm.split_inclusive('\n').collect(),
        ours.split_inclusive('\n').collect(),
    );
    let same = helm.iter().zip(&ours).take_while(|(a, b)| a == b).count();
    let source = helm[..same]
        .iter()
        .rfind(|line| line.starts_with("# Source: "))
        .map_or("", |line| line.trim_end());
    let shown = |mark: &str, lines: &[&str]| -> String {
        lines
            .iter()
            .skip(same)
            .take(SHOWN)
            .map(|line| format!("{mark} {}\n", line.trim_end_matches('\n')))
            .collect()
    };
    Some(format!(
        "from line {} on, in `{source}` (- helm, + chartroom):\n{}{}",
        same + 1,
        shown("-", &helm),
        shown("+", &ours),
    ))
}

#[test]
fn every_environment_prints_what_helm_printed() {
    let recorded = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/flts");
    let mut environments = vec!["base".to_owned()];
    environments.extend(names(&root().join("chart"), "values-", ".yaml"));
    environments.sort();
    assert_eq!(
        names(&recorded, "", ".stdout"),
        environments,
        "recorded environments (left) and those of the chart (right): run `cargo xtask golden`"
    );
    let mut differences = Vec::new();
    for name in &environments {
        let mut chartroom = Command::new(env!("CARGO_BIN_EXE_chartroom"));
        chartroom
            .args(["template", "flts", "chart"])
            .current_dir(root());
        if name != "base" {
            chartroom.args(["-f", &format!("chart/values-{name}.yaml")]);
        }
        for (variable, _) in std::env::vars_os() {
            if variable.to_string_lossy().starts_with("HELM_") {
                chartroom.env_remove(variable);
            }
        }
        let output = chartroom.output().expect("chartroom runs");
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
        let helm = fs::read_to_string(recorded.join(format!("{name}.stdout")))
            .expect("the recording can be read");
        if !output.status.success() {
            differences.push(format!("== {name}: {}\n{error}", output.status));
        } else if let Some(difference) = difference(&helm, &stdout) {
            differences.push(format!("== {name}: {difference}"));
        }
    }
    assert!(
        differences.is_empty(),
        "{} of {} environments differ from what Helm printed\n{}\nIf the chart was changed on \
         purpose, `cargo xtask golden` records what Helm prints now.",
        differences.len(),
        environments.len(),
        differences.join("\n")
    );
}

#[test]
fn a_difference_is_shown_where_it_begins() {
    let helm = "---\n# Source: a.yaml\nx: 1\ny: 2\n";
    let shown = difference(helm, "---\n# Source: a.yaml\nx: 1\ny: 3\n").unwrap_or_default();
    assert_eq!(
        shown,
        "from line 4 on, in `# Source: a.yaml` (- helm, + chartroom):\n- y: 2\n+ y: 3\n"
    );
    assert_eq!(difference(helm, helm), None);
}
