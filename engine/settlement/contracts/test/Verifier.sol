// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {Messages, Root, Withdrawal} from "../src/Messages.sol";
import {Leaf, Path, SumTree} from "../src/SumTree.sol";

/// What the vault computes inside, to be asked from outside: T25 holds it against the engine's own.
contract Verifier is EIP712 {
    constructor() EIP712("BallastVault", "1") {}

    function rootOf(Leaf calldata leaf, Path calldata path) external pure returns (bytes32) {
        return SumTree.rootOf(leaf, path);
    }

    /// Many at once; zero where it is refused.
    function rootsOf(Leaf[] calldata leaves, Path[] calldata paths) external view returns (bytes32[] memory roots) {
        roots = new bytes32[](leaves.length);
        for (uint256 index = 0; index < leaves.length; ++index) {
            try this.rootOf(leaves[index], paths[index]) returns (bytes32 root) {
                roots[index] = root;
            } catch {}
        }
    }

    function isPaidBy(bytes32 root, Withdrawal calldata it, bytes32[] calldata proof) external view returns (bool) {
        return MerkleProof.verifyCalldata(proof, root, ofWithdrawal(it));
    }

    function rootStruct(Root calldata root) external pure returns (bytes32) {
        return Messages.ofRoot(root);
    }

    function ofRoot(Root calldata root) external view returns (bytes32) {
        return _hashTypedDataV4(Messages.ofRoot(root));
    }

    function ofWithdrawal(Withdrawal calldata it) public view returns (bytes32) {
        return _hashTypedDataV4(Messages.ofWithdrawal(it));
    }

    function ofWhitelist(bytes32 sub, address to, bool allow, uint64 nonce, uint64 deadline)
        external
        view
        returns (bytes32)
    {
        return _hashTypedDataV4(Messages.ofWhitelist(sub, to, allow, nonce, deadline));
    }

    function ofEscape(bytes32 sub, address to, uint64 epoch) external view returns (bytes32) {
        return _hashTypedDataV4(Messages.ofEscape(sub, to, epoch));
    }
}
