//! The command line: `chartroom serve` and `chartroom template`.

pub mod serve;
pub mod template;

use std::{ffi::OsString, process::ExitCode};

use clap::{Parser, Subcommand};

/// Composes Helm values in the browser and shows, on every edit, the manifests that Helm would
/// install.
#[derive(Debug, Parser)]
#[command(name = "chartroom", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the composer, its downloads and a Helm repository
    Serve(serve::Args),
    /// Render a chart locally, as `helm template` does: same flags, output and errors
    #[command(disable_help_flag = true)]
    Template {
        /// Name, chart and flags of `helm template`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<OsString>,
    },
}

/// Runs the command that the process was started with.
#[must_use]
pub fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Serve(args) => match serve::run(args) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("Error: {error:#}");
                ExitCode::FAILURE
            }
        },
        Command::Template { args } => template::run(args),
    }
}
