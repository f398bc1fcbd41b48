//! The template language's front end: a port of Go 1.26's `text/template/parse`.
//!
//! Why not the crate gotmpl, whose parser reads nearly every public chart: it does not report
//! Go's errors, takes some texts that Go refuses (a stray `{{end}}`, an unclosed `{{if}}`, an
//! undefined variable), and drops the literals' source text, which Go prints in its messages.
//! Helm's words are part of what is promised here, so the parser is ours, and it does the middle
//! end's work on the way: variables become slots, functions are looked up once.

mod lexer;
mod node;
mod number;
mod parser;
mod print;
mod unquote;

pub use node::{
    Branch, Command, Decl, Expr, Node, Number, Pipe, Pos, Source, Template, TemplateCall,
};
pub use parser::parse;
pub(crate) use parser::parse_bytes;
pub use print::Printed;

/// Why a text is not a template; displays as Go's error does.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("template: {name}:{line}: {message}")]
pub struct ParseError {
    /// Name of the template.
    pub name: String,
    /// Line of the token at which parsing stopped, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}
