//! `/api/v1/…`: everything that the page does, for programs. Described in `openapi.json`.

pub mod charts;
pub mod composition;
pub mod events;
pub mod exports;
pub mod openapi;
pub mod render;
pub mod values;
