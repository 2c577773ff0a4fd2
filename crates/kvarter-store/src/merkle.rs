//! The arithmetic of the log's tree (RFC 6962 § 2.1), without a database.
//!
//! A tree that only grows never changes a subtree that is full. Those subtrees' hashes are kept, each under
//! its level and its place in that level, and everything else is worked out from at most one of them per
//! level: appending needs the full subtrees at the right edge ([`Frontier`]), a root or a proof for any
//! size needs the ones that [`full_subtrees`] names. Which nodes a proof consists of, and whether a proof
//! holds, is left to the crate `ct-merkle`.

use sha2::{Digest as _, Sha256};

/// A hash.
pub(crate) type Hash = [u8; 32];

/// The hash of a leaf.
pub(crate) fn leaf(input: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(input).finalize().into()
}

/// The hash of a node over its two subtrees.
pub(crate) fn parent(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// A full subtree: `2^level` leaves from leaf `index * 2^level`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) level: u32,
    pub(crate) index: u64,
}

/// The full subtrees at the right edge of a tree, largest first: one for each bit of its size.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Frontier {
    pub(crate) size: u64,
    pub(crate) hashes: Vec<Hash>,
}

impl Frontier {
    /// Appends a leaf and gives the subtrees that became full with it, smallest first.
    pub(crate) fn push(&mut self, leaf: Hash) -> Vec<(Node, Hash)> {
        let mut filled = Vec::new();
        let mut hash = leaf;
        for level in 1..=self.size.trailing_ones() {
            let left = self.hashes.pop().expect("a frontier has one hash for each bit of its size");
            hash = parent(&left, &hash);
            filled.push((Node { level, index: self.size >> level }, hash));
        }
        self.hashes.push(hash);
        self.size += 1;
        filled
    }

    /// The root of the tree.
    pub(crate) fn root(&self) -> Hash {
        root_of(&self.hashes)
    }

    /// Whether there are as many hashes as the size needs.
    pub(crate) fn is_whole(&self) -> bool {
        self.hashes.len() == self.size.count_ones() as usize
    }
}

/// The hash over full subtrees that lie side by side, the largest first; of none, the empty tree's root.
pub(crate) fn root_of(hashes: &[Hash]) -> Hash {
    let mut from_the_right = hashes.iter().rev();
    let Some(last) = from_the_right.next() else { return Sha256::digest([]).into() };
    from_the_right.fold(*last, |right, left| parent(left, &right))
}

/// The full subtrees that leaves `start..end` consist of, largest first; `start` is where a subtree at
/// least as large as the span begins.
pub(crate) fn full_subtrees(start: u64, end: u64) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut at = start;
    while at < end {
        let level = (end - at).ilog2();
        nodes.push(Node { level, index: at >> level });
        at += 1 << level;
    }
    nodes
}

/// The leaves that a node of a proof stands over, in a tree of `size` leaves. `place` counts the nodes from
/// left to right, leaves being the even ones, as `ct-merkle` numbers them.
pub(crate) fn span(place: u64, size: u64) -> (u64, u64) {
    let level = place.trailing_ones();
    let start = (place >> (level + 1)) << level;
    (start, (start + (1 << level)).min(size))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ct_merkle::mem_backed_tree::MemoryBackedTree;
    use std::collections::HashMap;

    #[test]
    fn the_frontiers_root_is_the_root_of_the_whole_tree_at_every_size() {
        let mut tree = MemoryBackedTree::<Sha256, Vec<u8>>::new();
        let mut frontier = Frontier::default();
        for n in 0..300_u32 {
            tree.push(n.to_be_bytes().to_vec());
            frontier.push(leaf(&n.to_be_bytes()));
            assert!(frontier.is_whole());
            assert_eq!(frontier.root().as_slice(), tree.root().as_bytes().as_slice(), "size {}", n + 1);
        }
    }

    #[test]
    fn roots_of_earlier_sizes_and_proofs_are_made_of_full_subtrees_alone() {
        let mut tree = MemoryBackedTree::<Sha256, Vec<u8>>::new();
        let mut frontier = Frontier::default();
        let mut kept: HashMap<(u32, u64), Hash> = HashMap::new();
        for n in 0..70_u64 {
            tree.push(n.to_be_bytes().to_vec());
            let hash = leaf(&n.to_be_bytes());
            kept.insert((0, n), hash);
            kept.extend(frontier.push(hash).into_iter().map(|(node, hash)| ((node.level, node.index), hash)));
            let size = n + 1;
            let over = |(start, end): (u64, u64)| {
                let hashes =
                    full_subtrees(start, end).into_iter().map(|node| kept[&(node.level, node.index)]);
                root_of(&hashes.collect::<Vec<_>>())
            };
            assert_eq!(over((0, size)).as_slice(), tree.root().as_bytes().as_slice());
            for index in 0..size {
                let places = ct_merkle::indices_for_inclusion_proof(size, index);
                let ours: Vec<u8> = places.into_iter().flat_map(|place| over(span(place, size))).collect();
                let theirs = tree.prove_inclusion(usize::try_from(index).expect("small"));
                assert_eq!(ours, theirs.as_bytes(), "leaf {index} of {size}");
            }
            for older in 1..size {
                let places = ct_merkle::indices_for_consistency_proof(older, size - older);
                let ours: Vec<u8> = places.into_iter().flat_map(|place| over(span(place, size))).collect();
                let theirs = tree.prove_consistency(usize::try_from(size - older).expect("small"));
                assert_eq!(ours, theirs.as_bytes(), "from {older} to {size}");
            }
        }
    }
}
