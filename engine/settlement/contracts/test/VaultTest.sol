// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Asset, Config, Terms} from "../src/Actors.sol";
import {ISignatureTransfer} from "../src/ISignatureTransfer.sol";
import {Messages, Root, Withdrawal} from "../src/Messages.sol";
import {Leaf, Node, Path} from "../src/SumTree.sol";
import {Vault} from "../src/Vault.sol";
import {Test} from "./Cheats.sol";
import {Token} from "./Token.sol";
import {Tree} from "./Tree.sol";

/// A vault of four assets with three of five root signers, two guardians, and an operator that this test plays.
abstract contract VaultTest is Test {
    uint64 internal constant START = 1_800_000_000;
    uint256 internal constant USDC = 0;
    uint256 internal constant WIDTH = 4;
    address internal constant GOVERNOR = address(0x60);
    uint256 internal constant ALICE_KEY = 0xA11CE;
    uint256 internal constant BOB_KEY = 0xB0B;

    /// Assets of the vault; four, unless a test is of more.
    uint256 internal width = WIDTH;
    Vault internal vault;
    Token[] internal tokens;
    uint256[] internal hotKeys;
    address internal alice;
    address internal bob;
    address internal guardian1 = address(0x6001);
    address internal guardian2 = address(0x6002);
    ISignatureTransfer internal permit2;
    /// What the operator has authorised so far.
    Withdrawal[] internal authorised;
    Leaf[] internal leaves;
    Root internal lastRoot;
    uint64 internal seq = 100;
    Terms internal terms = Terms({
        dispute: 300,
        rootTimeout: 1 days,
        forcedGrace: 3 days,
        whitelistDelay: 1 days,
        reclaimDelay: 2 days,
        maxPause: 3 days,
        lag: 900,
        lead: 60
    });

    function setUp() public virtual {
        cheats.warp(START);
        alice = cheats.addr(ALICE_KEY);
        bob = cheats.addr(BOB_KEY);
        uint8[4] memory decimals = [6, 18, 8, 30];
        for (uint256 index = 0; index < width; ++index) {
            tokens.push(newToken(decimals[index % WIDTH]));
        }
        // Ascending addresses, so that any of them in this order sign a root.
        for (uint256 key = 1; hotKeys.length < 5; ++key) {
            if (hotKeys.length == 0 || cheats.addr(key) > cheats.addr(hotKeys[hotKeys.length - 1])) hotKeys.push(key);
        }
        vault = new Vault(config());
    }

    function newToken(uint8 decimals) internal virtual returns (Token) {
        return new Token(decimals);
    }

    function config() internal view returns (Config memory) {
        return configOf(GOVERNOR);
    }

    function configOf(address governor) internal view returns (Config memory) {
        Asset[] memory assets = new Asset[](width);
        for (uint256 index = 0; index < width; ++index) {
            assets[index] = Asset({
                token: address(tokens[index]),
                unit: unitOf(index),
                minimum: 5,
                window: 1 days,
                capOfAll: 1_000_000_000_000,
                capOfEach: 600_000_000_000
            });
        }
        address[] memory hot = new address[](5);
        for (uint256 index = 0; index < 5; ++index) {
            hot[index] = cheats.addr(hotKeys[index]);
        }
        address[] memory guardians = new address[](2);
        (guardians[0], guardians[1]) = (guardian1, guardian2);
        return Config(governor, permit2, hot, 3, guardians, assets, terms);
    }

    function time() internal view returns (uint256) {
        return cheats.getBlockTimestamp();
    }

    function skip(uint256 seconds_) internal {
        cheats.warp(time() + seconds_);
    }

    function unitOf(uint256 asset) internal view returns (uint96) {
        uint8 decimals = tokens[asset].decimals();
        return decimals <= 8 ? 1 : uint96(10 ** (decimals - 8));
    }

    function subOf(address owner) internal view returns (bytes32) {
        return vault.subaccountId(owner, 0);
    }

    function deposit(address owner, uint8 asset, uint128 units) internal {
        uint256 amount = uint256(units) * unitOf(asset);
        tokens[asset].mint(owner, amount);
        cheats.startPrank(owner);
        tokens[asset].approve(address(vault), amount);
        vault.deposit(owner, 0, asset, amount);
        cheats.stopPrank();
    }

    /// Writes what an account is entitled to in the next root.
    function entitle(address owner, uint8 asset, uint128 units) internal {
        for (uint256 index = 0; index < leaves.length; ++index) {
            if (leaves[index].sub != subOf(owner)) continue;
            leaves[index].entitled[asset] = units;
            return;
        }
        Leaf storage leaf = leaves.push();
        leaf.sub = subOf(owner);
        leaf.detail = keccak256(abi.encode(owner));
        leaf.entitled = new uint128[](width);
        leaf.entitled[asset] = units;
    }

    /// Deposits, and counts it in the next root.
    function fund(address owner, uint8 asset, uint128 units) internal {
        deposit(owner, asset, units);
        entitle(owner, asset, units);
    }

    function authorise(address owner, uint64 nonce, uint8 asset, uint128 amount, address to)
        internal
        returns (Withdrawal memory it)
    {
        it = Withdrawal(subOf(owner), nonce, asset, amount, to, ++seq);
        authorised.push(it);
    }

    function nextRoot() internal returns (Root memory root) {
        (Node memory left, Node memory right) = Tree.halves(leaves);
        root.accountsRoot = parent(left, right).hash;
        root.sums = parent(left, right).sums;
        root.withdrawalsRoot = withdrawalsRoot();
        root.stateHash = keccak256(abi.encode("state", seq));
        root.journalHead = keccak256(abi.encode("journal", seq));
        root.metaHash = keccak256(abi.encode("meta", seq));
        root.epoch = vault.last() + 1;
        root.seq = ++seq;
        root.engineTime = uint64(time());
        root.depositCursor = depositCount();
        root.parent = vault.rootHash(vault.last());
    }

    function post(Root memory root) internal {
        (Node memory left, Node memory right) = Tree.halves(leaves);
        (address[] memory signers, bytes[] memory signatures) = quorum(root, 3);
        vault.postRoot(root, left, right, signers, signatures);
        lastRoot = root;
    }

    /// Posts the state as it is and waits until nobody can reject it.
    function settle() internal {
        skip(60);
        post(nextRoot());
        skip(terms.dispute);
    }

    function stopOperator() internal {
        skip(terms.rootTimeout + 1);
        vault.freeze();
    }

    function quorum(Root memory root, uint256 count)
        internal
        view
        returns (address[] memory signers, bytes[] memory signatures)
    {
        return quorumOf(digestOf(Messages.ofRoot(root)), count);
    }

    function quorumOf(bytes32 digest, uint256 count)
        internal
        view
        returns (address[] memory signers, bytes[] memory signatures)
    {
        signers = new address[](count);
        signatures = new bytes[](count);
        for (uint256 index = 0; index < count; ++index) {
            signers[index] = cheats.addr(hotKeys[index]);
            signatures[index] = signed(hotKeys[index], digest);
        }
    }

    function signed(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = cheats.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    function digestOf(bytes32 message) internal view returns (bytes32) {
        return digestFor(address(vault), block.chainid, message);
    }

    function digestFor(address where, uint256 chain, bytes32 message) internal pure returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("BallastVault"),
                keccak256("1"),
                chain,
                where
            )
        );
        return keccak256(abi.encodePacked(hex"1901", domain, message));
    }

    function allow(uint256 ownerKey, address to) internal {
        bytes32 sub = subOf(cheats.addr(ownerKey));
        uint64 deadline = uint64(time());
        bytes32 message = Messages.ofWhitelist(sub, to, true, vault.whitelistNonce(sub), deadline);
        vault.setWhitelist(sub, to, true, deadline, signed(ownerKey, digestOf(message)));
    }

    /// Of all authorised so far, by the commutative tree of the library.
    function withdrawalsRoot() internal view returns (bytes32) {
        bytes32[] memory level = new bytes32[](authorised.length);
        if (level.length == 0) return bytes32(0);
        for (uint256 index = 0; index < level.length; ++index) {
            level[index] = digestOf(Messages.ofWithdrawal(authorised[index]));
        }
        while (level.length > 1) {
            level = above(level);
        }
        return level[0];
    }

    function withdrawalProof(uint256 index) internal view returns (bytes32[] memory proof) {
        bytes32[] memory level = new bytes32[](authorised.length);
        for (uint256 each = 0; each < level.length; ++each) {
            level[each] = digestOf(Messages.ofWithdrawal(authorised[each]));
        }
        bytes32[] memory found = new bytes32[](32);
        uint256 count = 0;
        while (level.length > 1) {
            if (index ^ 1 < level.length) found[count++] = level[index ^ 1];
            index /= 2;
            level = above(level);
        }
        proof = new bytes32[](count);
        for (uint256 each = 0; each < count; ++each) {
            proof[each] = found[each];
        }
    }

    function above(bytes32[] memory level) private pure returns (bytes32[] memory next) {
        next = new bytes32[]((level.length + 1) / 2);
        for (uint256 index = 0; index < next.length; ++index) {
            if (2 * index + 1 == level.length) {
                next[index] = level[2 * index];
                continue;
            }
            (bytes32 left, bytes32 right) = (level[2 * index], level[2 * index + 1]);
            next[index] = left < right ? keccak256(bytes.concat(left, right)) : keccak256(bytes.concat(right, left));
        }
    }

    function claim(uint256 index) internal {
        vault.claim(authorised[index], vault.finalEpoch(), withdrawalProof(index));
    }

    function pathOf(uint256 index) internal view returns (Path memory) {
        return Tree.path(leaves, index);
    }

    function escapeOf(uint256 index) internal {
        Leaf memory leaf = leaves[index];
        vault.escape(leaf, pathOf(index), address(bytes20(leaf.sub)), "");
    }

    function parent(Node memory left, Node memory right) internal pure returns (Node memory) {
        return Node(
            keccak256(abi.encodePacked(hex"01", left.sums, left.hash, right.sums, right.hash)),
            added(left.sums, right.sums)
        );
    }

    function added(uint128[] memory left, uint128[] memory right) private pure returns (uint128[] memory sums) {
        sums = new uint128[](left.length);
        for (uint256 asset = 0; asset < sums.length; ++asset) {
            sums[asset] = left[asset] + right[asset];
        }
    }

    function depositCount() internal view returns (uint64 count) {
        // The list's length: its storage slot is looked for once, and the getter tells when it ends.
        while (true) {
            try vault.deposits(count) {
                ++count;
            } catch {
                return count;
            }
        }
    }
}
