//! The flags of Helm's commands, read as pflag reads them, refused in its words.

mod lists;
mod numbers;
pub(super) mod specs;

use std::path::Path;

use engine::functions::time::Duration;
use engine::log::{Level, LogLine};

/// What a flag takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    /// Nothing, or `=true` and `=false`.
    Switch,
    /// One text; the last one given counts.
    Text,
    /// One text each time.
    Texts,
    /// Texts separated by commas, each time.
    List,
    /// A text, or this one when none stands behind `=`.
    Optional(&'static str),
    /// A whole number.
    Number,
    /// A number of Go's `float32`.
    Float,
    /// A duration of Go: `3s`, `1h5m`.
    Duration,
    /// `key=value`, or several separated by commas.
    Pairs,
    /// A level of the Kubernetes client's log.
    LogLevel,
    /// A switch of the Kubernetes client's log, which words its refusal otherwise.
    LogSwitch,
    /// What to wait for.
    Wait,
}

/// What is done with a flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// It is asked for by name.
    Honoured,
    /// It changes nothing in a local render.
    Ignored,
    /// As ignored, and a notice is printed.
    Deprecated(&'static str),
}

/// A flag that a command knows.
#[derive(Debug)]
pub(super) struct Spec {
    name: &'static str,
    short: Option<char>,
    takes: Takes,
    usage: Use,
}

/// A command line, taken apart.
#[derive(Debug, Default)]
pub(super) struct Flags {
    known: &'static [&'static [Spec]],
    given: Vec<(&'static str, String)>,
    /// What is no flag.
    pub(super) arguments: Vec<String>,
    /// Lines about flags that should not be used any more.
    notices: Vec<String>,
}

