//! The routes, called in memory: what each answers, and how each bad input is refused.

#![allow(
    clippy::unwrap_used,
    reason = "helpers of tests fail by panicking, as tests do"
)]

#[path = "routes/support.rs"]
mod support;

#[path = "routes/api.rs"]
mod api;
#[path = "routes/apply.rs"]
mod apply;
#[path = "routes/bad_input.rs"]
mod bad_input;
#[path = "routes/budgets.rs"]
mod budgets;
#[path = "routes/charts.rs"]
mod charts;
#[path = "routes/downloads.rs"]
mod downloads;
#[path = "routes/headers.rs"]
mod headers;
#[path = "routes/live.rs"]
mod live;
#[path = "routes/operations.rs"]
mod operations;
#[path = "routes/page.rs"]
mod page;
#[path = "routes/repository.rs"]
mod repository;
