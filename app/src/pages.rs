//! The pages: there is one.

#![allow(
    unreachable_pub,
    reason = "the component macro makes public what it writes"
)]

pub(crate) mod composer;
