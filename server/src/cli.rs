//! The command line: `chartroom serve`, and the commands of Helm that need no cluster.

mod dialect;
mod disk;
mod flags;
pub mod lint;
mod request;
pub mod serve;
pub mod show;
mod symlink;
pub mod template;
mod values;

use std::io::Write as _;
use std::{ffi::OsString, process::ExitCode};

use clap::{Parser, Subcommand};
use engine::Limits;

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
    /// Examine charts for possible issues, as `helm lint` does
    #[command(disable_help_flag = true)]
    Lint {
        /// Charts and flags of `helm lint`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<OsString>,
    },
    /// Show a chart's Chart.yaml, values, README, CRDs or schema, as `helm show` does
    #[command(disable_help_flag = true, alias = "inspect")]
    Show {
        /// What to show, chart and flags of `helm show`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<OsString>,
    },
}

/// Runs the command that the process was started with.
#[must_use]
pub fn main() -> ExitCode {
    // Helm's commands read their words themselves. Making clap's tables of all others first would
    // take a third of the time that a small chart takes.
    let mut words = std::env::args_os().skip(1);
    let first = words.next().unwrap_or_default();
    if let Some(command) = first.to_str().and_then(of_helm) {
        return run(command, words.collect());
    }
    match Cli::parse().command {
        Command::Serve(args) => match serve::run(args) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("Error: {error:#}");
                ExitCode::FAILURE
            }
        },
        Command::Template { args } => run(template::run, args),
        Command::Lint { args } => run(lint::run, args),
        Command::Show { args } => run(show::run, args),
    }
}

/// A command of Helm's, given its words.
type OfHelm = fn(Vec<OsString>) -> ExitCode;

fn of_helm(name: &str) -> Option<OfHelm> {
    match name {
        "template" => Some(template::run),
        "lint" => Some(lint::run),
        "show" | "inspect" => Some(show::run),
        _ => None,
    }
}

/// Runs a command of Helm's on a thread that can render without another one: what a second thread
/// allocates lies in memory that has not been touched yet, and touching it takes a while. The
/// process ends with it.
fn run(command: OfHelm, words: Vec<OsString>) -> ExitCode {
    let depth = Limits::default().depth;
    let whole = move || {
        let code = u8::from(command(words) != ExitCode::SUCCESS);
        let _ = std::io::stdout().flush();
        memory::leave(code)
    };
    match engine::stack::spawn("chartroom", depth, whole) {
        Ok(thread) => thread
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
        Err(error) => {
            eprintln!("Error: no thread to work on: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The words of a command line as text.
fn words(args: Vec<OsString>) -> Vec<String> {
    args.into_iter()
        .map(|arg| arg.to_string_lossy().into_owned())
        .collect()
}

/// Prints to standard output. A reader that has gone (`| head`) is no failure.
fn print(text: &[u8]) {
    let _ = std::io::stdout().lock().write_all(text);
}

/// Prints what a command of Helm's came to, and gives Helm's exit code.
fn finish(result: Result<Vec<u8>, String>) -> ExitCode {
    match result {
        Ok(text) => {
            print(&text);
            ExitCode::SUCCESS
        }
        Err(error) => {
            // What has been told already is empty.
            if !error.is_empty() {
                eprintln!("Error: {error}");
            }
            ExitCode::FAILURE
        }
    }
}
