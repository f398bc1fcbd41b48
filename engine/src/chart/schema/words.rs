//! The words for each kind of error: kind/kind.go (`LocalizedString`) and format.go, printed for
//! English.

use boon::{ErrorKind, ValidationError};
use serde_json::{Number, Value as Json};

use super::{formats, patterns, source::Source};

/// What the Go library says of an error, its place left out.
pub(super) fn wording(error: &ValidationError<'_, '_>, source: &Source) -> String {
    match &error.kind {
        ErrorKind::Schema { url } => format!("jsonschema validation failed with {}", quote(url)),
        ErrorKind::Group | ErrorKind::Reference { .. } => "validation failed".to_owned(),
        ErrorKind::ContentSchema => "'contentSchema' failed".to_owned(),
        ErrorKind::PropertyName { prop } => {
            format!("invalid propertyName {}", quote(source.written(prop)))
        }
        ErrorKind::RefCycle {
            url,
            kw_loc1,
            kw_loc2,
        } => format!(
            "both {kw_loc1} and {kw_loc2} resolve to {} causing reference cycle",
            values::go::quote(url)
        ),
        ErrorKind::FalseSchema => "false schema".to_owned(),
        ErrorKind::Type { got, want } => {
            let want: Vec<String> = want.iter().map(|kind| kind.to_string()).collect();
            format!("got {got}, want {}", want.join(" or "))
        }
        ErrorKind::Enum { want } => enumeration(want, |at| {
            source.number(error.schema_url, &["enum", &at.to_string()])
        }),
        ErrorKind::Const {
            want: Json::Array(_) | Json::Object(_),
        } => "'const' failed".to_owned(),
        ErrorKind::Const { want } => {
            let number = source.number(error.schema_url, &["const"]);
            format!("value must be {}", number.unwrap_or_else(|| shown(want)))
        }
        ErrorKind::Format { got, want, err } => {
            // A pattern that Go refuses, found by the check of the schema itself.
            let got = match got.as_ref() {
                Json::String(text) => source.written(text).into(),
                other => other.clone(),
            };
            let want = if *want == formats::REGEX {
                "regex"
            } else {
                want
            };
            let reason = format_reason(want, &got).unwrap_or_else(|| err.to_string());
            format!("{} is not valid {want}: {reason}", shown(&got))
        }
        ErrorKind::MinProperties { got, want } => counted("minProperties", *got, *want),
        ErrorKind::MaxProperties { got, want } => counted("maxProperties", *got, *want),
        ErrorKind::MinItems { got, want } => counted("minItems", *got, *want),
        ErrorKind::MaxItems { got, want } => counted("maxItems", *got, *want),
        ErrorKind::MinLength { got, want } => counted("minLength", *got, *want),
        ErrorKind::MaxLength { got, want } => counted("maxLength", *got, *want),
        ErrorKind::AdditionalProperties { got } => {
            format!(
                "additional properties {} not allowed",
                listed(got.iter().map(AsRef::as_ref))
            )
        }
        ErrorKind::Required { want } if want.len() == 1 => {
            format!("missing property {}", quote(want[0]))
        }
        ErrorKind::Required { want } => {
            format!("missing properties {}", listed(want.iter().copied()))
        }
        ErrorKind::Dependency { prop, missing }
        | ErrorKind::DependentRequired { prop, missing } => format!(
            "properties {} required, if {} exists",
            listed(missing.iter().copied()),
            quote(prop)
        ),
        ErrorKind::Contains => "no items match contains schema".to_owned(),
        ErrorKind::MinContains { got, want } if got.is_empty() => format!(
            "min {} items required to match contains schema, but none matched",
            integer(*want)
        ),
        ErrorKind::MinContains { got, want } => matched("min", got, *want),
        ErrorKind::MaxContains { got, want } => matched("max", got, *want),
        ErrorKind::UniqueItems { got: [a, b] } => {
            format!("items at {} and {} are equal", integer(*a), integer(*b))
        }
        ErrorKind::AdditionalItems { got } => {
            format!("last {} additionalItem(s) not allowed", integer(*got))
        }
        ErrorKind::Pattern { got, want } => {
            let want = source.written(want);
            format!("{} does not match pattern {}", quote(got), quote(want))
        }
        ErrorKind::ContentEncoding { want, err } => {
            format!("value is not {} encoded: {err}", quote(want))
        }
        ErrorKind::ContentMediaType { want, err, .. } => {
            format!("value is not of mediatype {}: {err}", quote(want))
        }
        ErrorKind::Minimum { got, want } => measured("minimum", got, want),
        ErrorKind::Maximum { got, want } => measured("maximum", got, want),
        ErrorKind::ExclusiveMinimum { got, want } => measured("exclusiveMinimum", got, want),
        ErrorKind::ExclusiveMaximum { got, want } => measured("exclusiveMaximum", got, want),
        ErrorKind::MultipleOf { got, want } => measured("multipleOf", got, want),
        ErrorKind::Not => "'not' failed".to_owned(),
        ErrorKind::AllOf => "'allOf' failed".to_owned(),
        ErrorKind::AnyOf => "'anyOf' failed".to_owned(),
        ErrorKind::OneOf(None) => "'oneOf' failed, none matched".to_owned(),
        ErrorKind::OneOf(Some((a, b))) => format!(
            "'oneOf' failed, subschemas {}, {} matched",
            integer(*a),
            integer(*b)
        ),
    }
}

