//! The flags of Helm's commands, read as pflag reads them, refused in its words.

pub(super) mod specs;

use std::str::FromStr;

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
    /// A duration of Go: `3s`, `1h5m`.
    Duration,
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
    pub(super) notices: Vec<String>,
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
            Takes::Number if i64::from_str(&value).is_err() => {
                return refuse(&format!(
                    "strconv.ParseInt: parsing {quoted}: invalid syntax"
                ));
            }
            Takes::Duration => {
                if let Err(reason) = check_duration(&value) {
                    return refuse(&reason);
                }
            }
            _ => {}
        }
        if let Use::Deprecated(notice) = spec.usage {
            self.notices.push(format!(
                "Flag --{} has been deprecated, {notice}",
                spec.name
            ));
        }
        match spec.takes {
            Takes::List => {
                self.given
                    .extend(split_list(&value).into_iter().map(|item| (spec.name, item)));
            }
            _ => self.given.push((spec.name, value)),
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

    /// Says which flags should not be used any more.
    pub(super) fn print_notices(&self) {
        for notice in &self.notices {
            eprintln!("{notice}");
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
            Takes::Switch => Some("true"),
            Takes::Optional(default) => Some(default),
            _ => None,
        }
    }
}

/// As `strconv.ParseBool`.
fn parse_bool(text: &str) -> Option<bool> {
    match text {
        "1" | "t" | "T" | "TRUE" | "true" | "True" => Some(true),
        "0" | "f" | "F" | "FALSE" | "false" | "False" => Some(false),
        _ => None,
    }
}

/// As `time.ParseDuration`, for the error only.
fn check_duration(text: &str) -> Result<(), String> {
    let quoted = values::go::quote(text);
    let mut rest = text.trim_start_matches(['-', '+']);
    if rest == "0" {
        return Ok(());
    }
    if rest.is_empty() {
        return Err(format!("time: invalid duration {quoted}"));
    }
    while !rest.is_empty() {
        let after = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        if after.len() == rest.len() {
            return Err(format!("time: invalid duration {quoted}"));
        }
        let end = after
            .find(|c: char| c.is_ascii_digit() || c == '.')
            .unwrap_or(after.len());
        match &after[..end] {
            "" => return Err(format!("time: missing unit in duration {quoted}")),
            "ns" | "us" | "µs" | "μs" | "ms" | "s" | "m" | "h" => rest = &after[end..],
            unit => {
                let unit = values::go::quote(unit);
                return Err(format!("time: unknown unit {unit} in duration {quoted}"));
            }
        }
    }
    Ok(())
}

/// One line of comma-separated texts, quoted ones with `""` for a quote.
fn split_list(line: &str) -> Vec<String> {
    if line.is_empty() {
        return Vec::new();
    }
    let mut items = vec![String::new()];
    let mut quoted = false;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let Some(item) = items.last_mut() else { break };
        match c {
            '"' if quoted && chars.next_if_eq(&'"').is_some() => item.push('"'),
            '"' if quoted || item.is_empty() => quoted = !quoted,
            ',' if !quoted => items.push(String::new()),
            c => item.push(c),
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::specs::{CHART_PATH, GLOBAL, TEMPLATE, VALUES};
    use super::{Flags, split_list};

    fn parse(line: &str) -> Result<Flags, String> {
        let words = line.split_whitespace().map(str::to_owned);
        Flags::parse(words, &[GLOBAL, CHART_PATH, VALUES, TEMPLATE])
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

    #[test]
    fn lists_may_be_quoted() {
        assert_eq!(split_list(r#"a,"b,""c",d"#), ["a", "b,\"c", "d"]);
    }
}
