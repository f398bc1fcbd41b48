//! Packaged charts. Bytes of a gzip stream that are changed blindly only break its checksum, so an
//! input describes an archive, line by line, and is packed here:
//!
//! ```text
//! file PATH CONTENT        a file; \n in CONTENT is a line break
//! zeros PATH SIZE          a file of so many zeros
//! link PATH TARGET         a symbolic link; `hard PATH TARGET` a hard one
//! type PATH C CONTENT      an entry whose type is the character C
//! says PATH SIZE CONTENT   a file whose header says another size
//! long PATH CONTENT        a file whose path stands in an entry of its own before it (GNU)
//! pax KEY VALUE            an extended header for the next entry
//! many N PATH              N empty files
//! nest PATH                all so far, packed, as a file
//! patch AT BYTE            changes a byte of the tar
//! cut N                    leaves out the last N bytes of the packed archive
//! twice                    the packed archive, and once more behind it
//! ```

use std::io::Write as _;

use engine::chart::Loader;
use engine::{ArchiveLimits, Chart};
use flate2::{Compression, write::GzEncoder};
use tar::{EntryType, Header};

use super::{Target, kind};

pub(crate) struct Archive;

const LIMITS: ArchiveLimits = ArchiveLimits {
    bytes: 1 << 20,
    entries: 200,
};

/// Bytes that a line may ask for: enough to pass the limits.
const MAX_SIZE: usize = 4 << 20;

impl Target for Archive {
    fn name(&self) -> &'static str {
        "archive"
    }

    fn words(&self) -> &'static [&'static str] {
        &[
            "\nfile demo/",
            "\nfile demo/Chart.yaml ",
            "\nfile demo/values.yaml ",
            "\nfile demo/templates/a.yaml ",
            "\nfile demo/.helmignore *\\n",
            "\nfile demo/charts/sub/Chart.yaml ",
            "\nfile demo/crds/a.yaml ",
            "\nfile demo/values.schema.json {}",
            "\nfile demo/Chart.lock ",
            "\nzeros demo/z 1048576",
            "\nlink demo/l ../../etc/passwd",
            "\nhard demo/h /etc/passwd",
            "\ntype demo/t 3 x",
            "\nsays demo/s 99999999999 x",
            "\nlong demo/l x",
            "\npax path /etc/passwd",
            "\npax size 9999999999",
            "\npax linkpath x",
            "\nmany 300 demo/m",
            "\nnest demo/charts/sub.tgz",
            "\npatch 148 0",
            "\npatch 124 255",
            "\ncut 9",
            "\ntwice",
            "apiVersion: v2\\nname: demo\\nversion: 1.2.3\\n",
            "../",
            "/",
            "..\\",
            "C:/",
            "\\",
            "\u{feff}",
            "é",
            "demo/",
            "dependencies:\\n- name: sub\\n",
        ]
    }

    fn feed(&self, input: &[u8]) -> Result<String, String> {
        let packed = pack(&String::from_utf8_lossy(input));
        let chart = match Chart::load_archive(&packed, &LIMITS) {
            Ok(chart) => chart,
            Err(error) => return Ok(kind(&error.to_string())),
        };
        for loader in [Loader::Plain, Loader::Helm3] {
            let _ = Chart::load_archive_with(&packed, &LIMITS, loader);
        }
        let mut bytes = 0;
        let mut count = 0;
        for (path, data) in chart.files() {
            bytes += data.len();
            count += 1;
            let outside = path.starts_with(['/', '\\']) || path.split('/').any(|part| part == "..");
            if outside || path.is_empty() {
                return Err(format!("{path:?} is a file of the chart"));
            }
        }
        if bytes as u64 > LIMITS.bytes || count > LIMITS.entries {
            return Err(format!("{bytes} bytes in {count} files"));
        }
        Ok(format!(
            "chart {} {}",
            usize::ilog2(count.max(1)),
            chart.dependencies().len()
        ))
    }
}

