//! A workbook or a document as what it is: files in a zip. Opened within limits, before anything is believed.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use kvarter_domain::problem::{Problem, Problems};
use zip::ZipArchive;

use super::{fits, limit};

/// The files, by name.
pub(super) type Entries = BTreeMap<String, Vec<u8>>;

/// What files of Office from before 2007 begin with, and those of today that are locked with a password.
const OLD_OR_LOCKED: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];

/// Unpacks a file and gives the XML in it. What else there is, pictures and so on, is counted and let go.
///
/// # Errors
/// That it is too large, packed or unpacked; that it is no such file; that it carries macros.
pub(super) fn unpack(bytes: &[u8]) -> Result<Entries, Problems> {
    fits(bytes, limit::PACKED_BYTES_MAX)?;
    if bytes.starts_with(OLD_OR_LOCKED) {
        return Err(Problem::new("exchange-old-or-locked", "").into());
    }
    let broken = || Problems::from(Problem::new("exchange-unreadable", ""));
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
    let too_much = || {
        Problems::from(Problem::new("exchange-unpacks-too-large", "").with("most", limit::UNPACKED_BYTES_MAX))
    };
    if archive.len() > limit::ENTRIES_MAX {
        return Err(too_much());
    }
    let mut entries = Entries::new();
    let mut left = limit::UNPACKED_BYTES_MAX;
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).map_err(|_| broken())?;
        let name = file.name().map_err(|_| broken())?.into_owned();
        let lower = name.to_lowercase();
        if lower.ends_with("vbaproject.bin") || lower.contains("/macrosheets/") {
            return Err(Problem::new("exchange-with-macros", "").into());
        }
        // Read up to one byte more than is left: what a file says of its own size is not believed.
        let mut held = Vec::new();
        file.by_ref().take(left + 1).read_to_end(&mut held).map_err(|_| broken())?;
        let size = u64::try_from(held.len()).unwrap_or(u64::MAX);
        left = left.checked_sub(size).ok_or_else(too_much)?;
        let is_xml = [".xml", ".rels"].iter().any(|end| lower.ends_with(end));
        if is_xml && entries.insert(name, held).is_some() {
            return Err(broken());
        }
    }
    let types = entries.get("[Content_Types].xml").ok_or_else(broken)?;
    // A workbook with macros says so in its type as well, whatever it calls the file that holds them.
    if types.windows(12).any(|window| window == b"macroEnabled") {
        return Err(Problem::new("exchange-with-macros", "").into());
    }
    Ok(entries)
}
