//! Builds templates from tokens (follows Go 1.26, parse.go, function for function).

use std::sync::Arc;

use super::{
    Branch, Command, Decl, Expr, Node, ParseError, Pipe, Pos, Source, Template, TemplateCall,
    lexer::{Kind, Lexer, Token},
    number, unquote,
};
use crate::{functions, value::Str};

/// Parenthesised expressions deeper than this are refused. Go stops at 10,000; we stop where
/// the evaluator's stack is safe, far beyond what any chart nests.
const MAX_PAREN_DEPTH: usize = 200;

/// Nested control structures deeper than this are refused, for the same reason.
const MAX_BLOCK_DEPTH: usize = 200;

/// Parses a text: the template of that name, and what it defines. Where the text defines a name
/// twice, only the definition that counts is given.
///
/// # Errors
/// The text is not a template; Go's message.
pub fn parse(name: &str, text: &str) -> Result<Vec<Template>, ParseError> {
    parse_bytes(name, &Str::from(text))
}

/// [`parse`], for a text that need not be UTF-8.
pub(crate) fn parse_bytes(name: &str, text: &Str) -> Result<Vec<Template>, ParseError> {
    let source = Arc::new(Source {
        name: name.into(),
        text: text.clone(),
    });
    let mut parser = Parser {
        source: &source,
        lexer: Lexer::new(text.as_bytes()),
        tokens: [Token::none(), Token::none(), Token::none()],
        peeked: 0,
        scope: Scope::default(),
        action_line: 0,
        paren_depth: 0,
        block_depth: 0,
        templates: Vec::new(),
    };
    parser.parse_top()?;
    Ok(parser.templates)
}

/// The variables of the template being parsed.
#[derive(Debug)]
struct Scope {
    /// Names that Go's parser knows: `$` and every name on the left of `:=` or `=` so far.
    known: Vec<Str>,
    /// Names on the run-time stack, by slot: a declaration joins it only after its pipeline.
    slots: Vec<Str>,
    /// The most slots in use at once.
    most: usize,
    range_depth: usize,
}

impl Default for Scope {
    fn default() -> Self {
        Self {
            known: vec!["$".into()],
            slots: vec!["$".into()],
            most: 1,
            range_depth: 0,
        }
    }
}

impl Scope {
    fn slot(&self, name: &Str) -> Option<u32> {
        let slot = self.slots.iter().rposition(|known| known == name)?;
        u32::try_from(slot).ok()
    }

    fn push(&mut self, name: Str) -> Option<u32> {
        let slot = self.slots.len();
        self.slots.push(name);
        self.most = self.most.max(self.slots.len());
        u32::try_from(slot).ok()
    }
}

/// What ends a list of nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ListEnd {
    End,
    Else,
}

impl ListEnd {
    fn show(self) -> &'static str {
        match self {
            Self::End => "{{end}}",
            Self::Else => "{{else}}",
        }
    }
}

/// A node, or what ends a list.
enum Item {
    Node(Node),
    End(ListEnd),
}

struct Parser<'t> {
    source: &'t Arc<Source>,
    lexer: Lexer<'t>,
    /// Three tokens of look-ahead, as in Go, whose messages name the line of the first.
    tokens: [Token; 3],
    peeked: usize,
    scope: Scope,
    action_line: usize,
    paren_depth: usize,
    block_depth: usize,
    templates: Vec<Template>,
}

type Parsed<T> = Result<T, ParseError>;

