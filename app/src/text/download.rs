//! Addresses of downloads.

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
