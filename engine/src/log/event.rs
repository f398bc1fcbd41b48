//! What both Helms say of a render, each in its words: Helm 4 through slog, Helm 3 through Go's
//! plain log, which names the file and the line of its own source that speaks.

use values::go::quote;

use super::{Level, LogLine};
use crate::Dialect;

/// Something that Helm says beside the result.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// A chart of API version 2 has a requirements.yaml.
    RequirementsInV2,
    /// A chart of API version 2 has a requirements.lock.
    LockInV2,
    /// A chart's folder has a link.
    SymbolicLink {
        /// Where the link is.
        path: String,
        /// What it leads to.
        resolved: String,
    },
    /// Nobody should use the chart any more.
    Deprecated,
    /// A subchart's `global` is no table.
    GlobalsOfChild,
    /// The parent's `global` is no table.
    GlobalsOfParent,
    /// A global is a table in the parent and none in the child.
    GlobalConflict {
        /// The global.
        key: String,
    },
    /// A global is a table in the child and none in the parent.
    GlobalIsTable {
        /// The global.
        key: String,
    },
    /// A table is given where the chart's default is something else.
    DefaultIsNoTable {
        /// Its path.
        path: String,
    },
    /// Something else is given where the default is a table.
    GivenIsNoTable {
        /// Its path.
        path: String,
        /// The default, as `%v` prints it.
        default: String,
    },
    /// A table is given where the default below is something else.
    GivenIsTable {
        /// Its path.
        path: String,
        /// The default, as `%v` prints it.
        default: String,
    },
    /// A dependency's tag is no boolean.
    TagIsNoBool {
        /// The tag.
        tag: String,
        /// The dependency.
        chart: String,
    },
    /// A dependency's condition is no boolean.
    ConditionIsNoBool {
        /// The path.
        path: String,
        /// The dependency.
        chart: String,
    },
    /// A dependency lacks what is imported from it.
    ImportMissing {
        /// The dependency, where the import names both ends.
        chart: Option<String>,
        /// What is missing.
        error: String,
    },
    /// A schema refers to a URN that leads nowhere.
    UnresolvedUrn {
        /// The URN.
        urn: String,
    },
    /// `required` got nothing, and the linter goes on.
    Missing {
        /// Not even an empty text.
        is_nil: bool,
        /// What the template says of it.
        message: String,
    },
    /// `fail` was called, and the linter goes on.
    Failed {
        /// What the template says.
        message: String,
    },
    /// A hook's moment is none.
    UnknownHook {
        /// The moments that the hook names.
        types: String,
    },
}

impl Event {
    /// The line that the Helm prints.
    #[must_use]
    pub fn line(&self, dialect: Dialect) -> LogLine {
        match dialect {
            Dialect::Helm3 => LogLine {
                level: self.level(),
                message: self.helm3(),
                attributes: Vec::new(),
                is_plain: true,
            },
            Dialect::Helm4 => {
                let (message, attributes) = self.helm4();
                LogLine {
                    level: self.level(),
                    message,
                    attributes,
                    is_plain: false,
                }
            }
        }
    }

    /// As Helm 4 has it: what goes through Go's plain log is an information there.
    fn level(&self) -> Level {
        match self {
            Self::Deprecated
            | Self::TagIsNoBool { .. }
            | Self::ConditionIsNoBool { .. }
            | Self::ImportMissing { .. }
            | Self::Missing { .. }
            | Self::UnresolvedUrn { .. } => Level::Warn,
            _ => Level::Info,
        }
    }

