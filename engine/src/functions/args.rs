//! From plain typed Rust functions to what the evaluator calls.
//!
//! The evaluator checks every argument against the [`Kind`] of its parameter, with Go's error
//! texts, before it calls; [`FromArg`] then only unwraps.

use super::{
    CallError, CallResult, Host,
    time::{Duration, Time},
};
use crate::value::{List, ListKind, Map, MapKind, Str, Value};

/// The Go type of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `interface {}`: anything, nil too.
    Any,
    /// `reflect.Value`: anything, nil too; only Go's own functions have it.
    Reflect,
    /// `string`.
    String,
    /// `int`.
    Int,
    /// `int64`.
    Int64,
    /// `float64`.
    Float,
    /// `bool`.
    Bool,
    /// `map[string]interface {}`.
    Map,
    /// `[]interface {}`.
    List,
    /// `[]string`.
    Strings,
    /// `[]uint8`.
    Bytes,
    /// `uint32`.
    Uint32,
    /// `time.Time`.
    Time,
    /// `sprig.certificate`: what `genCA` gives and `genSignedCert` takes.
    Certificate,
}

impl Kind {
    /// The Go type's name in error texts.
    #[must_use]
    pub fn go_type(self) -> &'static str {
        match self {
            Self::Any => "interface {}",
            Self::Reflect => "reflect.Value",
            Self::String => "string",
            Self::Int => "int",
            Self::Int64 => "int64",
            Self::Float => "float64",
            Self::Bool => "bool",
            Self::Map => "map[string]interface {}",
            Self::List => "[]interface {}",
            Self::Strings => "[]string",
            Self::Bytes => "[]uint8",
            Self::Uint32 => "uint32",
            Self::Time => "time.Time",
            Self::Certificate => "sprig.certificate",
        }
    }

    /// Whether nil is a value of the type (follows exec.go, `canBeNil`).
    #[must_use]
    pub fn can_be_nil(self) -> bool {
        matches!(
            self,
            Self::Any | Self::Reflect | Self::Map | Self::List | Self::Strings | Self::Bytes
        )
    }

    /// Whether a value that is not nil may be assigned to the type.
    #[must_use]
    pub fn accepts(self, value: &Value) -> bool {
        match self {
            Self::Any | Self::Reflect => true,
            Self::String => matches!(value, Value::String(_)),
            Self::Int => matches!(value, Value::Int(_)),
            Self::Int64 => matches!(value, Value::Int64(_)),
            Self::Float => matches!(value, Value::Float(_)),
            Self::Bool => matches!(value, Value::Bool(_)),
            Self::Map => {
                matches!(value, Value::Map(map) if !map.kind().is_strings())
            }
            Self::List => matches!(value, Value::List(list) if list.kind() == ListKind::Any),
            Self::Strings => matches!(value, Value::List(list) if list.kind() == ListKind::String),
            Self::Bytes => matches!(value, Value::List(list) if list.kind() == ListKind::Byte),
            Self::Uint32 => false,
            Self::Time | Self::Certificate => {
                matches!(value, Value::Object(object) if object.go_type() == self.go_type())
            }
        }
    }
}

/// A Rust type that a parameter can have.
pub trait FromArg: Sized {
    /// The Go type it stands for.
    const KIND: Kind;

    /// Unwraps an argument that [`Kind::accepts`] took; nil becomes the type's zero.
    fn from_arg(value: &Value) -> Self;
}

impl FromArg for Value {
    const KIND: Kind = Kind::Any;

    fn from_arg(value: &Value) -> Self {
        value.clone()
    }
}

impl FromArg for Str {
    const KIND: Kind = Kind::String;

    fn from_arg(value: &Value) -> Self {
        value.as_str().cloned().unwrap_or_default()
    }
}

/// Text that a function works on as UTF-8; other bytes become U+FFFD.
impl FromArg for String {
    const KIND: Kind = Kind::String;

    fn from_arg(value: &Value) -> Self {
        value
            .as_str()
            .map(|text| text.to_string_lossy().into_owned())
            .unwrap_or_default()
    }
}

/// Go's `int`.
impl FromArg for i64 {
    const KIND: Kind = Kind::Int;

    fn from_arg(value: &Value) -> Self {
        match value {
            Value::Int(number) | Value::Int64(number) => *number,
            Value::Uint64(number) => number.cast_signed(),
            other => other
                .downcast::<Duration>()
                .map_or(0, |duration| duration.0),
        }
    }
}

/// Go's `uint32`.
impl FromArg for u32 {
    const KIND: Kind = Kind::Uint32;

    fn from_arg(value: &Value) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "as Go"
        )]
        {
            i64::from_arg(value) as Self
        }
    }
}

/// Go's `reflect.Value`, which only Go's own functions take.
#[derive(Debug, Clone)]
pub struct Reflect(pub Value);

impl FromArg for Reflect {
    const KIND: Kind = Kind::Reflect;

    fn from_arg(value: &Value) -> Self {
        Self(value.clone())
    }
}

/// A map that may be nil: Go can read from a nil map, but not write to it.
impl FromArg for Option<Map> {
    const KIND: Kind = Kind::Map;

    fn from_arg(value: &Value) -> Self {
        value.as_map().map(Map::as_plain)
    }
}

/// A point in time.
impl FromArg for Time {
    const KIND: Kind = Kind::Time;

    fn from_arg(value: &Value) -> Self {
        value.downcast::<Self>().cloned().unwrap_or_default()
    }
}

impl FromArg for f64 {
    const KIND: Kind = Kind::Float;

