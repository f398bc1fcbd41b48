//! `cargo xtask serve`: builds what is missing and runs the server.

use std::path::PathBuf;

use crate::{
    build,
    process::{self, command, say},
};

/// Flags of `cargo xtask serve`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A chart to serve, a folder or an archive [default: the FLTS chart]
    #[arg(long = "chart", value_name = "DIR|TGZ")]
    charts: Vec<PathBuf>,
    /// The address to listen on
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:3000")]
    listen: String,
    /// Optimised, as it is shipped
    #[arg(long)]
    release: bool,
}

/// Builds and serves, until it is stopped.
pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let binary = build::run_build(args.release)?;
    say("Starting the server (stop it with Ctrl-C)");
    let mut server = command(binary);
    server.args(["serve", "--listen", &args.listen]);
    for chart in &args.charts {
        server.arg("--chart").arg(chart);
    }
    process::run(&mut server)
}
