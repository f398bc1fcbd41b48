//! `--helm`: which Helm a command imitates.

use engine::Dialect;

/// Takes `--helm 3` and `--helm 4` out of a command line; the last one counts, without any it is
/// Helm 4. Helm has no such flag, so it is read before the others: which those are depends on it.
pub(super) fn take(words: &mut Vec<String>) -> Result<Dialect, String> {
    let mut dialect = Dialect::default();
    let mut at = 0;
    while at < words.len() && words[at] != "--" {
        let value = if words[at] == "--helm" {
            words.remove(at);
            if at == words.len() {
                return Err("flag needs an argument: --helm".to_owned());
            }
            words.remove(at)
        } else if let Some(value) = words[at].strip_prefix("--helm=") {
            let value = value.to_owned();
            words.remove(at);
            value
        } else {
            at += 1;
            continue;
        };
        dialect = Dialect::from_major(&value).ok_or_else(|| {
            let value = values::go::quote(&value);
            format!("invalid argument {value} for \"--helm\" flag: must be 3 or 4")
        })?;
    }
    Ok(dialect)
}

#[cfg(test)]
mod tests {
    use engine::Dialect;

    use super::take;

    #[test]
    fn the_last_one_counts() {
        let taken = |line: &str| {
            let mut words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
            take(&mut words).map(|dialect| (dialect, words.join(" ")))
        };
        let left = |dialect, words: &str| Ok((dialect, words.to_owned()));
        assert_eq!(taken("r chart"), left(Dialect::Helm4, "r chart"));
        assert_eq!(taken("r --helm 3 chart"), left(Dialect::Helm3, "r chart"));
        assert_eq!(taken("--helm=3 c --helm 4"), left(Dialect::Helm4, "c"));
        assert_eq!(
            taken("c -- --helm 3"),
            left(Dialect::Helm4, "c -- --helm 3")
        );
        assert!(taken("c --helm").is_err());
        assert!(taken("c --helm=2").is_err());
    }
}
