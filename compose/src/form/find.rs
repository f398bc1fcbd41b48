//! Finding things in a form by path.

use values::ValuesPath;

use super::{Card, Field, FormModel, Node, Section};

/// What stands at a path, or nearest above it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Found<'m> {
    /// A field: at the path, or above it (the path then leads into its table or list).
    Field(&'m Field),
    /// A section, exactly.
    Section(&'m Section),
    /// A card, exactly.
    Card(&'m Card),
}

impl FormModel {
    /// All cards, in display order.
    pub fn cards(&self) -> impl Iterator<Item = &Card> {
        self.groups.iter().flat_map(|group| &group.cards)
    }

    /// The card of a table.
    #[must_use]
    pub fn card(&self, path: &ValuesPath) -> Option<&Card> {
        self.cards().find(|card| card.path == *path)
    }

    /// The card that a value belongs to: the longest one above it.
    #[must_use]
    pub fn card_of(&self, path: &ValuesPath) -> Option<&Card> {
        self.cards()
            .filter(|card| path.starts_with(&card.path))
            .max_by_key(|card| card.path.len())
    }

    /// All fields, switches included, in display order.
    #[must_use]
    pub fn fields(&self) -> Vec<&Field> {
        let mut out = Vec::new();
        for card in self.cards() {
            out.extend(card.fields());
        }
        out
    }

    /// The field of a value, exactly.
    #[must_use]
    pub fn field(&self, path: &ValuesPath) -> Option<&Field> {
        match self.find(path)? {
            Found::Field(field) if field.path == *path => Some(field),
            _ => None,
        }
    }

    /// What stands at a path: the card or section of a table, or the field that holds the value.
    #[must_use]
    pub fn find(&self, path: &ValuesPath) -> Option<Found<'_>> {
        self.cards().find_map(|card| {
            if path.starts_with(&card.path) {
                card.find(path)
            } else {
                None
            }
        })
    }
}

impl Card {
    /// Its fields, the switch first, those of sections included.
    #[must_use]
    pub fn fields(&self) -> Vec<&Field> {
        let mut out: Vec<&Field> = self.enabled.iter().collect();
        collect(&self.nodes, &mut out);
        out
    }

    fn find(&self, path: &ValuesPath) -> Option<Found<'_>> {
        if let Some(field) = &self.enabled
            && path.starts_with(&field.path)
        {
            return Some(Found::Field(field));
        }
        find_node(&self.nodes, path)
            .or_else(|| (self.path == *path && !path.is_root()).then_some(Found::Card(self)))
    }
}

fn collect<'m>(nodes: &'m [Node], out: &mut Vec<&'m Field>) {
    for node in nodes {
        match node {
            Node::Field(field) => out.push(field),
            Node::Section(section) => collect(&section.nodes, out),
        }
    }
}

fn find_node<'m>(nodes: &'m [Node], path: &ValuesPath) -> Option<Found<'m>> {
    nodes.iter().find_map(|node| match node {
        Node::Field(field) => path.starts_with(&field.path).then_some(Found::Field(field)),
        Node::Section(section) if path.starts_with(&section.path) => {
            find_node(&section.nodes, path)
                .or_else(|| (section.path == *path).then_some(Found::Section(section)))
        }
        Node::Section(_) => None,
    })
}
