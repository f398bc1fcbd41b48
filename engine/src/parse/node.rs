//! What a parsed template is made of. The same tree is executed: variables are slots of the
//! frame already, functions are resolved.

use std::sync::Arc;

use crate::{
    functions::Function,
    value::{Key, Str},
};

/// A byte offset in the source text.
pub type Pos = u32;

/// The text that templates were parsed from, for error messages.
#[derive(Debug)]
pub struct Source {
    /// The name it was parsed under: the file's, or `gotpl` for a `tpl` string.
    pub name: Str,
    /// The text.
    pub text: Str,
}

impl Source {
    /// Line (from 1) and byte column (from 0) of a place, as Go's `ErrorContext` counts them.
    #[must_use]
    pub fn place(&self, pos: Pos) -> (usize, usize) {
        let before = &self.text.as_bytes()[..(pos as usize).min(self.text.len())];
        let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
        let start = before
            .iter()
            .rposition(|&byte| byte == b'\n')
            .map_or(0, |at| at + 1);
        (line, before.len() - start)
    }
}

/// A named template: a file, a `define` or a `block`.
#[derive(Debug)]
pub struct Template {
    /// The name it is called by.
    pub name: Str,
    /// Where its text stands.
    pub source: Arc<Source>,
    /// Its body.
    pub root: Vec<Node>,
    /// Number of variable slots a call needs, `$` among them.
    pub slots: usize,
    /// Whether it is nothing but white space and comments: such a definition never replaces
    /// another one.
    pub is_empty: bool,
}

/// A piece of a template's body.
#[derive(Debug)]
pub enum Node {
    /// Text, as it is.
    Text {
        /// Position of what is left of it when white space has been trimmed.
        pos: Pos,
        /// The text.
        text: Str,
    },
    /// A pipeline that is printed, or that sets variables.
    Action(Pipe),
    /// `{{if}}`.
    If(Box<Branch>),
    /// `{{with}}`.
    With(Box<Branch>),
    /// `{{range}}`.
    Range(Box<Branch>),
    /// `{{template}}`, also what `{{block}}` leaves in place.
    Template(Box<TemplateCall>),
    /// `{{break}}`.
    Break,
    /// `{{continue}}`.
    Continue,
}

/// `if`, `with` and `range` have the same shape.
#[derive(Debug)]
pub struct Branch {
    /// The condition, or what is iterated over.
    pub pipe: Pipe,
    /// The body.
    pub list: Vec<Node>,
    /// What follows `else`.
    pub else_list: Option<Vec<Node>>,
}

/// A call of a named template.
#[derive(Debug)]
pub struct TemplateCall {
    /// Position of the name.
    pub pos: Pos,
    /// The template's name.
    pub name: Str,
    /// The new dot.
    pub pipe: Option<Pipe>,
}

/// A pipeline: commands, each given the value of the one before as its last argument.
#[derive(Debug)]
pub struct Pipe {
    /// Position of its first token.
    pub pos: Pos,
    /// Variables declared or assigned.
    pub decl: Box<[Decl]>,
    /// Whether they are assigned (`=`) rather than declared (`:=`).
    pub is_assign: bool,
    /// The commands, at least one.
    pub cmds: Box<[Command]>,
}

/// A variable on the left of `:=` or `=`.
#[derive(Debug)]
pub struct Decl {
    /// The name, with its `$`.
    pub name: Str,
    /// The slot; none if an assignment names a variable that is not there at run time.
    pub slot: Option<u32>,
}

/// A command: a function, method or field with arguments, or just a value.
#[derive(Debug)]
pub struct Command {
    /// Position of its first token.
    pub pos: Pos,
    /// The first word and its arguments.
    pub args: Box<[Expr]>,
}

/// A number constant in each of the types that it fits.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Number {
    /// As `int64`.
    pub int: Option<i64>,
    /// As `uint64`.
    pub uint: Option<u64>,
    /// As `float64`.
    pub float: Option<f64>,
    /// Whether it is an imaginary number, which templates cannot use.
    pub is_complex: bool,
    /// Whether it is a float where no type is asked for: written with a point or an exponent.
    pub reads_as_float: bool,
}

/// An operand.
#[derive(Debug)]
pub enum Expr {
    /// `.`
    Dot(Pos),
    /// `nil`
    Nil(Pos),
    /// `true`, `false`
    Bool(Pos, bool),
    /// A number or character constant; `len` is that of its source text.
    Number {
        /// Position.
        pos: Pos,
        /// Length of the source text.
        len: u32,
        /// The number; rare, and larger than all else that an operand can be.
        number: Box<Number>,
    },
    /// A string constant.
    String {
        /// Position.
        pos: Pos,
        /// Length of the source text, quotes included.
        len: u32,
        /// The string.
        value: Str,
    },
    /// `.A.B`
    Field {
        /// Position.
        pos: Pos,
        /// The field names.
        path: Box<[Key]>,
    },
    /// `$x`, `$x.A.B`
    Variable {
        /// Position.
        pos: Pos,
        /// The name, with its `$`.
        name: Str,
        /// The slot; none if there is no such variable at run time (`$x := $x`).
        slot: Option<u32>,
        /// The field names behind it.
        path: Box<[Key]>,
    },
    /// A function's name.
    Function {
        /// Position.
        pos: Pos,
        /// The function.
        function: &'static Function,
    },
    /// `( … )`
    Pipe(Box<Pipe>),
    /// `( … ).A.B`
    Chain {
        /// Position of the first field.
        pos: Pos,
        /// What the fields are of.
        node: Box<Expr>,
        /// The field names.
        path: Box<[Key]>,
    },
}

impl Expr {
    /// Its position.
    #[must_use]
    pub fn pos(&self) -> Pos {
        match self {
            Self::Dot(pos)
            | Self::Nil(pos)
            | Self::Bool(pos, _)
            | Self::Number { pos, .. }
            | Self::String { pos, .. }
            | Self::Field { pos, .. }
            | Self::Variable { pos, .. }
            | Self::Function { pos, .. }
            | Self::Chain { pos, .. } => *pos,
            Self::Pipe(pipe) => pipe.pos,
        }
    }
}
