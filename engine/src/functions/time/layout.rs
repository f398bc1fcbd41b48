//! Go's layouts: time/format.go of Go 1.26, `nextStdChunk` and `appendFormat`.

use super::{
    Time,
    civil::{DAYS, MONTHS},
};

/// One element of a layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Chunk {
    LongMonth,
    Month,
    NumMonth,
    ZeroMonth,
    LongWeekDay,
    WeekDay,
    Day,
    UnderDay,
    ZeroDay,
    UnderYearDay,
    ZeroYearDay,
    Hour,
    Hour12,
    ZeroHour12,
    Minute,
    ZeroMinute,
    Second,
    ZeroSecond,
    LongYear,
    Year,
    Pm,
    SmallPm,
    /// The zone's abbreviation.
    Zone,
    /// An offset: whether UTC is `Z`, and how the rest is written.
    Offset(bool, Offset),
    /// A fraction of a second: digits, and whether zeros at the end are kept.
    Fraction(usize, bool),
}

/// How an offset is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Offset {
    /// `-0700`.
    Plain,
    /// `-07:00`.
    Colon,
    /// `-07`.
    Short,
    /// `-070000`.
    Seconds,
    /// `-07:00:00`.
    ColonSeconds,
}

/// What stands for what, the longer before the shorter.
const CHUNKS: &[(&str, Chunk)] = &[
    ("January", Chunk::LongMonth),
    ("Monday", Chunk::LongWeekDay),
    ("MST", Chunk::Zone),
    ("002", Chunk::ZeroYearDay),
    ("01", Chunk::ZeroMonth),
    ("02", Chunk::ZeroDay),
    ("03", Chunk::ZeroHour12),
    ("04", Chunk::ZeroMinute),
    ("05", Chunk::ZeroSecond),
    ("06", Chunk::Year),
    ("15", Chunk::Hour),
    ("1", Chunk::NumMonth),
    ("2006", Chunk::LongYear),
    ("2", Chunk::Day),
    ("__2", Chunk::UnderYearDay),
    ("_2", Chunk::UnderDay),
    ("3", Chunk::Hour12),
    ("4", Chunk::Minute),
    ("5", Chunk::Second),
    ("PM", Chunk::Pm),
    ("pm", Chunk::SmallPm),
    ("-070000", Chunk::Offset(false, Offset::Seconds)),
    ("-07:00:00", Chunk::Offset(false, Offset::ColonSeconds)),
    ("-0700", Chunk::Offset(false, Offset::Plain)),
    ("-07:00", Chunk::Offset(false, Offset::Colon)),
    ("-07", Chunk::Offset(false, Offset::Short)),
    ("Z070000", Chunk::Offset(true, Offset::Seconds)),
    ("Z07:00:00", Chunk::Offset(true, Offset::ColonSeconds)),
    ("Z0700", Chunk::Offset(true, Offset::Plain)),
    ("Z07:00", Chunk::Offset(true, Offset::Colon)),
    ("Z07", Chunk::Offset(true, Offset::Short)),
];

/// The text before the first element, the element and its text, and what follows.
pub(super) fn next_chunk(layout: &str) -> Option<(&str, Chunk, &str, &str)> {
    for (index, c) in layout.char_indices() {
        let rest = &layout[index..];
        let small_follows =
            |size: usize| rest[size..].starts_with(|c: char| c.is_ascii_lowercase());
        // `_2006` is an underscore before a year.
        let found = if rest.starts_with("_2006") {
            let (before, year) = layout.split_at(index + 1);
            return Some((before, Chunk::LongYear, &year[..4], &year[4..]));
        } else if let Some((text, chunk)) = CHUNKS.iter().find(|(text, _)| rest.starts_with(text)) {
            Some((text.len(), *chunk))
        } else if rest.starts_with("Jan") && !small_follows(3) {
            Some((3, Chunk::Month))
        } else if rest.starts_with("Mon") && !small_follows(3) {
            Some((3, Chunk::WeekDay))
        } else if c == '.' || c == ',' {
            fraction(rest)
        } else {
            None
        };
        if let Some((size, chunk)) = found {
            return Some((&layout[..index], chunk, &rest[..size], &rest[size..]));
        }
    }
    None
}

