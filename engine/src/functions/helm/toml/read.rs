//! TOML as github.com/BurntSushi/toml v1.6.0 reads it (parse.go), with its words for what is wrong.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::scan::{Read, Scanner, Wrong, is_newline, is_space, quoted};
use crate::{
    limits::{LimitReached, Meter},
    value::{List, ListKind, Map, MapKind, Str, Value},
};

/// Keys, arrays and inline tables within each other; more are refused, where Go goes on.
const MAX_DEPTH: usize = 500;

/// The map of a text, or what is wrong with it.
///
/// # Errors
/// When the budget is used up.
pub(super) fn read(text: &[u8], meter: &mut Meter) -> Result<Result<Map, String>, LimitReached> {
    let text = [&b"\xff\xfe"[..], b"\xfe\xff", b"\xef\xbb\xbf"]
        .iter()
        .find_map(|mark| text.strip_prefix(*mark))
        .unwrap_or(text);
    if text.iter().take(6).any(|&byte| byte == 0) {
        return Ok(Err(
            "toml: line 1: files cannot contain NULL bytes; probably using UTF-16; TOML files \
             must be UTF-8"
                .to_owned(),
        ));
    }
    let mut reader = Reader {
        scanner: Scanner::new(text),
        meter,
        root: Table::new(),
        context: Vec::new(),
        key: String::new(),
        key_line: 1,
        depth: 0,
        arrays: HashMap::new(),
        implicit: HashSet::new(),
    };
    match reader.document() {
        Ok(()) => Ok(Ok(reader.root.into())),
        Err(Wrong::Limit(limit)) => Err(limit),
        Err(Wrong::Text(line, message)) => Ok(Err(match reader.current() {
            key if key.is_empty() => format!("toml: line {line}: {message}"),
            key => {
                let key = values::go::quote(&key);
                format!("toml: line {line} (last key {key}): {message}")
            }
        })),
    }
}

type Table = BTreeMap<String, Entry>;

/// What a key stands for while the text is being read.
#[derive(Debug, Clone)]
enum Entry {
    Value(Value),
    Table(Table),
    /// `[[…]]`; never empty.
    Tables(Vec<Table>),
}

impl From<Table> for Map {
    fn from(table: Table) -> Self {
        let entries = table.into_iter();
        Self::from_entries(
            MapKind::Any,
            entries.map(|(key, entry)| (Str::from(key), entry.into())),
        )
    }
}

impl From<Entry> for Value {
    fn from(entry: Entry) -> Self {
        match entry {
            Entry::Value(value) => value,
            Entry::Table(table) => Map::from(table).into(),
            Entry::Tables(tables) => {
                let tables = tables.into_iter().map(|table| Map::from(table).into());
                List::new(ListKind::Map, tables.collect()).into()
            }
        }
    }
}

struct Reader<'t, 'm> {
    scanner: Scanner<'t>,
    meter: &'m mut Meter,
    root: Table,
    /// The table in scope.
    context: Vec<String>,
    /// The last part of the key whose value is being read.
    key: String,
    /// The line of the key or table name that was read last.
    key_line: usize,
    /// How many arrays and inline tables are being read.
    depth: usize,
    /// The keys that have been given a type: whether it is an array's.
    arrays: HashMap<String, bool>,
    /// Tables that only longer keys have named: they may still be defined.
    implicit: HashSet<String>,
}

impl Reader<'_, '_> {
    fn document(&mut self) -> Read<()> {
        loop {
            let c = self.scanner.next()?;
            match c {
                _ if is_space(c) || is_newline(c) => continue,
                None => return Ok(()),
                Some('#') => {
                    self.scanner.comment()?;
                    continue;
                }
                Some('[') => self.header()?,
                Some(_) => {
                    self.scanner.back();
                    self.assignment()?;
                }
            }
            if !self.end_of_line()? {
                return Ok(());
            }
        }
    }

