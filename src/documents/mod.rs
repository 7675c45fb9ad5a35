//! Documents that events name by digest, kept apart from the records and erasable: texts, annexes, minutes.
//!
//! A document's name is its SHA-256, so it is whole or it is not it: what is read is hashed before it is given out.
//! Whether a document may be kept is the ledger's to say ([`crate::ledger::Ledger::document`]); this is the place only.

use std::fmt;

use axum::body::{Body, Bytes};
use http_body_util::BodyExt as _;
use sha2::{Digest as _, Sha256};
use sinetti_events::primitives::hash::Digest;

use crate::objects::{Folder, FolderError, Headers, Upload};

/// Longest document, in bytes.
pub const MAX_DOCUMENT: u64 = 25 << 20;

/// Storage may tell these to whoever reads it directly: nothing that makes a browser show the document.
const HEADERS: Headers = Headers { media_type: "application/octet-stream", cache: "no-cache" };

/// Where documents are kept; clones share it.
#[derive(Debug, Clone)]
pub struct Documents {
    folder: Folder,
}

/// A document as it comes in.
pub struct Incoming {
    upload: Upload,
    hasher: Sha256,
    length: u64,
    expected: Digest,
}

/// A document was not kept or not given out.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// Longer than a document may be.
    #[error("a document has at most {MAX_DOCUMENT} bytes")]
    TooLong,
    /// Another document.
    #[error("the SHA-256 of what was sent is {found}, not {expected}; send the document itself, byte for byte")]
    Mismatch {
        /// The document's name.
        expected: Digest,
        /// SHA-256 of what was sent.
        found: Digest,
    },
    /// What is kept is not the document any more.
    #[error(
        "the kept document {0} is damaged: its bytes have another SHA-256. Remove the file and put the document again"
    )]
    Damaged(Digest),
    /// Disk or storage.
    #[error(transparent)]
    Folder(#[from] FolderError),
}

impl Documents {
    /// Opens the place, a directory or `s3://BUCKET/PREFIX`, and removes what unfinished uploads left there.
    ///
    /// # Errors
    ///
    /// It can't be used.
    pub fn open(place: &str) -> Result<Documents, FolderError> {
        let documents = Documents { folder: Folder::open(place)? };
        documents.folder.tidy()?;
        Ok(documents)
    }

    /// Opens the place to read what is there, whether or not a server keeps it meanwhile.
    ///
    /// # Errors
    ///
    /// It can't be used.
    pub fn look(place: &str) -> Result<Documents, FolderError> {
        Ok(Documents { folder: Folder::open(place)? })
    }

    #[cfg(test)]
    pub(crate) fn of(folder: Folder) -> Documents {
        Documents { folder }
    }

    /// Whether a document is kept, and how long it is.
    ///
    /// # Errors
    ///
    /// Disk or storage fails, as for all that follow.
    pub async fn length(&self, digest: &Digest) -> Result<Option<u64>, DocumentError> {
        Ok(self.folder.length(&file(digest)).await?)
    }

    /// A document's bytes; none when it is not kept.
    ///
    /// # Errors
    ///
    /// It is damaged.
    pub async fn read(&self, digest: &Digest) -> Result<Option<Bytes>, DocumentError> {
        let Some((_, body)) = self.folder.stream(&file(digest)).await? else { return Ok(None) };
        let most = usize::try_from(MAX_DOCUMENT).unwrap_or(usize::MAX);
        let bytes = axum::body::to_bytes(body, most).await.map_err(|_| DocumentError::Damaged(*digest))?;
        if Digest::of(&bytes) == *digest { Ok(Some(bytes)) } else { Err(DocumentError::Damaged(*digest)) }
    }

    /// A document as a stream with its length, hashed once before; none when it is not kept.
    ///
    /// # Errors
    ///
    /// It is damaged.
    pub async fn stream(&self, digest: &Digest) -> Result<Option<(u64, Body)>, DocumentError> {
        let file = file(digest);
        let Some((_, mut body)) = self.folder.stream(&file).await? else { return Ok(None) };
        let mut hasher = Sha256::new();
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|_| DocumentError::Damaged(*digest))?;
            hasher.update(frame.data_ref().map_or(&[][..], |bytes| bytes));
        }
        if Digest(hasher.finalize().into()) != *digest {
            return Err(DocumentError::Damaged(*digest));
        }
        Ok(self.folder.stream(&file).await?)
    }

    /// Begins to take in a document.
    ///
    /// # Errors
    ///
    /// Disk or storage fails.
    pub async fn begin(&self, digest: &Digest) -> Result<Incoming, DocumentError> {
        let upload = self.folder.begin(&file(digest), HEADERS).await?;
        Ok(Incoming { upload, hasher: Sha256::new(), length: 0, expected: *digest })
    }

    /// Takes in a document that is at hand as a whole.
    ///
    /// # Errors
    ///
    /// It is too long.
    pub async fn put(&self, bytes: Bytes) -> Result<Digest, DocumentError> {
        let digest = Digest::of(&bytes);
        let mut incoming = self.begin(&digest).await?;
        incoming.write(bytes).await?;
        incoming.finish().await?;
        Ok(digest)
    }

    /// Erases a document; whether it was there.
    ///
    /// # Errors
    ///
    /// Disk or storage fails.
    pub async fn erase(&self, digest: &Digest) -> Result<bool, DocumentError> {
        let file = file(digest);
        // Storage does not say whether it was there.
        let there = self.folder.length(&file).await?.is_some();
        Ok(there && self.folder.remove(&file).await?)
    }
}