impl Flags {
    /// Takes a command line apart; `known` is what the command knows, in groups.
    pub(super) fn parse(
        words: impl IntoIterator<Item = String>,
        known: &'static [&'static [Spec]],
    ) -> Result<Self, String> {
        let mut flags = Self {
            known,
            ..Self::default()
        };
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            if word == "--" {
                flags.arguments.extend(words.by_ref());
            } else if let Some(long) = word.strip_prefix("--") {
                flags.long(&word, long, &mut words)?;
            } else if word.len() > 1 && word.starts_with('-') {
                flags.shorts(&word, &mut words)?;
            } else {
                flags.arguments.push(word);
            }
        }
        // Only a command line without mistakes is told of these.
        flags.notices.iter().for_each(|line| eprintln!("{line}"));
        Ok(flags)
    }

    fn find(&self, is_it: impl Fn(&Spec) -> bool) -> Option<&'static Spec> {
        self.known
            .iter()
            .copied()
            .flatten()
            .find(|spec| is_it(spec))
    }

    fn long(
        &mut self,
        word: &str,
        long: &str,
        words: &mut impl Iterator<Item = String>,
    ) -> Result<(), String> {
        if long.starts_with(['-', '=']) {
            return Err(format!("bad flag syntax: {word}"));
        }
        let (name, value) = match long.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (long, None),
        };
        let spec = self
            .find(|spec| spec.name == name)
            .ok_or_else(|| format!("unknown flag: --{name}"))?;
        let value = match (value, spec.default()) {
            (Some(value), _) => value,
            (None, Some(default)) => default.to_owned(),
            (None, None) => words
                .next()
                .ok_or_else(|| format!("flag needs an argument: --{name}"))?,
        };
        self.add(spec, value)
    }

    fn shorts(
        &mut self,
        word: &str,
        words: &mut impl Iterator<Item = String>,
    ) -> Result<(), String> {
        let letters = &word[1..];
        for (at, letter) in letters.char_indices() {
            let spec = self
                .find(|spec| spec.short == Some(letter))
                .ok_or_else(|| {
                    format!("unknown shorthand flag: '{letter}' in -{}", &letters[at..])
                })?;
            let rest = &letters[at + letter.len_utf8()..];
            if let Some(value) = rest.strip_prefix('=') {
                return self.add(spec, value.to_owned());
            }
            if let Some(default) = spec.default() {
                self.add(spec, default.to_owned())?;
                continue;
            }
            let value = if rest.is_empty() {
                words.next().ok_or_else(|| {
                    format!("flag needs an argument: '{letter}' in -{}", &letters[at..])
                })?
            } else {
                rest.to_owned()
            };
            return self.add(spec, value);
        }
        Ok(())
    }

    fn add(&mut self, spec: &Spec, value: String) -> Result<(), String> {
        let refuse = |reason: &str| {
            let shown = match spec.short {
                Some(letter) => format!("-{letter}, --{}", spec.name),
                None => format!("--{}", spec.name),
            };
            let value = values::go::quote(&value);
            Err(format!(
                "invalid argument {value} for \"{shown}\" flag: {reason}"
            ))
        };
        let quoted = values::go::quote(&value);
        match spec.takes {
            Takes::Switch if parse_bool(&value).is_none() => {
                return refuse(&format!(
                    "strconv.ParseBool: parsing {quoted}: invalid syntax"
                ));
            }
            Takes::LogSwitch if parse_bool(&value).is_none() => return refuse("parse error"),
            Takes::LogLevel if value.parse::<i32>().is_err() => {
                return refuse(&format!(
                    "strconv.ParseInt: parsing {quoted}: invalid syntax"
                ));
            }
            Takes::Number => {
                if let Err(reason) = numbers::check_int(&value) {
                    return refuse(&format!("strconv.ParseInt: parsing {quoted}: {reason}"));
                }
            }
            Takes::Float => {
                if let Err(reason) = numbers::check_float(&value) {
                    return refuse(&format!("strconv.ParseFloat: parsing {quoted}: {reason}"));
                }
            }
            Takes::Pairs => {
                if let Err(reason) = lists::check_pairs(&value) {
                    return refuse(&reason);
                }
            }
            Takes::Wait => {
                if let Err(reason) = check_wait(&value) {
                    return refuse(&reason);
                }
            }
            Takes::Duration => {
                if let Err(reason) = Duration::parse(&value) {
                    return refuse(&reason);
                }
            }
            _ => {}
        }
        match spec.takes {
            Takes::List => {
                let items = match lists::split(&value) {
                    Ok(items) => items,
                    Err(reason) => return refuse(&reason),
                };
                let name = spec.name;
                self.given
                    .extend(items.into_iter().map(|item| (name, item)));
            }
            // What counts is the keys.
            Takes::Pairs => {
                let keys = lists::split(value.trim_matches('"')).unwrap_or_default();
                let keys = keys.iter().filter_map(|pair| pair.split_once('='));
                self.given
                    .extend(keys.map(|(key, _)| (spec.name, key.to_owned())));
            }
            _ => self.given.push((spec.name, value)),
        }
        if let Use::Deprecated(notice) = spec.usage {
            let notice = format!("Flag --{} has been deprecated, {notice}", spec.name);
            self.notices.push(notice);
        }
        Ok(())
    }

    /// Where the first word is that is neither a flag nor a flag's argument, a command's name
    /// (cobra's `stripFlags`).
    pub(super) fn first_argument(
        words: &[String],
        known: &'static [&'static [Spec]],
    ) -> Option<usize> {
        let flags = Self {
            known,
            ..Self::default()
        };
        let takes_next = |spec: Option<&Spec>| spec.is_some_and(|spec| spec.default().is_none());
        let mut skip = false;
        for (at, word) in words.iter().enumerate() {
            if std::mem::take(&mut skip) {
                continue;
            }
            if word == "--" {
                return None;
            } else if let Some(long) = word.strip_prefix("--") {
                skip = !long.contains('=') && takes_next(flags.find(|spec| spec.name == long));
            } else if let Some(short) = word.strip_prefix('-').filter(|rest| !rest.is_empty()) {
                let mut letters = short.chars();
                let letter = letters.next();
                skip =
                    letters.next().is_none() && takes_next(flags.find(|spec| spec.short == letter));
            } else {
                return Some(at);
            }
        }
        None
    }

    /// What cobra checks of all flags together, in its order: the groups of which only one may be
    /// given.
    pub(super) fn check_groups(&self, groups: &[&[&str]]) -> Result<(), String> {
        for group in groups {
            let given = |name: &&str| self.text(name).is_some();
            let mut set: Vec<&str> = group.iter().copied().filter(given).collect();
            if set.len() > 1 {
                set.sort_unstable();
                return Err(format!(
                    "if any flags in the group [{}] are set none of the others can be; [{}] were all set",
                    group.join(" "),
                    set.join(" ")
                ));
            }
        }
        Ok(())
    }

    /// Refuses colours that nobody knows; Helm tells that in its log, so the error is empty.
    pub(super) fn check_color(&self) -> Result<(), String> {
        let last = self
            .given
            .iter()
            .rev()
            .find(|(name, _)| matches!(*name, "color" | "colour"));
        let Some((_, mode)) = last else {
            return Ok(());
        };
        if matches!(mode.as_str(), "never" | "auto" | "always") {
            return Ok(());
        }
        let line = LogLine {
            is_plain: false,
            level: Level::Warn,
            message: "command failed".to_owned(),
            attributes: vec![(
                "error",
                format!(
                    "invalid color mode {}: must be one of: never, auto, always",
                    values::go::quote(mode)
                ),
            )],
        };
        eprintln!("{line}");
        Err(String::new())
    }

    /// Provenance is not checked; what Helm itself refuses, it refuses in its words.
    pub(super) fn refuse_verification(&self, chart: &Path) -> Result<(), String> {
        match (self.is("verify"), chart.is_dir()) {
            (false, _) => Ok(()),
            (true, true) => Err("unpacked charts cannot be verified".to_owned()),
            (true, false) => Err("the provenance of charts is not verified here".to_owned()),
        }
    }

    /// A chart of a repository would have to be fetched.
    pub(super) fn refuse_repository(&self) -> Result<(), String> {
        match self.text("repo") {
            Some(url) if !url.is_empty() => {
                Err("charts are not fetched from other hosts".to_owned())
            }
            _ => Ok(()),
        }
    }

    /// Whether a switch is on.
    pub(super) fn is(&self, name: &str) -> bool {
        self.text(name).and_then(parse_bool).unwrap_or(false)
    }

    /// The last text given for a flag.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.all(name).last()
    }

    /// All texts given for a flag.
    pub(super) fn all<'f>(&'f self, name: &str) -> impl Iterator<Item = &'f str> {
        self.given
            .iter()
            .filter(move |(given, _)| *given == name)
            .map(|(_, value)| value.as_str())
    }
}

