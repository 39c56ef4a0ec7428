// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {RateLimiter} from "@openzeppelin/contracts/utils/RateLimiter.sol";
import {BitMaps} from "@openzeppelin/contracts/utils/structs/BitMaps.sol";
import {Messages, Withdrawal} from "./Messages.sol";
import {FreezeReason, Roots} from "./Roots.sol";
import {Leaf, Path, SumTree} from "./SumTree.sol";

/// An owner's demand, which is served in time or the vault can be frozen for it.
struct Forced {
    uint64 askedAt;
    uint8 asset;
    /// What must have been paid in all, in units.
    uint128 target;
}

/// Tokens out while the operator works: only what a final root authorises, only where the owner's signature allows,
/// only as fast as the buckets fill.
abstract contract Payments is Roots {
    using BitMaps for BitMaps.BitMap;
    using RateLimiter for RateLimiter.RefillingBucket;
    using SafeERC20 for IERC20;

    mapping(bytes32 sub => uint128[MAX_ASSETS]) public paid;
    /// From when on a destination may be paid; zero, never.
    mapping(bytes32 sub => mapping(address to => uint64)) public whitelistedFrom;
    mapping(bytes32 sub => uint64) public whitelistNonce;
    mapping(bytes32 sub => Forced) public forced;
    /// By key: of 256 payments one after another all but the first find their slot written.
    BitMaps.BitMap private _paidKeys;
    /// Under the key zero the bucket of all; no subaccount has that id, because no owner has address zero.
    RateLimiter.RefillingBucket[MAX_ASSETS] private _ofAll;
    RateLimiter.RefillingBucket[MAX_ASSETS] private _ofEach;

    event Paid(bytes32 indexed sub, uint64 indexed nonce, uint8 asset, uint128 amount, address to);
    event Whitelisted(bytes32 indexed sub, address indexed to, uint64 from);
    event ForcedRequest(bytes32 indexed sub, uint8 asset, uint128 amount);
    event Served(bytes32 indexed sub);
    event CapSet(uint8 asset, uint48 window, uint208 ofAll, uint208 ofEach);

    error NotFinal();
    error AlreadyPaid();
    error NotWhitelisted();
    error Expired();
    error NothingDue();

    constructor() {
        for (uint8 asset = 0; asset < assets.length; ++asset) {
            _setCap(asset, assets[asset].window, assets[asset].capOfAll, assets[asset].capOfEach);
        }
    }

    function setCap(uint8 asset, uint48 window, uint208 ofAll, uint208 ofEach) external {
        require(msg.sender == governor, NotAllowed());
        _setCap(asset, window, ofAll, ofEach);
    }

    /// Anyone may bring it: amount, asset and destination are the leaf's.
    function claim(Withdrawal calldata it, uint64 epoch, bytes32[] calldata proof) external whenRunning nonReentrant {
        require(epoch > 0 && epoch <= finalEpoch(), NotFinal());
        require(it.seq > 0 && it.seq <= roots[epoch].seq, BadProof());
        bytes32 leaf = _hashTypedDataV4(Messages.ofWithdrawal(it));
        require(MerkleProof.verifyCalldata(proof, roots[epoch].withdrawalsRoot, leaf), BadProof());
        require(!_paidKeys.get(it.nonce), AlreadyPaid());
        require(_mayReceive(it.sub, it.to), NotWhitelisted());
        _paidKeys.set(it.nonce);
        paid[it.sub][it.asset] += it.amount;
        _ofAll[it.asset].consume(0, it.amount);
        _ofEach[it.asset].consume(it.sub, it.amount);
        emit Paid(it.sub, it.nonce, it.asset, it.amount, it.to);
        _tokenOf(it.asset).safeTransfer(it.to, _weiOf(it.asset, it.amount));
    }

    /// By the subaccount's owner. Adding waits, and stops with the vault; removing is at once and always.
    function setWhitelist(bytes32 sub, address to, bool allow, uint64 deadline, bytes calldata signature) external {
        require(block.timestamp <= deadline, Expired());
        require(!allow || (!frozen && block.timestamp >= pausedUntil), IsPaused());
        _requireOwner(sub, Messages.ofWhitelist(sub, to, allow, whitelistNonce[sub]++, deadline), signature);
        uint64 from = allow ? uint64(block.timestamp) + terms.whitelistDelay : 0;
        whitelistedFrom[sub][to] = from;
        emit Whitelisted(sub, to, from);
    }

    /// Its owner demands a payment that the final root proves to be there, no more than its bucket lets out now: what
    /// it pays out meanwhile is paid to the demand, so nothing else empties it. One at a time.
    function force(uint8 asset, uint128 amount, Leaf calldata leaf, Path calldata path) external whenRunning {
        require(msg.sender == SumTree.ownerOf(leaf.sub), NotAllowed());
        require(forced[leaf.sub].askedAt == 0, TooSoon());
        _requireLeaf(finalEpoch(), leaf, path);
        require(asset < assets.length, UnknownAsset());
        uint128 target = paid[leaf.sub][asset] + amount;
        require(amount > 0 && target <= leaf.entitled[asset], NothingDue());
        require(amount <= _ofEach[asset].available(leaf.sub), RateLimiter.RateLimitExceeded());
        forced[leaf.sub] = Forced(uint64(block.timestamp), asset, target);
        emit ForcedRequest(leaf.sub, asset, amount);
    }

    /// Ends a demand that was paid: all of it, or all that a newer final root says there is.
    function served(Leaf calldata leaf, Path calldata path) external {
        Forced memory demand = forced[leaf.sub];
        uint64 epoch = finalEpoch();
        require(demand.askedAt > 0 && roots[epoch].engineTime > demand.askedAt, NotDue());
        _requireLeaf(epoch, leaf, path);
        uint128 there = leaf.entitled[demand.asset];
        require(paid[leaf.sub][demand.asset] >= (there < demand.target ? there : demand.target), NotDue());
        delete forced[leaf.sub];
        emit Served(leaf.sub);
    }

    /// For want of service to this subaccount.
    function freezeFor(bytes32 sub) external {
        Forced memory demand = forced[sub];
        require(demand.askedAt > 0 && _servingSince(demand.askedAt) > terms.forcedGrace, NotDue());
        require(paid[sub][demand.asset] < demand.target, NotDue());
        _freeze(FreezeReason.RequestUnserved);
    }

    /// Units that may leave now, of all together and of this subaccount.
    function available(uint8 asset, bytes32 sub) external view returns (uint256 ofAll, uint256 ofEach) {
        return (_ofAll[asset].available(0), _ofEach[asset].available(sub));
    }

    /// A nonce is one withdrawal of the whole engine: no other subaccount has it, so it is the key by itself.
    function withdrawalKey(bytes32, uint64 nonce) external pure returns (bytes32) {
        return bytes32(uint256(nonce));
    }

    function paidKey(bytes32 key) external view returns (bool) {
        return _paidKeys.get(uint256(key));
    }

    function _requireOwner(bytes32 sub, bytes32 message, bytes calldata signature) internal view {
        address owner = SumTree.ownerOf(sub);
        if (msg.sender == owner) return;
        bytes32 digest = _hashTypedDataV4(message);
        require(SignatureChecker.isValidSignatureNowCalldata(owner, digest, signature), NotAllowed());
    }

    function _setCap(uint8 asset, uint48 window, uint208 ofAll, uint208 ofEach) private {
        require(asset < assets.length && window > 0, UnknownAsset());
        _ofAll[asset].updateSettings(window, ofAll);
        _ofEach[asset].updateSettings(window, ofEach);
        emit CapSet(asset, window, ofAll, ofEach);
    }

    function _mayReceive(bytes32 sub, address to) private view returns (bool) {
        uint64 from = whitelistedFrom[sub][to];
        return to == SumTree.ownerOf(sub) || (from > 0 && from <= block.timestamp);
    }
}
