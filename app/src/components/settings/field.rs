//! One setting: label, control, marks, description, message.

use compose::form::{Control, Field, check_field, parse_input};
use compose::{Origin, Value};
use leptos::prelude::*;

use super::controls::ControlView;
use super::marks::Marks;
use crate::components::prose::prose;
use crate::state::{ComposerState, composer};
use crate::text::values;

/// A field bound to the composition: what its parts share.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bound {
    state: ComposerState,
    field: StoredValue<Field>,
    key: StoredValue<String>,
    /// The value that all layers come to.
    pub(crate) value: Memo<Value>,
    /// The layer that set it.
    pub(crate) origin: Memo<Origin>,
    /// Whether the user changed it, or is about to.
    pub(crate) changed: Memo<bool>,
    /// Whether it is another than the chart's own.
    pub(crate) differs: Memo<bool>,
    /// What is wrong with it.
    pub(crate) message: Memo<Option<String>>,
    /// The text that is being typed, kept as typed until the input is left.
    typed: RwSignal<Option<String>>,
    /// What a text input shows.
    pub(crate) text: Memo<String>,
}

impl Bound {
    fn new(state: ComposerState, field: Field) -> Self {
        let path = field.path.to_string();
        let key = StoredValue::new(path);
        let field = StoredValue::new(field);
        let value = Memo::new(move |_| {
            state.layers.with(|layers| {
                field.with_value(|field| layers.value(&field.path).cloned().unwrap_or_default())
            })
        });
        let origin = Memo::new(move |_| {
            state
                .layers
                .with(|layers| field.with_value(|field| layers.origin(&field.path)))
        });
        let draft = Memo::new(move |_| key.with_value(|key| state.draft(key)));
        let changed =
            Memo::new(move |_| origin.get() == Origin::User || draft.with(Option::is_some));
        let differs = Memo::new(move |_| {
            state
                .layers
                .with(|layers| field.with_value(|field| layers.differs_from_base(&field.path)))
        });
        let message = Memo::new(move |_| {
            draft.get().map(|draft| draft.message).or_else(|| {
                let own = value.with(|value| field.with_value(|field| own_message(field, value)));
                own.or_else(|| key.with_value(|key| state.server_message(key)))
            })
        });
        let typed = RwSignal::new(None::<String>);
        let text = Memo::new(move |_| {
            draft
                .get()
                .map(|draft| draft.text)
                .or_else(|| typed.get().filter(|text| means(field, text, value)))
                .unwrap_or_else(|| value.with(values::shown))
        });
        Self {
            state,
            field,
            key,
            value,
            origin,
            changed,
            differs,
            message,
            typed,
            text,
        }
    }

    /// Reads the field.
    pub(crate) fn with_field<T>(&self, read: impl FnOnce(&Field) -> T) -> T {
        self.field.with_value(read)
    }

    /// The id of its input.
    pub(crate) fn id(&self) -> String {
        self.key.with_value(|key| values::id("field", key))
    }

    /// The id of its message.
    pub(crate) fn message_id(&self) -> String {
        format!("{}-message", self.id())
    }

    /// The id of its description.
    pub(crate) fn about_id(&self) -> String {
        format!("{}-about", self.id())
    }

    /// `aria-invalid`, as it changes.
    pub(crate) fn invalid(
        self,
    ) -> impl Fn() -> Option<&'static str> + Send + Sync + Copy + 'static {
        move || {
            self.message
                .with(|message| message.is_some().then_some("true"))
        }
    }

    /// `aria-describedby`, as it changes.
    pub(crate) fn described_by(self) -> impl Fn() -> Option<String> + Send + Sync + Copy + 'static {
        move || {
            let about = self
                .with_field(|field| field.description.is_some())
                .then(|| self.about_id());
            let message = self
                .message
                .with(Option::is_some)
                .then(|| self.message_id());
            match (message, about) {
                (Some(message), Some(about)) => Some(format!("{message} {about}")),
                (message, about) => message.or(about),
            }
        }
    }

    /// Takes a typed text: a good one becomes the value, another stays a draft with its message.
    pub(crate) fn type_text(&self, text: String) {
        match self.with_field(|field| read(field, &text)) {
            Ok(value) => {
                self.typed.set(Some(text));
                self.key.with_value(|key| self.state.drop_draft(key));
                self.write(value);
            }
            Err(message) => self
                .key
                .with_value(|key| self.state.keep_draft(key, text, message)),
        }
    }

    /// The input was left: it shows the value as it is from now on.
    pub(crate) fn leave(&self) {
        self.typed.set(None);
    }

    /// Sets the value.
    pub(crate) fn write(&self, value: Value) {
        self.with_field(|field| self.state.set(&field.path, value));
    }

    /// Takes the user's change back.
    pub(crate) fn reset(&self) {
        self.typed.set(None);
        self.with_field(|field| self.state.reset(&field.path));
    }

    /// The chart's own value, in words.
    pub(crate) fn base_text(&self) -> String {
        self.with_field(|field| match values::shown(&field.default) {
            _ if field.secret => "The chart's own value is another".to_owned(),
            text if text.is_empty() => "The chart leaves this empty".to_owned(),
            text => format!("The chart's own value: {}", text.trim_end()),
        })
    }
}

/// Whether a typed text still means the value: an undo, say, changes it from elsewhere.
fn means(field: StoredValue<Field>, text: &str, value: Memo<Value>) -> bool {
    let typed = field.with_value(|field| read(field, text));
    typed.is_ok_and(|typed| value.with(|value| compose::layers::same(&typed, value)))
}

/// The value that a text means, if it will do.
fn read(field: &Field, text: &str) -> Result<Value, String> {
    let value = parse_input(field, text)?;
    check_field(field, &value)?;
    Ok(value)
}

/// What the form itself has against a value. Null means that nobody set it.
fn own_message(field: &Field, value: &Value) -> Option<String> {
    if value.is_null() {
        return None;
    }
    check_field(field, value).err()
}

/// Whether a control needs the whole width.
const fn is_wide(control: &Control) -> bool {
    matches!(
        control,
        Control::Map { .. }
            | Control::List { .. }
            | Control::Yaml { .. }
            | Control::Text {
                multiline: true,
                ..
            }
    )
}

/// One setting.
#[component]
pub(crate) fn FieldRow(
    /// The field.
    field: Field,
) -> AnyView {
    let title = field.title.clone();
    let path = field.path.to_string();
    let about = field.description.clone();
    let wide = is_wide(&field.control);
    let state = composer();
    let bound = Bound::new(state, field);
    let found = {
        let path = path.clone();
        Memo::new(move |_| state.field.with(|field| *field == path))
    };
    let message = bound.message;
    view! {
        <div
            class="field"
            class=("field--wide", wide)
            class=("field--changed", bound.changed)
            class=("field--found", found)
        >
            <label class="field__label" for=bound.id() title=path>
                {title}
            </label>
            <div class="field__row">
                <div class="field__control">
                    <ControlView bound />
                </div>
                <Marks bound />
            </div>
            {about
                .map(|about| {
                    view! {
                        <p class="field__about" id=bound.about_id()>
                            {prose(&about)}
                        </p>
                    }
                })}
            {move || {
                message
                    .get()
                    .map(|message| {
                        view! {
                            <p class="field__message" id=bound.message_id()>
                                {prose(&message)}
                            </p>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}
