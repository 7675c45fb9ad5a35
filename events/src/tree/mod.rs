//! RFC 6962 Merkle trees: plan, one read, pure math.
//!
//! A prover says which stored nodes it needs ([`plan::Plan`]), the caller reads them in one go, and
//! [`plan::Plan::prove`] turns them into a proof. A checker ([`inclusion::check_inclusion`],
//! [`consistency::check_consistency`]) never calls a prover and ends every claim in a comparison with a root.
//! All that is ever stored is roots of complete subtrees ([`node::NodeId`]): they never change.

pub mod consistency;
pub mod frontier;
pub mod heads;
pub mod inclusion;
pub mod known;
pub mod node;
pub mod plan;

pub use consistency::{check_consistency, consistency_nodes};
pub use frontier::Frontier;
pub use heads::{HeadsTree, heads_leaf};
pub use inclusion::{check_inclusion, inclusion_nodes};
pub use known::KnownNodes;
pub use node::{MAX_SIZE, NodeId};
