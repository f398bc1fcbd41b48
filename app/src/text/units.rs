//! Numbers as the status line shows them.

/// Millicores: `250m` below one core, else cores with at most one decimal.
#[must_use]
pub(crate) fn cpu(millicores: u64) -> String {
    if millicores == 0 {
        "0".to_owned()
    } else if millicores < 1000 {
        format!("{millicores}m")
    } else {
        tenths(millicores, 1000)
    }
}

/// Bytes in the binary unit that leaves a number below 1024, with at most one decimal.
#[must_use]
pub(crate) fn bytes(count: u64) -> String {
    const UNITS: [&str; 7] = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
    let mut unit = 0;
    let mut size = 1_u64;
    while unit + 1 < UNITS.len() && count / size >= 1024 {
        size *= 1024;
        unit += 1;
    }
    format!("{} {}", tenths(count, size), UNITS[unit])
}

/// Microseconds as milliseconds: two digits that matter.
#[must_use]
pub(crate) fn micros(count: u64) -> String {
    if count >= 10_000 {
        format!("{} ms", (count + 500) / 1000)
    } else {
        format!("{} ms", tenths(count, 1000))
    }
}

/// `count` of `thing`, in the plural where it takes one.
#[must_use]
pub(crate) fn count(number: usize, thing: &str) -> String {
    if number == 1 {
        format!("1 {thing}")
    } else {
        format!("{number} {thing}s")
    }
}

/// `number / size`, rounded to a tenth, without a final `.0`.
fn tenths(number: u64, size: u64) -> String {
    let wide = (u128::from(number) * 10 + u128::from(size) / 2) / u128::from(size);
    match (wide / 10, wide % 10) {
        (whole, 0) => whole.to_string(),
        (whole, tenth) => format!("{whole}.{tenth}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cpu_changes_unit_at_one_core() {
        assert_eq!(
            ["0", "250m", "1", "18.2"],
            [0, 250, 1000, 18_200]
                .map(cpu)
                .each_ref()
                .map(String::as_str)
        );
    }

    #[test]
    fn bytes_are_binary() {
        let shown = [0, 1023, 1024, 1536 << 20, 175 << 30, u64::MAX].map(bytes);
        assert_eq!(
            shown,
            ["0 B", "1023 B", "1 KiB", "1.5 GiB", "175 GiB", "16 EiB"]
        );
    }

    #[test]
    fn render_times() {
        assert_eq!([90, 940, 12_400].map(micros), ["0.1 ms", "0.9 ms", "12 ms"]);
    }

    #[test]
    fn plurals() {
        assert_eq!(
            [count(0, "error"), count(1, "error"), count(2, "error")],
            ["0 errors", "1 error", "2 errors"]
        );
    }
}