impl<'t> Parser<'t> {
    fn input(&self) -> &'t [u8] {
        self.source.text.as_bytes()
    }

    fn text(&self, token: &Token) -> &'t [u8] {
        token.text(self.input())
    }

    // Tokens.

    fn next(&mut self) -> Token {
        if self.peeked > 0 {
            self.peeked -= 1;
        } else {
            self.tokens[0] = self.lexer.next_token();
        }
        self.tokens[self.peeked].clone()
    }

    fn backup(&mut self) {
        self.peeked += 1;
    }

    fn backup2(&mut self, token: Token) {
        self.tokens[1] = token;
        self.peeked = 2;
    }

    fn backup3(&mut self, token2: Token, token1: Token) {
        self.tokens[1] = token1;
        self.tokens[2] = token2;
        self.peeked = 3;
    }

    fn peek(&mut self) -> Token {
        if self.peeked == 0 {
            self.peeked = 1;
            self.tokens[0] = self.lexer.next_token();
        }
        self.tokens[self.peeked - 1].clone()
    }

    fn next_non_space(&mut self) -> Token {
        loop {
            let token = self.next();
            if token.kind != Kind::Space {
                return token;
            }
        }
    }

    fn peek_non_space(&mut self) -> Token {
        let token = self.next_non_space();
        self.backup();
        token
    }

    fn error<T>(&self, message: impl Into<String>) -> Parsed<T> {
        Err(ParseError {
            name: self.source.name.to_string_lossy().into_owned(),
            line: self.tokens[0].line,
            message: message.into(),
        })
    }

    fn expect(&mut self, kind: Kind, context: &str) -> Parsed<Token> {
        let token = self.next_non_space();
        if token.kind == kind {
            Ok(token)
        } else {
            self.unexpected(&token, context)
        }
    }

    fn unexpected<T>(&self, token: &Token, context: &str) -> Parsed<T> {
        let shown = token.show(self.input());
        if token.kind == Kind::Error {
            let mut extra = String::new();
            if self.action_line != 0 && self.action_line != token.line {
                let name = self.source.name.to_string_lossy();
                let line = self.action_line;
                // Not "action in action".
                let action = if shown.ends_with(" action") {
                    ""
                } else {
                    " in action"
                };
                extra = format!("{action} started at {name}:{line}");
            }
            return self.error(format!("{shown}{extra}"));
        }
        self.error(format!("unexpected {shown} in {context}"))
    }

    // Templates.

    fn parse_top(&mut self) -> Parsed<()> {
        let mut root = Vec::new();
        while self.peek().kind != Kind::Eof {
            if self.peek().kind == Kind::LeftDelim {
                let delim = self.next();
                if self.next_non_space().kind == Kind::Define {
                    self.definition()?;
                    continue;
                }
                self.backup2(delim);
            }
            match self.text_or_action()? {
                Item::Node(node) => root.push(node),
                Item::End(end) => return self.error(format!("unexpected {}", end.show())),
            }
        }
        let scope = std::mem::take(&mut self.scope);
        self.add(self.source.name.clone(), root, &scope)
    }

    fn definition(&mut self) -> Parsed<()> {
        const CONTEXT: &str = "define clause";
        let token = self.next_non_space();
        let name = self.template_name(&token, CONTEXT)?;
        self.expect(Kind::RightDelim, CONTEXT)?;
        self.body(name, CONTEXT)
    }

    /// The body of a `define` or `block`, up to its `end`: a template with variables of its own.
    fn body(&mut self, name: Str, context: &str) -> Parsed<()> {
        let outer = std::mem::take(&mut self.scope);
        let (root, end) = self.item_list()?;
        if end != ListEnd::End {
            return self.error(format!("unexpected {} in {context}", end.show()));
        }
        let scope = std::mem::replace(&mut self.scope, outer);
        self.add(name, root, &scope)
    }

    fn add(&mut self, name: Str, root: Vec<Node>, scope: &Scope) -> Parsed<()> {
        let template = Template {
            is_empty: root.iter().all(is_blank),
            name,
            source: Arc::clone(self.source),
            root,
            slots: scope.most,
        };
        let known = self
            .templates
            .iter()
            .position(|known| known.name == template.name);
        match known {
            None => self.templates.push(template),
            Some(at) if self.templates[at].is_empty => self.templates[at] = template,
            Some(_) if template.is_empty => {}
            Some(_) => {
                let name = values::go::quote(&template.name.to_string_lossy());
                return self.error(format!("template: multiple definition of template {name}"));
            }
        }
        Ok(())
    }

    fn template_name(&mut self, token: &Token, context: &str) -> Parsed<Str> {
        match token.kind {
            Kind::String | Kind::RawString => self.unquoted(token),
            _ => self.unexpected(token, context),
        }
    }

    fn unquoted(&mut self, token: &Token) -> Parsed<Str> {
        match unquote::unquote(self.text(token)) {
            Ok(bytes) => Ok(bytes.into()),
            Err(error) => self.error(error.to_string()),
        }
    }

    // Lists and actions.

    fn item_list(&mut self) -> Parsed<(Vec<Node>, ListEnd)> {
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

    fn text_or_action(&mut self) -> Parsed<Item> {
        let token = self.next_non_space();
        match token.kind {
            Kind::Text => Ok(Item::Node(Node::Text(Str::from_bytes(self.text(&token))))),
            Kind::LeftDelim => {
                self.action_line = token.line;
                let item = self.action()?;
                self.action_line = 0;
                Ok(item)
            }
            _ => self.unexpected(&token, "input"),
        }
    }

    fn action(&mut self) -> Parsed<Item> {
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

    fn loop_control(&mut self, word: &str, node: Node) -> Parsed<Node> {
        let token = self.next_non_space();
        if token.kind != Kind::RightDelim {
            return self.unexpected(&token, &format!("{{{{{word}}}}}"));
        }
        if self.scope.range_depth == 0 {
            return self.error(format!("{{{{{word}}}}} outside {{{{range}}}}"));
        }
        Ok(node)
    }

    fn else_control(&mut self) -> Parsed<Item> {
        let peeked = self.peek_non_space();
        if !matches!(peeked.kind, Kind::If | Kind::With) {
            self.expect(Kind::RightDelim, "else")?;
        }
        Ok(Item::End(ListEnd::Else))
    }

    fn control(&mut self, context: &str) -> Parsed<Branch> {
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
    fn else_list(&mut self, context: &str) -> Parsed<Vec<Node>> {
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

    fn block(&mut self) -> Parsed<Node> {
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

    fn template_control(&mut self) -> Parsed<Node> {
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

    // Pipelines.

    fn pipeline(&mut self, context: &str, end: Kind) -> Parsed<Pipe> {
        let pos = self.peek_non_space().pos;
        let (names, is_assign) = self.declarations(context)?;
        let mut cmds = Vec::new();
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
                    cmds.push(self.command()?);
                }
                _ => return self.unexpected(&token, context),
            }
        }
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
    fn declarations(&mut self, context: &str) -> Parsed<(Vec<Str>, bool)> {
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

    fn check_pipeline(&self, cmds: &[Command], context: &str) -> Parsed<()> {
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

    fn command(&mut self) -> Parsed<Command> {
        let pos = self.peek_non_space().pos;
        let mut args = Vec::new();
        loop {
            self.peek_non_space();
            if let Some(operand) = self.operand()? {
                args.push(operand);
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
        if args.is_empty() {
            return self.error("empty command");
        }
        Ok(Command { pos, args })
    }

    fn operand(&mut self) -> Parsed<Option<Expr>> {
        let Some(node) = self.term()? else {
            return Ok(None);
        };
        if self.peek().kind != Kind::Field {
            return Ok(Some(node));
        }
        let chain_pos = self.peek().pos;
        let mut fields = Vec::new();
        while self.peek().kind == Kind::Field {
            let token = self.next();
            fields.push(Str::from_bytes(&self.text(&token)[1..]));
        }
        let join = |path: Box<[Str]>, fields: Vec<Str>| -> Box<[Str]> {
            path.into_vec().into_iter().chain(fields).collect()
        };
        Ok(Some(match node {
            Expr::Field { path, .. } => Expr::Field {
                pos: chain_pos,
                path: join(path, fields),
            },
            Expr::Variable {
                name, slot, path, ..
            } => Expr::Variable {
                pos: chain_pos,
                name,
                slot,
                path: join(path, fields),
            },
            Expr::Bool(..)
            | Expr::String { .. }
            | Expr::Number { .. }
            | Expr::Nil(_)
            | Expr::Dot(_) => {
                let shown = super::Printed::Expr(&node).text(self.source);
                return self.error(format!(
                    "unexpected . after term {}",
                    values::go::quote(&shown)
                ));
            }
            node => Expr::Chain {
                pos: chain_pos,
                node: Box::new(node),
                path: fields.into(),
            },
        }))
    }

    fn term(&mut self) -> Parsed<Option<Expr>> {
        let token = self.next_non_space();
        let pos: Pos = token.pos;
        let text = self.text(&token);
        Ok(Some(match token.kind {
            Kind::Identifier => {
                let name = String::from_utf8_lossy(text);
                let Some(function) = functions::find(&name) else {
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
            Kind::Field => Expr::Field {
                pos,
                path: [Str::from_bytes(&text[1..])].into(),
            },
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
                        number,
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

/// Whether the node prints nothing but white space (`IsEmptyTree` for one node).
fn is_blank(node: &Node) -> bool {
    match node {
        Node::Text(text) => text.as_bytes().iter().all(|byte| {
            // bytes.TrimSpace trims Unicode's white space, too; no chart's text is only that.
            byte.is_ascii_whitespace() || *byte == 0x0B
        }),
        _ => false,
    }
}