    fn from_arg(value: &Value) -> Self {
        match value {
            Value::Float(number) => *number,
            _ => 0.0,
        }
    }
}

impl FromArg for bool {
    const KIND: Kind = Kind::Bool;

    fn from_arg(value: &Value) -> Self {
        matches!(value, Value::Bool(true))
    }
}

impl FromArg for Map {
    const KIND: Kind = Kind::Map;

    fn from_arg(value: &Value) -> Self {
        value
            .as_map()
            .map_or_else(|| Map::new(MapKind::Any), Map::as_plain)
    }
}

impl FromArg for List {
    const KIND: Kind = Kind::List;

    fn from_arg(value: &Value) -> Self {
        value
            .as_list()
            .cloned()
            .unwrap_or_else(|| List::new(ListKind::Any, Vec::new()))
    }
}

/// The variadic parameter: all remaining arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rest<T>(pub Vec<T>);

/// What a function's return type becomes.
pub trait IntoResult {
    /// The value, or the text of the error.
    ///
    /// # Errors
    /// Whatever the function returned as one.
    fn into_result(self) -> CallResult;
}

impl<T: Into<Value>> IntoResult for T {
    fn into_result(self) -> CallResult {
        Ok(self.into())
    }
}

impl<T: Into<Value>> IntoResult for Result<T, CallError> {
    fn into_result(self) -> CallResult {
        self.map(Into::into)
    }
}

/// A function as the evaluator calls it.
pub type BoxedNative = Box<dyn Fn(&mut Host, &[Value]) -> CallResult + Send + Sync>;

/// A Rust function that can be called with arguments of a template. `A` tells apart the shapes of
/// its parameters; a first parameter `&mut Host` is the surroundings, not an argument.
pub trait Native<A> {
    /// The Go types of the fixed parameters.
    const PARAMS: &'static [Kind];
    /// The Go type of the variadic parameter's elements.
    const VARIADIC: Option<Kind>;
    /// The function, its argument types forgotten.
    fn boxed(self) -> BoxedNative;
}

/// Marks functions that take `&mut Host` first.
#[derive(Debug)]
pub struct WithHost;

/// Marks functions whose variadic parameter is `&[Value]`: all remaining arguments as they are,
/// without a copy.
#[derive(Debug)]
pub struct Remaining;

/// For so many fixed parameters: every shape, without the surroundings and with them.
macro_rules! native {
    ($($arg:ident $index:tt),*) => {
        shapes!([] [] _host []; $($arg $index),*);
        shapes!([WithHost,] [&mut Host,] host [host,]; $($arg $index),*);
    };
}

/// With no other parameter, with a [`Rest`], with what remains. First comes what differs where the
/// surroundings are asked for: marker, type of the parameter, its name here, the argument.
macro_rules! shapes {
    (
        [$($marker:ident,)?] [$($surroundings:ty,)?] $host:ident [$($given:ident,)?];
        $($arg:ident $index:tt),*
    ) => {
        impl<Fun, R, $($arg),*> Native<($($marker,)? $($arg,)*)> for Fun
        where
            Fun: Fn($($surroundings,)? $($arg),*) -> R + Send + Sync + 'static,
            R: IntoResult,
            $($arg: FromArg,)*
        {
            const PARAMS: &'static [Kind] = &[$($arg::KIND),*];
            const VARIADIC: Option<Kind> = None;

            fn boxed(self) -> BoxedNative {
                Box::new(move |$host, args| {
                    let _ = args;
                    self($($given,)? $($arg::from_arg(&args[$index])),*).into_result()
                })
            }
        }

        impl<Fun, R, $($arg,)* Last> Native<($($marker,)? $($arg,)* Rest<Last>,)> for Fun
        where
            Fun: Fn($($surroundings,)? $($arg,)* Rest<Last>) -> R + Send + Sync + 'static,
            R: IntoResult,
            $($arg: FromArg,)*
            Last: FromArg,
        {
            const PARAMS: &'static [Kind] = &[$($arg::KIND),*];
            const VARIADIC: Option<Kind> = Some(Last::KIND);

            fn boxed(self) -> BoxedNative {
                const FIXED: usize = <[&str]>::len(&[$(stringify!($arg)),*]);
                Box::new(move |$host, args| {
                    let rest = Rest(args[FIXED..].iter().map(Last::from_arg).collect());
                    self($($given,)? $($arg::from_arg(&args[$index]),)* rest).into_result()
                })
            }
        }

        impl<Fun, R, $($arg),*> Native<($($marker,)? $($arg,)* Remaining,)> for Fun
        where
            Fun: Fn($($surroundings,)? $($arg,)* &[Value]) -> R + Send + Sync + 'static,
            R: IntoResult,
            $($arg: FromArg,)*
        {
            const PARAMS: &'static [Kind] = &[$($arg::KIND),*];
            const VARIADIC: Option<Kind> = Some(Kind::Any);

            fn boxed(self) -> BoxedNative {
                const FIXED: usize = <[&str]>::len(&[$(stringify!($arg)),*]);
                Box::new(move |$host, args| {
                    self($($given,)? $($arg::from_arg(&args[$index]),)* &args[FIXED..])
                        .into_result()
                })
            }
        }
    };
}

native!();
native!(A 0);
native!(A 0, B 1);
native!(A 0, B 1, C 2);
native!(A 0, B 1, C 2, D 3);
native!(A 0, B 1, C 2, D 3, E 4);
native!(A 0, B 1, C 2, D 3, E 4, F 5);
