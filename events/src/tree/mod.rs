//! RFC 6962 Merkle trees: plan, one read, pure math.
//!
//! A prover says which stored nodes it needs ([`Plan`]), the caller reads them in one go, and
//! [`Plan::prove`] turns them into a proof. A checker ([`check_inclusion`],
//! [`check_consistency`]) never calls a prover and ends every claim in a comparison with a root.
//! All that is ever stored is roots of complete subtrees ([`NodeId`]): they never change.

mod consistency;
mod frontier;
mod heads;
mod inclusion;
mod node;
mod plan;

pub use consistency::{ConsistencyError, check_consistency, consistency_nodes};
pub use frontier::{BadPeaks, Frontier};
pub use heads::{HeadsError, HeadsTree, heads_leaf};
pub use inclusion::{InclusionError, check_inclusion, inclusion_nodes};
pub use node::{MAX_SIZE, NodeId, completed_by, peak_ids};
pub use plan::{Plan, PlanError};
