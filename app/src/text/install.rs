//! The install command and the download links of a composition.

/// What the install command names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Install<'a> {
    /// Release name.
    pub(crate) release: &'a str,
    /// Namespace.
    pub(crate) namespace: &'a str,
    /// Chart name.
    pub(crate) chart: &'a str,
    /// Chart version.
    pub(crate) version: &'a str,
    /// Where the server is reached, without a final slash.
    pub(crate) origin: &'a str,
    /// The composition's canonical query.
    pub(crate) query: &'a str,
}

impl Install<'_> {
    /// The command for a POSIX shell, over several lines.
    #[must_use]
    pub(crate) fn command(&self) -> String {
        let values = if self.query.is_empty() {
            format!("{}/values.yaml", self.origin)
        } else {
            format!("{}/values.yaml?{}", self.origin, self.query)
        };
        format!(
            "helm upgrade --install {release} {chart} \\\n  --repo {origin} --version {version} \\\n  --namespace {namespace} --create-namespace \\\n  -f {values}",
            release = sh_quote(self.release),
            chart = sh_quote(self.chart),
            origin = sh_quote(self.origin),
            version = sh_quote(self.version),
            namespace = sh_quote(self.namespace),
            // Helm splits what stands behind `-f` at commas.
            values = sh_quote(&values.replace(',', "%2C")),
        )
    }
}

/// A word for `sh`: bare where nothing in it is special, else in single quotes.
#[must_use]
pub(crate) fn sh_quote(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@%+,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// The address of a download for a composition's query.
#[must_use]
pub(crate) fn download(path: &str, query: &str, extra: &str) -> String {
    let parts: Vec<&str> = [query, extra]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", parts.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_quotes_what_a_shell_would_read() {
        let command = Install {
            release: "flts",
            namespace: "ml",
            chart: "flts",
            version: "0.1.0",
            origin: "http://127.0.0.1:3000",
            query: "env=prod&set=a=it's",
        }
        .command();
        assert_eq!(
            command,
            "helm upgrade --install flts flts \\\n  --repo http://127.0.0.1:3000 --version 0.1.0 \\\n  \
             --namespace ml --create-namespace \\\n  -f 'http://127.0.0.1:3000/values.yaml?env=prod&set=a=it'\\''s'"
        );
    }

    #[test]
    fn words_without_specials_stay_bare() {
        assert_eq!(sh_quote("flts-1.2"), "flts-1.2");
        assert_eq!(sh_quote(""), "''");
        assert_eq!(sh_quote("$(id)"), "'$(id)'");
        assert_eq!(sh_quote("a\nb"), "'a\nb'");
    }

    #[test]
    fn downloads_join_what_there_is() {
        assert_eq!(download("/values.yaml", "", ""), "/values.yaml");
        assert_eq!(
            download("/values.yaml", "", "full=true"),
            "/values.yaml?full=true"
        );
        assert_eq!(
            download("/values.yaml", "env=a", "full=true"),
            "/values.yaml?env=a&full=true"
        );
    }
}
