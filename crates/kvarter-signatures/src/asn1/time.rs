//! Moments in ASN.1: `UTCTime` and `GeneralizedTime`, always with `Z`.
//!
//! Certificates may not have fractions of seconds, timestamps may; reading takes both.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::Asn1Error;

/// `YYMMDDhhmm[ss]Z`, where 50 and up is the last century (RFC 5280 § 4.1.2.5.1).
pub(super) fn read_utc(value: &[u8]) -> Result<Timestamp, Asn1Error> {
    let digits = zulu(value)?;
    let (date, seconds) = match digits.len() {
        12 => (&digits[..10], number(&digits[10..])?),
        10 => (digits, 0),
        _ => return Err(Asn1Error::Value),
    };
    let year = number(&date[..2])?;
    let year = if year >= 50 { 1900 + year } else { 2000 + year };
    moment(year, &date[2..], seconds, 0)
}

/// `YYYYMMDDhhmmss[.f…]Z` (X.690 § 11.7).
pub(super) fn read_generalized(value: &[u8]) -> Result<Timestamp, Asn1Error> {
    let digits = zulu(value)?;
    let (whole, fraction) = match digits.iter().position(|byte| matches!(byte, b'.' | b',')) {
        Some(at) => (&digits[..at], nanoseconds(&digits[at + 1..])?),
        None => (digits, 0),
    };
    if whole.len() != 14 {
        return Err(Asn1Error::Value);
    }
    moment(number(&whole[..4])?, &whole[4..12], number(&whole[12..])?, fraction)
}

fn zulu(value: &[u8]) -> Result<&[u8], Asn1Error> {
    value.strip_suffix(b"Z").ok_or(Asn1Error::Value)
}

fn number(digits: &[u8]) -> Result<i32, Asn1Error> {
    digits.iter().try_fold(0_i32, |sum, digit| match digit {
        b'0'..=b'9' => sum
            .checked_mul(10)
            .and_then(|sum| sum.checked_add(i32::from(digit - b'0')))
            .ok_or(Asn1Error::Value),
        _ => Err(Asn1Error::Value),
    })
}

/// Digits after the point; what is finer than a nanosecond is let go.
fn nanoseconds(digits: &[u8]) -> Result<i32, Asn1Error> {
    if digits.is_empty() || digits.len() > 32 || !digits.iter().all(u8::is_ascii_digit) {
        return Err(Asn1Error::Value);
    }
    let nine = digits.iter().copied().chain(std::iter::repeat(b'0')).take(9);
    number(&nine.collect::<Vec<u8>>())
}

/// `MMDDhhmm` of a year, with seconds; a leap second is taken as the second before it.
fn moment(year: i32, rest: &[u8], seconds: i32, nanoseconds: i32) -> Result<Timestamp, Asn1Error> {
    let pair = |at: usize| number(&rest[at..at + 2]).and_then(small);
    let seconds = small(if seconds == 60 { 59 } else { seconds })?;
    let year = i16::try_from(year).map_err(|_| Asn1Error::Value)?;
    let civil = DateTime::new(year, pair(0)?, pair(2)?, pair(4)?, pair(6)?, seconds, nanoseconds)
        .map_err(|_| Asn1Error::Value)?;
    TimeZone::UTC.to_timestamp(civil).map_err(|_| Asn1Error::Value)
}

fn small(number: i32) -> Result<i8, Asn1Error> {
    i8::try_from(number).map_err(|_| Asn1Error::Value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_of_time_are_read() {
        let expected: Timestamp = "2026-11-23T10:00:05Z".parse().unwrap();
        assert_eq!(read_utc(b"261123100005Z"), Ok(expected));
        assert_eq!(read_generalized(b"20261123100005Z"), Ok(expected));
        assert_eq!(
            read_generalized(b"20261123100005.25Z").unwrap(),
            "2026-11-23T10:00:05.25Z".parse().unwrap()
        );
    }

    #[test]
    fn a_time_that_is_not_one_is_refused() {
        for bytes in [&b"261323100005Z"[..], b"2611231000", b"Z", b"26112310000\xffZ", b"99999999999999Z"] {
            assert!(read_utc(bytes).is_err());
        }
        for bytes in [&b"20261123100005"[..], b"20261123100005.Z", b"2026112310Z", b"+0261123100005Z"] {
            assert!(read_generalized(bytes).is_err());
        }
    }

    #[test]
    fn the_last_century_begins_at_fifty() {
        assert_eq!(read_utc(b"500101000000Z").unwrap(), "1950-01-01T00:00:00Z".parse().unwrap());
        assert_eq!(read_utc(b"491231235959Z").unwrap(), "2049-12-31T23:59:59Z".parse().unwrap());
    }
}
