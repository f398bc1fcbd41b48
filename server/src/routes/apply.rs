//! `/apply`: what the page's form does where no script runs. The body holds the link that the page
//! was drawn from and its inputs; the answer is the way to the page with the changes in its link.
//!
//! | name | meaning |
//! | --- | --- |
//! | `base` | the canonical query that the page was drawn from |
//! | `chart`, `env`, `release`, `namespace`, `kube` | the inputs of the header |
//! | `field.PATH` | the text of a control; taken only if it is another than the page showed |
//! | `present.PATH` | a switch is there; without `field.PATH` it is off |
//! | `key.PATH`, `item.PATH` | the rows of a table or list, in order |
//! | `upgrade`, `api-versions` | the boxes of the release settings: together all that is chosen |
//! | `values-document` | the overrides as a text; taken only if it is another than the page showed |
//! | `set`, `set-string`, `set-json` | as in a link: buttons carry them |
//! | `reset` | the path of a value that goes back to what lies beneath |
//! | `show`, `tab`, `form`, `field` | what is open; the last of each counts |
//!
//! A text that will not do goes back to its input in the link (`draft=PATH=TEXT`), so that the page
//! shows it with what is wrong; of a secret only the path does (`unkept=PATH`).

use std::collections::BTreeMap;

use app::wire::{DOCUMENT, VIEW_KEYS};
use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use compose::{
    Composition, Layers, Value, ValuesPath, document,
    form::{self, Control, Field},
    layers::{leaves, same},
    link,
    release::check_api_version,
    requirements,
};

use crate::{
    charts::LoadedChart,
    compositions::{self, encode, read_body},
    error::AppError,
    problem::Cause,
    state::AppState,
};

/// The longest text that goes back to its input.
const MAX_DRAFT: usize = 2_000;

/// Applies the form and shows the way to the page.
///
/// # Errors
/// When the body is no form of this page. What a person typed is never the reason.
pub async fn apply(State(state): State<AppState>, request: Request) -> Result<Response, AppError> {
    let form_data = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|media_type| media_type.to_str().ok())
        .is_some_and(|media_type| media_type.starts_with("application/x-www-form-urlencoded"));
    if !form_data {
        return Err(AppError::BadRequest(
            "the page's form is sent as `application/x-www-form-urlencoded`".to_owned(),
        ));
    }
    let body = read_body(request, &state).await?;
    let text = std::str::from_utf8(&body)
        .map_err(|_| AppError::BadRequest("the body is not UTF-8".to_owned()))?;
    let inputs = Inputs::read(text)?;
    let query = applied(&state, &inputs)?;
    let address = if query.is_empty() {
        "/".to_owned()
    } else {
        format!("/?{query}")
    };
    let location = HeaderValue::from_str(&address)
        .map_err(|_| AppError::Internal("a link has characters that no header takes".to_owned()))?;
    let headers = [
        (header::LOCATION, location),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((StatusCode::SEE_OTHER, headers).into_response())
}

/// The body, sorted by what its parts are for.
#[derive(Debug, Default)]
struct Inputs {
    base: String,
    chart: Option<String>,
    view: BTreeMap<String, String>,
    /// Environment and release settings that stand in inputs.
    header: BTreeMap<String, String>,
    /// What is chosen among API versions; nothing where the page has no such choice.
    apis: Option<Vec<String>>,
    document: Option<String>,
    fields: BTreeMap<String, String>,
    switches: Vec<String>,
    rows: BTreeMap<String, Rows>,
    resets: Vec<String>,
    /// The rest: the grammar of a link.
    link: String,
}

/// The inputs of a table's or list's rows; their order makes pairs of them.
#[derive(Debug, Default)]
struct Rows {
    keys: Vec<String>,
    items: Vec<String>,
}

impl Inputs {
    fn read(text: &str) -> Result<Self, AppError> {
        let pairs = link::pairs(text).map_err(|key| {
            AppError::Composition(vec![Cause::new(
                key,
                "is not UTF-8 once its `%` are decoded",
            )])
        })?;
        let mut inputs = Self::default();
        for (key, value) in pairs {
            match key.split_once('.') {
                Some(("field", path)) => {
                    inputs.fields.insert(path.to_owned(), value);
                }
                Some(("present", path)) => inputs.switches.push(path.to_owned()),
                Some(("key", path)) => inputs.row(path).keys.push(value),
                Some(("item", path)) => inputs.row(path).items.push(value),
                _ => inputs.single(key, value),
            }
        }
        for path in std::mem::take(&mut inputs.switches) {
            inputs
                .fields
                .entry(path)
                .or_insert_with(|| "false".to_owned());
        }
        Ok(inputs)
    }

    fn row(&mut self, path: &str) -> &mut Rows {
        self.rows.entry(path.to_owned()).or_default()
    }

