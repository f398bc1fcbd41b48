//! Texts around a composition, each one template file in `server/exports/`: a new export is a new
//! file there and a line in the list below.

use minijinja::{AutoEscape, Environment, UndefinedBehavior, syntax::SyntaxConfig, value::Serde};
use serde::Serialize;

/// The exports that come with Chartroom: name, template.
const FILES: [(&str, &str); 2] = [
    (
        "install-command",
        include_str!("../exports/install-command.j2"),
    ),
    ("install.sh", include_str!("../exports/install.sh.j2")),
];

/// The templates, parsed.
#[derive(Debug)]
pub struct Exports(Environment<'static>);

/// What a template sees. Text is put into shell words with the filter `sh`.
#[derive(Debug, Serialize)]
pub struct Context<'a> {
    /// `name`, `version`, `app_version`, `description`.
    pub chart: &'a app::wire::ChartInfo,
    /// `name`, `namespace`, `kube_version`, `api_versions`, `is_upgrade`.
    pub release: &'a compose::ReleaseSettings,
    /// The environment's name; `base` is none.
    pub environment: &'a str,
    /// This server, without a final slash; it is a Helm repository.
    pub origin: &'a str,
    /// The composition's values on this server.
    pub values_url: &'a str,
    /// The composition on this server.
    pub page_url: &'a str,
    /// Paths of secrets that the values do not carry.
    pub secrets: &'a [String],
}

impl Exports {
    /// Parses the templates.
    ///
    /// # Errors
    /// When one cannot be parsed.
    pub fn new() -> Result<Self, minijinja::Error> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        let mut syntax = SyntaxConfig::builder();
        syntax
            .keep_trailing_newline(true)
            .trim_blocks(true)
            .lstrip_blocks(true);
        environment.set_syntax(syntax.build()?);
        environment.add_filter("sh", |text: String| shell_word(&text));
        for (name, text) in FILES {
            environment.add_template(name, text)?;
        }
        Ok(Self(environment))
    }

    /// The names of all exports.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        FILES.iter().map(|(name, _)| *name)
    }

    /// Fills a template; `None` when there is none of that name.
    ///
    /// # Errors
    /// When the template fails.
    pub fn render(
        &self,
        name: &str,
        context: &Context,
    ) -> Result<Option<String>, minijinja::Error> {
        let Ok(template) = self.0.get_template(name) else {
            return Ok(None);
        };
        template.render(Serde(context)).map(Some)
    }
}

/// Text as one word of a POSIX shell: as it is where that is safe, else in single quotes.
fn shell_word(text: &str) -> String {
    let safe = |c: char| c.is_ascii_alphanumeric() || "-_./:@%+,".contains(c);
    if !text.is_empty() && text.chars().all(safe) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// An address as `helm -f` takes it: Helm splits that flag at commas and reads quotes, as CSV.
#[must_use]
pub fn for_helm(url: &str) -> String {
    url.replace(',', "%2C").replace('"', "%22")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_shell() {
        assert_eq!(shell_word("http://x:3000"), "http://x:3000");
        assert_eq!(shell_word("a=b&c=$(id)"), "'a=b&c=$(id)'");
        assert_eq!(shell_word("it's"), r"'it'\''s'");
        assert_eq!(shell_word(""), "''");
        assert_eq!(
            for_helm("/values.yaml?set=a={1,2}"),
            "/values.yaml?set=a={1%2C2}"
        );
    }

    #[test]
    fn the_install_command() {
        let chart = app::wire::ChartInfo {
            name: "flts".to_owned(),
            version: "0.1.0".to_owned(),
            app_version: "1".to_owned(),
            description: String::new(),
        };
        let context = Context {
            chart: &chart,
            release: &compose::ReleaseSettings {
                namespace: "ml".to_owned(),
                ..Default::default()
            },
            environment: "prod",
            origin: "http://127.0.0.1:3000",
            values_url: "http://127.0.0.1:3000/values.yaml?env=prod&set=a=1",
            page_url: "http://127.0.0.1:3000/?env=prod&set=a=1",
            secrets: &["minio.auth.rootPassword".to_owned()],
        };
        let exports = Exports::new().unwrap();
        let command = exports
            .render("install-command", &context)
            .unwrap()
            .unwrap();
        assert_eq!(
            command,
            "helm upgrade --install release-name flts \\\n  --repo http://127.0.0.1:3000 \
             --version 0.1.0 \\\n  --namespace ml --create-namespace \\\n  --values \
             'http://127.0.0.1:3000/values.yaml?env=prod&set=a=1'\n"
        );
        let script = exports.render("install.sh", &context).unwrap().unwrap();
        assert!(script.starts_with("#!/bin/sh\n") && script.contains("minio.auth.rootPassword"));
    }
}
