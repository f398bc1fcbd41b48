//! Search over everything that the page can go to: fields, cards, resources, commands. Plain and
//! quick: five thousand fields take less than a frame.

use compose::form::FormModel;

use super::highlight::escape;
use super::markup::push_marked;
use super::shortcuts;

/// How many hits are shown.
pub(crate) const SHOWN: usize = 50;

/// Where a hit leads.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Go {
    /// Nowhere.
    #[default]
    Nowhere,
    /// To the field, section or card of a path.
    Field(String),
    /// To a resource of the manifests, by its id.
    Resource(String),
    /// A command of the table of shortcuts.
    Command(&'static str),
    /// The choice of an environment.
    Environment(String),
}

/// Whether it is a place on the page, not a command.
#[must_use]
pub(crate) const fn is_place(go: &Go) -> bool {
    matches!(go, Go::Field(_) | Go::Resource(_))
}

/// One thing that can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Where it leads.
    pub(crate) go: Go,
    /// What it is called.
    pub(crate) title: String,
    /// Its path, or what it is.
    pub(crate) path: String,
    /// What it is about.
    pub(crate) about: String,
    /// The three in lower case.
    lower: [String; 3],
}

impl Entry {
    /// A thing that can be found.
    #[must_use]
    pub(crate) fn new(go: Go, title: String, path: String, about: String) -> Self {
        let lower = [&title, &path, &about].map(|text| text.to_ascii_lowercase());
        Self {
            go,
            title,
            path,
            about,
            lower,
        }
    }
}

/// The cards and fields of a form.
#[must_use]
pub(crate) fn of_form(form: &FormModel) -> Vec<Entry> {
    let mut out = Vec::new();
    for card in form.cards() {
        let path = card.path.to_string();
        out.push(Entry::new(
            Go::Field(path.clone()),
            card.title.clone(),
            path,
            card.description.clone().unwrap_or_default(),
        ));
        for field in card.fields() {
            if field.hidden {
                continue;
            }
            let path = field.path.to_string();
            // A card's switch is called as the card.
            let title = if field.title == card.title {
                "On or off"
            } else {
                &field.title
            };
            out.push(Entry::new(
                Go::Field(path.clone()),
                [&card.title, " · ", title].concat(),
                path,
                field.description.clone().unwrap_or_default(),
            ));
        }
    }
    out
}

/// The commands, and the environments as commands.
#[must_use]
pub(crate) fn of_commands(environments: impl Iterator<Item = String>) -> Vec<Entry> {
    let commands = shortcuts::SHORTCUTS
        .iter()
        .filter(|row| row.command != "search")
        .map(|row| {
            Entry::new(
                Go::Command(row.command),
                row.title.to_owned(),
                String::new(),
                String::new(),
            )
        });
    let environments = environments.map(|name| {
        Entry::new(
            Go::Environment(name.clone()),
            ["Switch to environment ", &name].concat(),
            String::new(),
            String::new(),
        )
    });
    commands.chain(environments).collect()
}

/// The words of a query, in lower case.
#[must_use]
pub(crate) fn words(query: &str) -> Vec<String> {
    query
        .split_whitespace()
        .map(str::to_ascii_lowercase)
        .collect()
}

/// The entries that every word of a query is found in, the best first: at the start of a title,
/// of a word, inside, in the description, and last as letters in this order.
#[must_use]
pub(crate) fn find(entries: &[Entry], words: &[String]) -> Vec<usize> {
    let mut hits: Vec<(u32, usize)> = entries
        .iter()
        .enumerate()
        .filter_map(|(at, entry)| {
            let mut sum = 0;
            for word in words {
                match score(entry, word) {
                    0 => return None,
                    points => sum += points,
                }
            }
            Some((sum, at))
        })
        .collect();
    hits.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    hits.into_iter().map(|(_, at)| at).collect()
}

fn score(entry: &Entry, word: &str) -> u32 {
    let [title, path, about] = &entry.lower;
    if title.starts_with(word) {
        return 100;
    }
    let best = [
        within(title, &entry.title, word, 80, 60),
        within(path, &entry.path, word, 70, 50),
        within(about, &entry.about, word, 30, 20),
    ];
    match best.into_iter().max() {
        Some(points @ 1..) => points,
        // Two letters are in this order nearly everywhere.
        _ if word.len() > 2 && (is_subsequence(word, title) || is_subsequence(word, path)) => 10,
        _ => 0,
    }
}

/// The points of a word in a text: more where a word of the text starts with it, as `size` in
/// `maxSize` does.
fn within(lower: &str, text: &str, word: &str, starts: u32, inside: u32) -> u32 {
    let bytes = text.as_bytes();
    let mut points = 0;
    for (at, _) in lower.match_indices(word) {
        let begins = at == 0
            || !bytes[at - 1].is_ascii_alphanumeric()
            || (bytes[at].is_ascii_uppercase() && bytes[at - 1].is_ascii_lowercase());
        if begins {
            return starts;
        }
        points = inside;
    }
    points
}

fn is_subsequence(word: &str, text: &str) -> bool {
    let mut letters = text.chars();
    word.chars()
        .all(|wanted| letters.any(|letter| letter == wanted))
}