    fn single(&mut self, key: String, value: String) {
        match key.as_str() {
            "base" => self.base = value,
            "chart" => self.chart = Some(value),
            "reset" => self.resets.push(value),
            view if VIEW_KEYS.contains(&view) => {
                self.view.insert(key, value);
            }
            DOCUMENT => self.document = Some(value.replace("\r\n", "\n")),
            link::keys::API_VERSIONS => self.apis.get_or_insert_default().push(value),
            link::keys::ENV
            | link::keys::RELEASE
            | link::keys::NAMESPACE
            | link::keys::KUBE
            | link::keys::UPGRADE => {
                self.header.insert(key, value);
            }
            _ => link::push_pair(&mut self.link, &key, &value),
        }
    }
}

/// What could not be taken.
#[derive(Debug, Default)]
struct Untaken {
    drafts: Vec<(String, String)>,
    causes: Vec<Cause>,
}

impl Untaken {
    /// Gives a text back to its input, with why; one that no link can carry is refused instead.
    fn draft(&mut self, path: &str, text: String, message: String) {
        if text.len() > MAX_DRAFT {
            self.causes.push(Cause::new(path, message));
        } else {
            self.drafts.push((path.to_owned(), text));
        }
    }
}

/// The query of the page with the form's changes.
fn applied(state: &AppState, inputs: &Inputs) -> Result<String, AppError> {
    let (mut options, rest, mut causes) = compositions::split(&inputs.base);
    if inputs.chart.is_some() {
        options.chart.clone_from(&inputs.chart);
    }
    let chart = compositions::chart(state, &options)?;
    let (before, more) = compositions::read(state, &chart, &rest);
    causes.extend(more);
    let mut untaken = Untaken {
        causes,
        ..Untaken::default()
    };
    let drawn = compositions::layers(&chart, &before);
    let mut after = before.clone();
    settings(&chart, inputs, &mut after, &mut untaken);
    apis(inputs, &mut after, &mut untaken);
    take_document(inputs, &drawn, &mut after, &mut untaken);
    let pressed = pressed(&inputs.link, &after, &mut untaken);
    let mut layers = compositions::layers(&chart, &after);
    for (path, text) in &inputs.fields {
        take_field(&chart, &drawn, (path, text), &mut layers, &mut untaken);
    }
    for (path, rows) in &inputs.rows {
        take_rows(&chart, &drawn, (path, rows), &mut layers, &mut untaken);
    }
    for path in &inputs.resets {
        // Nothing is the path of everything.
        let path = match path.as_str() {
            "" => Ok(ValuesPath::root()),
            path => path.parse(),
        };
        match path {
            Ok(path) => layers.reset(&path),
            Err(error) => untaken.causes.push(Cause::new("reset", error.to_string())),
        }
    }
    for (path, value) in pressed {
        layers.set(&path, value);
    }
    after.overrides = layers.overrides().clone();
    let (after, unfit) = compositions::fit(state, &chart, after);
    untaken.causes.extend(unfit);
    if !untaken.causes.is_empty() {
        return Err(AppError::Composition(untaken.causes));
    }
    let (mut query, secrets) = encode(&chart, &after)?;
    // The choice of what is compared stands in the page whether its tab is open or not.
    let compares = inputs.view.get("tab").is_some_and(|tab| tab == "compare");
    for (key, value) in &inputs.view {
        if !compares && matches!(key.as_str(), "left" | "right" | "mine") {
            continue;
        }
        link::push_pair(&mut query, key, value);
    }
    for (path, text) in untaken.drafts {
        link::push_pair(&mut query, "draft", &format!("{path}={text}"));
    }
    for path in secrets {
        link::push_pair(&mut query, "unkept", &path.to_string());
    }
    compositions::check_length(&query, &state.config.limits)?;
    Ok(query)
}

/// Takes environment and release settings out of the header's inputs.
fn settings(chart: &LoadedChart, inputs: &Inputs, after: &mut Composition, untaken: &mut Untaken) {
    for (key, text) in &inputs.header {
        let mut query = String::new();
        link::push_pair(&mut query, key, text);
        let mut decoded = link::decode_over(&query, after.clone());
        let known = chart
            .about
            .environments
            .iter()
            .map(|known| known.name.as_str());
        let environment = &decoded.composition.environment;
        let unknown = compose::composition::check_environment(environment, known).err();
        let fault = decoded.problems.pop().map(|problem| problem.message);
        match fault.or(unknown) {
            None => *after = decoded.composition,
            Some(message) if key == link::keys::ENV => {
                untaken.causes.push(Cause::new(key, message));
            }
            Some(message) => untaken.draft(key, text.clone(), message),
        }
    }
}

/// Takes the API versions that are ticked or typed.
fn apis(inputs: &Inputs, after: &mut Composition, untaken: &mut Untaken) {
    let Some(chosen) = &inputs.apis else { return };
    let mut query = String::new();
    for text in chosen {
        let text = text.trim();
        match check_api_version(text) {
            Err(message) if !text.is_empty() => {
                untaken.draft(link::keys::API_VERSIONS, text.to_owned(), message);
            }
            // The empty one says that none is chosen.
            _ => link::push_pair(&mut query, link::keys::API_VERSIONS, text),
        }
    }
    let decoded = link::decode_over(&query, after.clone());
    let causes = decoded.problems.into_iter();
    untaken
        .causes
        .extend(causes.map(|problem| Cause::new(problem.part, problem.message)));
    *after = decoded.composition;
}