/// `.000` or `.999`, not followed by another digit.
fn fraction(rest: &str) -> Option<(usize, Chunk)> {
    let digit = rest[1..].chars().next().filter(|&c| c == '0' || c == '9')?;
    let digits = rest[1..].chars().take_while(|&c| c == digit).count();
    let more = rest[1 + digits..].starts_with(|c: char| c.is_ascii_digit());
    (!more).then_some((1 + digits, Chunk::Fraction(digits, digit == '0')))
}

/// `Time.Format`.
pub(super) fn format(time: &Time, layout: &str) -> String {
    let civil = time.civil();
    let mut out = String::new();
    let mut rest = layout;
    while let Some((before, chunk, text, after)) = next_chunk(rest) {
        out.push_str(before);
        rest = after;
        let hour12 = match civil.hour % 12 {
            0 => 12,
            hour => hour,
        };
        let month = MONTHS[civil.month as usize - 1];
        let day = DAYS[civil.weekday()];
        out.push_str(&match chunk {
            Chunk::LongMonth => month.to_owned(),
            Chunk::Month => month[..3].to_owned(),
            Chunk::NumMonth => civil.month.to_string(),
            Chunk::ZeroMonth => format!("{:02}", civil.month),
            Chunk::LongWeekDay => day.to_owned(),
            Chunk::WeekDay => day[..3].to_owned(),
            Chunk::Day => civil.day.to_string(),
            Chunk::UnderDay => format!("{:2}", civil.day),
            Chunk::ZeroDay => format!("{:02}", civil.day),
            Chunk::UnderYearDay => format!("{:3}", civil.year_day()),
            Chunk::ZeroYearDay => format!("{:03}", civil.year_day()),
            Chunk::Hour => format!("{:02}", civil.hour),
            Chunk::Hour12 => hour12.to_string(),
            Chunk::ZeroHour12 => format!("{hour12:02}"),
            Chunk::Minute => civil.minute.to_string(),
            Chunk::ZeroMinute => format!("{:02}", civil.minute),
            Chunk::Second => civil.second.to_string(),
            Chunk::ZeroSecond => format!("{:02}", civil.second),
            Chunk::LongYear if civil.year < 0 => format!("-{:04}", -civil.year),
            Chunk::LongYear => format!("{:04}", civil.year),
            Chunk::Year => format!("{:02}", civil.year.abs() % 100),
            Chunk::Pm => if civil.hour >= 12 { "PM" } else { "AM" }.to_owned(),
            Chunk::SmallPm => if civil.hour >= 12 { "pm" } else { "am" }.to_owned(),
            Chunk::Zone if time.zone.is_empty() => offset(time.offset, Offset::Plain),
            Chunk::Zone => time.zone.clone(),
            Chunk::Offset(true, _) if time.offset == 0 => "Z".to_owned(),
            Chunk::Offset(_, style) => offset(time.offset, style),
            Chunk::Fraction(digits, keep) => {
                let point = &text[..1];
                let all = format!("{:09}", time.nanosecond());
                let mut shown = format!("{all:0<digits$}")[..digits].to_owned();
                if !keep {
                    shown.truncate(shown.trim_end_matches('0').len());
                }
                if shown.is_empty() {
                    shown
                } else {
                    format!("{point}{shown}")
                }
            }
        });
    }
    out + rest
}

fn offset(seconds: i32, style: Offset) -> String {
    let sign = if seconds / 60 < 0 { '-' } else { '+' };
    let minutes = (seconds / 60).abs();
    let (hours, minutes, seconds) = (minutes / 60, minutes % 60, seconds.abs() % 60);
    match style {
        Offset::Plain => format!("{sign}{hours:02}{minutes:02}"),
        Offset::Colon => format!("{sign}{hours:02}:{minutes:02}"),
        Offset::Short => format!("{sign}{hours:02}"),
        Offset::Seconds => format!("{sign}{hours:02}{minutes:02}{seconds:02}"),
        Offset::ColonSeconds => format!("{sign}{hours:02}:{minutes:02}:{seconds:02}"),
    }
}
