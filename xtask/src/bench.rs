//! `cargo xtask bench`: measures what we promise, beside its goal. Where another program is
//! involved both run in the same minutes, so that a slow machine slows both.

mod browser;
pub(crate) mod charts;
mod engine;
mod load;
pub(crate) mod sizes;
mod table;

use std::path::PathBuf;

use crate::{
    build,
    end2end::{self, Server},
    process::say,
};
use table::Table;

/// Flags of `cargo xtask bench`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Only these; all without any
    #[arg(value_enum)]
    only: Vec<Part>,
    /// Folders of charts for the comparison with Helm's engine, instead of generated ones
    #[arg(long = "chart")]
    charts: Vec<PathBuf>,
}

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// What a browser loads
    Sizes,
    /// The first page
    Page,
    /// Edits in a browser
    Edits,
    /// Edits of a chart's files under an open page
    Live,
    /// Lighthouse's four scores
    Lighthouse,
    /// Previews for several people, and memory
    Previews,
    /// The engine beside Helm's: whole processes, warm renders, memory
    Engine,
}

impl Args {
    fn has(&self, part: Part) -> bool {
        self.only.is_empty() || self.only.contains(&part)
    }
}

/// Prints the tables.
pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let binary = match *args.only {
        // It needs no page, which takes minutes to build.
        [Part::Engine] => build::command_line()?,
        _ => build::run_build(true)?,
    };
    let mut goals = Table::default();
    if args.has(Part::Sizes) {
        sizes::measure(&mut goals)?;
    }
    if args.has(Part::Page) {
        load::first_page(&Server::start(&binary)?, &mut goals)?;
    }
    if [Part::Edits, Part::Live, Part::Lighthouse]
        .iter()
        .any(|part| args.has(*part))
    {
        if end2end::provide()? {
            if args.has(Part::Edits) {
                browser::edits(&Server::start(&binary)?, &mut goals)?;
            }
            if args.has(Part::Live) {
                browser::live(&binary, &mut goals)?;
            }
            if args.has(Part::Lighthouse) {
                browser::lighthouse(&Server::start(&binary)?, &mut goals)?;
            }
        } else {
            goals.skip(
                "edits in a browser, Lighthouse",
                "no browser can be installed here",
            );
        }
    }
    // A server of its own, as its memory is measured.
    if args.has(Part::Previews) {
        load::previews(&Server::start(&binary)?, &mut goals)?;
    }
    if !goals.is_empty() {
        say("Goals");
        goals.print();
    }
    if args.has(Part::Engine) {
        engine::print(&binary, &args.charts)?;
    }
    Ok(())
}
