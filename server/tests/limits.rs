//! Limits as they are given to the binary, whose allocator counts.

#![allow(clippy::unwrap_used, reason = "a test says what went wrong by failing")]

use std::{fs, path::PathBuf, process::Command};

/// A chart of one template, in a folder of its own.
struct Chart(PathBuf);

impl Chart {
    fn new(name: &str, template: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("limits-{name}-{}", std::process::id()));
        fs::create_dir_all(folder.join("templates")).unwrap();
        let yaml = "apiVersion: v2\nname: limits\nversion: 0.1.0\n";
        fs::write(folder.join("Chart.yaml"), yaml).unwrap();
        fs::write(folder.join("templates/a.yaml"), template).unwrap();
        Self(folder)
    }

    /// What `chartroom template` says on standard error; nothing if it succeeds.
    fn refusal(&self, flags: &[&str], environment: &[(&str, &str)]) -> String {
        let output = Command::new(env!("CARGO_BIN_EXE_chartroom"))
            .arg("template")
            .arg(&self.0)
            .args(flags)
            .envs(environment.iter().copied())
            .output()
            .unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.success(), error.is_empty(), "{error}");
        error
    }
}

impl Drop for Chart {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn flags_win_over_the_environment() {
    let chart = Chart::new("steps", "a: {{ range until 100 }}{{ . }}{{ end }}\n");
    let few = [("CHARTROOM_LIMIT_STEPS", "50")];
    assert_eq!(chart.refusal(&[], &[]), "");
    assert!(chart.refusal(&[], &few).contains("more than 50 steps"));
    assert_eq!(chart.refusal(&["--limit", "steps=10000"], &few), "");
    let error = chart.refusal(&["--limit", "steps=60"], &few);
    assert!(
        error.contains("more than 60 steps (limit `steps`)"),
        "{error}"
    );
    let error = chart.refusal(&["--limit=steps"], &[]);
    assert!(
        error.contains("invalid argument \"steps\" for \"--limit\" flag"),
        "{error}"
    );
}

#[test]
fn memory_is_what_is_held_not_what_was_made() {
    // Ten texts of a million bytes, kept or not.
    let kept = "{{ $all := dict }}{{ range until 10 }}\
                {{ $_ := set $all (toString .) (repeat 1000000 \"x\") }}{{ end }}a: 1\n";
    let dropped = "{{ range until 10 }}{{ $x := repeat 1000000 \"x\" }}{{ end }}a: 1\n";
    let kept = Chart::new("kept", kept);
    let dropped = Chart::new("dropped", dropped);
    let limit = ["--limit", "memory=5000000"];
    assert_eq!(dropped.refusal(&limit, &[]), "");
    let error = kept.refusal(&limit, &[]);
    assert!(
        error.contains("more than 5000000 bytes (limit `memory`)"),
        "{error}"
    );
    assert_eq!(kept.refusal(&["--limit", "memory=20000000"], &[]), "");
}

#[test]
fn time_is_up() {
    let chart = Chart::new(
        "time",
        "{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}",
    );
    let error = chart.refusal(&["--limit", "time=50"], &[]);
    assert!(error.contains("longer than 50ms (limit `time`)"), "{error}");
}
