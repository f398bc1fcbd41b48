//! What a page needs of its chart, whatever is composed, and how it comes to the browser.

use std::sync::Arc;

use compose::FormModel;
#[cfg(any(test, feature = "hydrate"))]
use compose::form::Card;
use compose::form::Group;
use serde::{Deserialize, Serialize};
use values::Map;

use super::{Environment, shared};
#[cfg(any(test, feature = "hydrate"))]
use crate::json::{self, Unreadable};

/// What a page needs of a chart's files, whatever is composed. The first page does not hold it: it
/// has an address of its own, so that a browser keeps it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ChartData {
    /// The form made from the chart.
    #[serde(with = "shared::one")]
    pub form: Arc<FormModel>,
    /// The chart's default values.
    #[serde(with = "shared::one")]
    pub defaults: Arc<Map>,
    /// The chart's environments.
    #[serde(with = "shared::one")]
    pub environments: Arc<Vec<Environment>>,
}

impl ChartData {
    /// As lines of JSON: first all but the cards of the form, then each card with the number of its
    /// group. A browser reads one after the other, and has time for a person in between.
    ///
    /// # Errors
    /// What `serde_json` cannot write; nothing of a chart is such.
    pub fn to_lines(&self) -> Result<String, serde_json::Error> {
        let groups = self.form.groups.iter();
        let bare = groups.clone().map(|group| Group {
            cards: Vec::new(),
            id: group.id.clone(),
            title: group.title.clone(),
        });
        let first = Self {
            form: Arc::new(FormModel {
                groups: bare.collect(),
                open: self.form.open.clone(),
                truncated: self.form.truncated,
            }),
            ..self.clone()
        };
        let mut lines = serde_json::to_string(&first)?;
        for (at, group) in groups.enumerate() {
            for card in &group.cards {
                lines.push('\n');
                lines.push_str(&serde_json::to_string(&(at, card))?);
            }
        }
        Ok(lines)
    }

    /// Reads the first of the lines.
    ///
    /// # Errors
    /// When it is something else.
    #[cfg(any(test, feature = "hydrate"))]
    pub(crate) fn from_first_line(line: &str) -> Result<Self, Unreadable> {
        json::from_str(line)
    }

    /// Adds the card of a further line to the form.
    ///
    /// # Errors
    /// When the line is something else, or the form has no such group.
    #[cfg(any(test, feature = "hydrate"))]
    pub(crate) fn read_card(form: &mut FormModel, line: &str) -> Result<(), Unreadable> {
        let (at, card) = json::from_str::<(usize, Card)>(line)?;
        form.groups.get_mut(at).ok_or(Unreadable)?.cards.push(card);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comes_back_from_its_lines() {
        let card = |title: &str| -> Card {
            let card = serde_json::json!({"path": "kafka", "title": title});
            serde_json::from_value(card).unwrap()
        };
        let group = |id: &str, cards: Vec<Card>| Group {
            id: id.to_owned(),
            title: format!("The {id}"),
            cards,
        };
        let data = ChartData {
            form: Arc::new(FormModel {
                groups: vec![
                    group("a", vec![card("one\ntwo"), card("three")]),
                    group("b", Vec::new()),
                    group("c", vec![card("four")]),
                ],
                truncated: true,
                ..FormModel::default()
            }),
            ..ChartData::default()
        };
        let lines = data.to_lines().unwrap();
        let mut lines = lines.lines();
        let mut read = ChartData::from_first_line(lines.next().unwrap()).unwrap();
        assert_eq!(lines.clone().count(), 3);
        for line in lines {
            ChartData::read_card(Arc::make_mut(&mut read.form), line).unwrap();
        }
        assert_eq!(read, data);
        assert!(ChartData::read_card(&mut FormModel::default(), "[0,{}]").is_err());
    }
}
