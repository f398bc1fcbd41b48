//! Rendering for the linter: `required` and `fail` only log, and nothing is sorted afterwards.
//!
//! Follows `templateLinter.Lint` (pkg/chart/v2/lint/rules/template.go) of Helm 4.3.1.

use std::sync::Arc;

use super::{CompiledChart, Files, Scopes, check, execute};
use crate::capabilities::Capabilities;
use crate::chart::Chart;
use crate::chart::coalesce::{self, Nulls};
use crate::chart::tree::Tree;
use crate::functions::Host;
use crate::limits::Meter;
use crate::lint::{Options, plain};
use crate::log::Log;
use crate::release::Release;
use crate::stack;
use crate::value::{Map, MapKind, Value};

/// What rendering for the linter came to.
pub(crate) enum LintRender {
    /// The text of each template.
    Rendered(Files),
    /// Helm stops without a word.
    Silent,
    /// Helm's sentence.
    Refused(String),
}

/// Renders a chart with the values that the linter was `given`.
pub(crate) fn render_for_lint(
    chart: &Arc<Chart>,
    given: &values::Map,
    options: &Options,
    log: &mut Log,
) -> LintRender {
    stack::deep(options.limits.depth, || render(chart, given, options, log))
        .unwrap_or_else(|error| LintRender::Refused(error.to_string()))
}

fn render(chart: &Arc<Chart>, given: &values::Map, options: &Options, log: &mut Log) -> LintRender {
    let given = Map::from_values(MapKind::Any, given);
    let mut tree = Tree::new(chart);
    if tree.process_dependencies(&given, log).is_err() {
        return LintRender::Silent;
    }
    let Ok(given) = coalesce::values_of(&tree, Tree::ROOT, given, Nulls::Remove, log) else {
        return LintRender::Silent;
    };
    // Once more, as `ToRenderValues` does.
    let coalesced = match coalesce::values_of(&tree, Tree::ROOT, given, Nulls::Remove, log) {
        Ok(coalesced) => coalesced,
        Err(mismatch) => return LintRender::Refused(mismatch.to_string()),
    };
    if !options.skip_schema {
        let plain = match plain(coalesced.clone()) {
            Ok(plain) => plain,
            Err(error) => return LintRender::Refused(error),
        };
        if let Err(error) = check::schemas(&tree, &plain, log) {
            return LintRender::Refused(error.to_string());
        }
    }
    let capabilities = Capabilities::default_of(chart.dialect());
    let capabilities = capabilities.and(options.kube_version.clone(), &[]);
    let release = Release {
        revision: 0,
        ..Release::new("test-release", options.namespace.as_str())
    };
    let release = release.to_value();
    if let Value::Map(release) = &release {
        release.insert("IsInstall".into(), Value::Bool(false));
    }
    let scopes = Scopes::build(&tree, &coalesced, release, &capabilities);
    let compiled = CompiledChart::new(Arc::clone(chart), None);
    let now = i128::from(options.now_unix) * 1_000_000_000;
    let mut host = Host::new(Meter::new(options.limits.clone()), options.seed, now);
    let mut said = Log::default();
    said.speak(chart.dialect());
    host.lint = Some(said);
    let files = compiled
        .program(&scopes, false, || Ok(()))
        .and_then(|program| execute(&program, &scopes, 0, &mut host, &mut |_, _| {}));
    log.append(host.lint.unwrap_or_default().lines());
    match files {
        Ok(files) => LintRender::Rendered(files),
        Err(error) => LintRender::Refused(error.to_string()),
    }
}