    fn helm4(&self) -> (String, Vec<(&'static str, String)>) {
        let (message, attributes) = match self {
            Self::SymbolicLink { path, resolved } => (
                "found symbolic link in path. Contents of linked file included and used",
                vec![("path", path), ("resolved", resolved)],
            ),
            Self::Deprecated => ("this chart is deprecated", Vec::new()),
            Self::TagIsNoBool { tag, chart } => (
                "returned non-bool value",
                vec![("tag", tag), ("chart", chart)],
            ),
            Self::ConditionIsNoBool { path, chart } => (
                "returned non-bool value",
                vec![("path", path), ("chart", chart)],
            ),
            Self::ImportMissing {
                chart: Some(chart),
                error,
            } => (
                "ImportValues missing table from chart",
                vec![("chart", chart), ("error", error)],
            ),
            Self::ImportMissing { chart: None, error } => {
                ("ImportValues missing table", vec![("error", error)])
            }
            Self::UnresolvedUrn { urn } => (
                "unresolved URN reference ignored; using permissive schema",
                vec![("urn", urn)],
            ),
            Self::Missing {
                is_nil: true,
                message,
            } => ("missing required value", vec![("message", message)]),
            Self::Missing {
                is_nil: false,
                message,
            } => ("missing required values", vec![("message", message)]),
            Self::Failed { message } => ("funcMap fail", vec![("message", message)]),
            Self::UnknownHook { types } => ("skipping unknown hooks", vec![("hookTypes", types)]),
            _ => return (self.plain().1, Vec::new()),
        };
        let attributes = attributes
            .into_iter()
            .map(|(name, value)| (name, value.clone()))
            .collect();
        (message.to_owned(), attributes)
    }

    fn helm3(&self) -> String {
        // `warning` of cmd/helm/helm.go prints by itself.
        if *self == Self::Deprecated {
            return "WARNING: This chart is deprecated".to_owned();
        }
        let (place, text) = self.plain();
        format!("{place}: {text}")
    }

    /// The place in Helm 3.22.0 that speaks, and what it says.
    fn plain(&self) -> (&'static str, String) {
        match self {
            Self::RequirementsInV2 => (
                "load.go:120",
                "Warning: Dependencies are handled in Chart.yaml since apiVersion \"v2\". We recommend migrating dependencies to Chart.yaml.".to_owned(),
            ),
            Self::LockInV2 => (
                "load.go:138",
                "Warning: Dependency locking is handled in Chart.lock since apiVersion \"v2\". We recommend migrating to Chart.lock.".to_owned(),
            ),
            Self::SymbolicLink { path, resolved } => (
                "walk.go:75",
                format!("found symbolic link in path: {path} resolves to {resolved}. Contents of linked file included and used"),
            ),
            Self::Deprecated => ("helm.go", "This chart is deprecated".to_owned()),
            Self::GlobalsOfChild => (
                "coalesce.go:138",
                "warning: skipping globals because destination global is not a table.".to_owned(),
            ),
            Self::GlobalsOfParent => (
                "coalesce.go:145",
                "warning: skipping globals because source global is not a table.".to_owned(),
            ),
            Self::GlobalConflict { key } => (
                "coalesce.go:161",
                format!("Conflict: cannot merge map onto non-map for {}. Skipping.", quote(key)),
            ),
            Self::GlobalIsTable { key } => {
                ("coalesce.go:175", format!("key {key} is table. Skipping"))
            }
            Self::DefaultIsNoTable { path } => (
                "coalesce.go:237",
                format!("warning: skipped value for {path}: Not a table."),
            ),
            Self::GivenIsNoTable { path, default } => (
                "coalesce.go:316",
                format!("warning: cannot overwrite table with non table for {path} ({default})"),
            ),
            Self::GivenIsTable { path, default } => (
                "coalesce.go:319",
                format!("warning: destination for {path} is a table. Ignoring non-table value ({default})"),
            ),
            Self::TagIsNoBool { tag, chart } => (
                "dependencies.go:95",
                format!("Warning: Tag '{tag}' for chart {chart} returned non-bool value"),
            ),
            Self::ConditionIsNoBool { path, chart } => (
                "dependencies.go:64",
                format!("Warning: Condition path '{path}' for chart {chart} returned non-bool value"),
            ),
            Self::ImportMissing { chart: Some(chart), error } => (
                "dependencies.go:270",
                format!("Warning: ImportValues missing table from chart {chart}: {error}"),
            ),
            Self::ImportMissing { chart: None, error } => (
                "dependencies.go:287",
                format!("Warning: ImportValues missing table: {error}"),
            ),
            Self::UnresolvedUrn { urn } => (
                "jsonschema.go:192",
                format!("WARNING: unresolved URN reference ignored; using permissive schema: {urn}"),
            ),
            Self::Missing { is_nil, message } => (
                if *is_nil { "engine.go:206" } else { "engine.go:214" },
                format!("[INFO] Missing required value: {message}"),
            ),
            Self::Failed { message } => ("engine.go:227", format!("[INFO] Fail: {message}")),
            Self::UnknownHook { types } => (
                "manifest_sorter.go:199",
                format!("info: skipping unknown hook: {}", quote(types)),
            ),
        }
    }
}
