//! From a schema's JSON to its rules.
//!
//! Each keyword must be of the type that its meta-schema asks for; a schema that is wrong anywhere,
//! be it where no value ever comes, is boon's to refuse.

use super::{
    Arc, Bounds, Condition, HashMap, Id, Json, Lengths, Members, Numbers, Others, Pattern, Rules,
    Types,
    document::{Node, Table},
};

/// The drafts that are known here. Where none is named, and where most charts name none in
/// particular, it is the newest.
const NEWER: [&str; 3] = [
    "json-schema.org/schema",
    "json-schema.org/draft/2020-12/schema",
    "json-schema.org/draft/2019-09/schema",
];
const DRAFT_7: &str = "json-schema.org/draft-07/schema";

/// Levels of a schema that are read before giving up.
const MAX_LEVELS: usize = 60;

/// All schemas of a document, the document itself first.
pub(super) fn read(document: &Node<'_>) -> Option<Vec<Rules>> {
    let is_draft_7 = match document.as_table().and_then(|table| table.get("$schema")) {
        // Helm's default is the newest.
        None => false,
        Some(uri) => is_draft_7(uri.as_str()?)?,
    };
    let mut builder = Builder {
        is_draft_7,
        schemas: Vec::new(),
        places: HashMap::new(),
        references: Vec::new(),
        patterns: HashMap::new(),
        path: String::new(),
        level: 0,
    };
    builder.schema(document)?;
    while let Some((id, target)) = builder.references.pop() {
        let known = builder.places.get(&target).copied();
        let place = known.or_else(|| builder.elsewhere(document, target));
        builder.schemas[id].reference = Some(place?);
    }
    Some(builder.schemas)
}

/// Whether a `$schema` names draft 7, or one after it; none for one that is not known here (follows
/// `draftFromURL`, draft.go of santhosh-tekuri/jsonschema 6).
fn is_draft_7(uri: &str) -> Option<bool> {
    let name = without_scheme(uri.strip_suffix('#').unwrap_or(uri))?;
    let is_newer = NEWER.contains(&name);
    (is_newer || name == DRAFT_7).then_some(!is_newer)
}

struct Builder {
    is_draft_7: bool,
    schemas: Vec<Rules>,
    /// The schemas by their JSON pointers.
    places: HashMap<String, Id>,
    /// References, to be resolved when all places are known.
    references: Vec<(Id, String)>,
    /// Patterns by their texts: a schema asks for the same few again and again.
    patterns: HashMap<String, Arc<Pattern>>,
    /// The pointer of the schema being read.
    path: String,
    level: usize,
}

impl Builder {
    fn schema(&mut self, json: &Node<'_>) -> Option<Id> {
        let id = self.schemas.len();
        self.schemas.push(Rules::default());
        self.places.insert(self.path.clone(), id);
        match json {
            Node::Bool(true) => {}
            Node::Bool(false) => self.schemas[id].never = true,
            Node::Table(keywords) => {
                self.level += 1;
                if self.level > MAX_LEVELS {
                    return None;
                }
                let mut rules = Rules::default();
                for (keyword, value) in keywords.iter() {
                    self.keyword(id, keyword, value, keywords, &mut rules)?;
                }
                if self.is_draft_7 && keywords.has("$ref") {
                    // There a reference stands alone: what is beside it does not count.
                    rules = Rules::default();
                }
                self.schemas[id] = rules;
                self.level -= 1;
            }
            _ => return None,
        }
        Some(id)
    }

    /// The schema at `json`, which is the `name` of the one being read.
    fn below(&mut self, name: &str, json: &Node<'_>) -> Option<Id> {
        let length = self.path.len();
        self.path.push('/');
        self.path.push_str(name);
        let id = self.schema(json);
        self.path.truncate(length);
        id
    }

    /// The schema at a pointer that leads beneath somebody's own word, where no schema is looked for.
    fn elsewhere(&mut self, document: &Node<'_>, pointer: String) -> Option<Id> {
        let mut json = document;
        for name in pointer.strip_prefix('/')?.split('/') {
            json = json.as_table()?.get(name)?;
            // From here on pointers would start at another document.
            let is_document = json.as_table().is_some_and(|table| table.has("$id"));
            (!is_document).then_some(())?;
        }
        self.path = pointer;
        self.level = 0;
        self.schema(json)
    }

