//! Builds templates from tokens (follows Go 1.26, parse.go, function for function).

mod control;
mod pipeline;
mod scope;
mod tokens;

use std::sync::Arc;

use control::ListEnd;
use scope::Scope;

use super::{
    Command, Expr, Node, ParseError, Source, Template,
    lexer::{Kind, Lexer, Token},
    unquote,
};
use crate::{Dialect, value::Str};

/// Parses a text: the template of that name, and what it defines. Where the text defines a name
/// twice, only the definition that counts is given.
///
/// # Errors
/// The text is not a template; Go's message.
pub fn parse(name: &str, text: &str) -> Result<Vec<Template>, ParseError> {
    parse_bytes(name, &Str::from(text), Dialect::Helm4)
}

/// [`parse`], for a text that need not be UTF-8, with the functions of that Helm.
pub(crate) fn parse_bytes(
    name: &str,
    text: &Str,
    dialect: Dialect,
) -> Result<Vec<Template>, ParseError> {
    let source = Arc::new(Source {
        name: name.into(),
        text: text.clone(),
    });
    let mut parser = Parser {
        source: &source,
        dialect,
        lexer: Lexer::new(text.as_bytes()),
        tokens: [Token::none(), Token::none(), Token::none()],
        peeked: 0,
        scope: Scope::default(),
        action_line: 0,
        paren_depth: 0,
        block_depth: 0,
        templates: Vec::new(),
        operands: Vec::new(),
        commands: Vec::new(),
        fields: Vec::new(),
    };
    parser.parse_top()?;
    Ok(parser.templates)
}

struct Parser<'t> {
    source: &'t Arc<Source>,
    dialect: Dialect,
    lexer: Lexer<'t>,
    /// Three tokens of look-ahead, as in Go, whose messages name the line of the first.
    tokens: [Token; 3],
    peeked: usize,
    scope: Scope,
    action_line: u32,
    paren_depth: usize,
    block_depth: usize,
    templates: Vec<Template>,
    /// Operands of the commands being read, the inner ones behind the outer: each command is given
    /// memory for just as many as it has.
    operands: Vec<Expr>,
    /// Likewise the commands of pipelines.
    commands: Vec<Command>,
    /// Likewise the field names of operands.
    fields: Vec<Str>,
}

type Parsed<T> = Result<T, ParseError>;

impl<'t> Parser<'t> {
    fn input(&self) -> &'t [u8] {
        self.source.text.as_bytes()
    }

    fn text(&self, token: &Token) -> &'t [u8] {
        token.text(self.input())
    }

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
                control::Item::Node(node) => root.push(node),
                control::Item::End(end) => return self.error(format!("unexpected {}", end.show())),
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
            Ok(bytes) => Ok(Str::from_bytes(&bytes)),
            Err(error) => self.error(error.to_string()),
        }
    }
}

/// Whether the node prints nothing but white space (`IsEmptyTree` for one node).
fn is_blank(node: &Node) -> bool {
    match node {
        Node::Text { text, .. } => text.as_bytes().iter().all(|byte| {
            // bytes.TrimSpace trims Unicode's white space, too; no chart's text is only that.
            byte.is_ascii_whitespace() || *byte == 0x0B
        }),
        _ => false,
    }
}