    /// What follows a table's name or a value; whether more follows.
    fn end_of_line(&mut self) -> Read<bool> {
        loop {
            let c = self.scanner.next()?;
            match c {
                None => return Ok(false),
                Some('#') => {
                    self.scanner.comment()?;
                    return Ok(true);
                }
                _ if is_newline(c) => return Ok(true),
                _ if is_space(c) => {}
                _ => {
                    return Err(self.scanner.words(format!(
                        "expected a top-level item to end with a newline, comment, or EOF, but \
                         got {} instead",
                        quoted(c)
                    )));
                }
            }
        }
    }

    /// `[table]` or `[[table]]`, behind the first bracket.
    fn header(&mut self) -> Read<()> {
        let is_array = self.scanner.accept('[')?;
        let mut key = Vec::new();
        loop {
            self.scanner.skip_spaces()?;
            match self.scanner.peek()? {
                Some(']') | None => {
                    return Err(self
                        .scanner
                        .words("unexpected end of table name (table names cannot be empty)"));
                }
                Some('.') => {
                    return Err(self
                        .scanner
                        .words("unexpected table separator (table names cannot be empty)"));
                }
                Some(_) => self.part(&mut key)?,
            }
            self.scanner.skip_spaces()?;
            match self.scanner.next()? {
                Some('.') => self.scanner.ignore(),
                Some(']') => break,
                other => {
                    return Err(self.scanner.words(format!(
                        "expected '.' or ']' to end table name, but got {} instead",
                        quoted(other)
                    )));
                }
            }
        }
        if is_array {
            let end = self.scanner.next()?;
            if end != Some(']') {
                return Err(self.scanner.words(format!(
                    "expected end of table array name delimiter ']', but got {} instead",
                    quoted(end)
                )));
            }
        }
        self.enter(&key, is_array)?;
        self.set_type(false);
        Ok(())
    }

    /// One more part of a key.
    fn part(&mut self, key: &mut Vec<String>) -> Read<()> {
        if self.context.len() + key.len() >= MAX_DEPTH {
            return Err(self.too_deep());
        }
        let part = self.scanner.name()?;
        if key.is_empty() {
            self.key_line = self.scanner.line;
        }
        key.push(part);
        Ok(())
    }

    fn too_deep(&self) -> Wrong {
        self.scanner
            .words(format!("nested deeper than {MAX_DEPTH} levels"))
    }

    /// `key = value` outside of inline tables.
    fn assignment(&mut self) -> Read<()> {
        let key = self.whole_key()?;
        let outer = self.context.clone();
        self.enter_parents(&key)?;
        let value = self.value(false)?;
        self.set(&value)?;
        self.set_type(matches!(value, Entry::Value(Value::List(_))));
        self.context = outer;
        self.key.clear();
        Ok(())
    }

    /// A key up to and with its `=`.
    fn whole_key(&mut self) -> Read<Vec<String>> {
        self.scanner.skip_spaces()?;
        match self.scanner.peek()? {
            Some('=') | None => {
                return Err(self.scanner.words("unexpected '=': key name appears blank"));
            }
            Some('.') => {
                return Err(self
                    .scanner
                    .words("unexpected '.': keys cannot start with a '.'"));
            }
            Some(_) => {}
        }
        let mut key = Vec::new();
        loop {
            self.scanner.skip_spaces()?;
            match self.scanner.peek()? {
                Some('=') | None => return Err(self.scanner.words("unexpected '='")),
                Some('.') => return Err(self.scanner.words("unexpected '.'")),
                Some(_) => self.part(&mut key)?,
            }
            self.scanner.skip_spaces()?;
            let next = self.scanner.next()?;
            match next {
                Some('.') => self.scanner.ignore(),
                Some('=') => return Ok(key),
                None => {
                    let message = "unexpected EOF; expected key separator '='";
                    return Err(self.scanner.words(message));
                }
                Some(c) => {
                    let message = format!("expected '.' or '=', but got {} instead", quoted(next));
                    return Err(if c == '\n' {
                        self.scanner.error_before(message)
                    } else {
                        self.scanner.words(message)
                    });
                }
            }
        }
    }

