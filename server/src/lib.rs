//! Chartroom's server: routes, API, exports and command line around the engine and the page.
//!
//! The only crate that knows sockets, disks and the web server. Start reading at [`router`].

pub mod assets;
pub mod budget;
pub mod bundle;
pub mod charts;
pub mod checks;
pub mod cli;
pub mod comparison;
pub mod composer;
pub mod compositions;
pub mod config;
pub mod error;
pub mod exports;
pub mod failure;
pub mod metrics;
pub mod middleware;
pub mod origin;
pub mod problem;
pub mod render;
pub mod repository;
pub mod router;
pub mod routes;
pub mod state;
pub mod totals;

pub use state::AppState;
