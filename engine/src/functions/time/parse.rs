//! `time.Parse`: time/format.go of Go 1.26, `parse`.

use super::{
    SECOND, Time,
    civil::{Civil, DAYS, MONTHS, days_in},
    layout::{Chunk, Offset, next_chunk},
};

/// Why one element could not be read.
enum Bad {
    /// It is not what the layout asks for.
    Syntax,
    /// It is, but this part is out of its range.
    Range(&'static str),
}

/// What has been read so far.
#[derive(Default)]
struct Found {
    year: i64,
    month: Option<u32>,
    day: Option<u32>,
    year_day: Option<u32>,
    hour: u32,
    minute: u32,
    second: u32,
    nanos: u32,
    afternoon: Option<bool>,
    utc: bool,
    offset: Option<i32>,
    zone: String,
}

/// The time of a text in a layout; UTC where it names no zone.
///
/// # Errors
/// With Go's text.
pub fn parse(layout: &str, text: &str) -> Result<Time, String> {
    let quote = super::quote;
    let cannot = |value: &str, element: &str| {
        format!(
            "parsing time {} as {}: cannot parse {} as {}",
            quote(text),
            quote(layout),
            quote(value),
            quote(element)
        )
    };
    let because = |reason: &str| format!("parsing time {}: {reason}", quote(text));
    let mut found = Found::default();
    let (mut format, mut rest) = (layout, text);
    loop {
        let Some((before, chunk, element, after)) = next_chunk(format) else {
            rest = skip(rest, format).map_err(|rest| cannot(rest, format))?;
            if !rest.is_empty() {
                return Err(because(&format!("extra text: {}", quote(rest))));
            }
            break;
        };
        rest = skip(rest, before).map_err(|rest| cannot(rest, before))?;
        format = after;
        match read(&mut found, chunk, rest, format) {
            Ok(after) => rest = after,
            Err(Bad::Syntax) => return Err(cannot(rest, element)),
            Err(Bad::Range(part)) => return Err(because(&format!("{part} out of range"))),
        }
    }
    found.time().map_err(because)
}

/// Leaves out a literal part; any number of spaces is one.
fn skip<'a>(mut text: &'a str, mut literal: &str) -> Result<&'a str, &'a str> {
    while let Some(c) = literal.chars().next() {
        if c == ' ' {
            if !text.is_empty() && !text.starts_with(' ') {
                return Err(text);
            }
            literal = literal.trim_start_matches(' ');
            text = text.trim_start_matches(' ');
            continue;
        }
        text = text.strip_prefix(c).ok_or(text)?;
        literal = &literal[c.len_utf8()..];
    }
    Ok(text)
}

/// One or two digits; exactly two if `fixed`.
fn number(text: &str, fixed: bool) -> Result<(u32, &str), Bad> {
    let digits = text.bytes().take(2).take_while(u8::is_ascii_digit).count();
    if digits == 0 || (digits == 1 && fixed) {
        return Err(Bad::Syntax);
    }
    Ok((
        text[..digits].parse().map_err(|_| Bad::Syntax)?,
        &text[digits..],
    ))
}

fn below<'a>(
    limit: u32,
    part: &'static str,
    (number, rest): (u32, &'a str),
) -> Result<(u32, &'a str), Bad> {
    if number < limit {
        Ok((number, rest))
    } else {
        Err(Bad::Range(part))
    }
}

fn name<'a>(names: &[&str], size: Option<usize>, text: &'a str) -> Result<(u32, &'a str), Bad> {
    for (index, name) in (0..).zip(names) {
        let name = &name[..size.unwrap_or(name.len())];
        if text
            .get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name))
        {
            return Ok((index, &text[name.len()..]));
        }
    }
    Err(Bad::Syntax)
}

