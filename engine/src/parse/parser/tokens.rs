//! Three tokens of look-ahead, and the errors at them.

use super::{Parsed, Parser};
use crate::parse::{
    ParseError,
    lexer::{Kind, Token},
};

impl Parser<'_> {
    pub(super) fn next(&mut self) -> Token {
        if self.peeked > 0 {
            self.peeked -= 1;
        } else {
            self.tokens[0] = self.lexer.next_token();
        }
        self.tokens[self.peeked]
    }

    pub(super) fn backup(&mut self) {
        self.peeked += 1;
    }

    pub(super) fn backup2(&mut self, token: Token) {
        self.tokens[1] = token;
        self.peeked = 2;
    }

    pub(super) fn backup3(&mut self, token2: Token, token1: Token) {
        self.tokens[1] = token1;
        self.tokens[2] = token2;
        self.peeked = 3;
    }

    pub(super) fn peek(&mut self) -> Token {
        if self.peeked == 0 {
            self.peeked = 1;
            self.tokens[0] = self.lexer.next_token();
        }
        self.tokens[self.peeked - 1]
    }

    pub(super) fn next_non_space(&mut self) -> Token {
        loop {
            let token = self.next();
            if token.kind != Kind::Space {
                return token;
            }
        }
    }

    pub(super) fn peek_non_space(&mut self) -> Token {
        let token = self.next_non_space();
        self.backup();
        token
    }

    pub(super) fn error<T>(&self, message: impl Into<String>) -> Parsed<T> {
        Err(ParseError {
            name: self.source.name.to_string_lossy().into_owned(),
            line: self.tokens[0].line as usize,
            message: message.into(),
        })
    }

    pub(super) fn expect(&mut self, kind: Kind, context: &str) -> Parsed<Token> {
        let token = self.next_non_space();
        if token.kind == kind {
            Ok(token)
        } else {
            self.unexpected(&token, context)
        }
    }

    pub(super) fn unexpected<T>(&self, token: &Token, context: &str) -> Parsed<T> {
        if token.kind == Kind::Error {
            let shown = self.lexer.message();
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
        let shown = token.show(self.input());
        self.error(format!("unexpected {shown} in {context}"))
    }
}