impl Spec {
    /// What it is when nothing stands behind it; nothing if it needs an argument.
    fn default(&self) -> Option<&'static str> {
        match self.takes {
            Takes::Switch | Takes::LogSwitch => Some("true"),
            Takes::Optional(default) => Some(default),
            Takes::Wait => Some("watcher"),
            _ => None,
        }
    }
}

/// As `strconv.ParseBool`.
pub(super) fn parse_bool(text: &str) -> Option<bool> {
    match text {
        "1" | "t" | "T" | "TRUE" | "true" | "True" => Some(true),
        "0" | "f" | "F" | "FALSE" | "false" | "False" => Some(false),
        _ => None,
    }
}

/// As `waitValue.Set`; what was a switch once says so.
fn check_wait(text: &str) -> Result<(), String> {
    let instead = match text {
        "watcher" | "hookOnly" | "legacy" => return Ok(()),
        "true" => "watcher",
        "false" => "hookOnly",
        _ => {
            let text = values::go::quote(text);
            return Err(format!(
                "invalid wait input {text}. Valid inputs are watcher, hookOnly, and legacy"
            ));
        }
    };
    eprintln!(
        "level=WARN msg=\"--wait={text} is deprecated (boolean value) and can be replaced with --wait={instead}\""
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Flags;
    use super::specs::{CHART_PATH, GLOBAL, GLOBAL_HELM4, TEMPLATE, TEMPLATE_HELM4, VALUES};

    fn parse(line: &str) -> Result<Flags, String> {
        let words = line.split_whitespace().map(str::to_owned);
        let known = &[
            GLOBAL,
            GLOBAL_HELM4,
            CHART_PATH,
            VALUES,
            TEMPLATE,
            TEMPLATE_HELM4,
        ];
        Flags::parse(words, known)
    }

    #[test]
    fn flags_stand_anywhere() {
        let flags =
            parse("r --set a=1 -nfoo -f x,y chart --no-hooks -gs=t --set=b=2 -- -x").unwrap();
        assert_eq!(flags.arguments, ["r", "chart", "-x"]);
        assert_eq!(flags.all("set").collect::<Vec<_>>(), ["a=1", "b=2"]);
        assert_eq!(flags.all("values").collect::<Vec<_>>(), ["x", "y"]);
        assert_eq!(flags.text("namespace"), Some("foo"));
        assert_eq!(flags.text("show-only"), Some("t"));
        assert!(flags.is("no-hooks") && flags.is("generate-name") && !flags.is("debug"));
    }

    /// Recorded from Helm 4.3.1.
    #[test]
    fn refusals_are_pflags() {
        for (line, want) in [
            ("--nope=1", "unknown flag: --nope"),
            ("-z", "unknown shorthand flag: 'z' in -z"),
            ("--set", "flag needs an argument: --set"),
            ("-f", "flag needs an argument: 'f' in -f"),
            (
                "--no-hooks=x",
                "invalid argument \"x\" for \"--no-hooks\" flag: strconv.ParseBool: parsing \"x\": invalid syntax",
            ),
            (
                "--timeout 3",
                "invalid argument \"3\" for \"--timeout\" flag: time: missing unit in duration \"3\"",
            ),
        ] {
            assert_eq!(parse(line).unwrap_err(), want);
        }
    }
}
