//! Words within a text: goutils v1.1.1 and the cases of xstrings v1.5.0.

use std::sync::LazyLock;

use super::case::{to_lower, upper_char};
use crate::value::Str;

/// goutils reads bytes as if each were a character, so bytes 0x85 and 0xA0 are white space, too.
fn is_space(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ' | 0x85 | 0xA0)
}

/// `DeleteWhiteSpace`: text beyond ASCII comes out garbled if any white space was found.
pub(super) fn nospace(text: Str) -> Str {
    if text.as_bytes().iter().any(|&byte| is_space(byte)) {
        let kept = text.as_bytes().iter().filter(|&&byte| !is_space(byte));
        kept.map(|&byte| char::from(byte))
            .collect::<String>()
            .into()
    } else {
        text
    }
}

/// `Initials`.
pub(super) fn initials(text: Str) -> String {
    let mut after_gap = true;
    let mut out = String::new();
    for &byte in text.as_bytes() {
        if is_space(byte) {
            after_gap = true;
        } else if std::mem::take(&mut after_gap) {
            out.push(char::from(byte));
        }
    }
    out
}

fn is_connector(c: char) -> bool {
    c == '-' || c == '_' || c.is_whitespace()
}

/// `ToPascalCase`.
pub(super) fn pascal(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    // Connectors at the front stay.
    let mut current = loop {
        match chars.next() {
            Some(c) if is_connector(c) => out.push(c),
            Some(c) => break c,
            None => {
                // The last connector is written twice.
                out.extend(text.chars().next_back());
                return out;
            }
        }
    };
    let mut first_is_upper = current.is_uppercase();
    current = upper_char(current);
    for next in chars {
        let previous = current;
        current = next;
        if is_connector(current) && is_connector(previous) {
            out.push(previous);
            continue;
        }
        if is_connector(previous) {
            first_is_upper = current.is_uppercase();
            current = upper_char(current);
        } else {
            if first_is_upper {
                if current.is_uppercase() {
                    current = to_lower(current);
                } else {
                    first_is_upper = false;
                }
            }
            out.push(previous);
        }
    }
    out.push(current);
    out
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Invalid,
    Number,
    UpperCase,
    Alphabet,
    Connector,
    Punctuation,
    Other,
}

static PUNCTUATION: LazyLock<Option<::regex::Regex>> =
    LazyLock::new(|| ::regex::Regex::new(r"^\p{P}$").ok());

/// `unicode.IsPunct`: Unicode's category P.
fn is_punctuation(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation() && !"$+<=>^`|~".contains(c);
    }
    if c.is_alphanumeric() || c.is_whitespace() {
        return false;
    }
    PUNCTUATION
        .as_ref()
        .is_some_and(|regex| regex.is_match(c.encode_utf8(&mut [0; 4])))
}

/// Letters, except those of Chinese, Japanese and Korean writing.
fn is_alphabet(c: char) -> bool {
    if !c.is_alphabetic() {
        return false;
    }
    !matches!(c,
        '\u{3400}'..='\u{4DB5}'
        | '\u{4E00}'..='\u{9FCC}'
        | '\u{AC00}'..='\u{D7AF}'
        | '\u{20000}'..='\u{2A6D6}'
        | '\u{2A700}'..='\u{2B734}'
        | '\u{2B740}'..='\u{2B81D}')
}