fn read<'a>(found: &mut Found, chunk: Chunk, text: &'a str, layout: &str) -> Result<&'a str, Bad> {
    let rest;
    match chunk {
        Chunk::Year => {
            let year = text
                .get(..2)
                .and_then(|year| year.parse::<i64>().ok())
                .ok_or(Bad::Syntax)?;
            found.year = year + if year >= 69 { 1900 } else { 2000 };
            rest = &text[2..];
        }
        Chunk::LongYear => {
            let year = text
                .get(..4)
                .filter(|year| year.starts_with(|c: char| c.is_ascii_digit()));
            found.year = year.and_then(|year| year.parse().ok()).ok_or(Bad::Syntax)?;
            rest = &text[4..];
        }
        Chunk::Month | Chunk::LongMonth => {
            let size = (chunk == Chunk::Month).then_some(3);
            let (index, after) = name(&MONTHS, size, text)?;
            found.month = Some(index + 1);
            rest = after;
        }
        Chunk::NumMonth | Chunk::ZeroMonth => {
            let (month, after) = below(13, "month", number(text, chunk == Chunk::ZeroMonth)?)?;
            if month == 0 {
                return Err(Bad::Range("month"));
            }
            found.month = Some(month);
            rest = after;
        }
        Chunk::WeekDay => rest = name(&DAYS, Some(3), text)?.1,
        Chunk::LongWeekDay => rest = name(&DAYS, None, text)?.1,
        Chunk::Day | Chunk::UnderDay | Chunk::ZeroDay => {
            let text = if chunk == Chunk::UnderDay {
                text.strip_prefix(' ').unwrap_or(text)
            } else {
                text
            };
            let (day, after) = number(text, chunk == Chunk::ZeroDay)?;
            found.day = Some(day);
            rest = after;
        }
        Chunk::UnderYearDay | Chunk::ZeroYearDay => {
            let spaces = text
                .bytes()
                .take(2)
                .take_while(|&byte| byte == b' ')
                .count();
            let text = if chunk == Chunk::UnderYearDay {
                &text[spaces..]
            } else {
                text
            };
            let digits = text.bytes().take(3).take_while(u8::is_ascii_digit).count();
            if digits == 0 || (chunk == Chunk::ZeroYearDay && digits != 3) {
                return Err(Bad::Syntax);
            }
            found.year_day = text[..digits].parse().ok();
            rest = &text[digits..];
        }
        Chunk::Hour => (found.hour, rest) = below(24, "hour", number(text, false)?)?,
        Chunk::Hour12 | Chunk::ZeroHour12 => {
            (found.hour, rest) = below(13, "hour", number(text, chunk == Chunk::ZeroHour12)?)?;
        }
        Chunk::Minute | Chunk::ZeroMinute => {
            (found.minute, rest) = below(60, "minute", number(text, chunk == Chunk::ZeroMinute)?)?;
        }
        Chunk::Second | Chunk::ZeroSecond => {
            let (second, after) = below(60, "second", number(text, chunk == Chunk::ZeroSecond)?)?;
            found.second = second;
            // A fraction may follow even if the layout has none.
            let expected = matches!(next_chunk(layout), Some((_, Chunk::Fraction(..), _, _)));
            rest = if expected {
                after
            } else {
                optional_fraction(found, after)
            };
        }
        Chunk::Pm | Chunk::SmallPm => {
            let (am, pm) = if chunk == Chunk::Pm {
                ("AM", "PM")
            } else {
                ("am", "pm")
            };
            let half = text
                .get(..2)
                .filter(|half| *half == am || *half == pm)
                .ok_or(Bad::Syntax)?;
            found.afternoon = Some(half == pm);
            rest = &text[2..];
        }
        Chunk::Offset(true, _) if text.starts_with('Z') => {
            found.utc = true;
            rest = &text[1..];
        }
        Chunk::Offset(_, style) => rest = read_offset(found, style, text)?,
        Chunk::Zone => {
            if let Some(after) = text.strip_prefix("UTC") {
                found.utc = true;
                return Ok(after);
            }
            let size = zone_size(text).ok_or(Bad::Syntax)?;
            text[..size].clone_into(&mut found.zone);
            rest = &text[size..];
        }
        Chunk::Fraction(digits, true) => {
            let fraction = text.get(1..=digits).ok_or(Bad::Syntax)?;
            if !text.starts_with(['.', ',']) || !fraction.bytes().all(|b| b.is_ascii_digit()) {
                return Err(Bad::Syntax);
            }
            found.nanos = nanos(fraction);
            rest = &text[1 + digits..];
        }
        Chunk::Fraction(_, false) => rest = optional_fraction(found, text),
    }
    Ok(rest)
}

fn optional_fraction<'a>(found: &mut Found, text: &'a str) -> &'a str {
    if !text.starts_with(['.', ',']) {
        return text;
    }
    let digits = text[1..].bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 {
        return text;
    }
    found.nanos = nanos(&text[1..=digits]);
    &text[1 + digits..]
}

fn nanos(digits: &str) -> u32 {
    format!("{digits:0<9}")[..9].parse().unwrap_or(0)
}

