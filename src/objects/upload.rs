//! A file that comes in pieces.

use std::io;
use std::path::Path;

use axum::body::Bytes;
use object_store::{Error, MultipartUpload, PutPayload};

use super::{Folder, FolderError};

/// What is sent to storage at a time, in bytes: S3 takes no smaller part but the last.
const PART: usize = 5 << 20;

/// A file in the making. Dropped, it leaves nothing in a directory.
pub struct Upload {
    parts: Box<dyn MultipartUpload>,
    waiting: Vec<u8>,
    folder: Folder,
    file: String,
}

impl Upload {
    pub(super) fn new(parts: Box<dyn MultipartUpload>, folder: Folder, file: &str) -> Upload {
        Upload { parts, waiting: Vec::new(), folder, file: file.to_owned() }
    }

    /// Writes the next piece.
    ///
    /// # Errors
    ///
    /// Disk or storage fails.
    pub async fn write(&mut self, bytes: Bytes) -> Result<(), FolderError> {
        self.waiting.extend_from_slice(&bytes);
        if self.waiting.len() >= PART { self.send().await } else { Ok(()) }
    }

    /// Makes the file appear, durably.
    ///
    /// # Errors
    ///
    /// Disk or storage fails.
    pub async fn finish(mut self) -> Result<(), FolderError> {
        self.send().await?;
        self.parts.complete().await.map(drop).map_err(|error| self.failed(&error))
    }

    /// Gives it up.
    pub async fn abort(mut self) {
        // Nobody sees what is left, and nothing rests on it.
        let _ = self.parts.abort().await;
    }

    async fn send(&mut self) -> Result<(), FolderError> {
        let part = std::mem::take(&mut self.waiting);
        self.parts.put_part(PutPayload::from(part)).await.map_err(|error| self.failed(&error))
    }

    fn failed(&self, error: &Error) -> FolderError {
        self.folder.failed(&self.file, error)
    }
}

/// Files of unfinished uploads have `#` and a number behind the name (`object_store`'s way); no name of ours has `#`.
pub(super) fn tidy(folder: &Path) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            tidy(&entry.path())?;
        } else if entry.file_name().as_encoded_bytes().contains(&b'#') {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
