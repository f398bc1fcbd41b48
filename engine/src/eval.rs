//! Executes templates: a port of Go 1.26's `text/template` executor and of what Helm's engine
//! puts around it (`include`, `tpl`, the layout of its errors).
//!
//! [`Program::compile`] parses the templates of a chart once; [`Program::execute`] runs one of
//! them, as often as wanted and on any thread, on values of its own.

mod call;
mod error;
mod explain;
mod field;
mod machine;
mod pipeline;
mod scene;
mod traced;

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

pub(crate) use error::mark_message;
pub use error::{ExecError, TemplatePlace};

use crate::{
    Dialect, Error, ErrorKind,
    functions::Host,
    limits::LimitReached,
    parse::{self, Template},
    trace::tracer::Tracer,
    value::{Map, Str, Value},
};

/// A template file.
#[derive(Debug, Clone)]
pub struct TemplateFile {
    /// Its name in the program: `chart/templates/file.yaml`.
    pub name: String,
    /// Its text.
    pub text: Str,
}

/// The name of the template that all others belong to; `tpl` parses under it.
pub(crate) const ROOT: &str = "gotpl";

/// The templates of a chart, parsed.
#[derive(Debug, Default)]
pub struct Program {
    dialect: Dialect,
    templates: ByName<Arc<Template>>,
    /// What `tpl` was given lately, parsed: charts pass the same texts again and again.
    texts: Mutex<ByName<Parsed>>,
}

/// The templates of one text.
type Parsed = Arc<[Arc<Template>]>;

/// How many texts of `tpl` are kept.
const MAX_TEXTS: usize = 512;
/// A longer text is not kept.
const MAX_TEXT_BYTES: usize = 1 << 12;

/// By the names of templates, or by texts: looked up at every `include` and `tpl`, so not with the
/// slow hash that guards against strangers' keys (this one's seed is a secret, too).
type ByName<T> = HashMap<Str, T, foldhash::fast::RandomState>;

