//! Formulas and encodings that everything else is made of.

pub mod base64;
pub mod canonical;
pub mod hash;
pub mod ids;
pub mod text;
pub mod time;
