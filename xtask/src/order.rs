//! `cargo xtask order`: records which functions run while charts are rendered (`server/order.txt`),
//! so that a release's linker can put them together.
//!
//! The list needs no care, as long as most of it is true: a name that is no longer there is passed
//! over, and a function that is missing in it runs from where the linker put it. That is why the
//! names are Rust's newer ones (`.cargo/config.toml`), which end in no hash.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    path::Path,
    slice,
};

use anyhow::ensure;

use crate::{
    bench::charts::{self, Subject},
    build,
    process::{capture, command, find, read, root, say, target},
};

/// The command.
pub(crate) fn run() -> anyhow::Result<()> {
    ensure!(
        find("valgrind").is_some() && find("nm").is_some(),
        "valgrind and nm (binutils) are needed to see which functions run"
    );
    let binary = build::command_line_with_names()?;
    let twins = twins(&binary)?;
    let mut runs = BTreeMap::<String, usize>::new();
    let mut subjects = charts::subjects(&[])?;
    // Among large primes, what other charts need would not lie together.
    subjects.retain(|subject| !subject.makes_keys);
    for subject in subjects {
        say(&format!("Rendering {}", subject.name));
        let executed = executed(&binary, &subject)?;
        let names: BTreeSet<_> = executed
            .iter()
            .flat_map(|name| twins.get(name).map_or(slice::from_ref(name), Vec::as_slice))
            .map(|name| pattern(name))
            .collect();
        for name in names {
            *runs.entry(name).or_default() += 1;
        }
    }
    let names = names(&runs, &libc()?);
    let compiler = read(command("rustc").arg("--version"))?;
    let file = root().join("server/order.txt");
    let head = format!(
        "# The functions that run while `chartroom template` renders, those of all charts first; build.rs\n\
         # tells the linker.\n\
         # Recorded by `cargo xtask order` with {}.\n",
        compiler.trim()
    );
    fs::write(&file, head + &names.join("\n") + "\n")?;
    say(&format!("{} names in {}", names.len(), file.display()));
    Ok(())
}

/// The functions, as the linker knows them, that run while this chart is rendered.
fn executed(binary: &Path, subject: &Subject) -> anyhow::Result<BTreeSet<String>> {
    let out = target().join("order.callgrind");
    let mut render = command("valgrind");
    render
        .args(["--tool=callgrind", "--demangle=no", "--quiet"])
        .arg(format!("--callgrind-out-file={}", out.display()))
        .arg(binary)
        .args(["template", "release"])
        .arg(&subject.folder);
    if let Some(values) = &subject.values {
        render.arg("-f").arg(values);
    }
    read(&mut render)?;
    let profile = fs::read_to_string(&out)?;
    fs::remove_file(&out)?;
    Ok(profile.lines().filter_map(function).collect())
}

/// The function that a line of callgrind's profile names for the first time: `fn=(12) NAME`, or
/// `cfn=` for one that is called; a `'2` at its end tells how deep it calls itself.
fn function(line: &str) -> Option<String> {
    let (_, name) = line
        .strip_prefix("fn=(")
        .or_else(|| line.strip_prefix("cfn=("))?
        .split_once(") ")?;
    let name = name.split('\'').next().unwrap_or(name);
    // Without a name: an address, or `(below main)`.
    let named = !name.starts_with(['0', '(']);
    named.then(|| name.to_owned())
}

/// A function's name as a pattern for the linker: without the number of the unit it was compiled in,
/// which LLVM puts behind it, and without what tells crates of one name apart, `Cs…_` before the
/// crate's name and its length, which changes with their dependencies.
fn pattern(name: &str) -> String {
    let name = name.split(".llvm.").next().unwrap_or(name);
    if !name.starts_with("_R") {
        return name.to_owned();
    }
    let mut parts = name.split("Cs");
    let mut pattern = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        pattern.push_str("Cs");
        match part.split_once('_') {
            Some((number, rest))
                if number.chars().all(|it| it.is_ascii_alphanumeric())
                    && rest.starts_with(|it: char| it.is_ascii_digit()) =>
            {
                pattern.push_str("*_");
                pattern.push_str(rest);
            }
            _ => pattern.push_str(part),
        }
    }
    pattern
}

