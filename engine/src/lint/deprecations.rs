//! Which API versions of Kubernetes' own kinds are deprecated (rules/deprecations.go).

/// The table: API version, kind, deprecated since, gone since, use instead.
const TABLE: &str = include_str!("deprecations.tsv");

/// What Helm warns of when the kind is deprecated in that version of Kubernetes.
pub(super) fn warning(api_version: &str, kind: &str, version: (i64, i64)) -> Option<String> {
    let [since, gone, instead] = TABLE.lines().find_map(|line| {
        let mut columns = line.split('\t');
        let is_it = columns.next() == Some(api_version) && columns.next() == Some(kind);
        is_it.then(|| std::array::from_fn(|_| columns.next().unwrap_or_default()))
    })?;
    let (major, minor) = since.split_once('.')?;
    // Kubernetes 0.0 is "not known".
    if version != (0, 0) && (major.parse().ok()?, minor.parse().ok()?) > version {
        return None;
    }
    let mut text = format!("{api_version} {kind} is deprecated in v{since}+");
    if !gone.is_empty() {
        text.push_str(&format!(", unavailable in v{gone}+"));
    }
    if !instead.is_empty() {
        text.push_str(&format!("; use {instead}"));
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::warning;

    /// As Kubernetes' own code says it.
    #[test]
    fn warns_since_the_version_of_the_deprecation() {
        assert_eq!(
            warning("policy/v1beta1", "PodDisruptionBudget", (1, 21)).as_deref(),
            Some(
                "policy/v1beta1 PodDisruptionBudget is deprecated in v1.21+, unavailable in v1.25+; use policy/v1 PodDisruptionBudget"
            )
        );
        assert_eq!(
            warning("policy/v1beta1", "PodDisruptionBudget", (1, 20)),
            None
        );
        assert_eq!(warning("policy/v1", "PodDisruptionBudget", (1, 37)), None);
        assert_eq!(
            warning("v1", "ComponentStatus", (0, 0)).as_deref(),
            Some("v1 ComponentStatus is deprecated in v1.19+")
        );
    }
}
