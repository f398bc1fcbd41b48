//! Plain functions from data to text: what components show, kept apart from them so that
//! ordinary tests reach it.

pub(crate) mod changes;
pub(crate) mod components;
pub(crate) mod diff;
pub(crate) mod highlight;
pub(crate) mod install;
pub(crate) mod plan;
pub(crate) mod query;
pub(crate) mod shortcuts;
pub(crate) mod units;
pub(crate) mod values;
