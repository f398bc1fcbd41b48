//! From a request to a composition that fits its chart, and back to a link.
//!
//! Two readers share these functions: the page takes what fits and lists the rest ([`read`],
//! [`fit`]); downloads and API refuse whatever does not fit, naming each key and path ([`Composed`]).

use std::sync::Arc;

use app::wire::Environment;
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts as _, RawQuery, Request},
    http::{HeaderMap, StatusCode, header},
};
use compose::{Composition, Layers, link};
use values::{Map, Value, ValuesPath, merge::merge_maps, yaml};

use crate::{
    charts::LoadedChart, config::Limits, error::AppError, problem::Cause, render::Input,
    state::AppState,
};

/// The keys of a query that are not the composition's.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// `chart`: which one, where a server has several; the first without it.
    pub chart: Option<String>,
    /// `full`: all values rather than those of environment and overrides.
    pub full: bool,
    /// `resource`: of the manifests, only the one with this id.
    pub resource: Option<String>,
}

/// What a download or an API call is about: a chart and a composition that fits it.
#[derive(Debug)]
pub struct Composed {
    /// The chart.
    pub chart: Arc<LoadedChart>,
    /// The composition.
    pub composition: Composition,
    /// The other keys of the query.
    pub options: Options,
}

impl Composed {
    /// The layers of the composition.
    #[must_use]
    pub fn layers(&self) -> Layers {
        layers(&self.chart, &self.composition)
    }

    /// What the engine is to render.
    #[must_use]
    pub fn input(&self) -> Input {
        input(&self.chart, &self.composition)
    }
}

impl FromRequest<AppState> for Composed {
    type Rejection = AppError;

    /// From the query; or, so that secrets need not stand in an address, from the body: a form (the
    /// same grammar), JSON (a composition), or YAML (overrides, over those of the query).
    async fn from_request(request: Request, state: &AppState) -> Result<Self, AppError> {
        let (mut parts, body) = request.into_parts();
        let RawQuery(query) = RawQuery::from_request_parts(&mut parts, state)
            .await
            .map_err(|infallible| match infallible {})?;
        let query = query.unwrap_or_default();
        let kind = Kind::of(&parts.headers)?;
        let request = Request::from_parts(parts, body);
        let body = read_body(request, state).await?;
        compose(state, &query, kind, &body)
    }
}

/// A request's body, which has at most so many bytes.
///
/// # Errors
/// When it has more or breaks off.
pub async fn read_body(request: Request, state: &AppState) -> Result<Bytes, AppError> {
    Bytes::from_request(request, state)
        .await
        .map_err(|rejection| {
            let limit = state.config.limits.body_bytes;
            match rejection.status() {
                StatusCode::PAYLOAD_TOO_LARGE => {
                    AppError::TooLarge(format!("a body may have {limit} bytes"))
                }
                _ => AppError::BadRequest(rejection.body_text()),
            }
        })
}

/// What a request's body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Nothing,
    Form,
    Json,
    Yaml,
}

impl Kind {
    fn of(headers: &HeaderMap) -> Result<Self, AppError> {
        let Some(media_type) = headers.get(header::CONTENT_TYPE) else {
            return Ok(Self::Nothing);
        };
        let media_type = media_type.to_str().unwrap_or_default();
        match media_type
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_lowercase()
            .as_str()
        {
            "application/x-www-form-urlencoded" => Ok(Self::Form),
            "application/json" => Ok(Self::Json),
            "application/yaml" | "application/x-yaml" | "text/yaml" => Ok(Self::Yaml),
            _ => Err(AppError::BadRequest(
                "a body is a form (the grammar of the query), JSON (a composition) or YAML \
                 (overrides): set `Content-Type` to `application/x-www-form-urlencoded`, \
                 `application/json` or `application/yaml`"
                    .to_owned(),
            )),
        }
    }
}

/// Query and body together, checked against the chart they are for.
fn compose(state: &AppState, query: &str, kind: Kind, body: &[u8]) -> Result<Composed, AppError> {
    check_length(query, &state.config.limits)?;
    let text = || {
        std::str::from_utf8(body)
            .map_err(|_| AppError::BadRequest("the body is not UTF-8".to_owned()))
    };
    let query = match kind {
        Kind::Form => format!("{query}&{}", text()?),
        _ => query.to_owned(),
    };
    let (options, rest, mut causes) = split(&query);
    let chart = chart(state, &options)?;
    let (composition, more) = match kind {
        Kind::Nothing | Kind::Form => read(state, &chart, &rest),
        Kind::Json => {
            if !rest.is_empty() {
                let message = "a composition stands in the query or in a JSON body, not in both";
                return Err(AppError::BadRequest(message.to_owned()));
            }
            let composition = json(&chart, body)?;
            // The query names the chart before the body does.
            let chart = match (&options.chart, &*composition.chart) {
                (Some(_), _) | (None, "") => chart,
                (None, name) => named(state, name)?,
            };
            let (composition, causes) = fit(state, &chart, composition);
            return composed(chart, composition, options, causes);
        }
        Kind::Yaml => {
            let overrides = overrides(text()?)?;
            let (mut composition, mut causes) = decode(&chart, &rest);
            composition.overrides = merge_maps(composition.overrides, &overrides);
            let (composition, unfit) = fit(state, &chart, composition);
            causes.extend(unfit);
            (composition, causes)
        }
    };
    causes.extend(more);
    composed(chart, composition, options, causes)
}

