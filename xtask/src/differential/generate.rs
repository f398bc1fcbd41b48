//! Random templates: mostly sensible, sometimes not, so that errors are compared too.

mod texts;

use std::fmt::Write as _;

use engine::functions::{Family, Function, Kind, TABLE};
use serde_json::{Value, json};

use super::oracle::Question;
use texts::{BREAKERS, LEFT_OUT, NUMBERS, PATHS, SAFE, TEXTS, TOML_LINES, pool};

/// Makes questions, always the same ones from a seed.
pub(super) struct Generator {
    state: u64,
    functions: Vec<&'static Function>,
    /// The variables in scope.
    variables: Vec<String>,
    loops: usize,
    /// Whether `t` is being defined: Go cannot survive one that calls itself without end.
    defining: bool,
}

impl Generator {
    pub(super) fn new(seed: u64) -> Self {
        let functions = TABLE
            .iter()
            .filter(|function| {
                let name = function.name;
                function.family != Family::Dates
                    && !LEFT_OUT.contains(&name)
                    && !name.starts_with("gen")
                    && !name.starts_with("rand")
            })
            .collect();
        Self {
            state: seed,
            functions,
            variables: Vec::new(),
            loops: 0,
            defining: false,
        }
    }

    /// The next template and its values.
    pub(super) fn question(&mut self) -> Question {
        self.variables.clear();
        self.loops = 0;
        let mut template = String::new();
        for name in ["t", "u"] {
            if self.one_in(6) {
                self.defining = true;
                let body = self.nodes(1);
                self.defining = false;
                let _ = write!(template, "{{{{ define \"{name}\" }}}}{body}{{{{ end }}}}");
                self.variables.clear();
            }
        }
        template.push_str(&self.nodes(2));
        if self.one_in(25) {
            self.break_one(&mut template);
        }
        Question {
            template,
            values: self.values(),
        }
    }

    /// Takes a character out of a template, or puts something in that does not belong there.
    fn break_one(&mut self, template: &mut String) {
        let places: Vec<usize> = template.char_indices().map(|(at, _)| at).collect();
        if places.is_empty() {
            return;
        }
        let at = self.pick(&places);
        if self.one_in(3) {
            template.remove(at);
        } else {
            template.insert_str(at, self.pick(BREAKERS));
        }
    }

