//! PEM (RFC 7468): blocks of base64 between two lines, as certificates and keys are kept in files.
//! What is in a block is for others to read; text outside blocks is explanation and is skipped.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

/// The biggest file to take in, in bytes; a folder of authorities in one file has about one million.
const MAX_SIZE: usize = 16 << 20;

/// Why a text is no PEM.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PemError {
    /// There is no block in it.
    #[error("there is no PEM block")]
    Nothing,
    /// A block begins and does not end, or ends as something else.
    #[error("a PEM block is not closed as it was opened")]
    Unclosed,
    /// What is inside is no base64.
    #[error("a PEM block does not hold base64")]
    Base64,
    /// A block has headers of the old encrypted kind.
    #[error("a PEM block has headers of the old encrypted kind")]
    OldEncryption,
    /// Bigger than anything real.
    #[error("the file is too big")]
    TooBig,
}

/// One block.
pub struct PemBlock {
    /// Such as `CERTIFICATE` or `PRIVATE KEY`.
    pub label: String,
    /// What was in it. Overwritten when let go, since it may be a key.
    pub bytes: Zeroizing<Vec<u8>>,
}

/// All blocks of a file.
///
/// # Errors
///
/// When a block is broken, or there is none.
pub fn read_pem(file: &[u8]) -> Result<Vec<PemBlock>, PemError> {
    if file.len() > MAX_SIZE {
        return Err(PemError::TooBig);
    }
    let mut blocks = Vec::new();
    let mut open: Option<(String, Zeroizing<Vec<u8>>)> = None;
    for line in file.split(|byte| matches!(byte, b'\n' | b'\r')) {
        let line = line.trim_ascii();
        if let Some(label) = between(line, b"-----BEGIN ") {
            if open.is_some() {
                return Err(PemError::Unclosed);
            }
            open = Some((label, Zeroizing::default()));
        } else if let Some(label) = between(line, b"-----END ") {
            let (opened, text) = open.take().ok_or(PemError::Unclosed)?;
            if opened != label {
                return Err(PemError::Unclosed);
            }
            let bytes = STANDARD.decode(&*text).map_err(|_| PemError::Base64)?;
            blocks.push(PemBlock { label, bytes: Zeroizing::new(bytes) });
        } else if let Some((_, text)) = &mut open {
            if line.contains(&b':') {
                return Err(PemError::OldEncryption);
            }
            text.extend_from_slice(line);
        }
    }
    match (open, blocks.is_empty()) {
        (Some(_), _) => Err(PemError::Unclosed),
        (None, true) => Err(PemError::Nothing),
        (None, false) => Ok(blocks),
    }
}

fn between(line: &[u8], begin: &[u8]) -> Option<String> {
    let label = line.strip_prefix(begin)?.strip_suffix(b"-----")?;
    String::from_utf8(label.to_vec()).ok()
}

/// One block, in lines of 64 letters.
pub fn write_pem(label: &str, bytes: &[u8]) -> String {
    let text = STANDARD.encode(bytes);
    let mut out = format!("-----BEGIN {label}-----\n");
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(64));
        out.push_str(line);
        out.push('\n');
        rest = after;
    }
    out.push_str("-----END ");
    out.push_str(label);
    out.push_str("-----\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back_with_words_around_it() {
        let text = format!("explanation\r\n{}more\n{}", write_pem("A", &[7; 100]), write_pem("B C", b""));
        let blocks = read_pem(text.as_bytes()).unwrap();
        assert_eq!(blocks.iter().map(|block| block.label.as_str()).collect::<Vec<_>>(), ["A", "B C"]);
        assert_eq!(*blocks[0].bytes, [7; 100]);
    }

    #[test]
    fn a_block_that_ends_as_another_is_refused() {
        let read = |text: &str| read_pem(text.as_bytes()).err();
        assert_eq!(read("-----BEGIN A-----\n-----END B-----\n"), Some(PemError::Unclosed));
        assert_eq!(read("-----BEGIN A-----\nAAAA\n"), Some(PemError::Unclosed));
        assert_eq!(read("no\n"), Some(PemError::Nothing));
    }
}