/// All names of the functions that have several: where two are the same code, LLVM keeps one of them,
/// in a section of either name.
fn twins(binary: &Path) -> anyhow::Result<HashMap<String, Vec<String>>> {
    let table = read(command("nm").arg(binary))?;
    let mut places = BTreeMap::<&str, Vec<String>>::new();
    for line in table.lines() {
        if let [place, "t" | "T", name] = line.split(' ').collect::<Vec<_>>()[..] {
            places.entry(place).or_default().push(name.to_owned());
        }
    }
    places.retain(|_, names| names.len() > 1);
    let all = places.into_values();
    Ok(all
        .flat_map(|names| {
            names
                .clone()
                .into_iter()
                .map(move |name| (name, names.clone()))
        })
        .collect())
}

/// The objects of the static C library, `libc.a:NAME.o`, by the functions in them: their sections
/// have no functions' names. Where the processor decides which of several serves, all of them.
fn libc() -> anyhow::Result<HashMap<String, String>> {
    let Some(archive) = build::static_libc() else {
        return Ok(HashMap::new());
    };
    let table = capture(command("nm").arg("--print-file-name").arg(archive))?;
    let mut objects = HashMap::new();
    for line in String::from_utf8_lossy(&table.stdout).lines() {
        // ARCHIVE:OBJECT:ADDRESS KIND NAME
        let [place, kind, name] = line.split_whitespace().collect::<Vec<_>>()[..] else {
            continue;
        };
        let Some(object) = place.split(':').nth(1) else {
            continue;
        };
        if matches!(kind, "t" | "T" | "W" | "i") {
            let kinds = ["-avx", "-evex", "-sse"];
            let family = kinds.iter().find_map(|kind| object.split_once(kind));
            let object = family.map_or_else(|| object.to_owned(), |(all, _)| format!("{all}-*"));
            objects.insert(name.to_owned(), format!("libc.a:{object}"));
        }
    }
    Ok(objects)
}

/// What the linker is told: the functions that ran for most charts first.
fn names(runs: &BTreeMap<String, usize>, libc: &HashMap<String, String>) -> Vec<String> {
    let mut ordered: Vec<(&String, &usize)> = runs.iter().collect();
    ordered.sort_by_key(|&(_, charts)| std::cmp::Reverse(charts));
    let mut seen = BTreeSet::new();
    let names = ordered
        .into_iter()
        .map(|(name, _)| libc.get(name).unwrap_or(name));
    names.filter(|name| seen.insert(*name)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_from_a_profile() {
        let name = Some("_RNvNtCs1a2B3c4D5e6_6engine4eval3run".to_owned());
        assert_eq!(
            function("fn=(12) _RNvNtCs1a2B3c4D5e6_6engine4eval3run"),
            name
        );
        assert_eq!(
            function("cfn=(12) _RNvNtCs1a2B3c4D5e6_6engine4eval3run'2"),
            name
        );
        assert_eq!(function("fn=(12)"), None);
        assert_eq!(function("cfn=(3) (below main)"), None);
    }

    #[test]
    fn a_pattern_leaves_out_only_what_tells_crates_apart() {
        assert_eq!(
            pattern("_RINvNtCsjrHSEGnQ3l9_4core3ptr5CsvecNtCs1a_6engine3CsxEB2_"),
            "_RINvNtCs*_4core3ptr5CsvecNtCs*_6engine3CsxEB2_"
        );
        assert_eq!(pattern("cCs1_2"), "cCs1_2");
        assert_eq!(pattern("_RNvC1a1b.llvm.77"), "_RNvC1a1b");
    }

    #[test]
    fn objects_stand_for_the_c_librarys_functions() {
        let runs = BTreeMap::from([
            ("memcpy".to_owned(), 2),
            ("memmove".to_owned(), 1),
            ("run".to_owned(), 3),
        ]);
        let object = || "libc.a:memmove-*".to_owned();
        let libc = HashMap::from(["memcpy", "memmove"].map(|name| (name.to_owned(), object())));
        assert_eq!(names(&runs, &libc), ["run".to_owned(), object()]);
    }
}