impl Program {
    /// Parses the files, in this order: of two definitions of a name the later one counts, unless
    /// it is empty.
    ///
    /// # Errors
    /// The first text that is not a template, in Helm's words.
    pub fn compile<'f>(files: impl IntoIterator<Item = &'f TemplateFile>) -> Result<Self, Error> {
        Self::compile_for(Dialect::default(), files)
    }

    /// The same for that Helm: its functions, its layout of errors.
    ///
    /// # Errors
    /// The first text that is not a template, in Helm's words.
    pub fn compile_for<'f>(
        dialect: Dialect,
        files: impl IntoIterator<Item = &'f TemplateFile>,
    ) -> Result<Self, Error> {
        let mut program = Self {
            dialect,
            ..Self::default()
        };
        for file in files {
            program.add(file, parse_file(dialect, file))?;
        }
        Ok(program)
    }

    /// Which Helm it is for.
    pub(crate) fn dialect(&self) -> Dialect {
        self.dialect
    }

    fn add(&mut self, file: &TemplateFile, parsed: ParsedFile) -> Result<(), Error> {
        let parsed = parsed.map_err(|error| error::parse_error(&file.name, &file.text, &error))?;
        for template in parsed {
            self.define(template);
        }
        Ok(())
    }

    fn define(&mut self, template: Template) {
        if template.is_empty && self.templates.contains_key(&template.name) {
            return;
        }
        self.templates
            .insert(template.name.clone(), Arc::new(template));
    }

    /// The templates of a text for `tpl`.
    fn parsed(&self, text: &Str) -> Result<Parsed, parse::ParseError> {
        let texts = || self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(parsed) = texts().get(text) {
            return Ok(Arc::clone(parsed));
        }
        let parsed = parse::parse_bytes(ROOT, text, self.dialect)?;
        let parsed: Parsed = parsed.into_iter().map(Arc::new).collect();
        if text.len() <= MAX_TEXT_BYTES {
            let mut texts = texts();
            if texts.len() >= MAX_TEXTS {
                texts.clear();
            }
            texts.insert(text.clone(), Arc::clone(&parsed));
        }
        Ok(parsed)
    }

    /// Executes the template of that name with this dot. Nil prints nothing, as Helm makes it.
    ///
    /// # Errors
    /// Whatever stops the template, in Helm's words; limits of the budget too.
    pub fn execute(&self, name: &str, dot: &Value, host: &mut Host) -> Result<Str, Error> {
        let values = dot.as_map().and_then(|dot| dot.get(b"Values"));
        self.execute_with(
            name,
            dot,
            values.as_ref().and_then(Value::as_map),
            host,
            None,
        )
    }

    /// [`execute`](Self::execute), for a template that may belong to a subchart: `values` are those
    /// of the whole chart, in which an error names the ones involved. A tracer knows afterwards
    /// where the text came from.
    ///
    /// # Errors
    /// As for [`execute`](Self::execute).
    pub(crate) fn execute_with(
        &self,
        name: &str,
        dot: &Value,
        values: Option<&Map>,
        host: &mut Host,
        mut tracer: Option<&mut Tracer>,
    ) -> Result<Str, Error> {
        if let Some(tracer) = &mut tracer {
            tracer.file();
        }
        let library = Library {
            own: ByName::default(),
            outer: Outer::Program(self),
        };
        let named = Str::from(name);
        host.begin(&named);
        let mut shared = machine::Shared::new(host, tracer);
        let result = machine::execute_named(&library, &named, dot.clone(), &mut shared);
        let text = self.judged(result, name, values, shared.host)?;
        let Some(mut left) = without_no_value(text.as_bytes()) else {
            return Ok(text);
        };
        if let Some(tracer) = &mut shared.tracer {
            left = left.apart();
            tracer.shortened(&text, &left, no_values(text.as_bytes()));
        }
        Ok(left)
    }

    /// [`execute_with`](Self::execute_with) for who wants the text as it is printed, without a copy;
    /// bytes that are not UTF-8 become U+FFFD.
    ///
    /// # Errors
    /// As for [`execute`](Self::execute).
    pub(crate) fn execute_text(
        &self,
        name: &str,
        dot: &Value,
        values: Option<&Map>,
        host: &mut Host,
    ) -> Result<String, Error> {
        let library = Library {
            own: ByName::default(),
            outer: Outer::Program(self),
        };
        let named = Str::from(name);
        host.begin(&named);
        if let Some(template) = library.find(&named) {
            // It prints about as much as its file says; what grows from nothing is moved often.
            host.give_back(Vec::with_capacity(template.source.text.len()));
        }
        let mut shared = machine::Shared::new(host, None);
        let result = machine::execute_to(&library, &named, dot.clone(), &mut shared);
        let bytes = self.judged(result, name, values, shared.host)?;
        Ok(match without_no_value(&bytes) {
            Some(left) => left.to_string_lossy().into_owned(),
            None => String::from_utf8(bytes)
                .unwrap_or_else(|odd| String::from_utf8_lossy(odd.as_bytes()).into_owned()),
        })
    }

    /// What came of a template; a limit that was reached counts before all else.
    fn judged<T>(
        &self,
        result: machine::Run<T>,
        name: &str,
        values: Option<&Map>,
        host: &Host,
    ) -> Result<T, Error> {
        match (result, host.meter.reached()) {
            (_, Some(limit)) => Err(limit_reached(name, limit)),
            (Ok(done), None) => Ok(done),
            (Err(error), None) => Err(error::exec_error(name, &error, self.dialect, values)),
        }
    }

    /// Parses one text as Go does, outside of Helm's engine.
    ///
    /// # Errors
    /// With Go's own words.
    pub fn compile_plainly(file: &TemplateFile) -> Result<Self, String> {
        let mut program = Self::default();
        let parsed = parse::parse_bytes(&file.name, &file.text, program.dialect)
            .map_err(|it| it.to_string())?;
        for template in parsed {
            program.define(template);
        }
        Ok(program)
    }

    /// Executes a template as Go does, outside of Helm's engine: nil is `<no value>`.
    ///
    /// # Errors
    /// With Go's own words.
    pub fn execute_plainly(&self, name: &str, dot: &Value, host: &mut Host) -> Result<Str, String> {
        let library = Library {
            own: ByName::default(),
            outer: Outer::Program(self),
        };
        let mut shared = machine::Shared::new(host, None);
        let result = machine::execute_named(&library, &name.into(), dot.clone(), &mut shared);
        match (result, shared.host.meter.reached()) {
            (_, Some(limit)) => Err(format!("{name}: {limit}")),
            (Ok(text), None) => Ok(text),
            (Err(error), None) => Err(error::without_marks(&error.text)),
        }
    }
}

/// The templates of a file, or what is wrong with it.
pub(crate) type ParsedFile = Result<Vec<Template>, parse::ParseError>;

/// Parses one file.
pub(crate) fn parse_file(dialect: Dialect, file: &TemplateFile) -> ParsedFile {
    parse::parse_bytes(&file.name, &file.text, dialect)
}

