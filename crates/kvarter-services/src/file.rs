//! Files of the one who asks, outside any installation: why one cannot be read or written, and one written whole.

use std::fs::Permissions;
use std::io::{self, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

/// Why reading, making or listening failed: a code where we have words for it, otherwise the system's own.
pub fn cause(error: &io::Error) -> String {
    let code = match error.kind() {
        io::ErrorKind::NotFound => "not-found",
        io::ErrorKind::PermissionDenied => "not-permitted",
        io::ErrorKind::IsADirectory => "is-a-folder",
        io::ErrorKind::AlreadyExists => "is-a-file",
        io::ErrorKind::NotADirectory => "not-in-a-folder",
        io::ErrorKind::InvalidData => "not-text",
        io::ErrorKind::AddrInUse => "in-use",
        io::ErrorKind::AddrNotAvailable => "not-here",
        io::ErrorKind::ReadOnlyFilesystem => "read-only",
        io::ErrorKind::StorageFull => "full",
        _ => return error.to_string(),
    };
    code.to_owned()
}

/// Writes a file whole or not at all: beside its place first and to the disk, then into its place.
///
/// # Errors
/// Whatever the system reports.
pub fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // What any new file gets; the account's mask takes away from it.
    let mut beside =
        tempfile::Builder::new().permissions(Permissions::from_mode(0o666)).tempfile_in(folder)?;
    beside.write_all(bytes)?;
    beside.as_file().sync_all()?;
    beside.persist(file).map(|_| ()).map_err(|error| error.error)
}
