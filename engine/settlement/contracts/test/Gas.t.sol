// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {Root} from "../src/Messages.sol";
import {Node} from "../src/SumTree.sol";
import {Token} from "./Token.sol";
import {Tree} from "./Tree.sol";
import {VaultTest} from "./VaultTest.sol";

/// A token as most are.
contract PlainToken is ERC20("Plain", "PLAIN") {
    uint8 private immutable _decimals;

    constructor(uint8 decimals_) {
        _decimals = decimals_;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function decimals() public view override returns (uint8) {
        return _decimals;
    }
}

/// What the three calls cost that a desk and its clients pay for, with four plain tokens. Each is a transaction of its own
/// (isolate): every slot cold, its 21,000 and its call data included, refunds taken off. `npm run contracts --
/// --match-contract GasTest -vvvv` prints them.
contract GasTest is VaultTest {
    /// A tenth above what the prototype is said to have cost. What it measured is not known; these hold whole
    /// transactions to it, the dearer reading.
    uint256 private constant ROOT_MOST = 233_200;
    uint256 private constant CLAIM_MOST = 139_700;
    uint256 private constant ESCAPE_MOST = 218_900;

    /// @param entry what was paid before the vault's first instruction: 21,000 and call data
    event Cost(string what, uint256 gas, uint256 entry);

    function newToken(uint8 decimals) internal override returns (Token) {
        return Token(address(new PlainToken(decimals)));
    }

    function cost(string memory what, bytes memory data, uint256 most) private {
        (bool isDone,) = address(vault).call(data);
        holds(isDone, what);
        uint256 gas = cheats.lastCallGas().gasTotalUsed;
        uint256 entry = 21_000;
        for (uint256 index = 0; index < data.length; ++index) {
            entry += data[index] == 0 ? 4 : 16;
        }
        emit Cost(what, gas, entry);
        holds(gas > entry && gas <= most, what);
    }

    function rootCost(string memory what) private {
        skip(60);
        Root memory root = nextRoot();
        (Node memory left, Node memory right) = Tree.halves(leaves);
        (address[] memory signers, bytes[] memory signatures) = quorum(root, 3);
        cost(what, abi.encodeCall(vault.postRoot, (root, left, right, signers, signatures)), ROOT_MOST);
        skip(terms.dispute);
    }

    function claimCost(string memory what, uint256 index, uint256 most) private {
        bytes memory data =
            abi.encodeCall(vault.claim, (authorised[index], vault.finalEpoch(), withdrawalProof(index)));
        cost(what, data, most);
    }

    function escapeCost(string memory what, uint256 index, uint256 most) private {
        address owner = address(bytes20(leaves[index].sub));
        cost(what, abi.encodeCall(vault.escape, (leaves[index], pathOf(index), owner, "")), most);
    }

    /// forge-config: default.isolate = true
    function test_what_roots_claims_and_escapes_cost() public {
        for (uint8 asset = 0; asset < WIDTH; ++asset) {
            fund(alice, asset, 1_000_000);
            fund(bob, asset, 2_000_000);
            tokens[asset].mint(bob, 1);
        }
        settle();
        rootCost("root, 3 signers, nothing new");
        deposit(bob, 0, 5_000_000);
        entitle(bob, 0, 7_000_000);
        for (uint64 nonce = 1; nonce <= 12; ++nonce) {
            authorise(nonce > 10 ? bob : alice, nonce, 0, 300, nonce > 10 ? bob : alice);
        }
        rootCost("root, 3 signers, one deposit counted");
        // A new slot costs 17,100 more than one that is there: the account's bucket, its total, the wallet's balance,
        // and once for all the asset's bucket. What was paid before is 256 withdrawals to a slot.
        claimCost("claim, the vault's first ever, to an empty wallet", 0, CLAIM_MOST + 3 * 17_100);
        claimCost("claim, a second one of the account", 1, CLAIM_MOST);
        claimCost("claim, the account's first, to a wallet that has some", 11, CLAIM_MOST);
        stopOperator();
        escapeCost("escape of 4 assets, 3 new to the wallet", 0, ESCAPE_MOST + 3 * 17_100);
        escapeCost("escape of 4 assets to a wallet that has some", 1, ESCAPE_MOST);
    }
}
