//! Names that say that a value is a secret.

/// Whether a value is called like a secret: `password`, `rootPassword`, `API_TOKEN`,
/// `secret-access-key`; not what only points to one (`existingSecret`, `passwordKey`,
/// `tokenSecretName`).
#[must_use]
pub fn name_says_secret(name: &str) -> bool {
    let flat: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    const POINTERS: [&str; 9] = [
        "name", "ref", "path", "file", "key", "keys", "policy", "length", "url",
    ];
    const ENDINGS: [&str; 14] = [
        "password",
        "passwd",
        "passphrase",
        "pwd",
        "token",
        "secretkey",
        "secretaccesskey",
        "privatekey",
        "apikey",
        "accesskeysecret",
        "clientsecret",
        "secret",
        "encryptionkey",
        "signingkey",
    ];
    if flat.starts_with("existing") || flat.ends_with("existingsecret") {
        return false;
    }
    if ENDINGS.iter().any(|ending| flat.ends_with(ending)) {
        // `imagePullSecret`, `tlsSecret`: names of objects, not their content.
        return !(flat.ends_with("pullsecret") || flat.ends_with("tlssecret"));
    }
    flat.contains("password") && !POINTERS.iter().any(|pointer| flat.ends_with(pointer))
}

#[cfg(test)]
mod tests {
    use super::name_says_secret;

    #[test]
    fn names_that_say_secret() {
        for name in [
            "password",
            "rootPassword",
            "GF_SECURITY_ADMIN_PASSWORD",
            "api-token",
            "secretKey",
            "AWS_SECRET_ACCESS_KEY",
            "clientSecret",
            "postgres-password",
        ] {
            assert!(name_says_secret(name), "{name}");
        }
        for name in [
            "existingSecret",
            "secretName",
            "passwordKey",
            "existingSecretPasswordKey",
            "imagePullSecret",
            "passwordFile",
            "tokenPath",
            "username",
            "accessKey",
            "keyName",
        ] {
            assert!(!name_says_secret(name), "{name}");
        }
    }
}
