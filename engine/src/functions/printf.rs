//! `printf`: Go's `fmt.Sprintf` (Go 1.26, fmt/print.go and format.go) for the values of templates.

mod float;
mod pad;
mod quote;

use super::{
    CallError, Host,
    cast::{bytes, signed, unsigned},
};
use crate::value::{ListKind, Str, Value};
use pad::Flags;

pub(super) use quote::is_print;
pub(crate) use quote::{quote_char, quote_to};

pub(super) fn printf(host: &mut Host, pattern: Str, values: &[Value]) -> Result<Str, CallError> {
    let mut printer = Printer {
        out: host.buffer(),
        limit: host.meter.value_limit(),
        ..Printer::default()
    };
    printer.run(pattern.as_bytes(), values);
    host.meter.value(printer.out.len())?;
    Ok(host.text(printer.out))
}

/// `fmt.Sprintf` for values that were measured.
pub(super) fn format(pattern: &[u8], values: &[Value]) -> Vec<u8> {
    let mut printer = Printer {
        limit: usize::MAX,
        ..Printer::default()
    };
    printer.run(pattern, values);
    printer.out
}

/// Containers deeper than this are printed as `...`.
const MAX_DEPTH: usize = 1_000;
/// Widths and precisions beyond this are refused.
const TOO_LARGE: i64 = 1_000_000;

#[derive(Default)]
struct Printer {
    out: Vec<u8>,
    /// Once the text is longer than this, no more is printed.
    limit: usize,
    flags: Flags,
}

/// Where the pattern is being read.
struct Cursor<'a> {
    pattern: &'a [u8],
    at: usize,
    arg: usize,
    /// An index such as `[3]` was seen somewhere.
    reordered: bool,
    good_index: bool,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<u8> {
        self.pattern.get(self.at).copied()
    }

    /// `parsenum`: a number that may be missing.
    fn number(&mut self) -> Option<usize> {
        let digits = self.pattern[self.at..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let mut number: i64 = 0;
        for &digit in &self.pattern[self.at..self.at + digits] {
            if number > TOO_LARGE {
                self.at = self.pattern.len();
                return None;
            }
            number = number * 10 + i64::from(digit - b'0');
        }
        self.at += digits;
        if digits == 0 {
            None
        } else {
            usize::try_from(number).ok()
        }
    }

    /// `argNumber`: an explicit index `[n]`.
    fn index(&mut self, count: usize) -> bool {
        if self.peek() != Some(b'[') {
            return false;
        }
        self.reordered = true;
        let rest = &self.pattern[self.at..];
        let close = rest
            .iter()
            .position(|&byte| byte == b']')
            .filter(|_| rest.len() >= 3);
        let Some(close) = close else {
            self.at += 1;
            self.good_index = false;
            return false;
        };
        let number = std::str::from_utf8(&rest[1..close]).ok();
        let number = number.filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
        let number: Option<usize> = number.and_then(|text| text.parse().ok());
        self.at += close + 1;
        match number {
            Some(number) if (1..=count).contains(&number) => {
                self.arg = number - 1;
                true
            }
            other => {
                self.good_index = false;
                other.is_some()
            }
        }
    }

    /// `intFromArg`: the next argument as a width or precision.
    fn star(&mut self, values: &[Value]) -> Option<i64> {
        let value = values.get(self.arg)?;
        self.arg += 1;
        let number = match value {
            Value::Uint64(_) | Value::Uint8(_) => i64::try_from(unsigned(value)?).ok()?,
            other => signed(other)?,
        };
        (-TOO_LARGE..=TOO_LARGE).contains(&number).then_some(number)
    }
}

