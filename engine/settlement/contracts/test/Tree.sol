// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Leaf, Node, Path, SumTree} from "../src/SumTree.sol";

/// The sum tree over a list of leaves, level by level: slow and obvious.
library Tree {
    function empty(uint256 level, uint256 width) internal pure returns (Node memory node) {
        node = Node(bytes32(0), new uint128[](width));
        for (uint256 up = 0; up < level; ++up) {
            node = SumTree.parentOf(node, node);
        }
    }

    /// All nodes of each level; the last level has two, the halves of the tree.
    function levels(Leaf[] memory leaves) internal pure returns (Node[][] memory all) {
        uint256 width = leaves[0].entitled.length;
        all = new Node[][](SumTree.DEPTH);
        all[0] = new Node[](leaves.length);
        for (uint256 index = 0; index < leaves.length; ++index) {
            all[0][index] = Node(SumTree.leafHash(leaves[index]), leaves[index].entitled);
        }
        Node memory none = empty(0, width);
        for (uint256 level = 1; level < SumTree.DEPTH; ++level) {
            Node[] memory below = all[level - 1];
            all[level] = new Node[]((below.length + 1) / 2);
            for (uint256 index = 0; index < all[level].length; ++index) {
                Node memory right = 2 * index + 1 < below.length ? below[2 * index + 1] : none;
                all[level][index] = SumTree.parentOf(below[2 * index], right);
            }
            none = SumTree.parentOf(none, none);
        }
    }

    function halves(Leaf[] memory leaves) internal pure returns (Node memory left, Node memory right) {
        Node[] memory top = levels(leaves)[SumTree.DEPTH - 1];
        return (top[0], top.length > 1 ? top[1] : empty(SumTree.DEPTH - 1, leaves[0].entitled.length));
    }

    function path(Leaf[] memory leaves, uint256 index) internal pure returns (Path memory way) {
        uint256 width = leaves[0].entitled.length;
        Node[][] memory all = levels(leaves);
        way = Path(index, new bytes32[](SumTree.DEPTH), new uint128[](SumTree.DEPTH * width));
        Node memory none = empty(0, width);
        for (uint256 level = 0; level < SumTree.DEPTH; ++level) {
            uint256 beside = (index >> level) ^ 1;
            Node memory sibling = beside < all[level].length ? all[level][beside] : none;
            way.siblings[level] = sibling.hash;
            for (uint256 asset = 0; asset < width; ++asset) {
                way.sums[level * width + asset] = sibling.sums[asset];
            }
            none = SumTree.parentOf(none, none);
        }
    }
}
