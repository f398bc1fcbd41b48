//! Where a path leads once its symbolic links are followed, as Go tells it.

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::disk::go_error;

/// How many links `walkSymlinks` follows.
const MAX_LINKS: usize = 255;

/// Go's `filepath.EvalSymlinks` of an absolute path: one part after the other, so that an error names the first part that
/// is missing.
pub(super) fn evaluate(path: &Path) -> Result<PathBuf, String> {
    let mut found = PathBuf::from("/");
    let mut left = parts(path);
    let mut links = 0;
    while let Some(part) = left.pop() {
        if part == Path::new("..") {
            found.pop();
            continue;
        }
        found.push(&part);
        let info = fs::symlink_metadata(&found)
            .map_err(|error| format!("lstat {}: {}", found.display(), go_error(&error)))?;
        if !info.is_symlink() {
            if !info.is_dir() && !left.is_empty() {
                return Err("not a directory".to_owned());
            }
            continue;
        }
        links += 1;
        if links > MAX_LINKS {
            return Err("EvalSymlinks: too many links".to_owned());
        }
        let target = fs::read_link(&found)
            .map_err(|error| format!("readlink {}: {}", found.display(), go_error(&error)))?;
        if target.is_absolute() {
            found = PathBuf::from("/");
        } else {
            found.pop();
        }
        left.extend(parts(&target));
    }
    Ok(found)
}

/// The parts of a path, the last one first; `.` is none.
fn parts(path: &Path) -> Vec<PathBuf> {
    path.components()
        .rev()
        .filter_map(|part| match part {
            Component::Normal(name) => Some(PathBuf::from(name)),
            Component::ParentDir => Some(PathBuf::from("..")),
            Component::RootDir | Component::CurDir | Component::Prefix(_) => None,
        })
        .collect()
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    /// Links and what the real Helm said of a chart with that link at `x`, behind `error evaluating symlink …/x: `; empty
    /// where it followed the link.
    #[test]
    fn errors_are_those_of_go() {
        let folder = std::env::temp_dir().join(format!("chartroom-links-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let root = fs::canonicalize(&folder).expect("its path");
        fs::create_dir(root.join("real")).expect("a folder");
        fs::write(root.join("real/file"), "").expect("a file");
        symlink("real", root.join("alias")).expect("a link");
        symlink("nothere/z", root.join("broken")).expect("a link");
        for (target, expected) in [
            ("x", "EvalSymlinks: too many links"),
            ("real/file/more", "not a directory"),
            ("broken", "lstat {root}/nothere: no such file or directory"),
            ("a/b/../../q", "lstat {root}/a: no such file or directory"),
            (
                "/nowhere-at-all/a/b",
                "lstat /nowhere-at-all: no such file or directory",
            ),
            ("./alias/../real/./file", ""),
        ] {
            let link = root.join("x");
            let _ = fs::remove_file(&link);
            symlink(target, &link).expect("a link");
            let expected = expected.replace("{root}", &root.to_string_lossy());
            match evaluate(&link) {
                Ok(path) => {
                    assert_eq!(path, fs::canonicalize(&link).expect("it leads somewhere"));
                    assert_eq!(expected, "", "{target}");
                }
                Err(error) => assert_eq!(error, expected, "{target}"),
            }
        }
        fs::remove_dir_all(root).expect("the folder goes");
    }
}
