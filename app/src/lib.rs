//! The composer's page. The same components draw it on the server (feature `ssr`), result and
//! all, and take it over in the browser (feature `hydrate`).
//!
//! The page knows values, layers and forms (`compose`); charts, templates and HTTP are the
//! server's matter, which it reaches through [`backend::Backend`].

// The framework writes a page's structure into its types.
#![recursion_limit = "256"]

#[cfg(not(erase_components))]
compile_error!(
    "RUSTFLAGS hides the flags of .cargo/config.toml: unset it, or add --cfg=erase_components"
);

pub mod app;
pub mod backend;
mod browser;
mod components;
pub mod first_page;
#[cfg(feature = "hydrate")]
pub mod hydrate;
mod json;
mod pages;
pub mod serverfns;
#[cfg(feature = "ssr")]
mod shell;
mod state;
mod text;
pub mod wire;

pub use app::App;
#[cfg(feature = "ssr")]
pub use shell::{Files, shell};