impl Printer {
    fn put(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    fn put_char(&mut self, c: char) {
        self.put(c.encode_utf8(&mut [0; 4]));
    }

    fn run(&mut self, pattern: &[u8], values: &[Value]) {
        let mut cursor = Cursor {
            pattern,
            at: 0,
            arg: 0,
            reordered: false,
            good_index: true,
        };
        while cursor.at < pattern.len() && self.out.len() <= self.limit {
            let rest = &pattern[cursor.at..];
            let text = rest
                .iter()
                .position(|&byte| byte == b'%')
                .unwrap_or(rest.len());
            self.out.extend_from_slice(&rest[..text]);
            cursor.at += text + 1;
            if cursor.at > pattern.len() {
                break;
            }
            cursor.good_index = true;
            self.verb(&mut cursor, values);
        }
        if !cursor.reordered && cursor.arg < values.len() {
            self.extra(&values[cursor.arg..]);
        }
    }

    /// One verb with its flags, behind the `%`.
    fn verb(&mut self, cursor: &mut Cursor<'_>, values: &[Value]) {
        self.flags = Flags::default();
        while let Some(byte) = cursor.peek() {
            match byte {
                b'#' => self.flags.sharp = true,
                b'0' => self.flags.zero = true,
                b'+' => self.flags.plus = true,
                b'-' => self.flags.minus = true,
                b' ' => self.flags.space = true,
                _ => break,
            }
            cursor.at += 1;
        }
        let after_index = self.width(cursor, values);
        let after_index = self.precision(cursor, values, after_index);
        if !after_index {
            cursor.index(values.len());
        }
        let Some(verb) = quote::first_char(&cursor.pattern[cursor.at..]) else {
            self.put("%!(NOVERB)");
            return;
        };
        cursor.at += super::strings::char_len(&cursor.pattern[cursor.at..]);
        if verb == '%' {
            self.put("%");
        } else if !cursor.good_index {
            self.put("%!");
            self.put_char(verb);
            self.put("(BADINDEX)");
        } else if let Some(value) = values.get(cursor.arg) {
            if verb == 'v' || verb == 'w' {
                self.flags.sharp_v = std::mem::take(&mut self.flags.sharp);
                self.flags.plus_v = std::mem::take(&mut self.flags.plus);
            }
            self.arg(value, verb);
            cursor.arg += 1;
        } else {
            self.put("%!");
            self.put_char(verb);
            self.put("(MISSING)");
        }
    }

    fn width(&mut self, cursor: &mut Cursor<'_>, values: &[Value]) -> bool {
        let after_index = cursor.index(values.len());
        if cursor.peek() == Some(b'*') {
            cursor.at += 1;
            let width = cursor.star(values);
            match width {
                None => self.put("%!(BADWIDTH)"),
                Some(width) if width < 0 => {
                    self.flags.minus = true;
                    self.flags.zero = false;
                }
                Some(_) => {}
            }
            self.flags.width =
                width.map(|width| usize::try_from(width.unsigned_abs()).unwrap_or_default());
            return false;
        }
        self.flags.width = cursor.number();
        if after_index && self.flags.width.is_some() {
            cursor.good_index = false;
        }
        after_index
    }

    fn precision(&mut self, cursor: &mut Cursor<'_>, values: &[Value], after_index: bool) -> bool {
        if cursor.peek() != Some(b'.') || cursor.at + 1 >= cursor.pattern.len() {
            return after_index;
        }
        cursor.at += 1;
        if after_index {
            cursor.good_index = false;
        }
        let after_index = cursor.index(values.len());
        if cursor.peek() == Some(b'*') {
            cursor.at += 1;
            let precision = cursor
                .star(values)
                .and_then(|number| usize::try_from(number).ok());
            if precision.is_none() {
                self.put("%!(BADPREC)");
            }
            self.flags.precision = precision;
            return false;
        }
        self.flags.precision = Some(cursor.number().unwrap_or(0));
        after_index
    }

    /// The values that no verb asked for.
    fn extra(&mut self, values: &[Value]) {
        self.flags = Flags::default();
        self.put("%!(EXTRA ");
        for (index, value) in values.iter().enumerate() {
            if index > 0 {
                self.put(", ");
            }
            if value.is_nil() {
                self.put("<nil>");
            } else {
                self.put(value.go_type());
                self.put("=");
                self.arg(value, 'v');
            }
        }
        self.put(")");
    }

    fn bad_verb(&mut self, value: &Value, verb: char) {
        self.put("%!");
        self.put_char(verb);
        self.put("(");
        if value.is_nil() {
            self.put("<nil>");
        } else {
            self.put(value.go_type());
            self.put("=");
            self.arg(value, 'v');
        }
        self.put(")");
    }

    fn arg(&mut self, value: &Value, verb: char) {
        match (value, verb) {
            (Value::Nil, 'T' | 'v') => self.flags.pad(b"<nil>", &mut self.out),
            (Value::Nil, _) => self.bad_verb(value, verb),
            (_, 'T') => self
                .flags
                .pad_cut(value.go_type().as_bytes(), &mut self.out),
            (_, 'p' | 'w') => self.bad_verb(value, verb),
            _ => self.value(value, verb, 0),
        }
    }

    fn value(&mut self, value: &Value, verb: char, depth: usize) {
        if self.out.len() > self.limit {
            return;
        }
        if depth > MAX_DEPTH {
            self.put("...");
            return;
        }
        match value {
            Value::Nil if self.flags.sharp_v => self.put("interface {}(nil)"),
            Value::Nil => self.put("<nil>"),
            Value::Bool(flag) => match verb {
                't' | 'v' => {
                    self.flags
                        .pad(if *flag { b"true" } else { b"false" }, &mut self.out);
                }
                _ => self.bad_verb(value, verb),
            },
            Value::Int(number) | Value::Int64(number) => {
                self.integer(value, number.unsigned_abs(), *number < 0, verb);
            }
            Value::Uint64(number) => self.integer(value, *number, false, verb),
            Value::Uint8(number) => self.integer(value, u64::from(*number), false, verb),
            Value::Float(number) => self.float(value, *number, verb),
            Value::String(text) => self.string(value, text.as_bytes(), verb),
            Value::List(list) if list.kind() == ListKind::Byte && "sqxX".contains(verb) => {
                self.string(value, &bytes(list), verb);
            }
            Value::List(list) => {
                self.open(value, list.is_nil(), "[");
                if !(list.is_nil() && self.flags.sharp_v) {
                    for (index, item) in list.iter().enumerate() {
                        self.separate(index);
                        self.value(item, verb, depth + 1);
                    }
                    self.close();
                }
            }
            Value::Map(map) => {
                self.open(value, false, "map[");
                for (index, (key, item)) in map.entries().iter().enumerate() {
                    self.separate(index);
                    self.value(&Value::String(key.clone()), verb, depth + 1);
                    self.put(":");
                    if map.kind().is_strings() || !item.is_nil() || !self.flags.sharp_v {
                        self.value(item, verb, depth + 1);
                    } else {
                        self.put("interface {}(nil)");
                    }
                }
                self.close();
            }
            Value::Object(object) => match signed(value) {
                Some(number) if !"vsxXq".contains(verb) => {
                    self.integer(value, number.unsigned_abs(), number < 0, verb);
                }
                _ => match object.fmt_fields().filter(|_| verb != 'v') {
                    Some(fields) => self.fields(&fields, verb, depth),
                    None => self.string(value, object.print().as_bytes(), verb),
                },
            },
        }
    }

    /// A struct, its fields with the same verb.
    fn fields(&mut self, fields: &[Value], verb: char, depth: usize) {
        self.put("{");
        for (index, field) in fields.iter().enumerate() {
            self.separate(index);
            self.value(field, verb, depth + 1);
        }
        self.put("}");
    }

    fn open(&mut self, value: &Value, nil: bool, bracket: &str) {
        if self.flags.sharp_v {
            self.put(value.go_type());
            self.put(if nil { "(nil)" } else { "{" });
        } else {
            self.put(bracket);
        }
    }

    fn separate(&mut self, index: usize) {
        if index > 0 {
            self.put(if self.flags.sharp_v { ", " } else { " " });
        }
    }

    fn close(&mut self) {
        self.put(if self.flags.sharp_v { "}" } else { "]" });
    }

    fn integer(&mut self, value: &Value, magnitude: u64, negative: bool, verb: char) {
        let out = &mut self.out;
        match verb {
            'v' if self.flags.sharp_v && matches!(value, Value::Uint64(_) | Value::Uint8(_)) => {
                let flags = Flags {
                    sharp: true,
                    ..self.flags
                };
                flags.integer(magnitude, negative, 16, verb, out);
            }
            'v' | 'd' => self.flags.integer(magnitude, negative, 10, verb, out),
            'b' => self.flags.integer(magnitude, negative, 2, verb, out),
            'o' | 'O' => self.flags.integer(magnitude, negative, 8, verb, out),
            'x' | 'X' => self.flags.integer(magnitude, negative, 16, verb, out),
            'c' | 'q' | 'U' => {
                let code = if negative {
                    None
                } else {
                    u32::try_from(magnitude).ok()
                };
                let c = code.and_then(char::from_u32).unwrap_or('\u{fffd}');
                let text = match verb {
                    'c' => c.to_string(),
                    'q' => quote::quote_char(c, self.flags.plus),
                    _ => {
                        let number = if negative {
                            magnitude.wrapping_neg()
                        } else {
                            magnitude
                        };
                        self.flags.unicode(number)
                    }
                };
                Flags {
                    zero: self.flags.zero && verb != 'U',
                    ..self.flags
                }
                .pad(text.as_bytes(), out);
            }
            _ => self.bad_verb(value, verb),
        }
    }

    fn float(&mut self, value: &Value, number: f64, verb: char) {
        let (verb, precision) = match verb {
            'v' => ('g', None),
            'b' | 'g' | 'G' | 'x' | 'X' => (verb, None),
            'f' | 'e' | 'E' => (verb, Some(6)),
            'F' => ('f', Some(6)),
            _ => return self.bad_verb(value, verb),
        };
        self.flags.float(
            number,
            verb,
            self.flags.precision.or(precision),
            &mut self.out,
        );
    }

    fn string(&mut self, value: &Value, text: &[u8], verb: char) {
        match verb {
            'v' if self.flags.sharp_v => self.flags.quoted(text, &mut self.out),
            'v' | 's' => self.flags.pad_cut(text, &mut self.out),
            'x' | 'X' => self.flags.hex(text, verb == 'X', &mut self.out),
            'q' => self.flags.quoted(text, &mut self.out),
            _ => self.bad_verb(value, verb),
        }
    }
}