    /// SplitMix64.
    fn random(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.random() % (bound.max(1) as u64)).unwrap_or(0)
    }

    fn one_in(&mut self, chance: usize) -> bool {
        self.below(chance) == 0
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    fn nodes(&mut self, depth: usize) -> String {
        let count = 1 + self.below(3);
        (0..count).map(|_| self.node(depth)).collect()
    }

    fn node(&mut self, depth: usize) -> String {
        let open = if self.one_in(5) { "{{-" } else { "{{" };
        let close = if self.one_in(5) { "-}}" } else { "}}" };
        let inner = depth.saturating_sub(1);
        match self.below(if depth == 0 { 6 } else { 16 }) {
            0 | 1 => self
                .pick(&["\n", " ", "a: ", "- x\n", "text", "  # c\n"])
                .to_owned(),
            2 => {
                let value = self.pipeline(inner);
                let name = format!("$v{}", self.variables.len());
                self.variables.push(name.clone());
                format!("{open} {name} := {value} {close}")
            }
            3 if self.loops > 0 => {
                let word = self.pick(&["break", "continue"]);
                let condition = self.pipeline(inner);
                format!("{{{{ if {condition} }}}}{{{{ {word} }}}}{{{{ end }}}}")
            }
            6 => {
                let scope = self.variables.len();
                let condition = self.declaring(inner);
                let then = self.nodes(inner);
                let otherwise = self.nodes(inner);
                self.variables.truncate(scope);
                let word = self.pick(&["else", "else if .Values.b", "else with .Values.map"]);
                format!(
                    "{open} if {condition} {close}{then}{{{{ {word} }}}}{otherwise}{{{{ end }}}}"
                )
            }
            7 => {
                let scope = self.variables.len();
                let value = self.declaring(inner);
                let body = self.nodes(inner);
                self.variables.truncate(scope);
                format!(
                    "{open} with {value} {close}{body}{{{{ . }}}}{{{{ else }}}}none{{{{ end }}}}"
                )
            }
            8 | 9 => {
                let over = if self.one_in(4) {
                    self.pipeline(inner)
                } else {
                    let known = [
                        ".Values.list",
                        ".Values.map",
                        ".Values.numbers",
                        ".Values.tables",
                        ".Values.nested",
                        "(int64 2)",
                        "(index \"\\x02\" 0)",
                        "3",
                    ];
                    self.pick(&known).to_owned()
                };
                let scope = self.variables.len();
                let (names, shown) = match self.below(4) {
                    0 => (&[][..], "."),
                    1 => (&["$x"][..], "$x"),
                    _ => (&["$k", "$x"][..], "$k"),
                };
                self.variables
                    .extend(names.iter().map(|&name| name.to_owned()));
                self.loops += 1;
                let body = self.nodes(inner);
                self.loops -= 1;
                self.variables.truncate(scope);
                let names = match names {
                    [] => String::new(),
                    names => format!("{} := ", names.join(", ")),
                };
                format!(
                    "{open} range {names}{over} {close}{body}{{{{ {shown} }}}};{{{{ else }}}}none{{{{ end }}}}"
                )
            }
            10 if !self.defining => self
                .pick(&[
                    "{{ template \"t\" . }}",
                    "{{ template \"u\" .Values.map }}",
                    "{{- template \"t\" -}}",
                    "{{ block \"b\" .Values.list }}{{ len . }}{{ end }}",
                ])
                .to_owned(),
            11 if !self.defining => {
                let indent = self.below(8);
                let name = self.pick(&["t", "u"]);
                format!("{{{{ include \"{name}\" . | nindent {indent} }}}}")
            }
            12 => self
                .pick(&["{{/* note */}}", "{{- /* note\n */ -}}", "\n{{- /**/}} "])
                .to_owned(),
            13 if self.variables.iter().any(|name| name.starts_with("$v")) => {
                let value = self.pipeline(inner);
                let names = self.variables.iter().filter(|name| name.starts_with("$v"));
                let names: Vec<String> = names.cloned().collect();
                let index = self.below(names.len());
                format!("{open} {} = {value} {close}", names[index])
            }
            14 => {
                let call = self.pick(SAFE);
                format!("{open} {call} {close}")
            }
            _ => {
                let value = self.pipeline(depth);
                format!("{open} {value} {close}")
            }
        }
    }

    /// A pipeline that may declare a variable, for the head of a block.
    fn declaring(&mut self, depth: usize) -> String {
        let value = self.pipeline(depth);
        if !self.one_in(4) {
            return value;
        }
        let name = format!("$v{}", self.variables.len());
        let out = format!("{name} := {value}");
        self.variables.push(name);
        out
    }

    fn pipeline(&mut self, depth: usize) -> String {
        let mut out = if self.one_in(20) {
            self.pick(SAFE).to_owned()
        } else if self.one_in(2) {
            self.call(depth, false)
        } else {
            self.operand(None, depth)
        };
        while self.one_in(3) {
            let piped = self.call(depth, true);
            let _ = write!(out, " | {piped}");
        }
        out
    }

    /// A call; of a piped one the last argument comes through the pipe.
    fn call(&mut self, depth: usize, piped: bool) -> String {
        let functions = self.functions.len();
        let index = self.below(functions);
        let function = self.functions[index];
        let mut kinds = function.params.to_vec();
        if let Some(kind) = function.variadic {
            kinds.extend((0..self.below(4)).map(|_| kind));
        }
        if piped {
            kinds.pop();
        }
        if self.one_in(60) {
            kinds.push(Kind::Any);
        }
        let mut out = function.name.to_owned();
        for (parameter, kind) in kinds.into_iter().enumerate() {
            let argument = match pool(function.name, parameter) {
                Some(texts) if self.one_in(2) => values::go::quote(self.pick(texts)),
                _ if function.name == "fromToml" && !self.one_in(4) => {
                    values::go::quote(&self.toml())
                }
                _ => self.operand(Some(kind), depth.saturating_sub(1)),
            };
            let _ = write!(out, " {argument}");
        }
        out
    }

    /// A text that is TOML, or nearly.
    fn toml(&mut self) -> String {
        let lines: Vec<&str> = (0..1 + self.below(4))
            .map(|_| self.pick(TOML_LINES))
            .collect();
        let mut text = lines.join("\n");
        if self.one_in(3) {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            if !places.is_empty() {
                let at = self.pick(&places);
                text.remove(at);
            }
        }
        text
    }

    /// A value, mostly of the kind that is asked for.
    fn operand(&mut self, kind: Option<Kind>, depth: usize) -> String {
        if depth > 0 && self.one_in(4) {
            let inner = self.call(depth, false);
            return format!("({inner})");
        }
        if !self.variables.is_empty() && self.one_in(5) {
            let index = self.below(self.variables.len());
            return self.variables[index].clone();
        }
        let kind = kind.filter(|_| !self.one_in(12));
        match kind {
            Some(Kind::String) => match self.below(3) {
                0 => self
                    .pick(&[".Values.s", ".Values.text", ".Release.Name", ".Values.yaml"])
                    .to_owned(),
                _ => self.text(),
            },
            Some(Kind::Int | Kind::Int64 | Kind::Uint32) => {
                self.pick(&["0", "1", "2", "3", "5", "-1", "16"]).to_owned()
            }
            Some(Kind::Float) => self.pick(&["1.5", "2", "-0.25", "1e3"]).to_owned(),
            Some(Kind::Bool) => self.pick(&["true", "false", ".Values.b"]).to_owned(),
            Some(Kind::Map) => self
                .pick(&[
                    ".Values.map",
                    ".Values.map.inner",
                    "(dict \"a\" 1 \"b\" .Values.list)",
                ])
                .to_owned(),
            Some(Kind::List | Kind::Strings) => self
                .pick(&[
                    ".Values.list",
                    ".Values.numbers",
                    "(list 1 \"a\" nil)",
                    "(splitList \",\" \"a,b\")",
                ])
                .to_owned(),
            _ => match self.below(6) {
                0 => self.text(),
                1 => self.pick(NUMBERS).to_owned(),
                2 if self.one_in(3) => self.pick(&["true", "false", "nil"]).to_owned(),
                // Outside of a loop it is everything, of which this has only a part.
                3 if self.loops > 0 => ".".to_owned(),
                _ => self.pick(PATHS).to_owned(),
            },
        }
    }

    fn text(&mut self) -> String {
        let text = self.pick(TEXTS);
        if !text.contains('`') && self.one_in(5) {
            format!("`{text}`")
        } else {
            values::go::quote(text)
        }
    }

    fn values(&mut self) -> Value {
        // No null: Helm takes it out of a chart's values before its engine sees them.
        let leaf = |this: &mut Self| match this.below(5) {
            0 => json!(this.pick(TEXTS)),
            1 => json!(this.below(1_000)),
            2 => json!(this.pick(&[0.5, -1.25, 1e21, 123_456_789.0, 1e-7])),
            3 => json!(this.one_in(2)),
            _ => json!([this.pick(TEXTS), this.below(5)]),
        };
        json!({
            "s": self.pick(TEXTS),
            "text": self.pick(TEXTS),
            "yaml": "a: 1\nb:\n  - x\n  - y: 2.5\n",
            "n": self.below(100),
            "f": self.pick(&[0.1, 2.5, -3.75, 1e6, 1e20]),
            "big": self.pick(&[9_007_199_254_740_993_i64, 1_000_000, 30_000_000]),
            "b": self.one_in(2),
            "empty": "",
            "zero": 0,
            "list": [self.pick(TEXTS), "b", self.pick(TEXTS)],
            "numbers": [3, 1, self.below(20)],
            "nested": [[1, "x"], [], [{"k": self.pick(TEXTS)}]],
            "tables": [{"name": "x", "v": leaf(self)}, {"name": "y"}],
            "map": {"a": leaf(self), "b": leaf(self), "inner": {"deep": leaf(self), "z": self.below(9)}},
        })
    }
}
