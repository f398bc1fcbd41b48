//! One setting: label, control, marks, description, message.

use compose::form::{Control, Field, check_field, parse_input};
use compose::{Map, Origin, Value};
use leptos::prelude::*;

use super::controls::{ControlView, checks};
use super::marks::Marks;
use crate::browser;
use crate::components::prose::prose;
use crate::state::{ComposerState, composer};
use crate::text::values;

/// How a field is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// A row: label, control, marks.
    Row,
    /// In a block: the label above the control.
    Stacked,
    /// In an item of a list, whose origin and reset are the list's.
    Part,
}

/// A field bound to the composition: what its parts share.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bound {
    state: ComposerState,
    field: StoredValue<Field>,
    key: StoredValue<String>,
    /// Whether it shares its slider with another.
    pub(crate) paired: bool,
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
    pub(crate) fn new(state: ComposerState, field: Field) -> Self {
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
            paired: false,
            value,
            origin,
            changed,
            differs,
            message,
            typed,
            text,
        }
    }

    /// The same, where it shares its slider with another.
    pub(crate) const fn paired(mut self) -> Self {
        self.paired = true;
        self
    }

    /// Reads the field.
    pub(crate) fn with_field<T>(&self, read: impl FnOnce(&Field) -> T) -> T {
        self.field.with_value(read)
    }

    /// The id of its input.
    pub(crate) fn id(&self) -> String {
        self.key.with_value(|key| values::id("field", key))
    }

    /// The name of its input in the form: see `server/src/routes/apply.rs`. What stands in a list
    /// has none: without WebAssembly the list is one text.
    pub(crate) fn name(&self) -> Option<String> {
        self.named("field.")
    }

    /// The name of a part of its input in the form.
    pub(crate) fn named(&self, prefix: &str) -> Option<String> {
        (!self.is_inside()).then(|| self.key.with_value(|key| [prefix, key].concat()))
    }

    /// Whether it stands in a list.
    pub(crate) fn is_inside(&self) -> bool {
        self.with_field(|field| field.path.before_list() != field.path)
    }

    /// Focuses its input.
    pub(crate) fn focus(&self) {
        browser::focus(&self.id());
    }

    /// Drops what is typed in it, or beneath it, and is no value.
    pub(crate) fn forget_drafts(&self) {
        self.typed.set(None);
        self.key
            .with_value(|key| self.state.drop_drafts_beneath(key));
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
        self.with_field(|field| {
            let list = field.path.before_list();
            if list == field.path {
                return self.state.set(&field.path, value);
            }
            // An empty part of an item that may be left out is left out.
            let left_out = value.is_null() || (!field.required && value.as_str() == Some(""));
            let mut copy = Map::new();
            let now = self
                .state
                .layers
                .with_untracked(|layers| layers.value(&list).cloned());
            list.set(&mut copy, now.unwrap_or_default());
            if left_out {
                field.path.remove(&mut copy);
            } else {
                field.path.set(&mut copy, value);
            }
            let items = list.remove(&mut copy).unwrap_or_default();
            self.state.set(&list, items);
        });
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
            text => ["The chart's own value: ", text.trim_end()].concat(),
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
fn is_wide(control: &Control) -> bool {
    matches!(
        control,
        Control::Map { .. }
            | Control::List { .. }
            | Control::Yaml { .. }
            | Control::Text {
                multiline: true,
                ..
            }
    ) && !checks::fits(control)
}

/// One setting.
#[component]
pub(crate) fn FieldRow(
    /// The field.
    field: Field,
    /// How it is laid out.
    #[prop(default = Look::Row)]
    look: Look,
) -> AnyView {
    row(Bound::new(composer(), field), look)
}

/// One setting that is bound already.
pub(crate) fn row(bound: Bound, look: Look) -> AnyView {
    let (title, about, wide) = bound.with_field(|field| {
        (
            field.title.clone(),
            field.description.clone(),
            is_wide(&field.control),
        )
    });
    let message = bound.message;
    let found = Memo::new(move |_| {
        let state = bound.state;
        state
            .field
            .with(|found| bound.key.with_value(|key| found == key))
    });
    let part = look == Look::Part;
    // What can only be written as YAML is out of the way until it is there.
    let away = part && bound.with_field(|field| field.hidden);
    let conditional = bound.with_field(|field| !field.when.is_empty());
    let hidden = move || {
        let unmet = || {
            let layers = bound.state.layers.read();
            bound.with_field(|field| field.when.iter().any(|condition| !condition.holds(&layers)))
        };
        (away && bound.value.with(Value::is_null)) || (conditional && unmet())
    };
    view! {
        <div
            class="field"
            class=("field--wide", wide)
            class=("field--found", found)
            class=("field--stacked", look == Look::Stacked)
            class=("field--part", part)
            class=("field--changed", move || !part && bound.changed.get())
            hidden=hidden
        >
            <label class="field__label" for=bound.id()>
                {title}
            </label>
            <div class="field__control">
                <ControlView bound />
            </div>
            {(!part).then(|| view! { <Marks bound /> })}
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