fn composed(
    chart: Arc<LoadedChart>,
    composition: Composition,
    options: Options,
    causes: Vec<Cause>,
) -> Result<Composed, AppError> {
    if causes.is_empty() {
        Ok(Composed {
            chart,
            composition,
            options,
        })
    } else {
        Err(AppError::Composition(causes))
    }
}

/// Whether a query is short enough to be looked at.
///
/// # Errors
/// [`AppError::TooLong`] when it is not.
pub fn check_length(query: &str, limits: &Limits) -> Result<(), AppError> {
    if query.len() <= limits.query_bytes {
        return Ok(());
    }
    Err(AppError::TooLong(format!(
        "the query has {} bytes, of {} allowed: send the composition as the body of a POST",
        query.len(),
        limits.query_bytes
    )))
}

/// Takes the keys out of a query that are not the composition's.
#[must_use]
pub fn split(query: &str) -> (Options, String, Vec<Cause>) {
    let mut options = Options::default();
    let mut rest = Vec::new();
    let mut causes = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        match pair.split_once('=').unwrap_or((pair, "")) {
            ("chart", name) => options.chart = Some(name.to_owned()),
            ("resource", id) => options.resource = link::percent_decode(id),
            ("full", "true" | "1" | "") => options.full = true,
            ("full", "false" | "0") => options.full = false,
            ("full", _) => causes.push(Cause::new("full", "write `true` or `false`")),
            _ => rest.push(pair),
        }
    }
    (options, rest.join("&"), causes)
}

/// The chart that a query means.
///
/// # Errors
/// When there is none of that name.
pub fn chart(state: &AppState, options: &Options) -> Result<Arc<LoadedChart>, AppError> {
    match &options.chart {
        Some(name) => named(state, name),
        None => Ok(state.charts.first()),
    }
}

/// The chart of a composition.
///
/// # Errors
/// When there is none of its name.
pub fn chart_of(state: &AppState, composition: &Composition) -> Result<Arc<LoadedChart>, AppError> {
    match &*composition.chart {
        "" => Ok(state.charts.first()),
        name => named(state, name),
    }
}

fn named(state: &AppState, name: &str) -> Result<Arc<LoadedChart>, AppError> {
    state.charts.get(name).ok_or_else(|| {
        let known: Vec<String> = state
            .charts
            .iter()
            .map(|chart| format!("`{}`", chart.about.info.name))
            .collect();
        let message = format!("no such chart here: use {}", known.join(" or "));
        AppError::Composition(vec![Cause::new("chart", message)])
    })
}

/// Reads a link: the composition of all that fits, and the rest.
#[must_use]
pub fn read(state: &AppState, chart: &LoadedChart, query: &str) -> (Composition, Vec<Cause>) {
    let (composition, mut causes) = decode(chart, query);
    let (composition, unfit) = fit(state, chart, composition);
    causes.extend(unfit);
    (composition, causes)
}

/// Reads the grammar alone.
fn decode(chart: &LoadedChart, query: &str) -> (Composition, Vec<Cause>) {
    let decoded = link::decode_over(query, Composition::of_chart(&chart.about.info.name));
    let mut causes: Vec<Cause> = decoded.problems.into_iter().map(link_cause).collect();
    if let Some(preset) = decoded.preset {
        let message = format!("this server keeps no presets: `{preset}`");
        causes.push(Cause::new(link::keys::PRESET, message));
    }
    (decoded.composition, causes)
}

/// Takes out of a composition what does not fit the chart, and says what that was.
#[must_use]
pub fn fit(
    state: &AppState,
    chart: &LoadedChart,
    mut composition: Composition,
) -> (Composition, Vec<Cause>) {
    let mut causes = Vec::new();
    // One composition, one link: the first chart is not named.
    let name = &chart.about.info.name;
    if *name == state.charts.first().about.info.name {
        composition.chart.clear();
    } else {
        composition.chart.clone_from(name);
    }
    if composition.environment.is_empty() {
        compose::BASE.clone_into(&mut composition.environment);
    }
    let known = chart
        .about
        .environments
        .iter()
        .map(|environment| environment.name.as_str());
    if let Err(message) = compose::composition::check_environment(&composition.environment, known) {
        causes.push(Cause::new("env", message));
        compose::BASE.clone_into(&mut composition.environment);
    }
    let default = Composition::of_chart(&chart.about.info.name).release;
    for error in composition.release.check() {
        let release = &mut composition.release;
        match error.field.as_str() {
            "release" => release.name.clone_from(&default.name),
            "namespace" => release.namespace.clone_from(&default.namespace),
            "kube" => release.kube_version = None,
            _ => release.api_versions.clear(),
        }
        causes.push(Cause::new(error.field, error.message));
    }
    let (overrides, unfit) = chart.about.places.fit(&composition.overrides);
    composition.overrides = overrides;
    causes.extend(unfit.into_iter().map(unfit_cause));
    (composition, causes)
}

