//! The parts of the page: a folder per area, a file per component.

pub mod copy_button;
pub mod dialog;
pub mod header;
pub mod notice;
pub mod notices;
pub mod preview;
pub mod services;
pub mod settings;
pub mod status;
