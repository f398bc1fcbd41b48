//! Every limit from both sides: what just fits passes, one less is refused, in words that name the
//! limit and its value.

#![expect(clippy::unwrap_used, reason = "a test says what went wrong by failing")]

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

use engine::{
    Limits,
    eval::{Program, TemplateFile},
    functions::Host,
    limits::{Meter, TABLE},
    value::Value,
};

/// What a template comes to, and the steps that it took.
fn run(template: &str, limits: Limits) -> (Result<String, String>, u64) {
    let file = TemplateFile {
        name: "case".to_owned(),
        text: template.into(),
    };
    let program = Program::compile(&[file]).unwrap();
    let mut host = Host::new(Meter::new(limits), 1, 0);
    let result = program.execute("case", &Value::map([]), &mut host);
    let result = result
        .map(|text| text.to_string_lossy().into_owned())
        .map_err(|error| error.to_string());
    (result, host.meter.steps())
}

/// The default limits, but for this one.
fn only(name: &str, value: u64) -> Limits {
    let mut limits = Limits::default();
    let limit = TABLE.iter().find(|limit| limit.name == name).unwrap();
    limit.set(&mut limits, value);
    assert_eq!(limit.get(&limits), value);
    limits
}

/// `template` needs exactly `needed` of the limit.
fn needs(name: &str, template: &str, needed: u64) {
    let (result, _) = run(template, only(name, needed));
    assert!(result.is_ok(), "{name} {needed}: {result:?}");
    let (result, _) = run(template, only(name, needed - 1));
    let error = result.unwrap_err();
    let wanted = format!("(limit `{name}`)");
    let value = format!(" {} ", needed - 1);
    assert!(error.ends_with(&wanted), "{error}");
    assert!(error.contains(&value), "{error}");
}

#[test]
fn steps() {
    for template in [
        "{{ range until 10 }}{{ . }}{{ end }}",
        "{{ range until 10000 }}{{ . }}{{ end }}",
        "{{ sha256sum (repeat 100000 \"x\") }}",
    ] {
        let (result, steps) = run(template, Limits::default());
        result.unwrap();
        needs("steps", template, steps);
    }
}

#[test]
fn depth() {
    let nested = |levels: u32| {
        format!(
            "{{{{ define \"t\" }}}}{{{{ if gt . 0 }}}}{{{{ template \"t\" (sub . 1) }}}}{{{{ end }}}}{{{{ end }}}}{{{{ template \"t\" (int64 {levels}) }}}}"
        )
    };
    // The file itself and the last `t`, which calls no other, are two more.
    needs("depth", &nested(5), 7);
    needs("depth", "{{ tpl \"{{ tpl `{{ 1 }}` . }}\" . }}", 3);
}

#[test]
fn output_bytes() {
    needs("output_bytes", "1234567890", 10);
    // What `include` gives is printed twice: into its text, and from there.
    needs(
        "output_bytes",
        "{{ define \"t\" }}12345{{ end }}{{ include \"t\" . }}",
        10,
    );
}

#[test]
fn value_size() {
    needs("value_size", "{{ repeat 500 \"ab\" | len }}", 1_000);
    needs("value_size", "{{ until 1000 | len }}", 1_000);
}

#[test]
fn regex_size() {
    let template = "{{ regexMatch \"(a|b|c){100}[0-9]{1,50}\" \"abc\" }}";
    // What a pattern needs is the library's matter; the edge is where it begins to pass.
    let passes = |size: u64| run(template, only("regex_size", size)).0.is_ok();
    let (mut low, mut high) = (1, 1 << 22);
    assert!(passes(high) && !passes(low));
    while high - low > 1 {
        let middle = u64::midpoint(low, high);
        if passes(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    needs("regex_size", template, high);
    // A pattern that is refused is no pattern that does not match.
    let (result, _) = run(template, only("regex_size", 100));
    assert!(result.is_err());
}

#[test]
fn memory() {
    let held = Arc::new(AtomicI64::new(-5_000));
    // Each question finds 100 bytes more than the one before.
    let asked = || {
        let held = Arc::clone(&held);
        move || held.fetch_add(100, Ordering::Relaxed)
    };
    let with = |memory: u64| Limits {
        memory,
        memory_in_use: Some(Arc::new(asked())),
        ..Limits::default()
    };
    // Asked before the render, and before the one large value that is made: 100 bytes, and 5,000 to
    // come.
    let template = "{{ repeat 5000 \"x\" | len }}";
    assert_eq!(run(template, with(5_100)).0, Ok("5000".to_owned()));
    assert_eq!(
        run(template, with(5_099)).0.unwrap_err(),
        "case: the render holds more than 5099 bytes (limit `memory`)"
    );
    // Small values are looked at every few thousand steps.
    let template = "{{ range until 2000 }}{{ repeat 1000 \"x\" | len }}{{ end }}";
    assert!(run(template, with(100_000)).0.is_ok());
    assert!(run(template, with(100)).0.is_err());
}

#[test]
fn time() {
    let with = |questions: u64| {
        let asked = AtomicU64::new(0);
        Limits {
            time: Some(Duration::from_millis(800)),
            interrupt: Some(Arc::new(move || {
                asked.fetch_add(1, Ordering::Relaxed) >= questions
            })),
            ..Limits::default()
        }
    };
    let template = "{{ repeat 5000 \"x\" | repeat 2 | len }}";
    assert_eq!(run(template, with(2)).0, Ok("10000".to_owned()));
    assert_eq!(
        run(template, with(1)).0.unwrap_err(),
        "case: the render took longer than 800ms (limit `time`)"
    );
}
