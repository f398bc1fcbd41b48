//! What is made of a text's nodes: a tree, or nothing but the judgement that they are well formed.

use std::borrow::Cow;

use super::{Node, Reader};

/// A node, or what stands for one.
pub(super) trait Made<'t>: Sized {
    /// The items of a list that is being read.
    type Items: Default;
    /// Whether anybody looks at a text.
    const KEEPS_TEXT: bool;

    fn null() -> Self;

    /// What a text without quotes is; none if that is not decided here.
    fn plain(text: Cow<'t, str>) -> Option<Self>;

    fn text(text: Cow<'t, str>) -> Self;

    fn push(items: &mut Self::Items, item: Self);

    fn list(items: Self::Items) -> Self;

    fn map(entries: Vec<(Cow<'t, str>, Self)>) -> Self;

    /// Reads the table whose keys stand at `column`, but for its first key.
    fn table(reader: &mut Reader<'t>, column: isize, first: Cow<'t, str>) -> Option<Self>;
}

impl<'t> Made<'t> for Node<'t> {
    type Items = Vec<Self>;
    const KEEPS_TEXT: bool = true;

    fn null() -> Self {
        Self::Null
    }

    fn plain(text: Cow<'t, str>) -> Option<Self> {
        Self::of_plain(text)
    }

    fn text(text: Cow<'t, str>) -> Self {
        Self::Text(text)
    }

    fn push(items: &mut Vec<Self>, item: Self) {
        items.push(item);
    }

    fn list(items: Vec<Self>) -> Self {
        Self::List(items)
    }

    fn map(entries: Vec<(Cow<'t, str>, Self)>) -> Self {
        Self::Map(entries)
    }

    fn table(reader: &mut Reader<'t>, column: isize, first: Cow<'t, str>) -> Option<Self> {
        reader.table_with(column, first, |reader, _| reader.value(column))
    }
}

/// A node that was read and is not wanted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Judged;

impl<'t> Made<'t> for Judged {
    type Items = ();
    const KEEPS_TEXT: bool = false;

    fn null() -> Self {
        Self
    }

    /// There is but one thing that it may not be: a float that is not finite, which begins like
    /// one.
    fn plain(text: Cow<'t, str>) -> Option<Self> {
        if text.starts_with(['.', '+', '-']) {
            Node::of_plain(text)?;
        }
        Some(Self)
    }

    fn text(_: Cow<'t, str>) -> Self {
        Self
    }

    fn push((): &mut (), _: Self) {}

    fn list((): ()) -> Self {
        Self
    }

    fn map(_: Vec<(Cow<'t, str>, Self)>) -> Self {
        Self
    }

    fn table(reader: &mut Reader<'t>, column: isize, first: Cow<'t, str>) -> Option<Self> {
        reader.judge_table(column, first)
    }
}