/// The hits as options of a list box; `active` is the chosen one.
#[must_use]
pub(crate) fn options(
    entries: &[Entry],
    hits: &[usize],
    words: &[String],
    active: usize,
    mac: bool,
) -> String {
    let mut out = String::new();
    for (number, at) in hits.iter().take(SHOWN).enumerate() {
        let Some(entry) = entries.get(*at) else {
            continue;
        };
        let number_text = number.to_string();
        out.push_str("<li role=option class=hit id=hit-");
        out.push_str(&number_text);
        out.push_str(" data-hit=");
        out.push_str(&number_text);
        out.push_str(if number == active {
            " aria-selected=true>"
        } else {
            " aria-selected=false>"
        });
        inner(entry, words, mac, &mut out);
        out.push_str("</li>");
    }
    out
}

/// The hits as a list of links; `query` is the composition's, `searched` what was searched.
#[must_use]
pub(crate) fn links(
    entries: &[Entry],
    hits: &[usize],
    words: &[String],
    current: Option<usize>,
    address: &dyn Fn(&Go) -> String,
) -> String {
    let mut out = String::new();
    for (number, at) in hits.iter().take(SHOWN).enumerate() {
        let Some(entry) = entries.get(*at) else {
            continue;
        };
        out.push_str("<li><a class=hit data-hit=");
        out.push_str(&number.to_string());
        if current == Some(number) {
            out.push_str(" aria-current=true");
        }
        out.push_str(" href=\"");
        escape(&address(&entry.go), &mut out);
        out.push_str("\">");
        inner(entry, words, false, &mut out);
        out.push_str("</a></li>");
    }
    if let Some(more @ 1..) = hits.len().checked_sub(SHOWN) {
        out.push_str("<li class=found__rest>and ");
        out.push_str(&more.to_string());
        out.push_str(" more: another word narrows it down</li>");
    }
    out
}

fn inner(entry: &Entry, words: &[String], mac: bool, out: &mut String) {
    out.push_str("<span class=hit__title>");
    push_marked(&entry.title, words, out);
    out.push_str("</span> ");
    if let Go::Command(name) = entry.go {
        out.push_str("<kbd class=hit__keys>");
        escape(&shortcuts::first_keys(name, mac), out);
        out.push_str("</kbd>");
    } else {
        out.push_str("<code class=hit__path>");
        push_marked(&entry.path, words, out);
        out.push_str("</code>");
    }
    if !entry.about.is_empty() {
        out.push_str(" <span class=hit__about>");
        push_marked(&entry.about, words, out);
        out.push_str("</span>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(rows: &[(&str, &str, &str)]) -> Vec<Entry> {
        rows.iter()
            .map(|(title, path, about)| {
                Entry::new(
                    Go::Field((*path).to_owned()),
                    (*title).to_owned(),
                    (*path).to_owned(),
                    (*about).to_owned(),
                )
            })
            .collect()
    }

    fn found(rows: &[(&str, &str, &str)], query: &str) -> Vec<String> {
        let entries = entries(rows);
        find(&entries, &words(query))
            .into_iter()
            .map(|at| entries[at].path.clone())
            .collect()
    }

    #[test]
    fn the_start_of_a_title_comes_before_the_middle_of_a_path() {
        let rows = [
            ("Grafana", "grafana.remembered", ""),
            ("Kafka · Memory limit", "kafka.limit", ""),
            ("Memory", "x.y", ""),
            ("Heap", "kafka.heap", "How much memory Java may take"),
            ("Heap", "kafka.maxMemory", ""),
            ("Nothing", "z", ""),
        ];
        assert_eq!(
            found(&rows, "mem"),
            [
                "x.y",
                "kafka.limit",
                "kafka.maxMemory",
                "grafana.remembered",
                "kafka.heap"
            ]
        );
    }

    #[test]
    fn every_word_must_be_found_and_letters_in_order_are_the_last_resort() {
        let rows = [
            ("Kafka · Memory limit", "kafka.limit", ""),
            ("Grafana · Memory limit", "grafana.limit", ""),
        ];
        assert_eq!(found(&rows, "KAFKA mem"), ["kafka.limit"]);
        assert_eq!(found(&rows, "gfnlim"), ["grafana.limit"]);
        assert!(found(&rows, "kafka minio").is_empty());
        assert_eq!(found(&rows, "").len(), 2);
    }

    #[test]
    fn five_thousand_fields_are_searched_at_once() {
        let rows: Vec<Entry> = (0..5_000)
            .map(|n| {
                Entry::new(
                    Go::Nowhere,
                    format!("Service {n} · Memory limit"),
                    format!("service{n}.resources.limits.memory"),
                    "What a pod may take at most before it is stopped".to_owned(),
                )
            })
            .collect();
        let begun = std::time::Instant::now();
        let hits = find(&rows, &words("memory 499"));
        assert!(rows[hits[0]].title.contains("499"));
        assert!(begun.elapsed().as_millis() < 500, "{:?}", begun.elapsed());
    }

    #[test]
    fn hits_are_options_with_their_words_marked() {
        let entries = entries(&[("CPU <limit>", "a.cpu", "")]);
        let html = options(&entries, &[0], &words("cpu"), 0, false);
        assert_eq!(
            html,
            "<li role=option class=hit id=hit-0 data-hit=0 aria-selected=true>\
             <span class=hit__title><mark>CPU</mark> &lt;limit&gt;</span> \
             <code class=hit__path>a.<mark>cpu</mark></code></li>"
        );
    }
}
