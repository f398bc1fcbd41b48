//! A slider over the stops of an amount. It only helps: the text box beside it holds the value,
//! and has the name under which a form without WebAssembly submits it.

use compose::Value;
use compose::form::Control;
use compose::quantity::{Kind, scale};
use leptos::prelude::*;

use super::Bound;
use super::number::number;

/// What a slider runs over.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Track {
    /// Of a quantity, what it measures.
    kind: Option<Kind>,
    stops: Memo<Vec<f64>>,
}

impl Track {
    /// The track that holds all of these fields. It grows with what is typed, but never shrinks:
    /// a thumb must not jump while it is moved.
    pub(crate) fn of(fields: &[Bound]) -> Self {
        let mut kind = None;
        let (mut min, mut max) = (None, None);
        let bound = |text: &Option<String>| {
            let text = text.as_deref()?;
            scale::amount(&text.into())
        };
        for field in fields {
            let (of, least, most) = field.with_field(|field| match &field.control {
                Control::Quantity { kind, min, max } => (Some(*kind), bound(min), bound(max)),
                Control::Number { min, max, .. } => (None, *min, *max),
                _ => (None, None, None),
            });
            kind = of;
            min = lesser(min, least);
            max = greater(max, most);
        }
        let fields = fields.to_vec();
        let stops = Memo::new(move |before: Option<&Vec<f64>>| {
            let mut held: Vec<f64> = Vec::new();
            for field in &fields {
                held.extend(field.value.with(|value| amount(kind, value)));
                held.extend(field.with_field(|field| amount(kind, &field.default)));
            }
            held.extend(before.and_then(|stops| stops.first().copied()));
            held.extend(before.and_then(|stops| stops.last().copied()));
            match kind {
                Some(kind) => scale::stops(kind, min, max, &held),
                None => whole(min, max, &held),
            }
        });
        Self { kind, stops }
    }

    /// Where a field's thumb stands.
    fn place(self, field: Bound) -> usize {
        let now = field.value.with(|value| amount(self.kind, value));
        self.stops
            .with(|stops| now.map_or(0, |now| scale::nearest(stops, now)))
    }

    fn last(self) -> usize {
        self.stops.with(Vec::len).saturating_sub(1)
    }
}

/// Whole numbers, as far as a slider is of use.
fn whole(min: Option<f64>, max: Option<f64>, held: &[f64]) -> Vec<f64> {
    let most = held.iter().copied().fold(20.0, f64::max);
    // A most of thousands is no target of a thumb.
    let most = max
        .filter(|max| *max <= 2.0 * most)
        .unwrap_or(most)
        .min(500.0);
    let mut at = min.unwrap_or(0.0);
    let mut stops = Vec::new();
    while at <= most {
        stops.push(at);
        at += 1.0;
    }
    stops
}

fn lesser(one: Option<f64>, other: Option<f64>) -> Option<f64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

fn greater(one: Option<f64>, other: Option<f64>) -> Option<f64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.max(other)),
        (one, other) => one.or(other),
    }
}

/// A value as an amount.
pub(crate) fn amount(kind: Option<Kind>, value: &Value) -> Option<f64> {
    match kind {
        Some(_) => scale::amount(value),
        None => number(value),
    }
}

/// The track with a thumb for each field: one, or two on the same line.
pub(crate) fn sliders(track: Track, fields: &[Bound]) -> AnyView {
    let ends: Vec<Bound> = fields.to_vec();
    let span = Memo::new(move |_| {
        let places: Vec<usize> = ends.iter().map(|field| track.place(*field)).collect();
        let first = if places.len() > 1 {
            places.iter().copied().min().unwrap_or(0)
        } else {
            0
        };
        let last = places.iter().copied().max().unwrap_or(0);
        (first, last, track.last())
    });
    let ticks = move || {
        let last = track.last().max(1);
        let mut path = String::new();
        for at in 0..=last {
            path.push('M');
            path.push_str(&at.to_string());
            path.push_str(" 0V1");
        }
        path
    };
    let thumbs = fields
        .iter()
        .enumerate()
        .map(|(at, field)| thumb(track, *field, at > 0))
        .collect_view();
    view! {
        <div class="track">
            <svg
                class="track__scale"
                viewBox=move || ["0 0 ", &track.last().max(1).to_string(), " 1"].concat()
                preserveAspectRatio="none"
                aria-hidden="true"
            >
                <path class="track__ticks" d=ticks></path>
                <rect
                    class="track__span"
                    x=move || span.get().0
                    y="0"
                    width=move || span.get().1 - span.get().0
                    height="1"
                ></rect>
            </svg>
            {thumbs}
        </div>
    }
    .into_any()
}

fn thumb(track: Track, field: Bound, second: bool) -> AnyView {
    let place = Memo::new(move |_| track.place(field));
    let slide = move |event| {
        let at = event_target_value(&event).parse::<usize>().ok();
        let stop = track
            .stops
            .with_untracked(|stops| at.and_then(|at| stops.get(at).copied()));
        if let Some(stop) = stop {
            let text = match track.kind {
                Some(kind) => scale::text(kind, stop),
                None => stop.to_string(),
            };
            field.type_text(text);
            field.leave();
        }
    };
    let label = field.with_field(|field| [&field.title, " slider"].concat());
    view! {
        <input
            class="slider"
            class=("slider--second", second)
            type="range"
            aria-label=label
            aria-valuetext=field.text
            min="0"
            max=move || track.last()
            step="1"
            value=place.get_untracked()
            prop:value=move || place.get().to_string()
            on:input=slide
        />
    }
    .into_any()
}
