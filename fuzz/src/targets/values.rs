//! YAML texts: values files, manifests, what `fromYaml` gets.

use values::{
    Value,
    yaml::{
        YamlError, check_strictly, outline, parse, parse_checked, parse_places, parse_typed,
        print_pretty, read_quickly, try_print,
    },
};

use super::{Target, kind};

pub(crate) struct Values;

impl Target for Values {
    fn name(&self) -> &'static str {
        "values"
    }

    fn words(&self) -> &'static [&'static str] {
        &[
            "\n",
            "\n  ",
            "\n    ",
            "\n- ",
            "\n  - ",
            ": ",
            ":\n",
            "- ",
            "? ",
            "a: ",
            "\"b\": ",
            "'c': ",
            "|\n",
            "|-\n",
            "|+\n",
            ">\n",
            ">-\n",
            "|2\n",
            "# c\n",
            " #",
            "---\n",
            "...\n",
            "%YAML 1.1\n",
            "%TAG ! tag:x\n",
            "&x ",
            "*x",
            "<<: *x",
            "<<: [*x, *x]",
            "!!str ",
            "!!binary ",
            "!!float ",
            "!!null ",
            "!",
            "{",
            "}",
            "[",
            "]",
            ",",
            "{}",
            "[]",
            "~",
            "null",
            "yes",
            "0o17",
            "0x1f",
            "1_000",
            "12:30:45",
            "2001-01-01",
            ".inf",
            "-.INF",
            ".nan",
            "1e400",
            "\\u00e9",
            "\\ud800",
            "\\x00",
            "\"",
            "'",
            "''",
            "\t",
            "\r\n",
            "\r",
            "\u{85}",
            "\u{2028}",
            "\u{feff}",
            "\u{0}",
            "é",
            "\u{1f600}",
            "@",
            "`",
        ]
    }

    fn feed(&self, input: &[u8]) -> Result<String, String> {
        let text = String::from_utf8_lossy(input);
        let _ = parse_checked(&text, &values::yaml::Limits::default());
        let _ = parse_places(&text, &values::yaml::Limits::default());
        let _ = outline(&text);
        let _ = check_strictly(&text);
        readers_agree(&text)?;
        let typed = parse_typed(&text);
        let value = match parse(&text) {
            Ok(value) => value,
            Err(error) => return Ok(kind(&error.to_string())),
        };
        if let Ok(typed) = typed {
            round_trip(&typed, parse_typed)?;
        }
        round_trip(&value, parse)
    }
}

/// The quick reader and the port of go-yaml. A mark at the end of the document is nothing that the
/// quick one reads, and changes nothing for the other.
fn readers_agree(text: &str) -> Result<(), String> {
    let Some(quickly) = read_quickly(text).filter(|_| text.ends_with('\n')) else {
        return Ok(());
    };
    let marked = format!("{text}...\n");
    if read_quickly(&marked).is_some() {
        return Err("the quick reader reads over the end of a document".to_owned());
    }
    let slowly = parse_typed(&marked).map_err(|error| format!("only read quickly: {error}"))?;
    let quickly = quickly.into_typed_value();
    if quickly != slowly {
        return Err(format!("quickly {quickly:?}, slowly {slowly:?}"));
    }
    Ok(())
}

/// What is printed reads back and prints the same. (The values need not be the same: a float that is
/// whole reads as an integer.)
fn round_trip(
    value: &Value,
    parse: impl Fn(&str) -> Result<Value, YamlError>,
) -> Result<String, String> {
    let printed = match try_print(value) {
        Ok(printed) => printed,
        Err(error) => return Ok(format!("not printed {}", kind(&error.to_string()))),
    };
    let back = parse(&printed).map_err(|error| format!("{printed:?} is not read: {error}"))?;
    let again = try_print(&back).map_err(|error| format!("not printed again: {error}"))?;
    if again != printed {
        return Err(format!("printed {printed:?}, then {again:?}"));
    }
    let _ = print_pretty(value);
    Ok(format!("value {}", kind(&printed)))
}