    /// Makes the tables that the parts before the last one name, and the last one the key.
    fn enter_parents(&mut self, key: &[String]) -> Read<()> {
        let Some((last, parents)) = key.split_last() else {
            return Ok(());
        };
        self.key.clone_from(last);
        for part in parents {
            let mut path = self.context.clone();
            path.push(part.clone());
            self.implicit.insert(dotted(&path));
            self.enter(&path, false)?;
        }
        Ok(())
    }

    fn value(&mut self, in_array: bool) -> Read<Entry> {
        self.scanner.skip_spaces()?;
        let first = self.scanner.next()?;
        Ok(match first {
            Some('[') => Entry::Value(self.array()?),
            Some('{') => Entry::Table(self.inline_table(in_array)?),
            _ => Entry::Value(self.scanner.scalar(first)?),
        })
    }

    /// Goes to the next item of an array or an inline table; false at its end.
    fn has_item(&mut self, end: char) -> Read<bool> {
        loop {
            match self.scanner.next()? {
                c if is_space(c) || is_newline(c) => {}
                Some('#') => self.scanner.comment()?,
                Some(',') => return Err(self.scanner.words("unexpected comma")),
                Some(c) if c == end => return Ok(false),
                _ => {
                    self.scanner.back();
                    return Ok(true);
                }
            }
        }
    }

    fn array(&mut self) -> Read<Value> {
        self.set_type(true);
        let mut items = Vec::new();
        while self.has_item(']')? {
            items.push(self.nested(true)?.into());
            if self.separator(']', |found| {
                format!("expected a comma (',') or array terminator (']'), but got {found}")
            })? == Some(']')
            {
                break;
            }
        }
        Ok(Value::list(items))
    }

    /// A value that is one level deeper.
    fn nested(&mut self, in_array: bool) -> Read<Entry> {
        if self.depth >= MAX_DEPTH {
            return Err(self.too_deep());
        }
        self.depth += 1;
        let value = self.value(in_array)?;
        self.depth -= 1;
        Ok(value)
    }

    /// What follows an item: a comma or the end.
    fn separator(&mut self, end: char, message: impl Fn(&str) -> String) -> Read<Option<char>> {
        loop {
            let c = self.scanner.next()?;
            match c {
                _ if is_space(c) || is_newline(c) => {}
                Some('#') => self.scanner.comment()?,
                Some(found) if found == ',' || found == end => return Ok(c),
                _ => {
                    let found = c.map_or("end of file".to_owned(), |c| format!("'{c}'"));
                    return Err(self.scanner.words(message(&found)));
                }
            }
        }
    }

    fn inline_table(&mut self, in_array: bool) -> Read<Table> {
        let mut table = Table::new();
        let outer = self.context.clone();
        let outer_key = std::mem::take(&mut self.key);
        let mut path = outer.clone();
        path.push(outer_key.clone());
        if path.len() >= MAX_DEPTH {
            return Err(self.too_deep());
        }
        self.context.clone_from(&path);
        self.implicit.insert(dotted(&path));
        self.enter(&path, in_array)?;
        while self.has_item('}')? {
            self.inline_entry(&mut table)?;
            self.context.clone_from(&path);
            let end = self.separator('}', |found| {
                format!(
                    "expected a comma or an inline table terminator '}}', but got {found} instead"
                )
            })?;
            if end == Some('}') {
                break;
            }
        }
        self.context = outer;
        self.key = outer_key;
        Ok(table)
    }

    fn inline_entry(&mut self, table: &mut Table) -> Read<()> {
        let key = self.whole_key()?;
        self.enter_parents(&key)?;
        let value = self.nested(false)?;
        self.set(&value)?;
        self.set_type(matches!(value, Entry::Value(Value::List(_))));
        let mut inner = table;
        for part in &key[..key.len() - 1] {
            let next = inner.entry(part.clone());
            inner = match next.or_insert_with(|| Entry::Table(Table::new())) {
                Entry::Table(table) => table,
                _ => {
                    let context = values::go::quote(&dotted(&self.context));
                    let message = format!("{context} is not a table");
                    return Err(Wrong::Text(self.key_line, message));
                }
            };
        }
        inner.insert(self.key.clone(), value);
        Ok(())
    }

