//! The heads tree, changed in place in any order, against a tree built anew.

use proptest::prelude::*;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::tree::{HeadsTree, check_inclusion, heads_leaf};

use crate::reference;

fn head(stream: u64, version: u64) -> Hash {
    heads_leaf(&format!("agreement-{stream}"), version, &reference::leaf(version))
}

proptest! {
    #[test]
    fn any_order_of_appends_and_changes_gives_the_tree_of_the_newest_heads(
        steps in prop::collection::vec(any::<u16>(), 1..300)
    ) {
        let mut tree = HeadsTree::new();
        let mut versions: Vec<u64> = Vec::new();
        for step in steps {
            // One in three steps opens a stream, the others continue one.
            if versions.is_empty() || step % 3 == 0 {
                tree.push(head(versions.len() as u64, 1));
                versions.push(1);
            } else {
                let stream = usize::from(step) % versions.len();
                versions[stream] += 1;
                tree.set(stream as u64, head(stream as u64, versions[stream])).unwrap();
            }
        }
        let newest: Vec<Hash> =
            versions.iter().enumerate().map(|(stream, version)| head(stream as u64, *version)).collect();
        prop_assert_eq!(tree.root(), reference::root(&newest));
        for (stream, leaf) in newest.iter().enumerate() {
            let proof = tree.prove(stream as u64, tree.streams()).unwrap();
            prop_assert_eq!(&proof, &reference::path(stream, &newest));
            let checked = check_inclusion(leaf, stream as u64, tree.streams(), &proof, &tree.root());
            prop_assert_eq!(checked, Ok(()));
        }
        for streams in 0..=newest.len() {
            let first = reference::root(&newest[..streams]);
            prop_assert_eq!(tree.root_of_first(streams as u64), Ok(first));
        }
    }
}