fn read_offset<'a>(found: &mut Found, style: Offset, text: &'a str) -> Result<&'a str, Bad> {
    let pattern = match style {
        Offset::Plain => "+hhmm",
        Offset::Colon => "+hh:mm",
        Offset::Short => "+hh",
        Offset::Seconds => "+hhmmss",
        Offset::ColonSeconds => "+hh:mm:ss",
    };
    let given = text.get(..pattern.len()).ok_or(Bad::Syntax)?;
    let mut parts = [0_i32; 3];
    for (wanted, c) in pattern.chars().zip(given.chars()) {
        let slot = match wanted {
            'h' => 0,
            'm' => 1,
            's' => 2,
            '+' if c == '+' || c == '-' => continue,
            ':' if c == ':' => continue,
            _ => return Err(Bad::Syntax),
        };
        let digit = c.to_digit(10).and_then(|digit| i32::try_from(digit).ok());
        parts[slot] = parts[slot] * 10 + digit.ok_or(Bad::Syntax)?;
    }
    for (part, limit, name) in [
        (parts[0], 24, "time zone offset hour"),
        (parts[1], 60, "time zone offset minute"),
        (parts[2], 60, "time zone offset second"),
    ] {
        if part > limit {
            return Err(Bad::Range(name));
        }
    }
    let offset = (parts[0] * 60 + parts[1]) * 60 + parts[2];
    found.offset = Some(if given.starts_with('-') {
        -offset
    } else {
        offset
    });
    Ok(&text[pattern.len()..])
}

/// `parseTimeZone`: the length of a zone's abbreviation.
fn zone_size(text: &str) -> Option<usize> {
    if text.len() < 3 {
        return None;
    }
    if text.starts_with("ChST") || text.starts_with("MeST") {
        return Some(4);
    }
    let signed = |text: &str| {
        let digits = text
            .get(1..)?
            .bytes()
            .take_while(u8::is_ascii_digit)
            .count();
        let number: u32 = text.get(1..=digits)?.parse().ok()?;
        (text.starts_with(['+', '-']) && number <= 23).then_some(1 + digits)
    };
    if let Some(after) = text.strip_prefix("GMT") {
        return Some(3 + signed(after).unwrap_or(0));
    }
    if text.starts_with(['+', '-']) {
        return signed(text);
    }
    match text
        .bytes()
        .take(6)
        .take_while(u8::is_ascii_uppercase)
        .count()
    {
        3 => Some(3),
        4 if text.as_bytes()[3] == b'T' || text.starts_with("WITA") => Some(4),
        5 if text.as_bytes()[4] == b'T' => Some(5),
        _ => None,
    }
}

impl Found {
    fn time(mut self) -> Result<Time, &'static str> {
        match self.afternoon {
            Some(true) if self.hour < 12 => self.hour += 12,
            Some(false) if self.hour == 12 => self.hour = 0,
            _ => {}
        }
        if let Some(year_day) = self.year_day {
            let days = if days_in(self.year, 2) == 29 {
                366
            } else {
                365
            };
            if year_day < 1 || year_day > days {
                return Err("day-of-year out of range");
            }
            let (mut month, mut day) = (1, year_day);
            while day > days_in(self.year, month) {
                day -= days_in(self.year, month);
                month += 1;
            }
            if self.month.is_some_and(|given| given != month) {
                return Err("day-of-year does not match month");
            }
            if self.day.is_some_and(|given| given != day) {
                return Err("day-of-year does not match day");
            }
            (self.month, self.day) = (Some(month), Some(day));
        }
        let (month, day) = (self.month.unwrap_or(1), self.day.unwrap_or(1));
        if day < 1 || day > days_in(self.year, month) {
            return Err("day out of range");
        }
        let civil = Civil {
            year: self.year,
            month,
            day,
            hour: self.hour,
            minute: self.minute,
            second: self.second,
        };
        let mut offset = 0;
        let mut zone = "UTC".to_owned();
        if !self.utc {
            if let Some(given) = self.offset {
                offset = given;
                if given != 0 || !matches!(self.zone.as_str(), "" | "UTC") {
                    zone = self.zone;
                }
            } else if !self.zone.is_empty() {
                if let Some(hours) = self.zone.strip_prefix("GMT") {
                    offset = hours.parse::<i32>().unwrap_or(0) * 3_600;
                }
                zone = self.zone;
                // Go reads the clock as UTC, and only shows it with the offset.
                let unix_nanos = i128::from(civil.to_unix()) * SECOND + i128::from(self.nanos);
                return Ok(Time {
                    unix_nanos,
                    offset,
                    zone,
                });
            }
        }
        let seconds = civil.to_unix() - i64::from(offset);
        let unix_nanos = i128::from(seconds) * SECOND + i128::from(self.nanos);
        Ok(Time {
            unix_nanos,
            offset,
            zone,
        })
    }
}
