//! tmp
#![allow(dead_code)]
mod agreements;
mod demo;
mod error;
mod registrar_key;
mod roster;
mod step;
mod texts;
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind { Real, Demo, DemoEmpty }
