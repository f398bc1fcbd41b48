//! `cargo xtask order`: records which functions run while charts are rendered (`server/order.txt`),
//! so that a release's linker can put them together.
//!
//! The list needs no care, as long as most of it is true: a name that is no longer there is passed
//! over, and a function that is missing in it runs from where the linker put it.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    path::Path,
};

use anyhow::{Context as _, ensure};

use crate::{
    bench::charts::{self, Subject},
    build,
    process::{capture, command, find, read, root, say, target},
};

/// The most code, in bytes, that a name may take in besides the functions that ran.
const BESIDES: u64 = 4096;

/// The command.
pub(crate) fn run() -> anyhow::Result<()> {
    ensure!(
        find("valgrind").is_some() && find("nm").is_some(),
        "valgrind and nm (binutils) are needed to see which functions run"
    );
    let binary = build::command_line_with_names()?;
    let mut runs = BTreeMap::<String, usize>::new();
    let mut subjects = charts::subjects(&[])?;
    // Among large primes, what other charts need would not lie together.
    subjects.retain(|subject| !subject.makes_keys);
    for subject in subjects {
        say(&format!("Rendering {}", subject.name));
        for name in executed(&binary, &subject)? {
            *runs.entry(name).or_default() += 1;
        }
    }
    let names = names(&runs, &sizes(&binary)?, &libc()?);
    let compiler = read(command("rustc").arg("--version"))?;
    let file = root().join("server/order.txt");
    let head = format!(
        "# The functions that run while `chartroom template` renders, those of all charts first; build.rs\n\
         # tells the linker. A name goes without its hash, where that does not take in much else.\n\
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
    named.then(|| without_unit(name).to_owned())
}

/// A function's name without the number of the unit it was compiled in, which LLVM puts behind it.
fn without_unit(name: &str) -> &str {
    name.split(".llvm.").next().unwrap_or(name)
}

/// A function's name up to its hash, if it has one: `17h` and sixteen digits.
fn without_hash(name: &str) -> &str {
    match name.rfind("17h") {
        Some(at) if name.starts_with("_ZN") => &name[..at + 3],
        _ => name,
    }
}

/// The code of each function in the binary, in bytes; several may have the same name.
fn sizes(binary: &Path) -> anyhow::Result<BTreeMap<String, u64>> {
    let table = read(command("nm").arg("--print-size").arg(binary))?;
    let mut sizes = BTreeMap::<String, u64>::new();
    for line in table.lines() {
        let [_, size, kind, name] = line.split(' ').collect::<Vec<_>>()[..] else {
            continue;
        };
        if kind.eq_ignore_ascii_case("t") {
            let size = u64::from_str_radix(size, 16).context("a size of nm's")?;
            *sizes.entry(without_unit(name).to_owned()).or_default() += size;
        }
    }
    Ok(sizes)
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
fn names(
    runs: &BTreeMap<String, usize>,
    sizes: &BTreeMap<String, u64>,
    libc: &HashMap<String, String>,
) -> Vec<String> {
    let mut whole = HashMap::<&str, u64>::new();
    for (name, size) in sizes {
        *whole.entry(without_hash(name)).or_default() += size;
    }
    let mut ran = HashMap::<&str, u64>::new();
    for name in runs.keys() {
        *ran.entry(without_hash(name)).or_default() += sizes.get(name).copied().unwrap_or(0);
    }
    let mut ordered: Vec<(&String, &usize)> = runs.iter().collect();
    ordered.sort_by_key(|&(_, charts)| std::cmp::Reverse(charts));
    let mut seen = BTreeSet::new();
    let names = ordered.into_iter().map(|(name, _)| {
        if let Some(object) = libc.get(name) {
            return object.as_str();
        }
        let short = without_hash(name);
        let besides = whole.get(short).copied().unwrap_or(0) - ran[short];
        if besides > BESIDES { name } else { short }
    });
    names
        .filter(|name| seen.insert(*name))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_from_a_profile() {
        let name = Some("_ZN6engine4eval3run17h0123456789abcdefE".to_owned());
        assert_eq!(
            function("fn=(12) _ZN6engine4eval3run17h0123456789abcdefE"),
            name
        );
        assert_eq!(
            function("cfn=(12) _ZN6engine4eval3run17h0123456789abcdefE.llvm.77'2"),
            name
        );
        assert_eq!(function("fn=(12)"), None);
        assert_eq!(function("cfn=(3) (below main)"), None);
    }

    #[test]
    fn a_name_keeps_its_hash_where_it_would_take_in_much_else() {
        let name = |function: &str, hash: u8| format!("_ZN3one{function}17h{hash:016x}E");
        let sizes = BTreeMap::from([
            (name("1a", 1), 100),
            (name("1a", 2), BESIDES),
            (name("1b", 1), 100),
            (name("1b", 2), BESIDES + 1),
        ]);
        let runs = BTreeMap::from([
            (name("1a", 1), 1),
            (name("1b", 1), 3),
            ("memcpy".to_owned(), 2),
        ]);
        let object = "libc.a:memmove-*".to_owned();
        let libc = HashMap::from([("memcpy".to_owned(), object.clone())]);
        assert_eq!(
            names(&runs, &sizes, &libc),
            [name("1b", 1), object, "_ZN3one1a17h".to_owned()]
        );
    }
}
