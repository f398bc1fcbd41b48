//! Plain functions from data to text: what components show, kept apart from them so that
//! ordinary tests reach it.

pub(crate) mod changes;
pub(crate) mod components;
pub(crate) mod download;
pub(crate) mod editor;
pub(crate) mod highlight;
pub(crate) mod history;
pub(crate) mod images;
pub(crate) mod manifest;
pub(crate) mod markup;
#[cfg(any(feature = "ssr", test))]
pub(crate) mod merged;
pub(crate) mod plan;
pub(crate) mod query;
#[cfg(any(feature = "ssr", test))]
pub(crate) mod report;
pub(crate) mod search;
pub(crate) mod shortcuts;
pub(crate) mod units;
pub(crate) mod values;