/// Why a text is not of a format, where boon words it otherwise than Go (format.go).
fn format_reason(format: &str, got: &Json) -> Option<String> {
    let text = got.as_str()?;
    match format {
        // The check of a schema itself is boon's, and so are its words.
        "regex" => patterns::compile_error(text),
        "uri" => formats::uri(text).err(),
        "uri-reference" => formats::uri_reference(text).err(),
        "uuid" if text.split('-').count() != 5 => Some("must have 5 elements".to_owned()),
        "json-pointer" if !text.starts_with('/') => Some("not starting with /".to_owned()),
        "ipv6" if !text.contains(':') => Some("missing colon".to_owned()),
        "ipv4" => {
            let groups: Vec<&str> = text.split('.').collect();
            if groups.len() != 4 {
                return Some("expected four decimals".to_owned());
            }
            groups.into_iter().find_map(|group| {
                if group.len() > 1 && group.starts_with('0') {
                    return Some("leading zeros".to_owned());
                }
                match group.parse::<i64>() {
                    Err(_) => Some(format!(
                        "strconv.Atoi: parsing {}: invalid syntax",
                        values::go::quote(group)
                    )),
                    Ok(0..=255) => None,
                    Ok(_) => Some("decimal must be between 0 and 255".to_owned()),
                }
            })
        }
        _ => None,
    }
}

/// `number` gives the number at a place as it is written.
fn enumeration(want: &[Json], number: impl Fn(usize) -> Option<String>) -> String {
    if want.iter().any(|item| item.is_array() || item.is_object()) {
        return "'enum' failed".to_owned();
    }
    let shown: Vec<String> = (want.iter().enumerate())
        .map(|(at, item)| match item {
            Json::Number(_) => number(at).unwrap_or_else(|| shown(item)),
            item => shown(item),
        })
        .collect();
    match shown.as_slice() {
        [one] => format!("value must be {one}"),
        many => format!("value must be one of {}", many.join(", ")),
    }
}

fn matched(word: &str, got: &[usize], want: usize) -> String {
    let places: Vec<String> = got.iter().map(usize::to_string).collect();
    format!(
        "{word} {} items required to match contains schema, but matched {} items at {}",
        integer(want),
        integer(got.len()),
        places.join(" ")
    )
}

fn counted(keyword: &str, got: usize, want: usize) -> String {
    format!("{keyword}: got {}, want {}", integer(got), integer(want))
}

fn measured(keyword: &str, got: &Number, want: &Number) -> String {
    format!("{keyword}: got {}, want {}", number(got), number(want))
}

fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.map(quote).collect::<Vec<_>>().join(", ")
}

/// Go's `%q` in single quotes.
pub(super) fn quote(text: &str) -> String {
    let quoted = values::go::quote(text)
        .replace("\\\"", "\"")
        .replace('\'', "\\'");
    format!("'{}'", &quoted[1..quoted.len() - 1])
}

/// A scalar as the Go library shows it; null is Go's nil.
fn shown(value: &Json) -> String {
    match value {
        Json::Null => "<nil>".to_owned(),
        Json::String(text) => quote(text),
        Json::Array(_) | Json::Object(_) => "value".to_owned(),
        Json::Bool(flag) => flag.to_string(),
        Json::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => whole.to_string(),
            (None, Some(float)) => values::go::format_float(float),
            (None, None) => number.to_string(),
        },
    }
}

/// A URL fragment without its escapes.
pub(super) fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%')
            .then(|| {
                text.get(at + 1..at + 3)
                    .and_then(|hex| u8::from_str_radix(hex, 16).ok())
            })
            .flatten();
        match hex {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// A count as golang.org/x/text prints it for English: digits in groups of three.
fn integer(number: usize) -> String {
    grouped(&number.to_string())
}

fn grouped(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number as golang.org/x/text prints a `float64` for English: shortest digits, grouped, and
/// powers of ten beyond a million or below a ten-thousandth.
fn number(number: &Number) -> String {
    let float = number.as_f64().unwrap_or(f64::NAN);
    if float == 0.0 {
        return "0".to_owned();
    }
    let scientific = format!("{float:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if (-4..6).contains(&exponent) {
        let plain = format!("{}", float.abs());
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let sign = if float < 0.0 { "-" } else { "" };
        let point = if fraction.is_empty() { "" } else { "." };
        return format!("{sign}{}{point}{fraction}", grouped(whole));
    }
    let power: String = format!("{:02}", exponent.abs())
        .chars()
        .map(superscript)
        .collect();
    let sign = if exponent < 0 { "⁻" } else { "" };
    format!("{mantissa}×10{sign}{power}")
}

fn superscript(digit: char) -> char {
    match digit {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        _ => '⁰',
    }
}