    fn keyword(
        &mut self,
        id: Id,
        keyword: &str,
        value: &Node<'_>,
        keywords: &Table<'_>,
        rules: &mut Rules,
    ) -> Option<()> {
        match keyword {
            "title" | "description" | "$comment" => value.as_str().map(|_| ())?,
            "readOnly" | "writeOnly" | "deprecated" => value.as_bool().map(|_| ())?,
            "examples" => value.as_list().map(|_| ())?,
            "default" => {}
            "$schema" => (id == 0).then_some(())?,
            "$id" => {
                let names_it = id == 0 && !keywords.has("$ref") && is_plain_url(value.as_str()?);
                names_it.then_some(())?;
            }
            // From 2019-09 on it says nothing about what fits.
            "format" => (value.as_str().is_some() && !self.is_draft_7).then_some(())?,
            "type" => rules.types = Some(types(value)?),
            "enum" => {
                rules.one_of_values = Some(exactly(rules, value.as_list()?)?);
            }
            "const" => rules.one_of_values = Some(exactly(rules, std::slice::from_ref(value))?),
            "$ref" => {
                let target = value.as_str()?.strip_prefix('#')?;
                let is_simple = |byte: u8| byte.is_ascii_alphanumeric() || b"/$_-.".contains(&byte);
                target.bytes().all(is_simple).then_some(())?;
                self.references.push((id, target.to_owned()));
            }
            "$defs" | "definitions" => {
                self.named(keyword, value)?;
            }
            "properties" => {
                let named = self.named(keyword, value)?;
                members(rules).named.extend(named);
            }
            "patternProperties" => {
                for (pattern, id) in self.named(keyword, value)? {
                    let pattern = self.pattern(&pattern)?;
                    members(rules).matching.push((pattern, id));
                }
            }
            "additionalProperties" => {
                members(rules).others = Some(self.below(keyword, value)?);
            }
            "items" => rules.items = Some(self.below(keyword, value)?),
            "required" => rules.required = names(value)?.into(),
            "minimum" => numbers(rules).least = Some(number(value)?),
            "maximum" => numbers(rules).most = Some(number(value)?),
            "exclusiveMinimum" => numbers(rules).above = Some(number(value)?),
            "exclusiveMaximum" => numbers(rules).below = Some(number(value)?),
            "minLength" | "maxLength" => bound(&mut lengths(rules).text, keyword, value)?,
            "minItems" | "maxItems" => bound(&mut lengths(rules).list, keyword, value)?,
            "minProperties" | "maxProperties" => bound(&mut lengths(rules).table, keyword, value)?,
            "uniqueItems" => rules.items_distinct = value.as_bool()?,
            "pattern" => rules.pattern = Some(self.pattern(value.as_str()?)?),
            "allOf" => others(rules).all_of = self.list(keyword, value)?,
            "anyOf" => others(rules).any_of = self.list(keyword, value)?,
            "oneOf" => others(rules).one_of = self.list(keyword, value)?,
            "not" => others(rules).not = Some(self.below(keyword, value)?),
            "if" => {
                let test = self.below(keyword, value)?;
                let mut branch = |name| match keywords.get(name) {
                    Some(json) => self.below(name, json).map(Some),
                    None => Some(None),
                };
                others(rules).condition = Some(Condition {
                    test,
                    then: branch("then")?,
                    otherwise: branch("else")?,
                });
            }
            "then" | "else" if keywords.has("if") => {}
            // What has a meaning elsewhere in JSON Schema, or in some draft of it.
            "then"
            | "else"
            | "id"
            | "dependencies"
            | "dependentRequired"
            | "dependentSchemas"
            | "propertyNames"
            | "contains"
            | "minContains"
            | "maxContains"
            | "prefixItems"
            | "additionalItems"
            | "unevaluatedItems"
            | "unevaluatedProperties"
            | "multipleOf"
            | "contentEncoding"
            | "contentMediaType"
            | "contentSchema" => return None,
            _ if keyword.starts_with('$') => return None,
            // Anybody's own word.
            _ => {}
        }
        Some(())
    }

    fn pattern(&mut self, text: &str) -> Option<Arc<Pattern>> {
        if let Some(known) = self.patterns.get(text) {
            return Some(Arc::clone(known));
        }
        let pattern = Arc::new(Pattern::new(text)?);
        self.patterns.insert(text.to_owned(), Arc::clone(&pattern));
        Some(pattern)
    }

