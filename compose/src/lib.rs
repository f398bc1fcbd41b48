//! Compositions of Helm values: what a person changes, over what an environment sets, over what
//! the chart says; where each value comes from; the form made from a chart; and the link that
//! carries a composition.
//!
//! The same code runs on the server and in the browser. It does no I/O, knows neither charts nor
//! templates nor the web, and gives the same answer for the same input: every table is sorted.

pub mod composition;
pub mod diff;
pub mod document;
pub mod form;
pub mod layers;
pub mod link;
pub mod merged;
pub mod quantity;
pub mod release;
pub mod requirements;

pub use composition::{BASE, Composition};
pub use form::{FormModel, Problem};
pub use layers::{Layers, Origin};
pub use quantity::Quantity;
pub use release::ReleaseSettings;
pub use values::{Map, Segment, Value, ValuesPath};