/// The layers of a composition that fits.
#[must_use]
pub fn layers(chart: &LoadedChart, composition: &Composition) -> Layers {
    let environment = environment(chart, composition);
    let environment =
        environment.map(|Environment { name, values }| (name.clone(), values.clone()));
    Layers::new(
        Arc::clone(&chart.about.defaults),
        environment,
        composition.overrides.clone(),
    )
}

/// What the layers of a composition come to, as far as it decides what needs what.
#[must_use]
pub fn switches(chart: &LoadedChart, composition: &Composition) -> Map {
    let environment = environment(chart, composition).map(|found| &found.values);
    Layers::stacked_at(
        &chart.about.switches,
        &chart.about.defaults,
        environment,
        &composition.overrides,
    )
}

/// The environment of a composition; none for `base`.
fn environment<'c>(chart: &'c LoadedChart, composition: &Composition) -> Option<&'c Environment> {
    let mut all = chart.about.environments.iter();
    all.find(|known| known.name == composition.environment)
}

/// What the engine is to render for a composition that fits.
#[must_use]
pub fn input(chart: &LoadedChart, composition: &Composition) -> Input {
    let environment = environment(chart, composition).map(|found| &found.values);
    let values = Layers::for_helm(environment, &composition.overrides);
    Input {
        values,
        release: composition.release.clone(),
    }
}

/// A composition as a query, and the secrets that stay out of it.
///
/// # Errors
/// When it is too long for any link.
pub fn encode(
    chart: &LoadedChart,
    composition: &Composition,
) -> Result<(String, Vec<ValuesPath>), AppError> {
    let base = Composition::of_chart(&chart.about.info.name);
    let query = link::encode_over(composition, &base, &chart.about.secrets)
        .map_err(|error| AppError::TooLarge(error.to_string()))?;
    Ok((query.text, query.left_out))
}

fn unfit_cause(problem: compose::form::Problem) -> Cause {
    // Text and all that is no scalar has a grammar of its own in a link.
    let mend = problem.mend.and_then(|(path, value)| match value {
        Value::Bool(_) | Value::Int(_) => Some(format!("{path}={}", compose::form::shown(&value))),
        Value::String(text)
            if text.chars().all(is_plain)
                && values::set::typed_value(&text).as_str().is_some()
                && !text.is_empty() =>
        {
            Some(format!("{path}={text}"))
        }
        _ => None,
    });
    Cause {
        mend,
        ..Cause::new(problem.path.to_string(), problem.message)
    }
}

/// What stands for itself behind `--set`.
fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':')
}

fn link_cause(problem: link::LinkProblem) -> Cause {
    let path = problem.path.map_or(problem.part, |path| path.to_string());
    Cause::new(path, problem.message)
}

/// A composition in JSON.
fn json(chart: &LoadedChart, body: &[u8]) -> Result<Composition, AppError> {
    let refused = |error: serde_json::Error| {
        AppError::Composition(vec![Cause {
            line: Some(error.line()),
            column: Some(error.column()),
            ..Cause::new("body", error.to_string())
        }])
    };
    let mut composition: Composition = serde_json::from_slice(body).map_err(refused)?;
    let raw: serde_json::Value = serde_json::from_slice(body).map_err(refused)?;
    if raw.pointer("/release/name").is_none() {
        composition.release.name = Composition::of_chart(&chart.about.info.name).release.name;
    }
    Ok(composition)
}

/// Overrides in YAML, as a person typed them.
fn overrides(text: &str) -> Result<Map, AppError> {
    let refused = |line, column, message: String| {
        AppError::Composition(vec![Cause {
            line,
            column,
            ..Cause::new("body", message)
        }])
    };
    match yaml::parse_checked(text, &yaml::Limits::default()) {
        Ok(Value::Map(map)) => Ok(map),
        Ok(Value::Null) => Ok(Map::new()),
        Ok(_) => Err(refused(
            Some(1),
            Some(1),
            "values are a table at the top".to_owned(),
        )),
        Err(error) => Err(refused(error.line, error.column, error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_keys_are_taken_out() {
        let (options, rest, causes) = split("chart=a&env=prod&full=true&set=full=1");
        assert_eq!(
            options,
            Options {
                chart: Some("a".to_owned()),
                full: true,
                resource: None,
            }
        );
        assert_eq!(rest, "env=prod&set=full=1");
        assert!(causes.is_empty());
        assert_eq!(
            split("full=maybe").2,
            [Cause::new("full", "write `true` or `false`")]
        );
    }
}
