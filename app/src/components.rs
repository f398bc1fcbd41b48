//! The parts of the page: a folder per area, a file per component.

#![allow(
    unreachable_pub,
    reason = "the component macro makes public what it writes"
)]

pub(crate) mod checks;
pub(crate) mod copy_button;
pub(crate) mod dialog;
pub(crate) mod each;
pub(crate) mod header;
pub(crate) mod help;
pub(crate) mod history;
pub(crate) mod later;
pub(crate) mod notice;
pub(crate) mod notices;
pub(crate) mod preview;
pub(crate) mod prose;
pub(crate) mod remade;
pub(crate) mod search;
pub(crate) mod services;
pub(crate) mod settings;
pub(crate) mod share;
pub(crate) mod status;
