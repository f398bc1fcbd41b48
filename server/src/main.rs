//! The `chartroom` binary: reads the command line and hands over to the library.

use std::process::ExitCode;

/// A render makes tens of thousands of small values on a thread of its own and frees them at its
/// end; that takes the system's allocator a quarter of the time. What each thread holds is counted
/// for the limit `memory`.
#[global_allocator]
static ALLOCATOR: memory::Counted<memory::Mimalloc> = memory::Counted::new(memory::Mimalloc);

fn main() -> ExitCode {
    server::cli::main()
}