    /// The schemas of a table, by their names.
    fn named(&mut self, keyword: &str, value: &Node<'_>) -> Option<Vec<(String, Id)>> {
        let length = self.path.len();
        self.path.push('/');
        self.path.push_str(keyword);
        let mut out = Vec::new();
        for (name, json) in value.as_table()?.iter() {
            let escaped = name.replace('~', "~0").replace('/', "~1");
            out.push((name.to_owned(), self.below(&escaped, json)?));
        }
        self.path.truncate(length);
        Some(out)
    }

    /// The schemas of a list, which must have some.
    fn list(&mut self, keyword: &str, value: &Node<'_>) -> Option<Vec<Id>> {
        let list = value.as_list().filter(|list| !list.is_empty())?;
        let mut out = Vec::new();
        for (index, json) in list.iter().enumerate() {
            out.push(self.below(&format!("{keyword}/{index}"), json)?);
        }
        Some(out)
    }
}

/// What follows `http://` or `https://`.
fn without_scheme(url: &str) -> Option<&str> {
    let name = url.strip_prefix("http://");
    name.or_else(|| url.strip_prefix("https://"))
}

/// Whether it is the whole address of a document, and no schema of JSON Schema's own.
fn is_plain_url(url: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/-_.".contains(c);
    without_scheme(url).is_some_and(|host| {
        host.starts_with(|c: char| c.is_ascii_alphanumeric())
            && host.chars().all(is_plain)
            && !host.starts_with("json-schema.org")
    })
}

fn members(rules: &mut Rules) -> &mut Members {
    rules.members.get_or_insert_default()
}

fn lengths(rules: &mut Rules) -> &mut Lengths {
    rules.lengths.get_or_insert_default()
}

fn numbers(rules: &mut Rules) -> &mut Numbers {
    rules.numbers.get_or_insert_default()
}

fn others(rules: &mut Rules) -> &mut Others {
    rules.others.get_or_insert_default()
}

/// The values of `enum` or `const`; both together are left to boon.
fn exactly(rules: &Rules, values: &[Node<'_>]) -> Option<Box<[Json]>> {
    let is_known = rules.one_of_values.is_none() && values.iter().all(is_exact);
    is_known.then(|| values.iter().map(Node::to_json).collect())
}

fn types(value: &Node<'_>) -> Option<Types> {
    let mut types = Types::default();
    let mut add = |name: &str| {
        let known = match name {
            "null" => &mut types.null,
            "boolean" => &mut types.boolean,
            "integer" => &mut types.integer,
            "number" => &mut types.number,
            "string" => &mut types.string,
            "array" => &mut types.array,
            "object" => &mut types.object,
            _ => return None,
        };
        // No type may be named twice.
        (!std::mem::replace(known, true)).then_some(())
    };
    match value {
        Node::Text(name) => add(name)?,
        Node::List(names) if !names.is_empty() => {
            for name in names {
                add(name.as_str()?)?;
            }
        }
        _ => return None,
    }
    Some(types)
}

/// A list of names, none of them twice.
fn names(value: &Node<'_>) -> Option<Vec<String>> {
    let mut names = Vec::new();
    for name in value.as_list()? {
        let name = name.as_str()?.to_owned();
        if names.contains(&name) {
            return None;
        }
        names.push(name);
    }
    Some(names)
}

fn bound(bounds: &mut Bounds, keyword: &str, value: &Node<'_>) -> Option<()> {
    let bound = Some(value.as_number()?.as_u64()?);
    if keyword.starts_with("min") {
        bounds.least = bound;
    } else {
        bounds.most = bound;
    }
    Some(())
}

/// A number that a `float64` holds exactly.
fn number(value: &Node<'_>) -> Option<f64> {
    let number = value.as_number()?.as_f64();
    number.filter(|number| number.abs() < 9e15)
}

/// Whether all numbers within are such.
fn is_exact(value: &Node<'_>) -> bool {
    match value {
        Node::Number(_) => number(value).is_some(),
        Node::List(items) => items.iter().all(is_exact),
        Node::Table(table) => table.iter().all(|(_, value)| is_exact(value)),
        _ => true,
    }
}
