//! `cargo xtask differential`: random templates over random values, our engine against Helm's own.
//!
//! Helm's engine answers in a small Go program (`xtask/oracle/engine`), thousands of templates in
//! one process. A seed makes the same templates again.

mod generate;
mod oracle;

use std::{fs, panic};

use anyhow::bail;
use engine::{
    Capabilities,
    eval::{Program, TemplateFile},
    functions::Host,
    limits::{Limits, Meter},
    objects::{Files, capabilities},
    value::{Map, MapKind, Value},
};

use crate::process::{find, say, step, target};
use generate::Generator;
use oracle::{Answer, Oracle, Question};

/// How many pairs `cargo xtask test` compares.
pub(crate) const BOUNDED: usize = 20_000;
/// Pairs that are asked for at once.
const BATCH: usize = 500;
/// The files of the chart, as in `xtask/oracle/engine`.
const FILES: [(&str, &str); 3] = [
    ("config/a.txt", "one\ntwo\n"),
    ("config/b.yaml", "k: v\n"),
    ("c.bin", "\u{1}\u{2}ä"),
];
/// What one template may take: what needs more is left out.
const MAX_STEPS: u64 = 2_000_000;
const MAX_VALUE: usize = 4 << 20;
/// Differences that are shown; all are written to a file.
const SHOWN: usize = 10;

/// Flags of `cargo xtask differential`.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    /// How many templates
    #[arg(long, default_value_t = BOUNDED)]
    count: usize,
    /// Another seed makes other templates
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

impl Default for Args {
    fn default() -> Self {
        Self {
            count: BOUNDED,
            seed: 1,
        }
    }
}

/// The command.
pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    if !can_run() {
        bail!("Helm's engine cannot be built: go is not on PATH");
    }
    check(&mut Oracle::start()?, args)
}

/// Whether Helm's engine can be built here.
pub(crate) fn can_run() -> bool {
    find("go").is_some()
}

/// What `cargo xtask test` compares: the same templates every time, so that a change fails for what
/// it does and not for the day; `cargo xtask differential` asks for others.
///
/// # Errors
/// When any pair differs.
pub(crate) fn check_bounded() -> anyhow::Result<()> {
    let mut oracle = Oracle::start()?;
    for (seed, count) in [(Args::default().seed, BOUNDED), (20_784, BOUNDED / 2)] {
        check(&mut oracle, &Args { count, seed })?;
    }
    Ok(())
}

/// Compares.
fn check(oracle: &mut Oracle, args: &Args) -> anyhow::Result<()> {
    let mut generator = Generator::new(args.seed);
    say(&format!(
        "{} random templates, Helm's engine and ours (seed {})",
        args.count, args.seed
    ));
    let mut tally = Tally::default();
    while tally.compared + tally.left_out < args.count {
        let questions: Vec<Question> = (0..BATCH.min(args.count - tally.compared - tally.left_out))
            .map(|_| generator.question())
            .collect();
        let answers = oracle.ask(&questions)?;
        for (question, helm) in questions.into_iter().zip(answers) {
            tally.add(question, helm);
        }
    }
    tally.finish(args)
}

/// What has been compared so far.
#[derive(Debug, Default)]
struct Tally {
    compared: usize,
    /// How many of them Helm could render.
    rendered: usize,
    /// What ran into a limit of one side.
    left_out: usize,
    different: Vec<String>,
}

impl Tally {
    fn add(&mut self, question: Question, helm: Answer) {
        let ours = answer(&question);
        if helm.is_left_out() || ours.is_left_out() {
            self.left_out += 1;
            return;
        }
        self.compared += 1;
        self.rendered += usize::from(helm.text.is_some());
        if helm != ours {
            self.different.push(format!(
                "template  {}\nvalues    {}\nHelm      {helm}\nours      {ours}\n",
                question.template, question.values
            ));
        }
    }

    fn finish(self, args: &Args) -> anyhow::Result<()> {
        let Self {
            compared,
            rendered,
            left_out,
            different,
        } = self;
        println!(
            "differential: {} of {compared} agree ({rendered} rendered, the others failed with the \
             same words), {left_out} left out as too large or slow",
            compared - different.len()
        );
        if different.is_empty() {
            return Ok(());
        }
        for one in different.iter().take(SHOWN) {
            println!("\n{one}");
        }
        let file = target().join("differential.txt");
        fs::write(&file, different.join("\n"))?;
        bail!(
            "{} differ: all in {}; again with `cargo xtask differential --count {} --seed {}`",
            different.len(),
            file.display(),
            args.count,
            args.seed
        )
    }
}

/// What our engine makes of it.
fn answer(question: &Question) -> Answer {
    let ours = panic::catch_unwind(|| execute(question));
    match ours.unwrap_or_else(|_| Err("ours panicked".to_owned())) {
        Ok(text) => Answer {
            text: Some(text),
            error: String::new(),
        },
        Err(error) => Answer { text: None, error },
    }
}

fn execute(question: &Question) -> Result<String, String> {
    let name = "case/templates/case.yaml";
    let file = TemplateFile {
        name: name.to_owned(),
        text: question.template.as_str().into(),
    };
    let values =
        values::yaml::parse_map(&question.values.to_string()).map_err(|error| error.to_string())?;
    let program = Program::compile(&[file]).map_err(|error| error.to_string())?;
    let release = Value::map([
        ("Name".into(), Value::str("release-name")),
        ("Namespace".into(), Value::str("default")),
        ("Revision".into(), Value::Int(1)),
        ("IsInstall".into(), Value::Bool(true)),
        ("IsUpgrade".into(), Value::Bool(false)),
        ("Service".into(), Value::str("Helm")),
    ]);
    let values = Value::Map(Map::from_values(MapKind::Values, &values));
    let template = Map::from_entries(
        MapKind::Values,
        [
            ("Name".into(), Value::str(name)),
            ("BasePath".into(), Value::str("case/templates")),
        ],
    );
    let files = FILES.map(|(path, data)| (path.into(), data.into()));
    let dot = Value::Map(Map::from_entries(
        MapKind::Values,
        [
            ("Values".into(), values),
            ("Release".into(), release),
            ("Template".into(), template.into()),
            ("Files".into(), Files::new(files).into_value()),
            (
                "Capabilities".into(),
                capabilities(&Capabilities::default(), engine::Dialect::Helm4),
            ),
        ],
    ));
    let limits = Limits {
        steps: MAX_STEPS,
        value_size: MAX_VALUE,
        ..Limits::default()
    };
    let mut host = Host::new(Meter::new(limits), 1, 0);
    let text = program
        .execute(name, &dot, &mut host)
        .map_err(|error| error.to_string())?;
    let mut shown = String::new();
    for chunk in text.as_bytes().utf8_chunks() {
        shown.push_str(chunk.valid());
        // As Go's encoder: one for each byte that is not UTF-8.
        shown.extend(chunk.invalid().iter().map(|_| char::REPLACEMENT_CHARACTER));
    }
    Ok(shown)
}
