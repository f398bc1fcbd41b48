//! Which texts are timestamps: the four layouts of go-yaml v2.4.4 (resolve.go, parseTimestamp) as
//! Go's `time.Parse` reads them.

/// Whether the text is a timestamp.
pub(super) fn is_timestamp(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits != 4 || text.as_bytes().get(4) != Some(&b'-') {
        return false;
    }
    let mut rest = Rest(text.as_bytes());
    let Some(date_is_valid) = rest.date() else {
        return false;
    };
    date_is_valid
        && match rest.0.first() {
            None => true,
            Some(b'T' | b't') => {
                rest.0 = &rest.0[1..];
                rest.time().is_some() && rest.zone().is_some() && rest.0.is_empty()
            }
            Some(b' ') => {
                rest.spaces();
                rest.time().is_some() && rest.0.is_empty()
            }
            Some(_) => false,
        }
}

/// What is left to read.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    /// One or two digits, fewer than `limit`.
    fn number(&mut self, limit: u32) -> Option<u32> {
        let length = self
            .0
            .iter()
            .take(2)
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let number = self.0[..length]
            .iter()
            .fold(0, |number, byte| number * 10 + u32::from(byte - b'0'));
        self.0 = &self.0[length..];
        (length > 0 && number < limit).then_some(number)
    }

    fn byte(&mut self, expected: u8) -> Option<()> {
        let (&first, rest) = self.0.split_first()?;
        self.0 = rest;
        (first == expected).then_some(())
    }

    fn spaces(&mut self) {
        while let [b' ', rest @ ..] = self.0 {
            self.0 = rest;
        }
    }

    /// The date; whether its day exists.
    fn date(&mut self) -> Option<bool> {
        let year = self.0[..4]
            .iter()
            .fold(0, |year, byte| year * 10 + u32::from(byte - b'0'));
        self.0 = &self.0[4..];
        self.byte(b'-')?;
        let month = self.number(13)?;
        self.byte(b'-')?;
        let day = self.number(100)?;
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let last = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        Some(month >= 1 && day >= 1 && day <= last)
    }

    fn time(&mut self) -> Option<()> {
        self.number(24)?;
        self.byte(b':')?;
        self.number(60)?;
        self.byte(b':')?;
        self.number(60)?;
        if let [b'.' | b',', digit, ..] = self.0
            && digit.is_ascii_digit()
        {
            let length = self.0[1..]
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            self.0 = &self.0[1 + length..];
        }
        Some(())
    }

    /// `Z` or a distance like `+01:00`.
    fn zone(&mut self) -> Option<()> {
        match self.0 {
            [b'Z', rest @ ..] => self.0 = rest,
            [b'+' | b'-', h1, h2, b':', m1, m2, rest @ ..] => {
                let two = |tens: &u8, ones: &u8| {
                    (tens.is_ascii_digit() && ones.is_ascii_digit())
                        .then(|| (tens - b'0') * 10 + (ones - b'0'))
                };
                if two(h1, h2)? > 24 || two(m1, m2)? > 60 {
                    return None;
                }
                self.0 = rest;
            }
            _ => return None,
        }
        Some(())
    }
}
