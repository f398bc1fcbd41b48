//! Builds, serves and checks Chartroom: `cargo xtask …`, one file per command.

mod bench;
mod build;
mod differential;
mod docs;
mod end2end;
mod fuzz;
mod golden;
mod install;
mod openapi;
mod order;
mod parity;
mod process;
mod serve;
mod site;
mod test;
mod tools;
mod wasm;

use std::process::ExitCode;

use clap::Parser;

/// Builds, serves and checks Chartroom.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Command {
    /// Builds what is missing and opens the composer on http://127.0.0.1:3000
    Serve(serve::Args),
    /// Everything that CI checks
    Test(test::Args),
    /// Builds the page and the server
    Build(build::Args),
    /// Compares with the real Helm, on this machine, now
    Parity(parity::Args),
    /// Compares random templates with Helm's own engine
    Differential(differential::Args),
    /// Feeds random inputs to what reads strangers' charts, values and links
    Fuzz(fuzz::Args),
    /// Validates the manifests of every environment against Kubernetes' own API document
    Validate,
    /// Records the expected output of all test cases again, with the real Helm
    Golden,
    /// Records which functions run while charts are rendered, for the release's linker
    Order,
    /// Writes the generated parts of the documents
    Docs(docs::Args),
    /// Measures what is promised, beside its goal
    Bench(bench::Args),
}

fn main() -> ExitCode {
    let result = match Command::parse() {
        Command::Serve(args) => serve::run(&args),
        Command::Test(args) => test::run_checks(&args),
        Command::Build(args) => build::command(&args),
        Command::Parity(args) => parity::run(&args),
        Command::Differential(args) => differential::run(&args),
        Command::Fuzz(args) => fuzz::run_fuzz(&args),
        Command::Validate => openapi::run(),
        Command::Golden => golden::run(),
        Command::Order => order::run(),
        Command::Docs(args) => docs::run(&args),
        Command::Bench(args) => bench::run(&args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_sound() {
        super::Command::command().debug_assert();
    }
}