impl Incoming {
    /// Takes in the next piece.
    ///
    /// # Errors
    ///
    /// It is too long by now; nothing of it is kept.
    pub async fn write(&mut self, bytes: Bytes) -> Result<(), DocumentError> {
        self.length = self.length.saturating_add(bytes.len() as u64);
        if self.length > MAX_DOCUMENT {
            return Err(DocumentError::TooLong);
        }
        self.hasher.update(&bytes);
        Ok(self.upload.write(bytes).await?)
    }

    /// Keeps it, if it is the one.
    ///
    /// # Errors
    ///
    /// It is another; nothing of it is kept.
    pub async fn finish(self) -> Result<u64, DocumentError> {
        let Incoming { upload, hasher, length, expected } = self;
        let found = Digest(hasher.finalize().into());
        if found != expected {
            upload.abort().await;
            return Err(DocumentError::Mismatch { expected, found });
        }
        upload.finish().await?;
        Ok(length)
    }

    /// Gives it up.
    pub async fn abort(self) {
        self.upload.abort().await;
    }
}

impl fmt::Debug for Incoming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Incoming({}, {} bytes)", self.expected, self.length)
    }
}

/// `ab/ab12…`: no folder with a hundred thousand files.
fn file(digest: &Digest) -> String {
    let name = digest.to_string();
    let first = name.get(..2).unwrap_or_default();
    format!("{first}/{name}")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::objects::s3_server::S3Server;

    async fn each(test: impl AsyncFn(Documents)) {
        let dir = tempfile::tempdir().unwrap();
        test(Documents::open(dir.path().join("documents").to_str().unwrap()).unwrap()).await;
        test(Documents::of(S3Server::start().await.folder("documents"))).await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn only_the_document_itself_is_kept_and_only_until_it_is_erased() {
        each(async |documents: Documents| {
            let digest = Digest::of(b"the document");
            assert!(documents.read(&digest).await.unwrap().is_none());
            let mut other = documents.begin(&digest).await.unwrap();
            other.write(Bytes::from_static(b"the documents")).await.unwrap();
            assert!(matches!(other.finish().await, Err(DocumentError::Mismatch { .. })));
            assert_eq!(documents.length(&digest).await.unwrap(), None);
            let mut incoming = documents.begin(&digest).await.unwrap();
            for piece in [&b"the "[..], b"", b"document"] {
                incoming.write(Bytes::copy_from_slice(piece)).await.unwrap();
            }
            assert_eq!(incoming.finish().await.unwrap(), 12);
            assert_eq!(documents.read(&digest).await.unwrap().unwrap(), "the document");
            let (length, body) = documents.stream(&digest).await.unwrap().unwrap();
            assert_eq!((length, body.collect().await.unwrap().to_bytes()), (12, Bytes::from_static(b"the document")));
            assert!(documents.erase(&digest).await.unwrap());
            assert!(!documents.erase(&digest).await.unwrap());
            assert!(documents.stream(&digest).await.unwrap().is_none());
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_document_has_25_mib_at_most() {
        each(async |documents: Documents| {
            let most = Bytes::from(vec![1; usize::try_from(MAX_DOCUMENT).unwrap()]);
            let digest = documents.put(most.clone()).await.unwrap();
            assert_eq!(documents.length(&digest).await.unwrap(), Some(MAX_DOCUMENT));
            let mut longer = documents.begin(&Digest::of(b"")).await.unwrap();
            longer.write(most).await.unwrap();
            let refused = longer.write(Bytes::from_static(b"1")).await;
            assert!(matches!(refused, Err(DocumentError::TooLong)));
            longer.abort().await;
            // The empty document is one too.
            assert_eq!(documents.put(Bytes::new()).await.unwrap(), Digest::of(b""));
            assert_eq!(documents.read(&Digest::of(b"")).await.unwrap().unwrap(), "");
        })
        .await;
    }

    #[tokio::test]
    async fn a_damaged_document_is_not_given_out() {
        let dir = tempfile::tempdir().unwrap();
        let documents = Documents::open(dir.path().to_str().unwrap()).unwrap();
        let digest = documents.put(Bytes::from_static(b"minutes")).await.unwrap();
        std::fs::write(dir.path().join(file(&digest)), b"minutes of another meeting").unwrap();
        assert!(matches!(documents.read(&digest).await, Err(DocumentError::Damaged(_))));
        assert!(matches!(documents.stream(&digest).await, Err(DocumentError::Damaged(_))));
        documents.put(Bytes::from_static(b"minutes")).await.unwrap();
        assert_eq!(documents.read(&digest).await.unwrap().unwrap(), "minutes");
    }
}
