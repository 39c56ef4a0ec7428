// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Actors, Config} from "./Actors.sol";
import {Messages} from "./Messages.sol";
import {Payments} from "./Payments.sol";
import {Leaf, Path, SumTree} from "./SumTree.sol";

/// All collateral of a desk. Not upgradeable; to leave it once it froze nobody's permission is needed.
contract Vault is Payments {
    using SafeERC20 for IERC20;

    mapping(bytes32 sub => bool) public escaped;
    /// Units that a token would not let go; kept for their owner.
    mapping(bytes32 sub => uint128[MAX_ASSETS]) public owed;

    event Escaped(bytes32 indexed sub, address to, uint128[] amounts);
    event Collected(bytes32 indexed sub, uint8 asset, uint128 amount, address to);

    error NotFrozen();
    error AlreadyEscaped();

    constructor(Config memory config) Actors(config) EIP712("BallastVault", "1") {}

    /// Frozen: all that the root in force leaves a subaccount, once, to its owner or where the owner signed.
    function escape(Leaf calldata leaf, Path calldata path, address to, bytes calldata signature)
        external
        nonReentrant
    {
        require(frozen, NotFrozen());
        require(!escaped[leaf.sub], AlreadyEscaped());
        _requireLeaf(frozenEpoch, leaf, path);
        if (to != SumTree.ownerOf(leaf.sub)) {
            _requireOwner(leaf.sub, Messages.ofEscape(leaf.sub, to, frozenEpoch), signature);
        }
        escaped[leaf.sub] = true;
        uint128[] memory amounts = new uint128[](assets.length);
        for (uint8 asset = 0; asset < amounts.length; ++asset) {
            uint128 before = paid[leaf.sub][asset];
            if (before >= leaf.entitled[asset]) continue;
            amounts[asset] = leaf.entitled[asset] - before;
            // One token that refuses must not hold the others.
            if (!_tokenOf(asset).trySafeTransfer(to, _weiOf(asset, amounts[asset]))) {
                owed[leaf.sub][asset] = amounts[asset];
            }
        }
        emit Escaped(leaf.sub, to, amounts);
    }

    /// What a token refused at the escape: to the owner, or where the owner asks.
    function collect(bytes32 sub, uint8 asset, address to) external nonReentrant {
        address owner = SumTree.ownerOf(sub);
        require(msg.sender == owner || to == owner, NotAllowed());
        uint128 amount = owed[sub][asset];
        require(amount > 0, NothingDue());
        owed[sub][asset] = 0;
        emit Collected(sub, asset, amount, to);
        _tokenOf(asset).safeTransfer(to, _weiOf(asset, amount));
    }
}
