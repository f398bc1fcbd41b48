//! Charts from files and archives, and what a render needs of them, through the public interface.

use std::io::Write;
use std::sync::Arc;

use engine::{
    ArchiveLimits, Chart, CompiledChart, ErrorKind, OutputOptions, RenderRequest, Rendered,
    SourceFile, render,
};

fn files(list: &[(&str, &str)]) -> Vec<SourceFile> {
    list.iter()
        .map(|(path, text)| SourceFile::new(*path, *text))
        .collect()
}

/// A packaged chart of these files, in a folder of the name.
fn pack(name: &str, list: &[(&str, &[u8])]) -> Vec<u8> {
    let gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let mut archive = tar::Builder::new(gzip);
    for (path, data) in list {
        let mut header = tar::Header::new_ustar();
        header.set_size(data.len() as u64);
        header.set_mode(0o644);
        archive
            .append_data(&mut header, format!("{name}/{path}"), *data)
            .expect("a valid path");
    }
    let mut gzip = archive.into_inner().expect("memory takes it");
    gzip.flush().expect("memory takes it");
    gzip.finish().expect("memory takes it")
}

fn rendered(chart: Chart, values: &str) -> Result<Rendered, engine::Error> {
    let compiled = CompiledChart::compile(Arc::new(chart))?;
    let values = values::yaml::parse_map(values).expect("the values are YAML");
    render(
        &compiled,
        &RenderRequest {
            values,
            ..RenderRequest::default()
        },
    )
}

const META: &str = "apiVersion: v2\nname: ship\nversion: 1.0.0\n";

#[test]
fn a_folder_and_its_archive_are_the_same_chart() {
    let list: [(&str, &str); 3] = [
        ("Chart.yaml", META),
        ("values.yaml", "sails: 3\n"),
        (
            "templates/x.yaml",
            "kind: ConfigMap\nsails: {{ .Values.sails }}\n",
        ),
    ];
    let folder = Chart::load(files(&list)).expect("a chart");
    let bytes: Vec<(&str, &[u8])> = list
        .iter()
        .map(|(path, text)| (*path, text.as_bytes()))
        .collect();
    let packed = pack("ship", &bytes);
    let archive = Chart::load_archive(&packed, &ArchiveLimits::default()).expect("a chart");
    assert_eq!(folder.digest(), archive.digest());
    let text = |chart| rendered(chart, "").and_then(|it| it.to_text(&OutputOptions::default()));
    let wanted = "---\n# Source: ship/templates/x.yaml\nkind: ConfigMap\nsails: 3\n";
    assert_eq!(text(folder).expect("it renders"), wanted);
    assert_eq!(text(archive).expect("it renders"), wanted);
}

#[test]
fn a_digest_knows_files_but_not_their_order() {
    let (one, two) = (("Chart.yaml", META), ("values.yaml", "a: 1\n"));
    let digest = |list: &[(&str, &str)]| {
        Chart::load(files(list))
            .expect("a chart")
            .digest()
            .to_owned()
    };
    assert_eq!(digest(&[one, two]), digest(&[two, one]));
    assert_ne!(
        digest(&[one, two]),
        digest(&[one, ("values.yaml", "a: 2\n")])
    );
    assert_eq!(digest(&[one]).len(), 64);
}

#[test]
fn environments_are_values_files_at_the_root() {
    let chart = Chart::load(files(&[
        ("Chart.yaml", META),
        ("values-prod.yaml", "a: 2\n"),
        ("values-dev.yml", "a: 1\n"),
        ("deep/values-other.yaml", "a: 3\n"),
        ("values-.yaml", "a: 4\n"),
    ]))
    .expect("a chart");
    let named = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    assert_eq!(
        chart.environments(),
        [named("dev", "a: 1\n"), named("prod", "a: 2\n")]
    );
}

#[test]
fn packaged_subcharts_are_unpacked() {
    let sub = pack(
        "boat",
        &[
            (
                "Chart.yaml",
                b"apiVersion: v2\nname: boat\nversion: 1.0.0\n",
            ),
            ("templates/b.yaml", b"kind: Pod\nname: {{ .Values.name }}\n"),
            ("values.yaml", b"name: dinghy\n"),
        ],
    );
    let mut list = files(&[("Chart.yaml", META)]);
    list.push(SourceFile::new("charts/boat-1.0.0.tgz", sub));
    let result = rendered(Chart::load(list).expect("a chart"), "").expect("it renders");
    assert_eq!(result.manifests.len(), 1);
    assert_eq!(
        result.manifests[0].name,
        "ship/charts/boat/templates/b.yaml"
    );
    assert_eq!(result.manifests[0].content, "kind: Pod\nname: dinghy\n");
}

#[test]
fn a_broken_template_counts_only_while_its_chart_takes_part() {
    let chart = || {
        let dependency = "dependencies: [{name: boat, version: 1.x, condition: boat.enabled}]\n";
        let metadata = format!("{META}{dependency}");
        Chart::load(files(&[
            ("Chart.yaml", &metadata),
            (
                "charts/boat/Chart.yaml",
                "apiVersion: v2\nname: boat\nversion: 1.0.0\n",
            ),
            ("charts/boat/templates/x.yaml", "{{ if }}"),
        ]))
        .expect("a chart")
    };
    let error = rendered(chart(), "").expect_err("the template is broken");
    assert_eq!(error.kind(), ErrorKind::Parse);
    assert_eq!(error.template(), Some("ship/charts/boat/templates/x.yaml"));
    assert!(rendered(chart(), "boat: {enabled: false}").is_ok());
}

