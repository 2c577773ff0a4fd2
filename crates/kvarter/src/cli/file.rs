//! Files named on the command line.

use std::io::Read as _;
use std::path::Path;

use kvarter_domain::problem::{Problem, Problems};
use kvarter_services::registry::UPLOAD_BYTES_MAX;

use super::answer::{self, Trouble};

/// Writes a file whole or not at all: beside its place first, then into it.
pub(super) fn write(file: &Path, argument: &str, bytes: &[u8]) -> Result<(), Trouble> {
    kvarter_services::file::write(file, bytes).map_err(|cause| {
        let problem = Problem::new("file-cannot-be-written", argument).with("file", file.display());
        Trouble::Asked(problem.with("cause", answer::cause(&cause)).into())
    })
}

/// A file's bytes, no more than a document may hold; what cannot be read becomes a problem.
pub(super) fn contents(file: &Path, problems: &mut Problems) -> Option<Vec<u8>> {
    let name = file.display().to_string();
    let mut bytes = Vec::new();
    let limit = UPLOAD_BYTES_MAX as u64 + 1;
    match std::fs::File::open(file).and_then(|file| file.take(limit).read_to_end(&mut bytes)) {
        Err(cause) => {
            problems.add(Problem::new("file-unreadable", name).with("cause", answer::cause(&cause)));
            None
        }
        Ok(_) if bytes.len() > UPLOAD_BYTES_MAX => {
            let megabytes = UPLOAD_BYTES_MAX / (1024 * 1024);
            problems.add(Problem::new("upload-too-large", name).with("megabytes_max", megabytes));
            None
        }
        Ok(_) => Some(bytes),
    }
}
