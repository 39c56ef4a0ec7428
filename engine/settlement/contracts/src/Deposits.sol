// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Actors, Asset} from "./Actors.sol";
import {ISignatureTransfer} from "./ISignatureTransfer.sol";
import {Messages} from "./Messages.sol";
import {SumTree} from "./SumTree.sol";

struct Deposit {
    bytes32 sub;
    /// In units.
    uint128 amount;
    uint64 madeAt;
    uint8 asset;
    bool isReclaimed;
}

/// Tokens in. A root counts deposits in their order up to a cursor; one that no root counted can be taken back.
abstract contract Deposits is Actors, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    string private constant WITNESS =
        "DepositTo witness)DepositTo(bytes32 sub)TokenPermissions(address token,uint256 amount)";

    Deposit[] public deposits;
    /// Deposits summed up so far: at least those that the last root counts.
    uint64 public counted;
    /// Units of each asset over them, without what was taken back: what the leaves of a root that ends there add up to.
    uint128[MAX_ASSETS] public credited;

    event Deposited(uint256 indexed id, bytes32 indexed sub, uint8 asset, uint128 amount);
    event Reclaimed(uint256 indexed id, bytes32 indexed sub, uint8 asset, uint128 amount);

    error UnknownAsset();
    error NotWholeUnits();
    error BelowMinimum();
    error ReceivedOther();
    error AlreadyCounted();
    error UnknownDeposit();

    /// @param amount in token wei, whole units
    function deposit(address owner, uint96 n, uint8 asset, uint256 amount) public whenRunning nonReentrant {
        IERC20 token = _tokenOf(asset);
        uint256 before = token.balanceOf(address(this));
        token.safeTransferFrom(msg.sender, address(this), amount);
        _enter(subaccountId(owner, n), asset, amount, before);
    }

    /// The same with the allowance signed beside it (EIP-2612), always the sender's own. Whoever saw the signature may have
    /// brought it to the token before: one that is not taken is passed over, and the allowance that is there decides.
    function depositWithPermit(
        address owner,
        uint96 n,
        uint8 asset,
        uint256 amount,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external {
        IERC20Permit token = IERC20Permit(address(_tokenOf(asset)));
        try token.permit(msg.sender, address(this), amount, deadline, v, r, s) {} catch {}
        deposit(owner, n, asset, amount);
    }

    /// The same by a signature for Permit2 that names the subaccount: who relays it cannot send it elsewhere.
    function depositWithPermit2(
        ISignatureTransfer.PermitTransferFrom calldata permit,
        address from,
        bytes32 sub,
        uint8 asset,
        bytes calldata signature
    ) external whenRunning nonReentrant {
        require(permit.permitted.token == address(_tokenOf(asset)), UnknownAsset());
        uint256 before = _tokenOf(asset).balanceOf(address(this));
        uint256 amount = permit.permitted.amount;
        ISignatureTransfer.SignatureTransferDetails memory here =
            ISignatureTransfer.SignatureTransferDetails(address(this), amount);
        permit2.permitWitnessTransferFrom(permit, here, from, Messages.ofDepositTo(sub), WITNESS, signature);
        _enter(sub, asset, amount, before);
    }

    /// To its owner, once nobody counted it in time, in which a pause is none: nobody can count anything in one. Frozen,
    /// at once, because the root in force counts no more.
    function reclaim(uint256 id) external nonReentrant {
        Deposit storage it = deposits[id];
        require(id >= _cursor() && !it.isReclaimed, AlreadyCounted());
        require(frozen || _servingSince(it.madeAt) >= terms.reclaimDelay, TooSoon());
        it.isReclaimed = true;
        if (id < counted) credited[it.asset] -= it.amount;
        emit Reclaimed(id, it.sub, it.asset, it.amount);
        _tokenOf(it.asset).safeTransfer(SumTree.ownerOf(it.sub), _weiOf(it.asset, it.amount));
    }

    function subaccountId(address owner, uint96 n) public pure returns (bytes32) {
        return bytes32(bytes20(owner)) | bytes32(uint256(n));
    }

    /// The first deposit that the root in force does not count.
    function _cursor() internal view virtual returns (uint64);

    /// Sums up deposits up to a cursor that a quorum has signed. Never back: a rejected root would cost its guardian as
    /// much gas as strangers have made deposits, and the next one counts them all the same.
    function _count(uint64 to) internal {
        require(counted <= to && to <= deposits.length, UnknownDeposit());
        for (uint256 id = counted; id < to; ++id) {
            Deposit storage it = deposits[id];
            if (!it.isReclaimed) credited[it.asset] += it.amount;
        }
        counted = to;
    }

    function _tokenOf(uint8 asset) internal view returns (IERC20) {
        require(asset < assets.length, UnknownAsset());
        return IERC20(assets[asset].token);
    }

    function _weiOf(uint8 asset, uint128 units) internal view returns (uint256) {
        return uint256(units) * assets[asset].unit;
    }

    function _enter(bytes32 sub, uint8 asset, uint256 amount, uint256 before) private {
        Asset storage it = assets[asset];
        // Nobody could ever ask for it.
        require(SumTree.ownerOf(sub) != address(0), NotAllowed());
        // A token that takes a fee or changes balances by itself shows in what has arrived.
        require(_tokenOf(asset).balanceOf(address(this)) == before + amount, ReceivedOther());
        uint256 units = amount / it.unit;
        // 96 bits: a million leaves of it cannot overflow a sum.
        require(amount % it.unit == 0 && units >> 96 == 0, NotWholeUnits());
        require(units >= it.minimum && units > 0, BelowMinimum());
        emit Deposited(deposits.length, sub, asset, uint128(units));
        deposits.push(Deposit(sub, uint128(units), uint64(block.timestamp), asset, false));
    }
}
