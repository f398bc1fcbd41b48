//! Lists on a command line: one line of CSV, as Go's encoding/csv reads it for pflag.

/// The items of a line.
pub(super) fn split(line: &str) -> Result<Vec<String>, String> {
    if line.is_empty() {
        return Ok(Vec::new());
    }
    let refuse = |column: usize, what: &str| {
        Err(format!(
            "parse error on line 1, column {column}: {what} in "
        ))
    };
    let mut items = Vec::new();
    let mut at = 0;
    loop {
        let rest = &line[at..];
        if !rest.starts_with('"') {
            let end = rest.find(',').map_or(line.len(), |comma| at + comma);
            let item = &line[at..end];
            if let Some(quote) = item.find('"') {
                return refuse(at + quote + 1, "bare \"").map_err(|it| it + "non-quoted-field");
            }
            items.push(item.to_owned());
            at = end;
        } else {
            at += 1;
            let mut item = String::new();
            loop {
                let Some(quote) = line[at..].find('"') else {
                    return refuse(line.len() + 1, "extraneous or missing \"")
                        .map_err(|it| it + "quoted-field");
                };
                item.push_str(&line[at..at + quote]);
                at += quote + 1;
                match line[at..].chars().next() {
                    Some('"') => {
                        item.push('"');
                        at += 1;
                    }
                    None | Some(',') => break,
                    Some(_) => {
                        return refuse(at, "extraneous or missing \"")
                            .map_err(|it| it + "quoted-field");
                    }
                }
            }
            items.push(item);
        }
        if at >= line.len() {
            return Ok(items);
        }
        // Behind the comma.
        at += 1;
    }
}

/// As pflag's `stringToString`: one pair, or several as a list.
pub(super) fn check_pairs(line: &str) -> Result<(), String> {
    let pairs = match line.matches('=').count() {
        0 => return Err(format!("{line} must be formatted as key=value")),
        1 => vec![line.trim_matches('"').to_owned()],
        _ => split(line)?,
    };
    match pairs.iter().find(|pair| !pair.contains('=')) {
        Some(pair) => Err(format!("{pair} must be formatted as key=value")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    /// Recorded from Helm 4.3.1.
    #[test]
    fn lists_may_be_quoted() {
        assert_eq!(split(r#"a,"b,""c",d"#).unwrap(), ["a", "b,\"c", "d"]);
        assert_eq!(split("a,").unwrap(), ["a", ""]);
        for (line, want) in [
            ("a\"b", "column 2: bare \" in non-quoted-field"),
            (
                "\"v.yaml",
                "column 8: extraneous or missing \" in quoted-field",
            ),
            (
                "foo/v1,\"bar",
                "column 12: extraneous or missing \" in quoted-field",
            ),
        ] {
            assert_eq!(
                split(line).unwrap_err(),
                format!("parse error on line 1, {want}")
            );
        }
    }
}
