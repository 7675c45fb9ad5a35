//! Folders of static files: a directory, or a prefix in S3-compatible storage.
//!
//! A file is there whole or not at all, and durable once a write has returned.

mod s3;
#[cfg(test)]
pub(crate) mod s3_server;
mod upload;

use std::fmt;
use std::fs::{File, TryLockError};
use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;

use axum::body::{Body, Bytes};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{
    Attribute, Attributes, Error, ObjectStore, ObjectStoreExt as _, PutMode, PutMultipartOptions, PutOptions,
    PutPayload, UpdateVersion,
};

pub use upload::Upload;

/// The file that keeps a second program out of a directory.
const LOCK: &str = ".sinetti.lock";

/// A folder of static files; clones share it.
#[derive(Clone)]
pub struct Folder {
    store: Arc<dyn ObjectStore>,
    /// Where it is a directory.
    path: Option<PathBuf>,
    name: String,
}

/// A file, and which version of it this is.
#[derive(Debug, Clone)]
pub struct Held {
    /// Its bytes.
    pub bytes: Bytes,
    version: UpdateVersion,
}

/// What whoever serves the file from storage is told about it; a directory keeps none of this.
#[derive(Debug, Clone, Copy)]
pub struct Headers {
    /// `Content-Type`.
    pub media_type: &'static str,
    /// `Cache-Control`.
    pub cache: &'static str,
}

/// A folder, or a file in it, can't be used.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// Not a place.
    #[error("{place:?} is no place for files: {reason}. Name a directory, or s3://BUCKET/PREFIX")]
    Place {
        /// As given.
        place: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Another program writes it.
    #[error("{0} is being written by another program. Wait until it is done")]
    InUse(String),
    /// The file was changed by another meanwhile.
    #[error("{file} in {folder} was changed by another program meanwhile. Run one program on it at a time, then again")]
    Changed {
        /// Which folder.
        folder: String,
        /// Which file.
        file: String,
    },
    /// Anything else that disk or storage says.
    #[error("{file} in {folder}: {reason}. Look at the disk, or at the storage and its credentials, then run it again")]
    Failed {
        /// Which folder.
        folder: String,
        /// Which file.
        file: String,
        /// What it says.
        reason: String,
    },
}

impl Folder {
    /// `s3://BUCKET/PREFIX`, or a directory, which is made when it is not there.
    ///
    /// # Errors
    ///
    /// Not a place; the directory can't be made; the settings for the storage (`AWS_…`) are incomplete.
    pub fn open(place: &str) -> Result<Folder, FolderError> {
        match place.strip_prefix("s3://") {
            Some(rest) => s3::open(place, rest),
            None => Folder::directory(FilePath::new(place)),
        }
    }

    /// A directory, made when it is not there.
    ///
    /// # Errors
    ///
    /// It can't be made.
    pub fn directory(path: &FilePath) -> Result<Folder, FolderError> {
        let name = path.display().to_string();
        let bad = |reason: String| FolderError::Place { place: name.clone(), reason };
        std::fs::create_dir_all(path).map_err(|error| bad(error.to_string()))?;
        let store = LocalFileSystem::new_with_prefix(path).map_err(|error| bad(error.to_string()))?;
        let store = Arc::new(store.with_fsync(true));
        Ok(Folder { store, path: Some(path.to_owned()), name })
    }

    fn s3(name: &str, store: impl ObjectStore, prefix: &str) -> Folder {
        let store = Arc::new(PrefixStore::new(store, Path::from(prefix)));
        Folder { store, path: None, name: name.to_owned() }
    }

    /// A file; none when it is not there.
    ///
    /// # Errors
    ///
    /// Disk or storage fails, as for all that follow.
    pub async fn get(&self, file: &str) -> Result<Option<Held>, FolderError> {
        let got = match self.store.get(&Path::from(file)).await {
            Err(Error::NotFound { .. }) => return Ok(None),
            got => got.map_err(|error| self.failed(file, &error))?,
        };
        let version = UpdateVersion { e_tag: got.meta.e_tag.clone(), version: got.meta.version.clone() };
        let bytes = got.bytes().await.map_err(|error| self.failed(file, &error))?;
        Ok(Some(Held { bytes, version }))
    }

