//! The texts of `--set`, `--set-string`, `--set-json` and `--set-literal`.

use compose::{Composition, form::SecretPaths, link};
use values::{
    Map,
    set::{Flag, SetError, parse_bounded},
};

use super::{Target, kind};

pub(crate) struct Set;

/// List items that one text may make, as for a link.
const ITEMS: usize = 10_000;

impl Target for Set {
    fn name(&self) -> &'static str {
        "set"
    }

    fn words(&self) -> &'static [&'static str] {
        &[
            "=",
            ",",
            ".",
            "[",
            "]",
            "{",
            "}",
            "[0]",
            "[65536]",
            "[-1]",
            "[x]",
            "a=",
            "a.b=",
            "a[0]=",
            "a[0].b=",
            "={1,2}",
            "={}",
            "=[]",
            "null",
            "true",
            "\\,",
            "\\.",
            "\\\\",
            "\\",
            "=\"x\"",
            "={\"a\":[1,{}]}",
            ":",
            "\"",
            "1e309",
            "é",
            " ",
            "\n",
        ]
    }

    fn feed(&self, input: &[u8]) -> Result<String, String> {
        let text = String::from_utf8_lossy(input);
        let mut outcome = String::new();
        for flag in [Flag::Set, Flag::String, Flag::Json, Flag::Literal] {
            let mut map = Map::new();
            let mut room = ITEMS;
            let result = parse_bounded(flag, &text, &mut map, &mut room);
            let items = count_items(&map);
            if items > ITEMS {
                return Err(format!("{flag:?} makes {items} list items"));
            }
            if result.is_ok() {
                linked(&map)?;
            }
            outcome.push_str(&shape(&map, result.as_ref().err()));
        }
        Ok(outcome)
    }
}

fn shape(map: &Map, error: Option<&SetError>) -> String {
    match error {
        Some(error) => kind(&error.to_string()),
        None => kind(&format!("{map:?}").replace('"', "")),
    }
}

fn count_items(map: &Map) -> usize {
    fn count(value: &values::Value) -> usize {
        match value {
            values::Value::List(list) => list.len() + list.iter().map(count).sum::<usize>(),
            values::Value::Map(map) => map.values().map(count).sum(),
            _ => 0,
        }
    }
    map.values().map(count).sum()
}

/// What a flag made can be put into a link, and comes out as it was.
fn linked(map: &Map) -> Result<(), String> {
    let composition = Composition {
        overrides: map.clone(),
        ..Composition::default()
    };
    match link::encode(&composition, &SecretPaths::default()) {
        Ok(query) if query.left_out.is_empty() => {
            let back = link::decode(&query.text).composition.overrides;
            if back != *map {
                return Err(format!("{map:?} is {:?}, which is {back:?}", query.text));
            }
        }
        _ => {}
    }
    Ok(())
}
