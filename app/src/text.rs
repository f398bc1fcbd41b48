//! Plain functions from data to text: what components show, kept apart from them so that
//! ordinary tests reach it.

pub mod components;
pub mod diff;
pub mod highlight;
pub mod install;
pub mod plan;
pub mod query;
pub mod units;
pub mod values;
