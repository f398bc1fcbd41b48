//! What the page asks of its server, one function per file. Each is a public endpoint: the
//! backend behind it checks its input.

pub mod exports;
pub mod merged_values;
pub mod preview;
pub mod reload;
pub mod report;
