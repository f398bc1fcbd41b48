//! `manifests.zip`: one file per resource, named so that they sort in install order and keep their
//! names while others come and go.

use std::{
    collections::BTreeSet,
    io::{self, Cursor, Write as _},
    sync::Arc,
};

use app::wire::Resource;
use engine::output::INSTALL_ORDER;
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

/// Packs resources in their order; the same resources always give the same bytes.
///
/// # Errors
/// When the archive cannot be written: too many or too large files.
pub fn pack(resources: &[Arc<Resource>]) -> io::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for (name, resource) in names(resources).iter().zip(resources) {
        archive.start_file(name, options)?;
        archive.write_all(resource.yaml.as_bytes())?;
        if !resource.yaml.ends_with('\n') {
            archive.write_all(b"\n")?;
        }
    }
    Ok(archive.finish()?.into_inner())
}

/// `010-deployment-flts-kafka.yaml`: the place of its kind in the install order, kind, name.
///
/// The number belongs to the kind rather than to the resource, so that switching one service on
/// renames no file of another; hooks come last and say so.
fn names(resources: &[Arc<Resource>]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut kinds: Vec<&str> = Vec::new();
    resources
        .iter()
        .map(|resource| {
            let stem = if resource.hooks.is_empty() {
                let order = kind_order(&resource.kind, &mut kinds);
                format!(
                    "{order:03}-{}-{}",
                    slug(&resource.kind),
                    slug(&resource.name)
                )
            } else {
                format!("900-hook-{}-{}", slug(&resource.kind), slug(&resource.name))
            };
            let mut name = format!("{stem}.yaml");
            let mut copy = 2;
            while !taken.insert(name.clone()) {
                name = format!("{stem}-{copy}.yaml");
                copy += 1;
            }
            name
        })
        .collect()
}

/// Ten times the kind's place; kinds that Helm does not know come behind, by first appearance.
fn kind_order<'a>(kind: &'a str, unknown: &mut Vec<&'a str>) -> usize {
    let place = INSTALL_ORDER
        .iter()
        .position(|known| *known == kind)
        .unwrap_or_else(|| {
            let place = unknown
                .iter()
                .position(|known| *known == kind)
                .unwrap_or_else(|| {
                    unknown.push(kind);
                    unknown.len() - 1
                });
            INSTALL_ORDER.len() + place
        });
    (10 * (place + 1)).min(899)
}

/// Lower case; whatever is not a letter, digit, dot or dash becomes a dash.
fn slug(text: &str) -> String {
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() || c == '.' {
            c.to_ascii_lowercase()
        } else {
            '-'
        }
    };
    let text: String = text.chars().take(120).map(plain).collect();
    match text.trim_matches(['.', '-']) {
        "" => "unnamed".to_owned(),
        text => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resource(kind: &str, name: &str, hooks: &[&str]) -> Resource {
        Resource {
            id: format!("{kind}/{name}"),
            kind: kind.to_owned(),
            name: name.to_owned(),
            hooks: hooks.iter().map(|&hook| hook.to_owned()).collect(),
            yaml: "a: 1".to_owned(),
            ..Resource::default()
        }
    }

    #[test]
    fn names_are_stable_safe_and_unique() {
        let resources = [
            resource("Secret", "flts-minio", &[]),
            resource("Deployment", "../../etc", &[]),
            resource("Deployment", "../../etc", &[]),
            resource("Widget", "", &[]),
            resource("Pod", "flts-test", &["test"]),
        ]
        .map(Arc::new);
        assert_eq!(
            names(&resources),
            [
                "090-secret-flts-minio.yaml",
                "290-deployment-etc.yaml",
                "290-deployment-etc-2.yaml",
                "390-widget-unnamed.yaml",
                "900-hook-pod-flts-test.yaml",
            ]
        );
        assert_eq!(pack(&resources).unwrap(), pack(&resources).unwrap());
    }
}