/// A program on its way: several threads may parse its files.
#[derive(Debug)]
pub(crate) struct Compiling<'f> {
    dialect: Dialect,
    files: &'f [TemplateFile],
    /// The first file that nobody has begun with.
    next: AtomicUsize,
    parsed: Vec<OnceLock<ParsedFile>>,
}

impl<'f> Compiling<'f> {
    /// Nothing is parsed yet.
    pub(crate) fn new(dialect: Dialect, files: &'f [TemplateFile]) -> Self {
        Self {
            dialect,
            files,
            next: AtomicUsize::new(0),
            parsed: files.iter().map(|_| OnceLock::new()).collect(),
        }
    }

    /// Takes what somebody parsed already, given for a file if there is any; gives the bytes of text
    /// that are left.
    pub(crate) fn take(
        &self,
        mut parsed: impl FnMut(&TemplateFile) -> Option<ParsedFile>,
    ) -> usize {
        let mut left = 0;
        for (file, place) in self.files.iter().zip(&self.parsed) {
            match parsed(file) {
                Some(parsed) => drop(place.set(parsed)),
                None => left += file.text.len(),
            }
        }
        left
    }

    /// Parses files until none is left to begin with.
    pub(crate) fn help(&self) {
        loop {
            let at = self.next.fetch_add(1, Ordering::Relaxed);
            let (Some(file), Some(place)) = (self.files.get(at), self.parsed.get(at)) else {
                return;
            };
            place.get_or_init(|| parse_file(self.dialect, file));
        }
    }

    /// The program; what nobody has parsed is parsed now.
    ///
    /// # Errors
    /// The first text that is not a template, in Helm's words.
    pub(crate) fn finish(self) -> Result<Program, Error> {
        let dialect = self.dialect;
        let mut program = Program {
            dialect,
            ..Program::default()
        };
        for (file, parsed) in self.files.iter().zip(self.parsed) {
            let parsed = parsed.into_inner();
            let parsed = parsed.unwrap_or_else(|| parse_file(dialect, file));
            program.add(file, parsed)?;
        }
        Ok(program)
    }
}

/// The template of that name was too much.
pub(crate) fn limit_reached(name: &str, limit: LimitReached) -> Error {
    let error = Error::new(ErrorKind::Limit, format!("{name}: {limit}"));
    error.at(name, None, None)
}

/// Helm takes Go's mark for nil out of every text that it renders.
///
/// None if the text has none of them.
fn without_no_value(text: &[u8]) -> Option<Str> {
    memchr::memmem::find(text, NO_VALUE)?;
    let mut out = Vec::with_capacity(text.len());
    let mut end = 0;
    for mark in no_values(text) {
        out.extend_from_slice(&text[end..mark.start]);
        end = mark.end;
    }
    out.extend_from_slice(&text[end..]);
    Some(out.into())
}

const NO_VALUE: &[u8] = b"<no value>";

/// Where Go's marks for nil stand.
fn no_values(text: &[u8]) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    memchr::memmem::find_iter(text, NO_VALUE).map(|start| start..start + NO_VALUE.len())
}

/// The templates in reach: those of the program, and those that the texts of enclosing `tpl`
/// calls define.
#[derive(Debug)]
struct Library<'p> {
    own: ByName<Arc<Template>>,
    outer: Outer<'p>,
}

#[derive(Debug, Clone, Copy)]
enum Outer<'p> {
    Program(&'p Program),
    Library(&'p Library<'p>),
}

impl Library<'_> {
    fn program(&self) -> &Program {
        match self.outer {
            Outer::Program(program) => program,
            Outer::Library(library) => library.program(),
        }
    }

    fn find(&self, name: &Str) -> Option<&Template> {
        if let Some(found) = self.own.get(name) {
            return Some(found);
        }
        match self.outer {
            Outer::Program(program) => program.templates.get(name).map(Arc::as_ref),
            Outer::Library(library) => library.find(name),
        }
    }

    /// “Did you mean”: the template whose name is nearest to one that is not there.
    fn like(&self, name: &Str) -> Option<String> {
        let mut library = self;
        let mut names: Vec<&Str> = Vec::new();
        loop {
            names.extend(library.own.keys());
            match library.outer {
                Outer::Library(outer) => library = outer,
                Outer::Program(program) => {
                    names.extend(program.templates.keys());
                    break;
                }
            }
        }
        names.sort_unstable();
        let names: Vec<_> = names.iter().map(|name| name.to_string_lossy()).collect();
        let wanted = name.to_string_lossy();
        let near = values::suggest::nearest(&wanted, names.iter().map(|name| &**name))?;
        Some(format!(
            "no template is named `{wanted}`; did you mean `{near}`?"
        ))
    }
}