    /// A file as a stream, with its length; none when it is not there.
    ///
    /// # Errors
    ///
    /// Disk or storage fails; what fails later ends the stream.
    pub async fn stream(&self, file: &str) -> Result<Option<(u64, Body)>, FolderError> {
        match self.store.get(&Path::from(file)).await {
            Err(Error::NotFound { .. }) => Ok(None),
            got => {
                let got = got.map_err(|error| self.failed(file, &error))?;
                Ok(Some((got.meta.size, Body::from_stream(got.into_stream()))))
            }
        }
    }

    /// Begins to write a file piece by piece. It is there once [`Upload::finish`] has returned, in place of what lay
    /// there.
    ///
    /// # Errors
    ///
    /// Disk or storage fails.
    pub async fn begin(&self, file: &str, headers: Headers) -> Result<Upload, FolderError> {
        let options = PutMultipartOptions { attributes: self.attributes(headers), ..PutMultipartOptions::default() };
        let begun = self.store.put_multipart_opts(&Path::from(file), options).await;
        Ok(Upload::new(begun.map_err(|error| self.failed(file, &error))?, self.clone(), file))
    }

    /// Whether a file is there, and how long it is.
    ///
    /// # Errors
    ///
    /// Disk or storage fails.
    pub async fn length(&self, file: &str) -> Result<Option<u64>, FolderError> {
        match self.store.head(&Path::from(file)).await {
            Err(Error::NotFound { .. }) => Ok(None),
            found => found.map(|meta| Some(meta.size)).map_err(|error| self.failed(file, &error)),
        }
    }

    /// Writes a new file; false, and nothing written, when something lies there already.
    ///
    /// # Errors
    ///
    /// Disk or storage fails.
    pub async fn create(&self, file: &str, bytes: Bytes, headers: Headers) -> Result<bool, FolderError> {
        match self.put(file, bytes, headers, PutMode::Create).await {
            Err(Error::AlreadyExists { .. }) => Ok(false),
            done => done.map(|()| true).map_err(|error| self.failed(file, &error)),
        }
    }

    /// Writes a file in place of `old`, which is what [`Folder::get`] gave.
    ///
    /// # Errors
    ///
    /// In storage: another has written it since (in a directory that is not noticed; see [`Folder::hold`]). Disk or
    /// storage fails.
    pub async fn replace(
        &self,
        file: &str,
        old: Option<&Held>,
        bytes: Bytes,
        headers: Headers,
    ) -> Result<(), FolderError> {
        let mode = match (&self.path, old) {
            (Some(_), _) => PutMode::Overwrite,
            (None, None) => PutMode::Create,
            (None, Some(old)) => PutMode::Update(old.version.clone()),
        };
        match self.put(file, bytes, headers, mode).await {
            Err(Error::AlreadyExists { .. } | Error::Precondition { .. }) => {
                Err(FolderError::Changed { folder: self.name.clone(), file: file.to_owned() })
            }
            done => done.map_err(|error| self.failed(file, &error)),
        }
    }

    /// Names of the files directly in a subfolder.
    ///
    /// # Errors
    ///
    /// Disk or storage fails.
    pub async fn list(&self, subfolder: &str) -> Result<Vec<String>, FolderError> {
        let listed = self.store.list_with_delimiter(Some(&Path::from(subfolder))).await;
        let listed = listed.map_err(|error| self.failed(subfolder, &error))?;
        Ok(listed.objects.into_iter().map(|meta| meta.location.to_string()).collect())
    }

    /// Removes a file; whether it was there.
    ///
    /// # Errors
    ///
    /// Disk or storage fails.
    pub async fn remove(&self, file: &str) -> Result<bool, FolderError> {
        match self.store.delete(&Path::from(file)).await {
            Err(Error::NotFound { .. }) => Ok(false),
            done => done.map(|()| true).map_err(|error| self.failed(file, &error)),
        }
    }

