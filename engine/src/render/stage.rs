//! What the templates of one render are executed with, made in Helm's order of steps.

use super::scope::Scopes;
use super::{RenderRequest, step_failed};
use crate::chart::Chart;
use crate::chart::coalesce::{self, Nulls};
use crate::chart::tree::Tree;
use crate::log::Log;
use crate::value::{Map, MapKind};
use crate::{Error, ErrorKind};

/// The charts that take part and the values, which templates may change.
#[derive(Debug)]
pub(super) struct Stage<'c> {
    pub(super) tree: Tree<'c>,
    /// The values of the chart itself, those of its subcharts within.
    pub(super) values: Map,
    pub(super) scopes: Scopes<'c>,
}

impl<'c> Stage<'c> {
    /// Follows `ProcessDependencies`, `CoalesceValues` and `allTemplates`.
    ///
    /// # Errors
    /// With Helm's sentence.
    pub(super) fn set(
        chart: &'c Chart,
        request: &RenderRequest,
        log: &mut Log,
    ) -> Result<Self, Error> {
        let given = Map::from_values(MapKind::Any, &request.values);
        let mut tree = Tree::new(chart);
        tree.process_dependencies(&given, log).map_err(|mismatch| {
            let reason = Error::new(ErrorKind::Dependencies, mismatch.to_string());
            step_failed("chart dependencies processing failed", reason, chart, log)
        })?;
        let values = coalesce::values_of(&tree, Tree::ROOT, given, Nulls::Remove, log)
            .map_err(|mismatch| Error::new(ErrorKind::Values, mismatch.to_string()))?;
        let release = request.release.to_value();
        let scopes = Scopes::build(&tree, &values, release, &request.capabilities);
        Ok(Self {
            tree,
            values,
            scopes,
        })
    }
}
