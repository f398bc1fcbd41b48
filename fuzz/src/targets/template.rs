//! Template texts: parsed and executed within small limits, alone and as a chart's.

use std::sync::Arc;

use engine::{
    Chart, CompiledChart, ErrorKind, Limits, RenderRequest, SourceFile,
    eval::{Program, TemplateFile},
    functions::Host,
    limits::Meter,
    render,
    value::{Map, MapKind, Value},
};

use super::{Target, kind};

pub(crate) struct Template;

const VALUES: &str = "s: text\nn: 5\nf: 1.5\nb: true\nempty: ''\nlist: [b, a, 3]\n\
                      map: {a: 1, inner: {deep: [x, {y: z}]}}\nyaml: \"a: [1, 2]\\nb: c\\n\"\n";

const NAME: &str = "case/templates/case.yaml";

fn limits() -> Limits {
    Limits {
        steps: 100_000,
        output_bytes: 1 << 20,
        value_size: 1 << 18,
        ..Limits::default()
    }
}

impl Target for Template {
    fn name(&self) -> &'static str {
        "template"
    }

    fn words(&self) -> &'static [&'static str] {
        &[
            "{{",
            "}}",
            "{{- ",
            " -}}",
            "{{ end }}",
            "{{ else }}",
            "{{ else if .Values.b }}",
            "{{ if .Values.b }}",
            "{{ with .Values.map }}",
            "{{ range .Values.list }}",
            "{{ range $k, $v := .Values.map }}",
            "{{ define \"t\" }}",
            "{{ template \"t\" . }}",
            "{{ include \"t\" . }}",
            "{{ block \"t\" . }}",
            "{{ break }}",
            "{{ continue }}",
            "{{/* x */}}",
            "$x := ",
            "$x = ",
            "$x",
            "$",
            ".",
            ".Values",
            ".Values.map.inner",
            ".Values.list",
            " | ",
            "(",
            ")",
            "\"",
            "`",
            "'a'",
            "nil",
            "true",
            "-1",
            "1e3",
            "0x1p4",
            "9223372036854775807",
            "list ",
            "dict ",
            "tuple ",
            "set ",
            "merge ",
            "deepCopy ",
            "toYaml ",
            "fromYaml ",
            "toJson ",
            "fromJson ",
            "toToml ",
            "fromToml ",
            "tpl ",
            "include ",
            "printf \"%v%s%d%q%x%*d\" ",
            "repeat 3 ",
            "until 5",
            "untilStep 0 9 2 ",
            "seq 1 3",
            "index ",
            "slice ",
            "first ",
            "regexReplaceAll \"(a)|b*\" ",
            "regexMatch \"^[a-z]+$\" ",
            "semverCompare \"^1.2\" ",
            "splitList \",\" ",
            "join \",\" ",
            "indent 4 ",
            "nindent 4 ",
            "trunc -3 ",
            "substr 1 3 ",
            "wrap 3 ",
            "date \"2006\" 0",
            "toDate \"2006-01-02\" ",
            "duration ",
            "b64dec ",
            "urlParse ",
            "dig \"a\" \"b\" nil ",
            "int64 ",
            "float64 ",
            "add 1 ",
            "div 7 ",
            "mod 7 ",
            "round 1.5 ",
            "len ",
            "print ",
            "required \"m\" ",
            "fail \"m\"",
            "lookup \"v1\" \"Pod\" \"\" \"\"",
            "genSignedCert ",
            "randAlphaNum 5",
            "derivePassword 1 \"long\" ",
            "encryptAES \"k\" ",
        ]
    }

    fn feed(&self, input: &[u8]) -> Result<String, String> {
        let alone = execute(input);
        if execute(input) != alone {
            return Err("two executions differ".to_owned());
        }
        let whole = whole(input)?;
        Ok(match alone {
            Ok(text) => format!("text {whole} {}", kind(&text)),
            Err(message) => format!("{whole} {}", kind(&message)),
        })
    }
}

fn execute(input: &[u8]) -> Result<String, String> {
    let values = values::yaml::parse_map(VALUES).map_err(|error| error.to_string())?;
    let file = TemplateFile {
        name: NAME.to_owned(),
        text: input.into(),
    };
    let program = Program::compile(&[file]).map_err(|error| error.to_string())?;
    let values = Value::Map(Map::from_values(MapKind::Values, &values));
    let dot = Value::map([("Values".into(), values)]);
    let mut host = Host::new(Meter::new(limits()), 1, 0);
    let text = program
        .execute(NAME, &dot, &mut host)
        .map_err(|error| error.to_string())?;
    Ok(text.to_string_lossy().into_owned())
}

/// The whole way through the engine; within the limits, whatever the template says.
fn whole(input: &[u8]) -> Result<&'static str, String> {
    let files = vec![
        SourceFile::new("Chart.yaml", "apiVersion: v2\nname: case\nversion: 1.2.3\n"),
        SourceFile::new("values.yaml", VALUES),
        SourceFile::new("templates/case.yaml", input),
    ];
    let chart = Chart::load(files).map_err(|error| format!("the chart is refused: {error}"))?;
    let compiled = CompiledChart::compile(Arc::new(chart)).map_err(|error| error.to_string())?;
    let request = RenderRequest {
        limits: limits(),
        ..RenderRequest::default()
    };
    match render(&compiled, &request) {
        Ok(rendered) => {
            let printed: usize = rendered.manifests.iter().map(|it| it.content.len()).sum();
            if printed as u64 > request.limits.output_bytes {
                return Err(format!("{printed} bytes of manifests are beyond the limit"));
            }
            Ok("rendered")
        }
        Err(error) => Ok(match error.kind() {
            ErrorKind::Limit => "limit",
            ErrorKind::Parse => "parse",
            _ => "failed",
        }),
    }
}
