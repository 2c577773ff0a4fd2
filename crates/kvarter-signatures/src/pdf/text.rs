//! Text strings and dates (ISO 32000-2 § 7.9.2.2 and § 7.9.4).

use super::object::Object;

/// A text string: as it is when it is plain ASCII, otherwise UTF-16 with its mark.
#[must_use]
pub fn text(text: &str) -> Object {
    if text.bytes().all(|byte| matches!(byte, 0x20..=0x7e)) {
        return Object::String(text.as_bytes().to_vec());
    }
    let mut bytes = vec![0xfe, 0xff];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes)
}

/// Reads a text string in any of its three encodings; bytes that mean nothing are replaced.
#[must_use]
pub fn read_text(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let units = rest.chunks(2).map(|pair| u16::from_be_bytes([pair[0], *pair.get(1).unwrap_or(&0)]));
            char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|&byte| doc_encoding(byte)).collect(),
    }
}

/// PDFDocEncoding (ISO 32000-2 annex D.3): Latin-1 but for two blocks.
fn doc_encoding(byte: u8) -> char {
    const LOW: [u32; 8] = [0x2d8, 0x2c7, 0x2c6, 0x2d9, 0x2dd, 0x2db, 0x2da, 0x2dc];
    const HIGH: [u32; 33] = [
        0x2022, 0x2020, 0x2021, 0x2026, 0x2014, 0x2013, 0x192, 0x2044, 0x2039, 0x203a, 0x2212, 0x2030,
        0x201e, 0x201c, 0x201d, 0x2018, 0x2019, 0x201a, 0x2122, 0xfb01, 0xfb02, 0x141, 0x152, 0x160, 0x178,
        0x17d, 0x131, 0x142, 0x153, 0x161, 0x17e, 0xfffd, 0x20ac,
    ];
    let code = match byte {
        0x18..=0x1f => LOW[usize::from(byte - 0x18)],
        0x80..=0xa0 => HIGH[usize::from(byte - 0x80)],
        other => u32::from(other),
    };
    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// A moment as a date string, in UTC and whole seconds.
#[must_use]
pub fn date(at: jiff::Timestamp) -> Object {
    let at = jiff::tz::Offset::UTC.to_datetime(at);
    let text = format!(
        "D:{:04}{:02}{:02}{:02}{:02}{:02}+00'00'",
        at.year(),
        at.month(),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    );
    Object::String(text.into_bytes())
}

/// Reads a date string; what it leaves out at the end is the first of its kind, and no zone is UTC.
#[must_use]
pub fn read_date(bytes: &[u8]) -> Option<jiff::Timestamp> {
    let text = read_text(bytes);
    let text = text.strip_prefix("D:").unwrap_or(&text);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count().min(14);
    let (day, zone) = text.split_at(digits);
    let part = |from: usize, to: usize, otherwise: i16| match day.get(from..to) {
        Some(part) => part.parse::<i16>().ok(),
        None if day.len() <= from => Some(otherwise),
        None => None,
    };
    let small = |value: i16| i8::try_from(value).ok();
    let date = jiff::civil::DateTime::new(
        part(0, 4, 1).filter(|_| day.len() >= 4)?,
        small(part(4, 6, 1)?)?,
        small(part(6, 8, 1)?)?,
        small(part(8, 10, 0)?)?,
        small(part(10, 12, 0)?)?,
        small(part(12, 14, 0)?)?,
        0,
    );
    let offset = jiff::tz::Offset::from_seconds(zone_seconds(zone)?).ok()?;
    offset.to_timestamp(date.ok()?).ok()
}

fn zone_seconds(zone: &str) -> Option<i32> {
    let sign = match zone.as_bytes().first() {
        None | Some(b'Z') => return Some(0),
        Some(b'+') => 1,
        Some(b'-') => -1,
        Some(_) => return None,
    };
    let digits: Vec<i32> =
        zone.bytes().filter(u8::is_ascii_digit).map(|digit| i32::from(digit - b'0')).collect();
    match digits.as_slice() {
        [a, b] => Some(sign * (a * 10 + b) * 3600),
        [a, b, c, d] => Some(sign * ((a * 10 + b) * 3600 + (c * 10 + d) * 60)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swedish_letters_survive_being_written_and_read() {
        let Object::String(bytes) = text("Åke Ärlig") else { panic!("a string") };
        assert_eq!(read_text(&bytes), "Åke Ärlig");
        assert_eq!(read_text(b"\xc5ke \x84"), "Åke \u{2014}");
    }

    #[test]
    fn a_date_is_a_moment_whatever_it_leaves_out() {
        let at = |text: &str| read_date(text.as_bytes()).map(|at| at.to_string());
        assert_eq!(at("D:20080918090000+02'00'").as_deref(), Some("2008-09-18T07:00:00Z"));
        assert_eq!(at("D:20080918090000+02'00").as_deref(), Some("2008-09-18T07:00:00Z"));
        assert_eq!(at("2008").as_deref(), Some("2008-01-01T00:00:00Z"));
        assert_eq!(at("D:200809181").as_deref(), None);
        assert_eq!(at("D:20081318"), None);
    }
}