#[test]
fn notes_are_kept_apart() {
    let chart = Chart::load(files(&[
        ("Chart.yaml", META),
        ("templates/NOTES.txt", "Sail {{ .Release.Name }}\n"),
        (
            "charts/boat/Chart.yaml",
            "apiVersion: v2\nname: boat\nversion: 1.0.0\n",
        ),
        ("charts/boat/templates/NOTES.txt", "not shown\n"),
    ]))
    .expect("a chart");
    let result = rendered(chart, "").expect("it renders");
    assert_eq!(result.notes.as_deref(), Some("Sail release-name\n"));
    assert!(result.manifests.is_empty());
}

#[test]
fn an_unreadable_manifest_is_shown() {
    let chart = Chart::load(files(&[
        ("Chart.yaml", META),
        ("templates/x.yaml", "a: 1\nb: c: d\n"),
    ]))
    .expect("a chart");
    let error = rendered(chart, "").expect_err("no YAML");
    assert_eq!(error.kind(), ErrorKind::Manifest);
    assert_eq!(error.template(), Some("ship/templates/x.yaml"));
    assert!(
        error
            .output()
            .is_some_and(|output| output.contains("b: c: d"))
    );
}

#[test]
fn archives_stay_inside_their_limits() {
    let packed = pack(
        "ship",
        &[("Chart.yaml", META.as_bytes()), ("big", &[0; 4096])],
    );
    let limits = ArchiveLimits {
        bytes: 1024,
        ..ArchiveLimits::default()
    };
    let error = Chart::load_archive(&packed, &limits).expect_err("too large");
    assert_eq!(error.kind(), ErrorKind::Archive);
    assert_eq!(
        error.to_string(),
        "decompressed chart is larger than the maximum size 1024"
    );
}

/// The deepest values that can be read, against a schema that goes all the way down with them.
#[test]
fn deep_values_fit_the_stack() {
    // A stack as that of the server's render threads; only what is used is taken.
    let deep = std::thread::Builder::new()
        .stack_size(256 << 20)
        .spawn(render_deep_values);
    assert!(deep.expect("a thread").join().expect("it ends").is_ok());
}

fn render_deep_values() -> Result<Rendered, engine::Error> {
    let depth = 490;
    let mut values = String::new();
    for level in 0..depth {
        values.push_str(&format!("{}a:\n", " ".repeat(level)));
    }
    values.push_str(&format!("{}a: {{}}\n", " ".repeat(depth)));
    let chart = Chart::load(files(&[
        ("Chart.yaml", META),
        ("values.yaml", &values),
        (
            "values.schema.json",
            r##"{"additionalProperties":{"$ref":"#"}}"##,
        ),
        ("templates/x.yaml", "a: {{ .Values | toJson | len }}\n"),
    ]))
    .expect("a chart");
    rendered(chart, &values)
}

/// Where Helm's process runs out of stack.
#[test]
fn imports_that_put_a_table_into_itself_are_refused() {
    const BOAT: &str = "apiVersion: v2\nname: boat\nversion: 1.0.0\n";
    let error_of = |imports: &str| {
        let meta = format!(
            "apiVersion: v2\nname: fleet\nversion: 1.0.0\ndependencies:\n- name: boat\n  \
             version: 1.0.0\n  import-values: {imports}\n"
        );
        let tables: String = (0..=40)
            .map(|level| format!("t{level}: {{x: 1}}\n"))
            .collect();
        let chart = files(&[
            ("Chart.yaml", &meta),
            ("templates/a.yaml", "a: {{ .Values.t0.x }}\n"),
            ("charts/boat/Chart.yaml", BOAT),
            ("charts/boat/values.yaml", &tables),
        ]);
        let rendered = rendered(Chart::load(chart).expect("a chart"), "");
        rendered.map(|_| ()).map_err(|error| error.to_string())
    };
    let import = |child: &str, parent: &str| format!("{{child: {child}, parent: {parent}}}");
    let fine = [
        import("t0", "t0"),
        import("t1", "t0.l"),
        import("t1", "t0.r"),
    ]
    .join(", ");
    assert_eq!(error_of(&format!("[{fine}]")), Ok(()));
    let expected = Err(
        "chart dependencies processing failed: import-values puts a table into itself, or too many \
         tables into each other"
            .to_owned(),
    );
    let itself = [import("t0", "p"), import("t0", "p.l")].join(", ");
    assert_eq!(error_of(&format!("[{itself}]")), expected);
    // Each table is twice in the one before.
    let doubled: Vec<String> = (0..40)
        .flat_map(|level| {
            let (here, next) = (format!("t{level}"), format!("t{}", level + 1));
            [
                import(&here, &here),
                import(&next, &format!("{here}.l")),
                import(&next, &format!("{here}.r")),
            ]
        })
        .collect();
    assert_eq!(error_of(&format!("[{}]", doubled.join(", "))), expected);
}
