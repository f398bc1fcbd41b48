//! The flags of `helm template`, read as pflag reads them, refused in its words.

use std::str::FromStr;

/// What a flag takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Takes {
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
enum Use {
    /// It is asked for by name.
    Honoured,
    /// It changes nothing in a local render.
    Ignored,
    /// As ignored, and a notice is printed.
    Deprecated(&'static str),
}

struct Spec {
    name: &'static str,
    short: Option<char>,
    takes: Takes,
    usage: Use,
}

const fn flag(name: &'static str, short: Option<char>, takes: Takes) -> Spec {
    Spec {
        name,
        short,
        takes,
        usage: Use::Honoured,
    }
}

const fn ignored(name: &'static str, takes: Takes) -> Spec {
    Spec {
        name,
        short: None,
        takes,
        usage: Use::Ignored,
    }
}

const fn deprecated(name: &'static str, takes: Takes, notice: &'static str) -> Spec {
    Spec {
        name,
        short: None,
        takes,
        usage: Use::Deprecated(notice),
    }
}

const NO_EFFECT: &str = "this flag has no effect for 'helm template' and will be removed in Helm 5";

/// Every flag that `helm template` 4.3.1 knows.
const SPECS: &[Spec] = &[
    flag("api-versions", Some('a'), Takes::List),
    flag("debug", None, Takes::Switch),
    flag("dry-run", None, Takes::Optional("unset")),
    flag("generate-name", Some('g'), Takes::Switch),
    flag("help", Some('h'), Takes::Switch),
    flag("include-crds", None, Takes::Switch),
    flag("is-upgrade", None, Takes::Switch),
    flag("kube-version", None, Takes::Text),
    flag("name-template", None, Takes::Text),
    flag("namespace", Some('n'), Takes::Text),
    flag("no-hooks", None, Takes::Switch),
    flag("output-dir", None, Takes::Text),
    flag("post-renderer", None, Takes::Text),
    flag("release-name", None, Takes::Switch),
    flag("repo", None, Takes::Text),
    flag("set", None, Takes::Texts),
    flag("set-file", None, Takes::Texts),
    flag("set-json", None, Takes::Texts),
    flag("set-literal", None, Takes::Texts),
    flag("set-string", None, Takes::Texts),
    flag("show-only", Some('s'), Takes::Texts),
    flag("skip-schema-validation", None, Takes::Switch),
    flag("skip-tests", None, Takes::Switch),
    flag("validate", None, Takes::Switch),
    flag("values", Some('f'), Takes::List),
    ignored("burst-limit", Takes::Number),
    ignored("ca-file", Takes::Text),
    ignored("cert-file", Takes::Text),
    ignored("color", Takes::Text),
    ignored("colour", Takes::Text),
    ignored("content-cache", Takes::Text),
    ignored("create-namespace", Takes::Switch),
    ignored("dependency-update", Takes::Switch),
    ignored("description", Takes::Text),
    ignored("devel", Takes::Switch),
    ignored("disable-openapi-validation", Takes::Switch),
    ignored("enable-dns", Takes::Switch),
    ignored("force-conflicts", Takes::Switch),
    ignored("force-replace", Takes::Switch),
    ignored("insecure-skip-tls-verify", Takes::Switch),
    ignored("key-file", Takes::Text),
    ignored("keyring", Takes::Text),
    ignored("kube-apiserver", Takes::Text),
    ignored("kube-as-group", Takes::Texts),
    ignored("kube-as-user", Takes::Text),
    ignored("kube-ca-file", Takes::Text),
    ignored("kube-context", Takes::Text),
    ignored("kube-insecure-skip-tls-verify", Takes::Switch),
    ignored("kube-tls-server-name", Takes::Text),
    ignored("kube-token", Takes::Text),
    ignored("kubeconfig", Takes::Text),
    Spec {
        name: "labels",
        short: Some('l'),
        takes: Takes::Texts,
        usage: Use::Ignored,
    },
    ignored("pass-credentials", Takes::Switch),
    ignored("password", Takes::Text),
    ignored("plain-http", Takes::Switch),
    ignored("post-renderer-args", Takes::Texts),
    ignored("qps", Takes::Text),
    ignored("registry-config", Takes::Text),
    ignored("replace", Takes::Switch),
    ignored("repository-cache", Takes::Text),
    ignored("repository-config", Takes::Text),
    ignored("rollback-on-failure", Takes::Switch),
    ignored("server-side", Takes::Switch),
    ignored("skip-crds", Takes::Switch),
    ignored("take-ownership", Takes::Switch),
    ignored("timeout", Takes::Duration),
    ignored("username", Takes::Text),
    ignored("verify", Takes::Switch),
    ignored("version", Takes::Text),
    ignored("wait", Takes::Optional("watcher")),
    ignored("wait-for-jobs", Takes::Switch),
    deprecated("atomic", Takes::Switch, "use --rollback-on-failure instead"),
    deprecated("force", Takes::Switch, "use --force-replace instead"),
    deprecated("hide-notes", Takes::Switch, NO_EFFECT),
    deprecated("render-subchart-notes", Takes::Switch, NO_EFFECT),
];

/// A command line, taken apart.
#[derive(Debug, Default)]
pub(super) struct Flags {
    given: Vec<(&'static str, String)>,
    /// What is no flag.
    pub(super) arguments: Vec<String>,
    /// Lines about flags that should not be used any more.
    pub(super) notices: Vec<String>,
}

impl Flags {
    /// Takes a command line apart.
    pub(super) fn parse(words: impl IntoIterator<Item = String>) -> Result<Self, String> {
        let mut flags = Self::default();
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
        let spec = SPECS
            .iter()
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
            let spec = SPECS
                .iter()
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
    use super::{Flags, split_list};

    fn parse(line: &str) -> Result<Flags, String> {
        Flags::parse(line.split_whitespace().map(str::to_owned))
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
