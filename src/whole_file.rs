//! New files that are there whole or not at all, whenever the process or the machine dies.

use std::fs::{File, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

/// Writes a new file `path` of mode `mode` (less the umask); durable when this returns.
///
/// # Errors
///
/// [`io::ErrorKind::AlreadyExists`] when something lies there, which stays as it is; or the folder can't be written to.
pub fn create(path: &Path, mode: u32, bytes: &[u8]) -> io::Result<()> {
    beside(path, mode, bytes)?.persist_noclobber(path)?;
    sync_folder(path)
}

/// Writes `path` in place of what lies there, if anything does; durable when this returns.
///
/// # Errors
///
/// The folder can't be written to; what lay there stays as it is.
pub fn replace(path: &Path, mode: u32, bytes: &[u8]) -> io::Result<()> {
    beside(path, mode, bytes)?.persist(path)?;
    sync_folder(path)
}

/// Complete under another name in the same folder, for a rename to be atomic.
fn beside(path: &Path, mode: u32, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut file = Builder::new()
        .prefix(".sinetti-")
        .suffix(".part")
        .permissions(Permissions::from_mode(mode))
        .tempfile_in(folder(path))?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(folder(path))?.sync_all()
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_lies_there_is_never_overwritten_by_a_new_file_and_nothing_is_left_over() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.pem");
        create(&path, 0o600, b"first").unwrap();
        assert_eq!(create(&path, 0o600, b"second").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"first");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        replace(&path, 0o600, b"third").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"third");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(create(&dir.path().join("no/a"), 0o644, b"x").unwrap_err().kind(), io::ErrorKind::NotFound);
    }
}
