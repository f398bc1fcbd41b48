//! Nodes as Go's error messages show them (`String` of node.go).

use super::{Command, Expr, Pipe, Source, TemplateCall};

/// Anything that an error message can point at.
#[derive(Debug, Clone, Copy)]
pub enum Printed<'p> {
    /// An operand.
    Expr(&'p Expr),
    /// A pipeline.
    Pipe(&'p Pipe),
    /// A command.
    Command(&'p Command),
    /// A call of a named template.
    Template(&'p TemplateCall),
}

impl Printed<'_> {
    /// Its position in the source.
    #[must_use]
    pub fn pos(&self) -> super::Pos {
        match self {
            Self::Expr(expr) => expr.pos(),
            Self::Pipe(pipe) => pipe.pos,
            Self::Command(command) => command.pos,
            Self::Template(call) => call.pos,
        }
    }

    /// The whole node's text.
    #[must_use]
    pub fn text(&self, source: &Source) -> String {
        let mut out = Vec::new();
        match self {
            Self::Expr(expr) => write_expr(expr, source, &mut out),
            Self::Pipe(pipe) => write_pipe(pipe, source, &mut out),
            Self::Command(command) => write_command(command, source, &mut out),
            Self::Template(call) => {
                let name = values::go::quote(&call.name.to_string_lossy());
                out.extend_from_slice(format!("{{{{template {name}").as_bytes());
                if let Some(pipe) = &call.pipe {
                    out.push(b' ');
                    write_pipe(pipe, source, &mut out);
                }
                out.extend_from_slice(b"}}");
            }
        }
        String::from_utf8_lossy(&out).into_owned()
    }
}

fn write_path(path: &[crate::value::Key], out: &mut Vec<u8>) {
    for name in path {
        out.push(b'.');
        out.extend_from_slice(name.as_bytes());
    }
}

fn write_expr(expr: &Expr, source: &Source, out: &mut Vec<u8>) {
    match expr {
        Expr::Dot(_) => out.push(b'.'),
        Expr::Nil(_) => out.extend_from_slice(b"nil"),
        Expr::Bool(_, flag) => out.extend_from_slice(flag.to_string().as_bytes()),
        Expr::Number { pos, len, .. } | Expr::String { pos, len, .. } => {
            let (from, to) = (*pos as usize, (*pos + *len) as usize);
            out.extend_from_slice(source.text.as_bytes().get(from..to).unwrap_or_default());
        }
        Expr::Field { path, .. } => write_path(path, out),
        Expr::Variable { name, path, .. } => {
            out.extend_from_slice(name.as_bytes());
            write_path(path, out);
        }
        Expr::Function { function, .. } => out.extend_from_slice(function.name.as_bytes()),
        Expr::Pipe(pipe) => write_pipe(pipe, source, out),
        Expr::Chain { node, path, .. } => {
            write_operand(node, source, out);
            write_path(path, out);
        }
    }
}

/// A pipeline as an operand stands in parentheses.
fn write_operand(expr: &Expr, source: &Source, out: &mut Vec<u8>) {
    if matches!(expr, Expr::Pipe(_)) {
        out.push(b'(');
        write_expr(expr, source, out);
        out.push(b')');
    } else {
        write_expr(expr, source, out);
    }
}

fn write_command(command: &Command, source: &Source, out: &mut Vec<u8>) {
    for (index, arg) in command.args.iter().enumerate() {
        if index > 0 {
            out.push(b' ');
        }
        write_operand(arg, source, out);
    }
}

fn write_pipe(pipe: &Pipe, source: &Source, out: &mut Vec<u8>) {
    for (index, decl) in pipe.decl.iter().enumerate() {
        if index > 0 {
            out.extend_from_slice(b", ");
        }
        out.extend_from_slice(decl.name.as_bytes());
    }
    if !pipe.decl.is_empty() {
        out.extend_from_slice(if pipe.is_assign { b" = " } else { b" := " });
    }
    for (index, command) in pipe.cmds.iter().enumerate() {
        if index > 0 {
            out.extend_from_slice(b" | ");
        }
        write_command(command, source, out);
    }
}