/// The archive that a description asks for; lines that say nothing are left out.
fn pack(description: &str) -> Vec<u8> {
    let mut tar = Vec::new();
    let mut packed = None;
    for line in description.lines() {
        let mut words = line.splitn(3, ' ');
        let (what, first, rest) = (
            words.next().unwrap_or_default(),
            words.next().unwrap_or_default(),
            words.next().unwrap_or_default(),
        );
        let content = rest.replace("\\n", "\n").into_bytes();
        match what {
            "file" => append(&mut tar, first, EntryType::Regular, None, &content),
            "zeros" => {
                let zeros = vec![0; rest.parse().unwrap_or(0).min(MAX_SIZE)];
                append(&mut tar, first, EntryType::Regular, None, &zeros);
            }
            "link" | "hard" => {
                let kind = if what == "link" {
                    EntryType::Symlink
                } else {
                    EntryType::Link
                };
                append(&mut tar, first, kind, None, &content);
            }
            "type" => {
                let (kind, content) = rest.split_once(' ').unwrap_or((rest, ""));
                let kind = kind.bytes().next().unwrap_or(b'0');
                append(
                    &mut tar,
                    first,
                    EntryType::new(kind),
                    None,
                    content.as_bytes(),
                );
            }
            "says" => {
                let (size, content) = rest.split_once(' ').unwrap_or((rest, ""));
                let size = size.parse().unwrap_or(u64::MAX);
                append(
                    &mut tar,
                    first,
                    EntryType::Regular,
                    Some(size),
                    content.as_bytes(),
                );
            }
            "long" => {
                append(
                    &mut tar,
                    "././@LongLink",
                    EntryType::GNULongName,
                    None,
                    first.as_bytes(),
                );
                append(&mut tar, "short", EntryType::Regular, None, &content);
            }
            "pax" => {
                let record = format!(" {first}={rest}\n");
                let size = record.len() + record.len().to_string().len();
                append(
                    &mut tar,
                    "pax",
                    EntryType::XHeader,
                    None,
                    format!("{size}{record}").as_bytes(),
                );
            }
            "many" => {
                for index in 0..first.parse().unwrap_or(0).min(1_000) {
                    append(
                        &mut tar,
                        &format!("{rest}{index}"),
                        EntryType::Regular,
                        None,
                        b"",
                    );
                }
            }
            "nest" if tar.len() <= MAX_SIZE => {
                let inner = gzip(&tar);
                append(&mut tar, first, EntryType::Regular, None, &inner);
            }
            "patch" => {
                let (at, byte) = (
                    first.parse().unwrap_or(usize::MAX),
                    rest.parse().unwrap_or(0),
                );
                if let Some(old) = tar.get_mut(at) {
                    *old = byte;
                }
            }
            "cut" => {
                let whole = packed.get_or_insert_with(|| gzip(&tar));
                whole.truncate(whole.len().saturating_sub(first.parse().unwrap_or(0)));
            }
            "twice" => {
                let whole = packed.get_or_insert_with(|| gzip(&tar));
                whole.truncate(MAX_SIZE);
                whole.extend_from_within(..);
            }
            _ => {}
        }
        if tar.len() > 2 * MAX_SIZE {
            break;
        }
    }
    packed.unwrap_or_else(|| gzip(&tar))
}

fn append(tar: &mut Vec<u8>, path: &str, kind: EntryType, says: Option<u64>, content: &[u8]) {
    let mut header = Header::new_gnu();
    let name = &path.as_bytes()[..path.len().min(100)];
    header.as_mut_bytes()[..name.len()].copy_from_slice(name);
    let is_link = matches!(kind, EntryType::Symlink | EntryType::Link);
    if is_link {
        let target = &content[..content.len().min(100)];
        header.as_mut_bytes()[157..157 + target.len()].copy_from_slice(target);
    }
    let content = if is_link { &[] } else { content };
    header.set_size(says.unwrap_or(content.len() as u64));
    header.set_entry_type(kind);
    header.set_mode(0o644);
    header.set_cksum();
    tar.extend_from_slice(header.as_bytes());
    tar.extend_from_slice(content);
    tar.resize(tar.len().next_multiple_of(512), 0);
}

fn gzip(tar: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::fast());
    // Writing to a Vec cannot fail.
    let _ = out.write_all(tar).and_then(|()| out.write_all(&[0; 1_024]));
    out.finish().unwrap_or_default()
}
