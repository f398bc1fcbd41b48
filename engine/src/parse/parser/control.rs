//! Lists of nodes, and the actions that hold lists: `if`, `with`, `range`, `block` …

use super::{Parsed, Parser};
use crate::{
    parse::{Branch, Node, TemplateCall, lexer::Kind},
    value::Str,
};

/// Nested control structures deeper than this are refused, for the same reason.
const MAX_BLOCK_DEPTH: usize = 200;

/// What ends a list of nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListEnd {
    End,
    Else,
}

impl ListEnd {
    pub(super) fn show(self) -> &'static str {
        match self {
            Self::End => "{{end}}",
            Self::Else => "{{else}}",
        }
    }
}

/// A node, or what ends a list.
pub(super) enum Item {
    Node(Node),
    End(ListEnd),
}

impl Parser<'_> {
    pub(super) fn item_list(&mut self) -> Parsed<(Vec<Node>, ListEnd)> {
        self.block_depth += 1;
        if self.block_depth > MAX_BLOCK_DEPTH {
            return self.error(format!(
                "blocks are nested more than {MAX_BLOCK_DEPTH} deep"
            ));
        }
        let mut list = Vec::new();
        while self.peek_non_space().kind != Kind::Eof {
            match self.text_or_action()? {
                Item::Node(node) => list.push(node),
                Item::End(end) => {
                    self.block_depth -= 1;
                    return Ok((list, end));
                }
            }
        }
        self.error("unexpected EOF")
    }

    pub(super) fn text_or_action(&mut self) -> Parsed<Item> {
        let token = self.next_non_space();
        match token.kind {
            Kind::Text => Ok(Item::Node(Node::Text {
                pos: token.pos,
                text: Str::from_bytes(self.text(&token)),
            })),
            Kind::LeftDelim => {
                self.action_line = token.line;
                let item = self.action()?;
                self.action_line = 0;
                Ok(item)
            }
            _ => self.unexpected(&token, "input"),
        }
    }

    pub(super) fn action(&mut self) -> Parsed<Item> {
        let token = self.next_non_space();
        let node = match token.kind {
            Kind::Block => self.block()?,
            Kind::Break => self.loop_control("break", Node::Break)?,
            Kind::Continue => self.loop_control("continue", Node::Continue)?,
            Kind::Else => return self.else_control(),
            Kind::End => {
                self.expect(Kind::RightDelim, "end")?;
                return Ok(Item::End(ListEnd::End));
            }
            Kind::If => Node::If(Box::new(self.control("if")?)),
            Kind::Range => Node::Range(Box::new(self.control("range")?)),
            Kind::Template => self.template_control()?,
            Kind::With => Node::With(Box::new(self.control("with")?)),
            _ => {
                self.backup();
                Node::Action(self.pipeline("command", Kind::RightDelim)?)
            }
        };
        Ok(Item::Node(node))
    }

    pub(super) fn loop_control(&mut self, word: &str, node: Node) -> Parsed<Node> {
        let token = self.next_non_space();
        if token.kind != Kind::RightDelim {
            return self.unexpected(&token, &format!("{{{{{word}}}}}"));
        }
        if self.scope.range_depth == 0 {
            return self.error(format!("{{{{{word}}}}} outside {{{{range}}}}"));
        }
        Ok(node)
    }

    pub(super) fn else_control(&mut self) -> Parsed<Item> {
        let peeked = self.peek_non_space();
        if !matches!(peeked.kind, Kind::If | Kind::With) {
            self.expect(Kind::RightDelim, "else")?;
        }
        Ok(Item::End(ListEnd::Else))
    }

    pub(super) fn control(&mut self, context: &str) -> Parsed<Branch> {
        let (known, slots) = (self.scope.known.len(), self.scope.slots.len());
        let pipe = self.pipeline(context, Kind::RightDelim)?;
        let is_range = context == "range";
        self.scope.range_depth += usize::from(is_range);
        let inner = self.scope.slots.len();
        let (list, end) = self.item_list()?;
        self.scope.range_depth -= usize::from(is_range);
        // At run time either the body or the `else` list is executed: neither sees the other's.
        self.scope.slots.truncate(inner);
        let else_list = match end {
            ListEnd::End => None,
            ListEnd::Else => Some(self.else_list(context)?),
        };
        self.scope.known.truncate(known);
        self.scope.slots.truncate(slots);
        Ok(Branch {
            pipe,
            list,
            else_list,
        })
    }

    /// What follows an `else`: `else if` and `else with` are a nested one without its own `end`.
    pub(super) fn else_list(&mut self, context: &str) -> Parsed<Vec<Node>> {
        let next = self.peek().kind;
        if context == "if" && next == Kind::If || context == "with" && next == Kind::With {
            self.next();
            self.block_depth += 1;
            if self.block_depth > MAX_BLOCK_DEPTH {
                return self.error(format!(
                    "blocks are nested more than {MAX_BLOCK_DEPTH} deep"
                ));
            }
            let branch = Box::new(self.control(context)?);
            self.block_depth -= 1;
            return Ok(vec![if next == Kind::If {
                Node::If(branch)
            } else {
                Node::With(branch)
            }]);
        }
        let (list, end) = self.item_list()?;
        if end != ListEnd::End {
            return self.error(format!("expected end; found {}", end.show()));
        }
        Ok(list)
    }

    pub(super) fn block(&mut self) -> Parsed<Node> {
        const CONTEXT: &str = "block clause";
        let token = self.next_non_space();
        let name = self.template_name(&token, CONTEXT)?;
        let pipe = self.pipeline(CONTEXT, Kind::RightDelim)?;
        self.body(name.clone(), CONTEXT)?;
        Ok(Node::Template(Box::new(TemplateCall {
            pos: token.pos,
            name,
            pipe: Some(pipe),
        })))
    }

    pub(super) fn template_control(&mut self) -> Parsed<Node> {
        const CONTEXT: &str = "template clause";
        let token = self.next_non_space();
        let name = self.template_name(&token, CONTEXT)?;
        let mut pipe = None;
        if self.next_non_space().kind != Kind::RightDelim {
            self.backup();
            pipe = Some(self.pipeline(CONTEXT, Kind::RightDelim)?);
        }
        Ok(Node::Template(Box::new(TemplateCall {
            pos: token.pos,
            name,
            pipe,
        })))
    }
}
