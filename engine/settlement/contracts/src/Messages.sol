// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

/// A state of the engine, as the signers of its roots sign it.
struct Root {
    bytes32 accountsRoot;
    bytes32 withdrawalsRoot;
    bytes32 stateHash;
    bytes32 journalHead;
    bytes32 metaHash;
    uint64 epoch;
    uint64 seq;
    /// Seconds since 1970, by the engine.
    uint64 engineTime;
    /// The first deposit that is not in it.
    uint64 depositCursor;
    /// Units of each asset over all leaves.
    uint128[] sums;
    /// Struct hash of the root before it.
    bytes32 parent;
}

/// A payment the engine authorised; a leaf of `withdrawalsRoot`.
struct Withdrawal {
    bytes32 sub;
    uint64 nonce;
    uint8 asset;
    /// In units.
    uint128 amount;
    address to;
    /// Of the command that authorised it, never zero.
    uint64 seq;
}

/// EIP-712 struct hashes of what the vault verifies itself.
library Messages {
    bytes32 private constant ROOT = keccak256(
        "Root(bytes32 accountsRoot,bytes32 withdrawalsRoot,bytes32 stateHash,bytes32 journalHead,bytes32 metaHash,uint64 epoch,uint64 seq,uint64 engineTime,uint64 depositCursor,uint128[] sums,bytes32 parent)"
    );
    bytes32 private constant WITHDRAWAL =
        keccak256("Withdrawal(bytes32 sub,uint64 nonce,uint8 asset,uint128 amount,address to,uint64 seq)");
    bytes32 private constant WHITELIST =
        keccak256("Whitelist(bytes32 sub,address to,bool allow,uint64 nonce,uint64 deadline)");
    bytes32 private constant ESCAPE = keccak256("Escape(bytes32 sub,address to,uint64 epoch)");
    bytes32 private constant DEPOSIT_TO = keccak256("DepositTo(bytes32 sub)");

    function ofRoot(Root memory it) internal pure returns (bytes32) {
        bytes32 sums = keccak256(abi.encodePacked(it.sums));
        bytes memory hashes = abi.encode(ROOT, it.accountsRoot, it.withdrawalsRoot, it.stateHash, it.journalHead);
        bytes memory rest = abi.encode(it.metaHash, it.epoch, it.seq, it.engineTime, it.depositCursor, sums, it.parent);
        return keccak256(bytes.concat(hashes, rest));
    }

    function ofWithdrawal(Withdrawal memory it) internal pure returns (bytes32) {
        return keccak256(abi.encode(WITHDRAWAL, it));
    }

    function ofWhitelist(bytes32 sub, address to, bool allow, uint64 nonce, uint64 deadline)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(WHITELIST, sub, to, allow, nonce, deadline));
    }

    function ofEscape(bytes32 sub, address to, uint64 epoch) internal pure returns (bytes32) {
        return keccak256(abi.encode(ESCAPE, sub, to, epoch));
    }

    function ofDepositTo(bytes32 sub) internal pure returns (bytes32) {
        return keccak256(abi.encode(DEPOSIT_TO, sub));
    }
}