/// Takes the overrides as a text, if it is another than the page showed. The fields, which a
/// person may have changed too, go on top.
fn take_document(inputs: &Inputs, drawn: &Layers, after: &mut Composition, untaken: &mut Untaken) {
    let Some(text) = &inputs.document else { return };
    if *text == document::rewrite("", drawn.overrides()) {
        return;
    }
    match document::read(text, drawn.beneath()) {
        Ok(overrides) => after.overrides = overrides,
        Err(error) => untaken.draft(DOCUMENT, text.clone(), error.message),
    }
}

/// The values that the pressed button sets.
fn pressed(query: &str, after: &Composition, untaken: &mut Untaken) -> Vec<(ValuesPath, Value)> {
    let mut base = after.clone();
    base.overrides = compose::Map::new();
    let decoded = link::decode_over(query, base);
    let causes = decoded.problems.into_iter().map(|problem| {
        let path = problem.path.unwrap_or(problem.part);
        Cause::new(path, problem.message)
    });
    untaken.causes.extend(causes);
    let overrides = decoded.composition.overrides;
    leaves(&overrides)
        .into_iter()
        .filter_map(|path| Some((path.clone(), path.get_in(&overrides)?.clone())))
        .collect()
}

/// The field of an input's name.
fn field_of<'c>(chart: &'c LoadedChart, path: &str, untaken: &mut Untaken) -> Option<&'c Field> {
    let found = path
        .parse::<ValuesPath>()
        .ok()
        .and_then(|path| chart.about.form.field(&path));
    if found.is_none() {
        let message = "the form of this chart has no such field: load the page again";
        untaken.causes.push(Cause::new(path, message));
    }
    found
}

/// Takes a control's text, if it is another than the page showed.
fn take_field(
    chart: &LoadedChart,
    drawn: &Layers,
    (path, text): (&str, &str),
    layers: &mut Layers,
    untaken: &mut Untaken,
) {
    let Some(field) = field_of(chart, path, untaken) else {
        return;
    };
    let value = drawn.value(&field.path).unwrap_or(&Value::Null);
    let text = text.replace("\r\n", "\n");
    if is_as_shown(chart, drawn, field, value, &text) {
        return;
    }
    match form::parse_input(field, &text) {
        Ok(value) => layers.set(&field.path, value),
        // A secret's text never enters a link, a wrong one neither.
        Err(message) if field.secret => untaken.causes.push(Cause::new(path, message)),
        Err(message) => untaken.draft(path, text, message),
    }
}

/// Whether a control sent what it was drawn with. Browsers take line breaks out of a line, the
/// first one out of a box, and everything out of a number's box that is no number.
fn is_as_shown(
    chart: &LoadedChart,
    drawn: &Layers,
    field: &Field,
    value: &Value,
    text: &str,
) -> bool {
    match &field.control {
        Control::Switch => {
            let on = requirements::holds(&chart.about.form, &field.path, drawn.full());
            text == if on { "true" } else { "false" }
        }
        // What a password box shows is nothing.
        Control::Secret { .. } => text.is_empty(),
        Control::Choice { .. } if value.is_null() => text == "null" || text.is_empty(),
        Control::Number { .. } if text.is_empty() => {
            !matches!(value, Value::Int(_) | Value::Float(_))
        }
        _ => {
            let bare = |text: &str| text.replace(['\r', '\n'], "");
            let shown = form::shown(value);
            shown == text || bare(&shown) == bare(text)
        }
    }
}

/// Takes the rows of a table or list, if they are others than the page showed.
fn take_rows(
    chart: &LoadedChart,
    drawn: &Layers,
    (path, rows): (&str, &Rows),
    layers: &mut Layers,
    untaken: &mut Untaken,
) {
    let Some(field) = field_of(chart, path, untaken) else {
        return;
    };
    let (item, keyed) = match &field.control {
        Control::Map { item } => (item, true),
        Control::List { item, .. } => (item, false),
        _ => {
            return untaken
                .causes
                .push(Cause::new(path, "is no table and no list"));
        }
    };
    if keyed && rows.keys.len() != rows.items.len() {
        let message = "has another number of keys than of values";
        return untaken.causes.push(Cause::new(path, message));
    }
    let keys = rows
        .keys
        .iter()
        .cloned()
        .chain(std::iter::repeat(String::new()));
    let typed: Vec<(String, String)> = keys
        .zip(rows.items.iter().cloned())
        .filter(|(key, text)| !(key.is_empty() && text.is_empty()))
        .collect();
    let value = drawn.value(&field.path).unwrap_or(&Value::Null);
    if form::rows(value) == typed {
        return;
    }
    let line = Field {
        control: (**item).clone(),
        ..field.clone()
    };
    let read = form::read_rows(&line, &typed, keyed)
        .and_then(|value| form::check_field(field, &value).map(|()| value));
    match read {
        Ok(new) if same(&new, value) => {}
        Ok(new) => layers.set(&field.path, new),
        Err(message) => untaken.causes.push(Cause::new(path, message)),
    }
}
