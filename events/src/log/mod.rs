//! C2SP formats that other people's programs read: signed notes, checkpoints, cosignatures,
//! proofs and tiles. Each is the public specification, unchanged; the module's doc names it.

pub mod checkpoint;
pub mod cosignature;
pub mod earlier;
pub mod ml_dsa;
pub mod note;
pub mod policy;
pub mod proof;
pub mod signer;
pub mod tile;
pub mod tiling;
pub mod vkey;
