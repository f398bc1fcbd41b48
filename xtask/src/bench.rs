//! `cargo xtask bench`: measures what we promise, beside its goal. Where another program is
//! involved both run in the same minutes, so that a slow machine slows both.

mod browser;
mod load;
mod processes;
pub(crate) mod sizes;
mod table;

use crate::{
    build,
    end2end::{self, Server},
    process::say,
};
use table::Table;

/// Prints the tables.
pub(crate) fn run() -> anyhow::Result<()> {
    let binary = build::run_build(true)?;
    let mut goals = Table::default();
    sizes::measure(&mut goals)?;
    {
        let server = Server::start(&binary)?;
        load::first_page(&server, &mut goals)?;
        if end2end::provide()? {
            browser::edits(&server, &mut goals)?;
            browser::lighthouse(&server, &mut goals)?;
        } else {
            goals.skip(
                "edits in a browser, Lighthouse",
                "no browser can be installed here",
            );
        }
    }
    // A server of its own, as its memory is measured.
    load::previews(&Server::start(&binary)?, &mut goals)?;
    say("Goals");
    goals.print();
    processes::print(&binary)
}
