//! A sentence from the chart, in which `…` is code.

use leptos::prelude::*;

/// The pieces of a text between backticks, alternately plain and code; all plain where a backtick
/// stands alone.
fn pieces(text: &str) -> Vec<(bool, &str)> {
    if text.matches('`').count() % 2 == 1 {
        return vec![(false, text)];
    }
    text.split('`')
        .enumerate()
        .filter(|(_, piece)| !piece.is_empty())
        .map(|(index, piece)| (index % 2 == 1, piece))
        .collect()
}

/// The text as inline HTML.
pub(crate) fn prose(text: &str) -> AnyView {
    pieces(text)
        .into_iter()
        .map(|(code, piece)| {
            let piece = piece.to_owned();
            if code {
                view! { <code>{piece}</code> }.into_any()
            } else {
                view! { <span>{piece}</span> }.into_any()
            }
        })
        .collect_view()
        .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backticks_make_code() {
        assert_eq!(
            pieces("use `a` or `b`"),
            [(false, "use "), (true, "a"), (false, " or "), (true, "b")]
        );
        assert_eq!(pieces("a ` b"), [(false, "a ` b")]);
    }
}