/// `nextWord`: the kind and the text of the first word, and what follows it.
fn next_word(text: &str) -> (Word, &str, &str) {
    let Some(first) = text.chars().next() else {
        return (Word::Invalid, "", "");
    };
    let while_true = |from: usize, test: &dyn Fn(char) -> bool| {
        text[from..]
            .find(|c| !test(c))
            .map_or(text.len(), |end| from + end)
    };
    let start = first.len_utf8();
    let small = |c: char| is_alphabet(c) && !c.is_uppercase();
    let (word, end) = if is_connector(first) {
        (Word::Connector, while_true(start, &is_connector))
    } else if is_punctuation(first) {
        (Word::Punctuation, while_true(start, &is_punctuation))
    } else if first.is_uppercase() {
        let end = match text[start..].chars().next() {
            Some(second) if second.is_uppercase() => {
                let end = while_true(start, &char::is_uppercase);
                // In HTTPStatus the S belongs to the next word.
                match text[end..].chars().next() {
                    Some(next) if is_alphabet(next) => {
                        end - text[..end].chars().next_back().map_or(0, char::len_utf8)
                    }
                    _ => end,
                }
            }
            Some(second) if is_alphabet(second) => while_true(start, &small),
            _ => start,
        };
        (Word::UpperCase, end)
    } else if is_alphabet(first) {
        (Word::Alphabet, while_true(start, &small))
    } else if first.is_numeric() {
        (Word::Number, while_true(start, &char::is_numeric))
    } else {
        let other =
            |c: char| !(is_connector(c) || is_alphabet(c) || c.is_numeric() || is_punctuation(c));
        (Word::Other, while_true(start, &other))
    };
    (word, &text[..end], &text[end..])
}

/// `camelCaseToLowerCase`.
pub(super) fn separated(text: &str, connector: char) -> String {
    let mut out = String::new();
    let write = |out: &mut String, kind: Word, word: &str| {
        if kind == Word::UpperCase || kind == Word::Connector {
            out.extend(word.chars().map(|c| {
                if is_connector(c) {
                    connector
                } else {
                    to_lower(c)
                }
            }));
        } else {
            out.push_str(word);
        }
    };
    let joins = |kind: Word| kind == Word::Alphabet || kind == Word::Number;
    let parts = |kind: Word| !matches!(kind, Word::Invalid | Word::Punctuation | Word::Connector);

    let (mut kind, mut word, mut rest) = next_word(text);
    while !rest.is_empty() {
        if kind != Word::Connector {
            write(&mut out, kind, word);
        }
        let (previous, last) = (kind, word);
        (kind, word, rest) = next_word(rest);
        match previous {
            Word::Number => {
                while joins(kind) {
                    write(&mut out, kind, word);
                    (kind, word, rest) = next_word(rest);
                }
                if parts(kind) {
                    out.push(connector);
                }
            }
            Word::Connector => write(&mut out, previous, last),
            Word::Punctuation => {}
            _ if kind != Word::Number => {
                if kind != Word::Connector && kind != Word::Punctuation {
                    out.push(connector);
                }
            }
            _ if rest.is_empty() => {}
            _ => {
                let number = word;
                (kind, word, rest) = next_word(rest);
                if kind == Word::Alphabet {
                    out.push(connector);
                    write(&mut out, Word::Number, number);
                    while joins(kind) {
                        write(&mut out, kind, word);
                        (kind, word, rest) = next_word(rest);
                    }
                    if parts(kind) {
                        out.push(connector);
                    }
                } else {
                    write(&mut out, Word::Number, number);
                    if kind != Word::Connector && kind != Word::Punctuation {
                        out.push(connector);
                    }
                }
            }
        }
    }
    write(&mut out, kind, word);
    out
}

#[cfg(test)]
mod tests {
    use super::{pascal, separated};

    #[test]
    fn words_are_found_as_in_xstrings() {
        for (text, want) in [
            ("FirstName", "first_name"),
            ("HTTPServer", "http_server"),
            ("NoHTTPS", "no_https"),
            ("GO_PATH", "go_path"),
            ("GO-PATH", "go_path"),
            ("http2xx", "http_2xx"),
            ("HTTP20xOK", "http_20x_ok"),
            ("Duration2m3s", "duration_2m3s"),
            ("Bld4Floor3rd", "bld4_floor_3rd"),
            ("", ""),
        ] {
            assert_eq!(separated(text, '_'), want, "{text}");
        }
        for (text, want) in [
            ("some_words", "SomeWords"),
            ("_complex__case_", "_Complex_Case_"),
            ("GOLANG_IS_GREAT", "GolangIsGreat"),
        ] {
            assert_eq!(pascal(text), want, "{text}");
        }
    }
}
