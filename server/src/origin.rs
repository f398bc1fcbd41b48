//! How this server is reached from outside, as far as a request tells: for links and commands.

use axum::http::{HeaderMap, header};

use crate::config::Bind;

/// `https://charts.example.com`, without a final slash.
///
/// The configured origin wins. Otherwise a proxy's `X-Forwarded-Proto` and `X-Forwarded-Host`, then
/// `Host`. Both end up in a command that a person copies into a shell, so that whatever is no
/// plain host name is not taken.
#[must_use]
pub fn of(headers: &HeaderMap, bind: &Bind) -> String {
    if let Some(origin) = &bind.origin {
        return origin.clone();
    }
    let first = |name: &str| {
        let value = headers.get(name)?.to_str().ok()?;
        Some(value.split(',').next().unwrap_or_default().trim())
    };
    let scheme = first("x-forwarded-proto")
        .filter(|scheme| *scheme == "https")
        .unwrap_or("http");
    let host = [first("x-forwarded-host"), first(header::HOST.as_str())]
        .into_iter()
        .flatten()
        .find(|host| is_host(host));
    match host {
        Some(host) => format!("{scheme}://{host}"),
        None => format!("http://{}", bind.listen),
    }
}

/// Whether a text is a host with an optional port.
fn is_host(text: &str) -> bool {
    let plain =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']' | '_');
    !text.is_empty() && text.len() <= 300 && text.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn origin(headers: &[(&'static str, &'static str)]) -> String {
        let pairs = headers.iter().map(|(name, value)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        });
        of(&pairs.collect(), &Bind::default())
    }

    #[test]
    fn proxies_are_believed_and_shell_text_is_not() {
        assert_eq!(
            origin(&[("host", "localhost:3000")]),
            "http://localhost:3000"
        );
        let proxied = [
            ("host", "inner:80"),
            ("x-forwarded-host", "charts.example.com, inner"),
            ("x-forwarded-proto", "https"),
        ];
        assert_eq!(origin(&proxied), "https://charts.example.com");
        assert_eq!(origin(&[("host", "[::1]:8080")]), "http://[::1]:8080");
        assert_eq!(
            origin(&[("host", "x';rm -rf /;'")]),
            "http://127.0.0.1:3000"
        );
        assert_eq!(origin(&[]), "http://127.0.0.1:3000");
    }
}