    /// Keeps other programs of ours out of a directory while the answer lives; storage notices others by itself.
    ///
    /// # Errors
    ///
    /// Another program holds it, or it can't be written.
    pub fn hold(&self) -> Result<Option<File>, FolderError> {
        let Some(path) = &self.path else { return Ok(None) };
        let failed = |reason: String| FolderError::Failed { folder: self.name.clone(), file: LOCK.to_owned(), reason };
        let file = File::options().create(true).append(true).open(path.join(LOCK));
        let file = file.map_err(|error| failed(error.to_string()))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Err(FolderError::InUse(self.name.clone())),
            Err(TryLockError::Error(error)) => Err(failed(error.to_string())),
        }
    }

    /// Removes what uploads left that ended with the process, in the subfolders of a directory that nobody else
    /// writes. (Storage has rules of its own for that.)
    ///
    /// # Errors
    ///
    /// The directory can't be read.
    pub fn tidy(&self) -> Result<(), FolderError> {
        let Some(path) = &self.path else { return Ok(()) };
        upload::tidy(path).map_err(|error| FolderError::Failed {
            folder: self.name.clone(),
            file: "an unfinished upload".to_owned(),
            reason: error.to_string(),
        })
    }

    /// What it is called in an error.
    pub fn name(&self) -> &str {
        &self.name
    }

    async fn put(&self, file: &str, bytes: Bytes, headers: Headers, mode: PutMode) -> Result<(), Error> {
        let options = PutOptions { mode, attributes: self.attributes(headers), ..PutOptions::default() };
        self.store.put_opts(&Path::from(file), PutPayload::from_bytes(bytes), options).await.map(drop)
    }

    fn attributes(&self, headers: Headers) -> Attributes {
        let mut attributes = Attributes::new();
        if self.path.is_none() {
            attributes.insert(Attribute::ContentType, headers.media_type.into());
            attributes.insert(Attribute::CacheControl, headers.cache.into());
        }
        attributes
    }

    fn failed(&self, file: &str, error: &Error) -> FolderError {
        FolderError::Failed { folder: self.name.clone(), file: file.to_owned(), reason: error.to_string() }
    }
}

