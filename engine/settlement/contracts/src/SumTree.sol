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
    /// Said before a leaf and before a node, so that neither passes for the other.
    bytes1 private constant LEAF = 0x00;
    bytes1 private constant NODE = 0x01;

    error PathMalformed();

    /// The first twenty bytes of a subaccount's id are its owner's address.
    function ownerOf(bytes32 sub) internal pure returns (address) {
        return address(bytes20(sub));
    }

    function leafHash(Leaf memory leaf) internal pure returns (bytes32) {
        bytes32 body = keccak256(abi.encode(leaf.sub, ownerOf(leaf.sub), leaf.detail, leaf.entitled));
        return keccak256(abi.encodePacked(LEAF, body));
    }

    /// Checked addition: no sum wraps.
    function parentOf(Node memory left, Node memory right) internal pure returns (Node memory parent) {
        // Lists of different lengths could be packed alike.
        require(left.sums.length == right.sums.length, PathMalformed());
        parent.hash = keccak256(abi.encodePacked(NODE, left.sums, left.hash, right.sums, right.hash));
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
        // Every node on the way, packed as `parentOf` does.
        bytes memory node = new bytes(1 + 64 * (width + 1));
        node[0] = NODE;
        for (uint256 level = 0; level < DEPTH; ++level) {
            uint128[] calldata beside = path.sums[level * width:(level + 1) * width];
            bool isRight = (path.index >> level) & 1 == 1;
            hash = _above(node, isRight, sums, hash, beside, path.siblings[level]);
        }
    }

    /// Hash of the node above a child and its sibling, whose sums are added to the child's.
    function _above(
        bytes memory node,
        bool isRight,
        uint128[] memory sums,
        bytes32 hash,
        uint128[] calldata beside,
        bytes32 sibling
    ) private pure returns (bytes32 above) {
        bool isMore = false;
        assembly ("memory-safe") {
            let length := mul(beside.length, 32)
            // Behind the buffer's length and tag; each half has the sums and a hash.
            let here := add(add(node, 33), mul(isRight, add(length, 32)))
            let there := add(add(node, 33), mul(iszero(isRight), add(length, 32)))
            calldatacopy(there, beside.offset, length)
            for { let at := 0 } lt(at, length) { at := add(at, 32) } {
                let sum := mload(add(add(sums, 32), at))
                let other := mload(add(there, at))
                mstore(add(here, at), sum)
                sum := add(sum, other)
                // A number from outside may itself have more than 128 bits.
                isMore := or(isMore, iszero(iszero(shr(128, or(sum, other)))))
                mstore(add(add(sums, 32), at), sum)
            }
            mstore(add(here, length), hash)
            mstore(add(there, length), sibling)
            above := keccak256(add(node, 32), mload(node))
        }
        require(!isMore, PathMalformed());
    }
}
