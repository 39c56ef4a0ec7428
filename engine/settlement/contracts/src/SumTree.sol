// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

/// What one subaccount may take, as a state root commits to it.
struct Leaf {
    bytes32 sub;
    /// Hash of the account's whole state, salted; nothing on chain reads it.
    bytes32 detail;
    /// Units of each asset: what an unwind would leave, and all withdrawals ever authorised, paid or not.
    uint128[] entitled;
}

/// A node of the tree: its hash, and the units of each asset below it.
struct Node {
    bytes32 hash;
    uint128[] sums;
}

/// Where a leaf stands: its index, and the sibling of each level from the leaf up, sums one level after the other.
struct Path {
    uint256 index;
    bytes32[] siblings;
    uint128[] sums;
}

/// A Merkle tree whose every node commits to the sums of BOTH its children: a forged total has another hash.
library SumTree {
    uint256 internal constant DEPTH = 20;

    error PathMalformed();

    /// The first twenty bytes of a subaccount's id are its owner's address.
    function ownerOf(bytes32 sub) internal pure returns (address) {
        return address(bytes20(sub));
    }

    function leafHash(Leaf memory leaf) internal pure returns (bytes32) {
        bytes32 body = keccak256(abi.encode(leaf.sub, ownerOf(leaf.sub), leaf.detail, leaf.entitled));
        return keccak256(abi.encodePacked(hex"00", body));
    }

    /// Checked addition: no sum wraps.
    function parentOf(Node memory left, Node memory right) internal pure returns (Node memory parent) {
        // Lists of different lengths could be packed alike.
        require(left.sums.length == right.sums.length, PathMalformed());
        parent.hash = nodeHash(left.sums, left.hash, right.sums, right.hash);
        parent.sums = new uint128[](left.sums.length);
        for (uint256 asset = 0; asset < left.sums.length; ++asset) {
            parent.sums[asset] = left.sums[asset] + right.sums[asset];
        }
    }

    /// The hash of the root above this leaf by this path.
    function rootOf(Leaf calldata leaf, Path calldata path) internal pure returns (bytes32 hash) {
        uint256 width = leaf.entitled.length;
        require(path.index >> DEPTH == 0 && path.siblings.length == DEPTH, PathMalformed());
        require(path.sums.length == DEPTH * width, PathMalformed());
        hash = leafHash(leaf);
        uint128[] memory sums = leaf.entitled;
        for (uint256 level = 0; level < DEPTH; ++level) {
            bytes32 sibling = path.siblings[level];
            uint128[] calldata beside = path.sums[level * width:(level + 1) * width];
            bool isRight = (path.index >> level) & 1 == 1;
            hash = isRight ? nodeHash(beside, sibling, sums, hash) : nodeHash(sums, hash, beside, sibling);
            for (uint256 asset = 0; asset < width; ++asset) {
                sums[asset] += beside[asset];
            }
        }
    }

    function nodeHash(uint128[] memory leftSums, bytes32 left, uint128[] memory rightSums, bytes32 right)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encodePacked(hex"01", leftSums, left, rightSums, right));
    }
}