impl fmt::Debug for Folder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Folder({})", self.name)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const TEXT: Headers = Headers { media_type: "text/plain", cache: "no-cache" };

    /// The same of a directory and of storage.
    async fn each(test: impl AsyncFn(Folder)) {
        let dir = tempfile::tempdir().unwrap();
        test(Folder::directory(&dir.path().join("new/folder")).unwrap()).await;
        let server = s3_server::S3Server::start().await;
        test(server.folder("prefix/of/ours")).await;
    }

    fn bytes(text: &'static str) -> Bytes {
        Bytes::from_static(text.as_bytes())
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_file_is_made_once_and_replaced_only_knowingly() {
        each(async |folder: Folder| {
            assert!(folder.get("tile/0/000").await.unwrap().is_none());
            assert_eq!(folder.length("tile/0/000").await.unwrap(), None);
            assert!(folder.create("tile/0/000", bytes("one"), TEXT).await.unwrap());
            assert!(!folder.create("tile/0/000", bytes("two"), TEXT).await.unwrap());
            assert!(folder.create("tile/0/000.p/7", bytes("partial"), TEXT).await.unwrap());
            let held = folder.get("tile/0/000").await.unwrap().unwrap();
            assert_eq!((&held.bytes[..], folder.length("tile/0/000").await.unwrap()), (&b"one"[..], Some(3)));
            folder.replace("tile/0/000", Some(&held), bytes("three"), TEXT).await.unwrap();
            assert_eq!(folder.get("tile/0/000").await.unwrap().unwrap().bytes, "three");
            folder.replace("new", None, bytes("x"), TEXT).await.unwrap();
            assert_eq!(folder.list("tile/0/000.p").await.unwrap(), ["tile/0/000.p/7"]);
            assert_eq!(folder.list("tile/0").await.unwrap(), ["tile/0/000"]);
            assert!(folder.remove("tile/0/000.p/7").await.unwrap());
            assert_eq!(folder.list("tile/0/000.p").await.unwrap(), [""; 0]);
            assert!(folder.get("tile/0/000.p/7").await.unwrap().is_none());
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn in_storage_a_file_that_another_has_written_is_not_replaced() {
        let server = s3_server::S3Server::start().await;
        let folder = server.folder("log");
        folder.replace("checkpoint", None, bytes("1"), TEXT).await.unwrap();
        let held = folder.get("checkpoint").await.unwrap().unwrap();
        folder.replace("checkpoint", Some(&held), bytes("2"), TEXT).await.unwrap();
        for old in [Some(&held), None] {
            let refused = folder.replace("checkpoint", old, bytes("3"), TEXT).await;
            assert!(matches!(refused, Err(FolderError::Changed { .. })), "{refused:?}");
        }
        assert_eq!(folder.get("checkpoint").await.unwrap().unwrap().bytes, "2");
        assert_eq!(server.headers("log/checkpoint"), ("text/plain".to_owned(), "no-cache".to_owned()));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn storage_that_refuses_or_is_not_there_is_an_error_that_names_the_file() {
        let server = s3_server::S3Server::start().await;
        let text = server.stranger().get("checkpoint").await.unwrap_err().to_string();
        assert!(text.starts_with("checkpoint in s3://") && text.contains("403"), "{text}");
        assert!(!text.contains("stranger's secret"), "{text}");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_file_that_comes_in_pieces_is_there_when_it_is_finished_and_not_before() {
        each(async |folder: Folder| {
            let piece = Bytes::from(vec![7; 3 << 20]);
            let mut upload = folder.begin("ab/large", TEXT).await.unwrap();
            for _ in 0..4 {
                upload.write(piece.clone()).await.unwrap();
                assert_eq!(folder.length("ab/large").await.unwrap(), None);
            }
            upload.finish().await.unwrap();
            let (length, body) = folder.stream("ab/large").await.unwrap().unwrap();
            let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
            assert_eq!((length, bytes.len(), bytes.iter().all(|byte| *byte == 7)), (12 << 20, 12 << 20, true));
            let mut upload = folder.begin("ab/none", TEXT).await.unwrap();
            upload.write(piece).await.unwrap();
            upload.abort().await;
            assert!(folder.stream("ab/none").await.unwrap().is_none());
            assert_eq!(folder.list("ab").await.unwrap(), ["ab/large"]);
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_a_killed_upload_left_in_a_directory_is_removed() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::directory(dir.path()).unwrap();
        folder.create("ab/whole", bytes("x"), TEXT).await.unwrap();
        let mut upload = folder.begin("ab/half", TEXT).await.unwrap();
        upload.write(bytes("y")).await.unwrap();
        std::mem::forget(upload);
        let there = || std::fs::read_dir(dir.path().join("ab")).unwrap().count();
        assert_eq!(there(), 2);
        folder.tidy().unwrap();
        assert_eq!(there(), 1);
        assert!(folder.get("ab/whole").await.unwrap().is_some());
    }

    #[tokio::test]
    async fn a_directory_is_held_by_one_program_at_a_time() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::directory(dir.path()).unwrap();
        let held = folder.hold().unwrap();
        assert!(matches!(Folder::directory(dir.path()).unwrap().hold(), Err(FolderError::InUse(_))));
        drop(held);
        assert!(folder.hold().unwrap().is_some());
    }

    #[test]
    fn places_are_directories_and_buckets() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("file"), "x").unwrap();
        for place in [dir.path().join("file").to_str().unwrap(), "s3://", "s3:///prefix"] {
            assert!(matches!(Folder::open(place), Err(FolderError::Place { .. })), "{place}");
        }
    }
}
