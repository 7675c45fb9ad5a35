//! What follows from the events of a Sinetti ledger: the state of each agreement, whether a
//! further event is allowed, and the views that people and programs read.
//!
//! Pure: no I/O, no clock; "now" and "as of" are arguments. Nothing here looks at bytes or
//! hashes: authenticity is settled before by `sinetti_events`.
//!
//! - [`acts`]: one file per event type: its members, when it is allowed, what follows from it;
//! - [`event`]: one event with its act parsed;
//! - [`registry`], [`agreement`]: the folds of the two kinds of stream;
//! - [`mod@decide`]: whether an event may be appended to a state;
//! - [`seats`], [`approval`], [`signing`], [`withdrawal`], [`force`], [`amendments`], [`periods`]: the derivations
//!   on which every count rests;
//! - [`provisional`], [`disputes`]: what shows beside and counts as nothing;
//! - [`drafting`]: comment rounds, and which comments came in time;
//! - [`conditions`]: what an approval hangs on, and what became of it;
//! - [`finality`], [`finality_clock`], [`holidays`]: whether a decision can still change, and until when;
//! - [`areas`], [`annexes`], [`annex_parts`]: interface areas, their annexes, and who is part of which;
//! - [`goals`], [`counterparts`], [`forums`], [`duties`]: what is done there together, and what the law asks for;
//! - [`audit`]: the replay of a whole ledger, by somebody who trusts nobody;
//! - [`documents`]: which events name which documents;
//! - [`mod@status`], [`mod@timeline`], [`mod@difference`], [`mod@awaited`]: what is
//!   shown, what changed, and what awaits whom;
//! - [`mod@stated`]: the state in the short form of a signed statement.

pub mod acts;
pub mod agreement;
pub mod amendments;
pub mod annex_parts;
pub mod annex_states;
pub mod annexes;
pub mod approval;
pub mod areas;
pub mod audit;
pub mod awaited;
mod case;
pub mod conditions;
mod council_terms;
pub mod counterparts;
pub mod decide;
pub mod difference;
pub mod disputes;
pub mod documents;
pub mod drafting;
pub mod duties;
pub mod event;
pub mod finality;
pub mod finality_clock;
pub mod force;
pub mod forums;
pub mod goals;
pub mod helsinki;
pub mod holidays;
mod in_use;
mod index;
mod legal_bases;
pub mod periods;
pub mod provisional;
pub mod refusal;
pub mod registry;
pub mod seats;
pub mod signing;
mod spans;
mod speaker;
pub mod stated;
pub mod status;
pub mod texts;
pub mod timeline;
pub mod withdrawal;

#[cfg(test)]
mod cases;
#[cfg(test)]
mod given;
#[cfg(test)]
mod given_areas;
