//! Titles made from keys: `storageClassName` → “Storage class name”.

/// Words that are not written as they are spelled in keys.
const SPELLING: [(&str, &str); 44] = [
    ("api", "API"),
    ("ca", "CA"),
    ("cidr", "CIDR"),
    ("cpu", "CPU"),
    ("crd", "CRD"),
    ("crds", "CRDs"),
    ("db", "DB"),
    ("dns", "DNS"),
    ("fs", "FS"),
    ("gid", "GID"),
    ("gpu", "GPU"),
    ("gru", "GRU"),
    ("haproxy", "HAProxy"),
    ("hpa", "HPA"),
    ("http", "HTTP"),
    ("https", "HTTPS"),
    ("id", "ID"),
    ("ids", "IDs"),
    ("io", "I/O"),
    ("ip", "IP"),
    ("ips", "IPs"),
    ("json", "JSON"),
    ("jvm", "JVM"),
    ("lb", "LB"),
    ("lstm", "LSTM"),
    ("minio", "MinIO"),
    ("mlflow", "MLflow"),
    ("nfs", "NFS"),
    ("os", "OS"),
    ("pdb", "PDB"),
    ("postgres", "Postgres"),
    ("postgresql", "PostgreSQL"),
    ("pvc", "PVC"),
    ("rbac", "RBAC"),
    ("s3", "S3"),
    ("sql", "SQL"),
    ("ssl", "SSL"),
    ("tcp", "TCP"),
    ("tls", "TLS"),
    ("ttl", "TTL"),
    ("ui", "UI"),
    ("uid", "UID"),
    ("url", "URL"),
    ("yaml", "YAML"),
];

/// A key as a title.
pub(super) fn humanize(key: &str) -> String {
    // Names that are an address rather than words stay as they are.
    if key.contains('/') || key.contains('.') || !key.is_ascii() {
        return key.to_owned();
    }
    let words = words(key);
    let mut title = String::new();
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            title.push(' ');
        }
        let lower = word.to_ascii_lowercase();
        match SPELLING.binary_search_by_key(&lower.as_str(), |(word, _)| word) {
            Ok(found) => title.push_str(SPELLING[found].1),
            Err(_) if at == 0 => {
                let mut letters = lower.chars();
                title.extend(letters.next().map(|c| c.to_ascii_uppercase()));
                title.push_str(letters.as_str());
            }
            Err(_) => title.push_str(&lower),
        }
    }
    title
}

/// Splits at `-`, `_` and where upper case begins: `tlsSecretName`, `HTTPPort`, `nodePort2`.
fn words(key: &str) -> Vec<String> {
    let letters: Vec<char> = key.chars().collect();
    let mut words = vec![String::new()];
    for (at, c) in letters.iter().enumerate() {
        if matches!(c, '-' | '_' | ' ') {
            words.push(String::new());
            continue;
        }
        let before = at.checked_sub(1).map(|at| letters[at]);
        let after_lower = before.is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        let ends_acronym = before.is_some_and(|c| c.is_ascii_uppercase())
            && letters.get(at + 1).is_some_and(char::is_ascii_lowercase)
            // A plural `s` belongs to its acronym: `externalIPs`.
            && !(letters.get(at + 1) == Some(&'s') && letters.len() == at + 2);
        if c.is_ascii_uppercase() && (after_lower || ends_acronym) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.push(*c);
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_become_titles() {
        for (key, title) in [
            ("replicaCount", "Replica count"),
            ("storageClassName", "Storage class name"),
            ("tlsSecretName", "TLS secret name"),
            (
                "targetCPUUtilizationPercentage",
                "Target CPU utilization percentage",
            ),
            ("externalIPs", "External IPs"),
            ("MLFLOW_TRACKING_URI", "MLflow tracking uri"),
            ("ephemeral-storage", "Ephemeral storage"),
            ("kubernetes.io/os", "kubernetes.io/os"),
            ("s3", "S3"),
            ("", ""),
        ] {
            assert_eq!(humanize(key), title);
        }
    }

    #[test]
    fn the_spelling_list_is_sorted() {
        assert!(SPELLING.is_sorted_by_key(|(word, _)| *word));
    }
}
