// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {Deposits} from "./Deposits.sol";
import {Messages, Root} from "./Messages.sol";
import {Leaf, Node, Path, SumTree} from "./SumTree.sol";

/// What of a root the vault reads again; the rest is in its hash and its event.
struct Posted {
    bytes32 accountsRoot;
    bytes32 withdrawalsRoot;
    uint64 seq;
    uint64 engineTime;
    uint64 depositCursor;
    uint64 postedAt;
}

enum FreezeReason {
    RootsStopped,
    RequestUnserved,
    Equivocation,
    SecondRejection
}

/// States of the engine, signed by a quorum, believed after a time in which any guardian can reject them. Two signed
/// states of one moment, two guardians' rejections, or silence freeze the vault at the last state that was believed.
abstract contract Roots is Deposits, EIP712 {
    mapping(uint64 epoch => Posted) public roots;
    mapping(uint64 epoch => bytes32) public rootHash;
    mapping(bytes32 hash => bool) public isRejected;
    mapping(address guardian => uint64) public rejectedAt;
    address public lastRejector;
    uint64 public last;
    uint64 public frozenEpoch;
    /// Known to be final: where the search for the final one begins.
    uint64 private _settled;

    event RootPosted(uint64 indexed epoch, bytes32 hash, Root root);
    event RootRejected(uint64 indexed epoch, bytes32 hash, address guardian);
    event FrozenAt(uint64 epoch, FreezeReason reason);

    error NotNext();
    error OutOfTime();
    error SumsDiffer();
    error BadQuorum();
    error NotPending();
    error NotDue();
    error BadProof();

    constructor() {
        // What silence is counted from before there is a root.
        roots[0].postedAt = uint64(block.timestamp);
    }

    /// @param left the left half of the tree
    /// @param right the right half: both hash to `accountsRoot`, and add up to `sums`, and these to all deposits
    /// @param signers hot, addresses ascending
    function postRoot(
        Root calldata root,
        Node calldata left,
        Node calldata right,
        address[] calldata signers,
        bytes[] calldata signatures
    ) external whenRunning {
        Posted storage previous = roots[last];
        bytes32 hash = _requireNext(root, signers, signatures);
        require(root.seq >= previous.seq && root.engineTime > previous.engineTime, NotNext());
        require(root.engineTime + terms.lag >= block.timestamp, OutOfTime());
        require(root.engineTime <= block.timestamp + terms.lead, OutOfTime());
        _count(root.depositCursor);
        _requireSums(root, SumTree.parentOf(left, right));
        _settled = finalEpoch();
        last = root.epoch;
        rootHash[last] = hash;
        uint64 time = uint64(block.timestamp);
        roots[last] =
            Posted(root.accountsRoot, root.withdrawalsRoot, root.seq, root.engineTime, root.depositCursor, time);
        emit RootPosted(last, hash, root);
    }

    /// Sums up some of the deposits of a root before it is posted: all of them at once may be more than fits a block.
    function count(Root calldata root, address[] calldata signers, bytes[] calldata signatures, uint64 to)
        external
        whenRunning
    {
        _requireNext(root, signers, signatures);
        require(to <= root.depositCursor, UnknownDeposit());
        _count(to);
    }

    /// Takes a root and all after it back, while they are not final. One guardian can do so once in a while; another
    /// one soon after freezes the vault, because a quorum that was rejected twice is not to be believed.
    function rejectRoot(uint64 epoch) external {
        require(isGuardian[msg.sender], NotAllowed());
        require(!frozen && epoch > finalEpoch() && epoch <= last, NotPending());
        require(!_hasRejected(msg.sender), TooSoon());
        bool isSecond = _hasRejected(lastRejector);
        for (; last >= epoch; --last) {
            emit RootRejected(last, rootHash[last], msg.sender);
            isRejected[rootHash[last]] = true;
            delete rootHash[last];
            delete roots[last];
        }
        rejectedAt[msg.sender] = uint64(block.timestamp);
        lastRejector = msg.sender;
        if (isSecond) _freeze(FreezeReason.SecondRejection);
    }

    /// For want of a root for too long. Paused or not: what was due before a pause stays due.
    function freeze() external {
        require(_servingSince(roots[last].postedAt) > terms.rootTimeout, NotDue());
        _freeze(FreezeReason.RootsStopped);
    }

    /// Another root that a quorum signed for an epoch that has one, upon the same parent, when at some moment either could
    /// have been posted. Signers had to sign again where a root was rejected, lost its parent or came too late.
    function proveEquivocation(Root calldata root, address[] calldata signers, bytes[] calldata signatures) external {
        bytes32 hash = Messages.ofRoot(root);
        bytes32 known = rootHash[root.epoch];
        require(known != 0 && known != hash && !isRejected[hash], NotDue());
        require(root.parent == rootHash[root.epoch - 1], NotDue());
        (uint256 one, uint256 other) = (root.engineTime, roots[root.epoch].engineTime);
        require((one > other ? one - other : other - one) <= terms.lag + terms.lead, NotDue());
        _requireQuorum(hash, signers, signatures);
        _freeze(FreezeReason.Equivocation);
    }

    /// The last root that nobody can reject any more.
    function finalEpoch() public view returns (uint64) {
        if (frozen) return frozenEpoch;
        (uint64 low, uint64 high) = (_settled, last);
        while (low < high) {
            uint64 middle = high - (high - low) / 2;
            if (roots[middle].postedAt + terms.dispute <= block.timestamp) low = middle;
            else high = middle - 1;
        }
        return low;
    }

    function leafHash(Leaf calldata leaf) external pure returns (bytes32) {
        return SumTree.leafHash(leaf);
    }

    function rootStruct(Root calldata root) external pure returns (bytes32) {
        return Messages.ofRoot(root);
    }

    function _cursor() internal view override returns (uint64) {
        return roots[frozen ? frozenEpoch : last].depositCursor;
    }

    function _requireLeaf(uint64 epoch, Leaf calldata leaf, Path calldata path) internal view {
        require(epoch > 0 && leaf.entitled.length == assets.length, BadProof());
        require(SumTree.rootOf(leaf, path) == roots[epoch].accountsRoot, BadProof());
    }

    function _freeze(FreezeReason reason) internal {
        require(!frozen, IsFrozen());
        frozenEpoch = finalEpoch();
        frozen = true;
        emit FrozenAt(frozenEpoch, reason);
    }

    function _hasRejected(address guardian) private view returns (bool) {
        uint64 before = rejectedAt[guardian];
        return before != 0 && block.timestamp < before + 2 * terms.maxPause;
    }

    function _requireNext(Root calldata root, address[] calldata signers, bytes[] calldata signatures)
        private
        view
        returns (bytes32 hash)
    {
        hash = Messages.ofRoot(root);
        require(root.epoch == last + 1 && root.parent == rootHash[last] && !isRejected[hash], NotNext());
        _requireQuorum(hash, signers, signatures);
    }

    function _requireQuorum(bytes32 hash, address[] calldata signers, bytes[] calldata signatures) private view {
        require(signers.length >= threshold && signers.length == signatures.length, BadQuorum());
        bytes32 digest = _hashTypedDataV4(hash);
        address before = address(0);
        for (uint256 index = 0; index < signers.length; ++index) {
            address signer = signers[index];
            // Ascending, so none counts twice.
            require(signer > before && isHot[signer], BadQuorum());
            require(SignatureChecker.isValidSignatureNowCalldata(signer, digest, signatures[index]), BadQuorum());
            before = signer;
        }
    }

    function _requireSums(Root calldata root, Node memory top) private view {
        require(top.hash == root.accountsRoot && top.sums.length == assets.length, SumsDiffer());
        require(root.sums.length == assets.length, SumsDiffer());
        for (uint256 asset = 0; asset < root.sums.length; ++asset) {
            require(root.sums[asset] == credited[asset] && top.sums[asset] == credited[asset], SumsDiffer());
        }
    }
}
