//! The images of all resources, with who uses them.

use std::collections::BTreeMap;

use super::highlight::escape;
use super::units;
use crate::state::shown::Entries;

/// The images, each once, with the ids of the resources that use it.
#[must_use]
pub(crate) fn list(resources: &Entries) -> BTreeMap<&str, Vec<&str>> {
    let mut images: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (id, entry) in resources {
        for image in &entry.resource.images {
            images.entry(image).or_default().push(id);
        }
    }
    images
}

/// What pins an image: its digest or its tag. What pins nothing is told in words.
pub(crate) fn pin(image: &str) -> Result<&str, &'static str> {
    if let Some((_, digest)) = image.split_once('@') {
        return Ok(digest);
    }
    // A colon before the last slash belongs to a registry's port.
    let name = image.rsplit('/').next().unwrap_or_default();
    match name.split_once(':') {
        None | Some((_, "")) => Err("no tag"),
        Some((_, "latest")) => Err("latest"),
        Some((_, tag)) => Ok(tag),
    }
}

/// A table of the images.
#[must_use]
pub(crate) fn table(resources: &Entries) -> String {
    let images = list(resources);
    let mut out = String::with_capacity(256 * images.len());
    for (image, users) in images {
        let pin = pin(image);
        out.push_str("<li class=\"images__item\"><code class=\"images__name\">");
        let tag = pin.unwrap_or_default();
        escape(image.strip_suffix(tag).unwrap_or(image), &mut out);
        out.push_str("<b>");
        escape(tag, &mut out);
        out.push_str("</b></code>");
        if let Err(words) = pin {
            out.push_str("<span class=\"images__loose\" title=\"It may be another image tomorrow: give it a tag or a digest\">");
            out.push_str(words);
            out.push_str("</span>");
        }
        out.push_str("<details class=\"images__users\"><summary>");
        out.push_str(&units::count(users.len(), "resource"));
        out.push_str("</summary><ul>");
        for id in users {
            let Some(entry) = resources.get(id) else {
                continue;
            };
            out.push_str("<li><a href=\"#resource-");
            escape(id, &mut out);
            out.push_str("\" data-reveal=\"");
            escape(id, &mut out);
            out.push_str("\">");
            escape(&entry.resource.kind, &mut out);
            out.push(' ');
            escape(&entry.resource.name, &mut out);
            out.push_str("</a></li>");
        }
        out.push_str("</ul></details></li>");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_or_a_digest_pins_an_image() {
        for (image, expected) in [
            ("nginx:1.27", Ok("1.27")),
            ("registry:5000/a/nginx:1.27", Ok("1.27")),
            ("nginx@sha256:abc", Ok("sha256:abc")),
            ("nginx:1.27@sha256:abc", Ok("sha256:abc")),
            ("nginx", Err("no tag")),
            ("registry:5000/nginx", Err("no tag")),
            ("nginx:", Err("no tag")),
            ("a/nginx:latest", Err("latest")),
        ] {
            assert_eq!(pin(image), expected, "{image}");
        }
    }
}
