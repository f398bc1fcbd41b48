//! Pipelines, commands and operands.

use super::{Parsed, Parser};
use crate::{
    parse::{
        Command, Decl, Expr, Pipe, Pos, Printed,
        lexer::{Kind, Token},
        number,
    },
    value::{Key, Str},
};

/// Parenthesised expressions deeper than this are refused. Go stops at 10,000; we stop where
/// the evaluator's stack is safe, far beyond what any chart nests.
const MAX_PAREN_DEPTH: usize = 200;

impl Parser<'_> {
    pub(super) fn pipeline(&mut self, context: &str, end: Kind) -> Parsed<Pipe> {
        let pos = self.peek_non_space().pos;
        let (names, is_assign) = self.declarations(context)?;
        let first = self.commands.len();
        loop {
            let token = self.next_non_space();
            match token.kind {
                kind if kind == end => break,
                Kind::Bool
                | Kind::CharConstant
                | Kind::Complex
                | Kind::Dot
                | Kind::Field
                | Kind::Identifier
                | Kind::Number
                | Kind::Nil
                | Kind::RawString
                | Kind::String
                | Kind::Variable
                | Kind::LeftParen => {
                    self.backup();
                    let command = self.command()?;
                    self.commands.push(command);
                }
                _ => return self.unexpected(&token, context),
            }
        }
        let cmds: Box<[Command]> = self.commands.drain(first..).collect();
        self.check_pipeline(&cmds, context)?;
        let decl = names
            .into_iter()
            .map(|name| {
                let slot = if is_assign {
                    self.scope.slot(&name)
                } else {
                    self.scope.push(name.clone())
                };
                Decl { name, slot }
            })
            .collect();
        Ok(Pipe {
            pos,
            decl,
            is_assign,
            cmds,
        })
    }

    /// `$x :=`, `$x =`, `$i, $x :=` … at the start of a pipeline.
    pub(super) fn declarations(&mut self, context: &str) -> Parsed<(Vec<Str>, bool)> {
        let mut names: Vec<Str> = Vec::new();
        let mut is_assign = false;
        loop {
            let variable = self.peek_non_space();
            if variable.kind != Kind::Variable {
                return Ok((names, is_assign));
            }
            self.next();
            let after = self.peek();
            let next = self.peek_non_space();
            let name = Str::from_bytes(self.text(&variable));
            if matches!(next.kind, Kind::Assign | Kind::Declare) {
                is_assign = next.kind == Kind::Assign;
                self.next_non_space();
                self.scope.known.push(name.clone());
                names.push(name);
                return Ok((names, is_assign));
            }
            if next.kind == Kind::Char && self.text(&next) == b"," {
                self.next_non_space();
                self.scope.known.push(name.clone());
                names.push(name);
                if context == "range" && names.len() < 2 {
                    let kind = self.peek_non_space().kind;
                    if matches!(kind, Kind::Variable | Kind::RightDelim | Kind::RightParen) {
                        continue;
                    }
                    return self.error("range can only initialize variables");
                }
                return self.error(format!("too many declarations in {context}"));
            }
            if after.kind == Kind::Space {
                self.backup3(variable, after);
            } else {
                self.backup2(variable);
            }
            return Ok((names, is_assign));
        }
    }

    pub(super) fn check_pipeline(&self, cmds: &[Command], context: &str) -> Parsed<()> {
        if cmds.is_empty() {
            return self.error(format!("missing value for {context}"));
        }
        for (index, command) in cmds.iter().enumerate().skip(1) {
            if let Some(
                Expr::Bool(..)
                | Expr::Dot(_)
                | Expr::Nil(_)
                | Expr::Number { .. }
                | Expr::String { .. },
            ) = command.args.first()
            {
                return self.error(format!(
                    "non executable command in pipeline stage {}",
                    index + 1
                ));
            }
        }
        Ok(())
    }

    pub(super) fn command(&mut self) -> Parsed<Command> {
        let pos = self.peek_non_space().pos;
        let first = self.operands.len();
        loop {
            self.peek_non_space();
            if let Some(operand) = self.operand()? {
                self.operands.push(operand);
            }
            let token = self.next();
            match token.kind {
                Kind::Space => continue,
                Kind::RightDelim | Kind::RightParen => self.backup(),
                Kind::Pipe => {}
                _ => return self.unexpected(&token, "operand"),
            }
            break;
        }
        if self.operands.len() == first {
            return self.error("empty command");
        }
        let args = self.operands.drain(first..).collect();
        Ok(Command { pos, args })
    }

    pub(super) fn operand(&mut self) -> Parsed<Option<Expr>> {
        let first = self.fields.len();
        let Some(node) = self.term()? else {
            return Ok(None);
        };
        let behind = self.peek();
        let is_chain = behind.kind == Kind::Field;
        while self.peek().kind == Kind::Field {
            let token = self.next();
            self.field(token);
        }
        let path: Box<[Key]> = self.fields.drain(first..).map(Key::from).collect();
        let chain_pos = |pos| if is_chain { behind.pos } else { pos };
        Ok(Some(match node {
            Expr::Field { pos, .. } => Expr::Field {
                pos: chain_pos(pos),
                path,
            },
            Expr::Variable {
                pos, name, slot, ..
            } => Expr::Variable {
                pos: chain_pos(pos),
                name,
                slot,
                path,
            },
            node if !is_chain => node,
            Expr::Bool(..)
            | Expr::String { .. }
            | Expr::Number { .. }
            | Expr::Nil(_)
            | Expr::Dot(_) => {
                let shown = Printed::Expr(&node).text(self.source);
                return self.error(format!(
                    "unexpected . after term {}",
                    values::go::quote(&shown)
                ));
            }
            node => Expr::Chain {
                pos: behind.pos,
                node: Box::new(node),
                path,
            },
        }))
    }

    /// Puts a field's name to the others of its operand.
    fn field(&mut self, token: Token) {
        let name = Str::from_bytes(&self.text(&token)[1..]);
        self.fields.push(name);
    }

    /// The first part of an operand; the names of its fields are left to [`operand`](Self::operand).
    fn term(&mut self) -> Parsed<Option<Expr>> {
        let token = self.next_non_space();
        let pos: Pos = token.pos;
        let text = self.text(&token);
        Ok(Some(match token.kind {
            Kind::Identifier => {
                let name = String::from_utf8_lossy(text);
                let Some(function) = self.dialect.function(&name) else {
                    let name = values::go::quote(&name);
                    return self.error(format!("function {name} not defined"));
                };
                Expr::Function { pos, function }
            }
            Kind::Dot => Expr::Dot(pos),
            Kind::Nil => Expr::Nil(pos),
            Kind::Variable => {
                let name = Str::from_bytes(text);
                if !self.scope.known.contains(&name) {
                    let name = values::go::quote(&name.to_string_lossy());
                    return self.error(format!("undefined variable {name}"));
                }
                Expr::Variable {
                    pos,
                    slot: self.scope.slot(&name),
                    name,
                    path: Box::default(),
                }
            }
            Kind::Field => {
                self.field(token);
                Expr::Field {
                    pos,
                    path: Box::default(),
                }
            }
            Kind::Bool => Expr::Bool(pos, text == b"true"),
            Kind::CharConstant | Kind::Complex | Kind::Number => {
                let number = match token.kind {
                    Kind::CharConstant => number::character(text),
                    _ => number::number(&String::from_utf8_lossy(text)),
                };
                match number {
                    Ok(number) => Expr::Number {
                        pos,
                        len: token.len,
                        number: number.into(),
                    },
                    Err(message) => return self.error(message),
                }
            }
            Kind::LeftParen => {
                if self.paren_depth >= MAX_PAREN_DEPTH {
                    return self.error("max expression depth exceeded");
                }
                self.paren_depth += 1;
                let pipe = self.pipeline("parenthesized pipeline", Kind::RightParen)?;
                self.paren_depth -= 1;
                Expr::Pipe(Box::new(pipe))
            }
            Kind::String | Kind::RawString => Expr::String {
                pos,
                len: token.len,
                value: self.unquoted(&token)?,
            },
            _ => {
                self.backup();
                return Ok(None);
            }
        }))
    }
}