    /// `addContext`: makes a table of that name, or one more of an array of tables, the context.
    fn enter(&mut self, key: &[String], is_array: bool) -> Read<()> {
        self.meter.work(key.len())?;
        let Some((last, parents)) = key.split_last() else {
            return Ok(());
        };
        let wrong = |line, message| Err(Wrong::Text(line, message));
        let mut table = &mut self.root;
        for (index, part) in parents.iter().enumerate() {
            let path = &key[..=index];
            if !table.contains_key(part) {
                self.implicit.insert(dotted(path));
            }
            let entry = table.entry(part.clone());
            table = match entry.or_insert_with(|| Entry::Table(Table::new())) {
                Entry::Table(table) => table,
                Entry::Tables(tables) if !tables.is_empty() => {
                    let last = tables.len() - 1;
                    &mut tables[last]
                }
                _ => {
                    let path = dotted(path);
                    let message = format!("Key '{path}' was already created as a hash.");
                    return wrong(self.key_line, message);
                }
            };
        }
        if is_array {
            let entry = table.entry(last.clone());
            let Entry::Tables(tables) = entry.or_insert_with(|| Entry::Tables(Vec::new())) else {
                self.context = parents.to_vec();
                let message = format!(
                    "Key '{}' was already created and cannot be used as an array.",
                    dotted(key)
                );
                return wrong(self.key_line, message);
            };
            tables.push(Table::new());
            self.context = parents.to_vec();
        } else {
            self.context = parents.to_vec();
            self.set_key(last, &Entry::Table(Table::new()))?;
        }
        self.context.push(last.clone());
        Ok(())
    }

    fn set(&mut self, value: &Entry) -> Read<()> {
        let key = self.key.clone();
        self.set_key(&key, value)
    }

    /// `setValue`: sets a key of the context that is not set, or only implicitly.
    fn set_key(&mut self, key: &str, value: &Entry) -> Read<()> {
        let line = self.key_line;
        let defined = |path: &[String]| {
            let path = dotted(path);
            Err(Wrong::Text(
                line,
                format!("Key '{path}' has already been defined."),
            ))
        };
        let mut path = self.context.clone();
        let mut table = &mut self.root;
        for (index, part) in self.context.iter().enumerate() {
            table = match table.get_mut(part) {
                Some(Entry::Table(table)) => table,
                Some(Entry::Tables(tables)) if !tables.is_empty() => {
                    let last = tables.len() - 1;
                    &mut tables[last]
                }
                _ => return defined(&path[..=index]),
            };
        }
        path.push(key.to_owned());
        if table.contains_key(key) {
            let name = dotted(&path);
            if !self.implicit.remove(&name) {
                return defined(&path);
            }
            // An array has been read into a table of its own where it holds inline tables.
            if !self.arrays.get(&name).copied().unwrap_or_default() {
                return Ok(());
            }
        }
        table.insert(key.to_owned(), value.clone());
        Ok(())
    }

    /// `setType` of the key, or of the context where there is none.
    fn set_type(&mut self, is_array: bool) {
        let mut path = self.context.clone();
        if !self.key.is_empty() {
            path.push(self.key.clone());
        }
        if path.is_empty() {
            path.push(String::new());
        }
        self.arrays.insert(dotted(&path), is_array);
    }

    /// The key that an error names.
    fn current(&self) -> String {
        match (self.context.is_empty(), self.key.as_str()) {
            (_, "") => dotted(&self.context),
            (true, key) => key.to_owned(),
            (false, key) => format!("{}.{key}", dotted(&self.context)),
        }
    }
}

/// A key's parts, quoted where they must be.
fn dotted(key: &[String]) -> String {
    let mut out = Vec::new();
    for (index, part) in key.iter().enumerate() {
        if index > 0 {
            out.push(b'.');
        }
        super::push_key(part.as_bytes(), &mut out);
    }
    String::from_utf8_lossy(&out).into_owned()
}
