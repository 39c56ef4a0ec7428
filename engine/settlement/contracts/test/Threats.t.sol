// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {RateLimiter} from "@openzeppelin/contracts/utils/RateLimiter.sol";
import {Actors} from "../src/Actors.sol";
import {Deposits} from "../src/Deposits.sol";
import {Withdrawal} from "../src/Messages.sol";
import {Roots} from "../src/Roots.sol";
import {Leaf, Path, SumTree} from "../src/SumTree.sol";
import {Vault} from "../src/Vault.sol";
import {Fickle, Reenterer} from "./Wallets.sol";
import {VaultTest} from "./VaultTest.sol";

/// Who comes back in, who is in the way, who waits, and who governs: T05 to T08, T13, T17, T21.
contract ThreatsTest is VaultTest {
    bytes4 private constant REENTERED = bytes4(keccak256("ReentrancyGuardReentrantCall()"));

    function setUp() public override {
        super.setUp();
        for (uint8 asset = 0; asset < 2; ++asset) {
            fund(alice, asset, 1_000_000);
            fund(bob, asset, 2_000_000);
        }
        settle();
    }

    /// Every call that moves money, as a token would make it in the middle of a transfer.
    function ways() private view returns (bytes[] memory calls) {
        calls = new bytes[](6);
        calls[0] = abi.encodeCall(vault.claim, (authorised[1], vault.finalEpoch(), withdrawalProof(1)));
        calls[1] = abi.encodeCall(vault.deposit, (alice, 0, 0, 100));
        calls[2] = abi.encodeCall(vault.reclaim, (0));
        calls[3] = abi.encodeCall(vault.collect, (subOf(alice), 0, alice));
        calls[4] = abi.encodeCall(vault.escape, (leaves[0], pathOf(0), alice, ""));
        calls[5] = abi.encodeCall(vault.depositWithPermit, (alice, 0, 0, 100, time(), 27, bytes32(0), bytes32(0)));
    }

    function authoriseTwo() private {
        authorise(alice, 1, 0, 300, alice);
        authorise(bob, 11, 0, 400, bob);
        settle();
    }

    function test_T07_a_deposit_is_not_reentered() public {
        authoriseTwo();
        bytes[] memory calls = ways();
        tokens[0].mint(alice, 1_000);
        cheats.prank(alice);
        tokens[0].approve(address(vault), 1_000);
        for (uint256 way = 0; way < calls.length; ++way) {
            tokens[0].setHook(address(vault), calls[way]);
            cheats.prank(alice);
            cheats.expectRevert(REENTERED);
            vault.deposit(alice, 0, 0, 1_000);
        }
        same(depositCount(), 4);
    }

    function test_T07_a_deposit_that_is_taken_back_is_not_reentered() public {
        authoriseTwo();
        bytes[] memory calls = ways();
        deposit(alice, 0, 700);
        skip(terms.reclaimDelay);
        for (uint256 way = 0; way < calls.length; ++way) {
            tokens[0].setHook(address(vault), calls[way]);
            cheats.expectRevert(REENTERED);
            vault.reclaim(4);
        }
        tokens[0].setHook(address(vault), abi.encodeCall(vault.reclaim, (4)));
        cheats.expectRevert(REENTERED);
        vault.reclaim(4);
        tokens[0].setHook(address(0), "");
        vault.reclaim(4);
        same(tokens[0].balanceOf(alice), 700);
    }

    /// An escape goes on where a token refuses, so whoever comes back in through one only makes that one owed.
    function test_T07_an_escape_is_not_reentered_and_pays_the_others() public {
        authoriseTwo();
        bytes[] memory calls = ways();
        stopOperator();
        uint256 there = tokens[0].balanceOf(address(vault));
        calls[4] = abi.encodeCall(vault.escape, (leaves[1], pathOf(1), bob, ""));
        // Any of them; the account leaves once.
        tokens[0].setHook(address(vault), calls[4]);
        escapeOf(0);
        same(vault.owed(subOf(alice), 0), 1_000_000);
        same(tokens[0].balanceOf(address(vault)), there);
        same(tokens[1].balanceOf(alice), 1_000_000 * uint256(unitOf(1)));
        bytes32 sub = subOf(alice);
        for (uint256 way = 0; way < calls.length; ++way) {
            tokens[0].setHook(address(vault), calls[way]);
            // Claims and deposits have ended before.
            cheats.expectRevert(way < 2 || way == 5 ? Actors.IsFrozen.selector : REENTERED);
            vault.collect(sub, 0, alice);
        }
        tokens[0].setHook(address(0), "");
        vault.collect(sub, 0, alice);
        same(tokens[0].balanceOf(alice), 1_000_000);
        escapeOf(1);
        same(tokens[0].balanceOf(address(vault)), 0);
    }

    /// What has no lock moves no money: within a transfer it does what it would before or after it.
    function test_T07_a_freeze_within_a_deposit_leaves_it_to_be_taken_back() public {
        skip(terms.rootTimeout + 1);
        tokens[0].setHook(address(vault), abi.encodeCall(vault.freeze, ()));
        deposit(alice, 0, 700);
        holds(vault.frozen(), "frozen");
        tokens[0].setHook(address(0), "");
        vault.reclaim(4);
        same(tokens[0].balanceOf(alice), 700);
    }

    function test_T07_a_freeze_within_a_claim_counts_what_it_paid() public {
        authoriseTwo();
        skip(terms.rootTimeout + 1);
        tokens[0].setHook(address(vault), abi.encodeCall(vault.freeze, ()));
        claim(0);
        tokens[0].setHook(address(0), "");
        escapeOf(0);
        same(tokens[0].balanceOf(alice), 1_000_000);
    }

    function test_T07_a_token_is_no_owner_guardian_or_governor() public {
        authoriseTwo();
        bytes[5] memory calls = [
            abi.encodeCall(vault.setWhitelist, (subOf(alice), bob, true, uint64(time()), "")),
            abi.encodeCall(vault.force, (0, 100, leaves[0], pathOf(0))),
            abi.encodeCall(vault.rejectRoot, (vault.last())),
            abi.encodeCall(vault.pause, ()),
            abi.encodeCall(vault.setCap, (0, 1 days, 1, 1))
        ];
        for (uint256 way = 0; way < calls.length; ++way) {
            tokens[0].setHook(address(vault), calls[way]);
            Withdrawal memory it = authorised[0];
            (uint64 epoch, bytes32[] memory proof) = (vault.finalEpoch(), withdrawalProof(0));
            cheats.expectRevert(Actors.NotAllowed.selector);
            vault.claim(it, epoch, proof);
        }
    }

    function test_T05_an_owner_that_comes_back_in_while_it_signs_changes_nothing() public {
        bytes32 sub = subOf(alice);
        cheats.etch(alice, address(new Reenterer()).code);
        Reenterer(alice).aim(address(vault), abi.encodeCall(vault.setWhitelist, (sub, bob, true, uint64(time()), "")));
        cheats.expectRevert(Actors.NotAllowed.selector);
        vault.setWhitelist(sub, address(this), true, uint64(time()), "anything");
        same(vault.whitelistedFrom(sub, bob), 0);
    }

    function test_T05_an_owner_that_changes_its_mind_leaves_once() public {
        stopOperator();
        cheats.etch(alice, address(new Fickle()).code);
        Path memory path = pathOf(0);
        cheats.expectRevert(Actors.NotAllowed.selector);
        vault.escape(leaves[0], path, address(this), "anything");
        Fickle(alice).setAnswer(0x1626ba7e);
        vault.escape(leaves[0], path, address(this), "anything");
        same(tokens[0].balanceOf(address(this)), 1_000_000);
        cheats.expectRevert(Vault.AlreadyEscaped.selector);
        vault.escape(leaves[0], path, alice, "");
    }

    /// Less is there than was deposited: who comes late is owed, and no other asset is held up.
    function test_T06_a_token_that_shrinks_owes_the_last_and_pays_all_others() public {
        tokens[0].burn(address(vault), 1);
        stopOperator();
        escapeOf(0);
        same(tokens[0].balanceOf(alice), 1_000_000);
        escapeOf(1);
        same(vault.owed(subOf(bob), 0), 2_000_000);
        same(tokens[1].balanceOf(bob), 2_000_000 * uint256(unitOf(1)));
        tokens[0].mint(address(vault), 1);
        vault.collect(subOf(bob), 0, bob);
        same(tokens[0].balanceOf(bob), 2_000_000);
    }

    function test_T08_a_bucket_that_others_emptied_fills_and_the_claim_still_stands() public {
        cheats.prank(GOVERNOR);
        vault.setCap(0, 1 days, 86_400, 86_400);
        authorise(bob, 11, 0, 86_400, bob);
        authorise(alice, 1, 0, 3_600, alice);
        settle();
        claim(0);
        (Withdrawal memory it, bytes32[] memory proof) = (authorised[1], withdrawalProof(1));
        cheats.expectRevert(RateLimiter.RateLimitExceeded.selector);
        vault.claim(it, 2, proof);
        holds(!vault.paidKey(vault.withdrawalKey(subOf(alice), 1)), "not taken for paid");
        skip(1 hours);
        claim(1);
        same(tokens[0].balanceOf(alice), 3_600);
    }

    function test_T08_a_strangers_demands_for_an_account_are_none() public {
        Path memory path = pathOf(0);
        for (uint256 times = 0; times < 3; ++times) {
            cheats.prank(address(0xBAD));
            cheats.expectRevert(Actors.NotAllowed.selector);
            vault.force(0, 100, leaves[0], path);
        }
        cheats.prank(alice);
        vault.force(0, 100, leaves[0], path);
        cheats.prank(alice);
        cheats.expectRevert(Actors.TooSoon.selector);
        vault.force(0, 100, leaves[0], path);
    }

    function test_T08_who_escapes_for_another_pays_its_owner() public {
        stopOperator();
        Path memory path = pathOf(0);
        cheats.prank(address(0xBAD));
        cheats.expectRevert(Actors.NotAllowed.selector);
        vault.escape(leaves[0], path, address(0xBAD), "");
        cheats.prank(address(0xBAD));
        vault.escape(leaves[0], path, alice, "");
        same(tokens[0].balanceOf(alice), 1_000_000);
    }

    function test_T08_a_way_of_any_other_length_is_refused_before_it_is_hashed() public {
        stopOperator();
        Path memory path = pathOf(0);
        path.siblings = new bytes32[](2_000);
        path.sums = new uint128[](2_000 * WIDTH);
        bytes memory call = abi.encodeCall(vault.escape, (leaves[0], path, alice, ""));
        (bool isDone, bytes memory why) = address(vault).call(call);
        // The vault's own: the test's memory costs more than its refusal.
        uint256 gas = cheats.lastCallGas().gasTotalUsed;
        holds(!isDone && bytes4(why) == SumTree.PathMalformed.selector, "refused");
        holds(gas < 1_000_000, "at once");
    }

    /// What A gave B between two roots is B's by the second: what A had by the first proves nothing any more.
    function test_T13_what_moved_between_roots_leaves_once() public {
        Leaf memory before = leaves[0];
        Path memory path = pathOf(0);
        entitle(alice, 0, 400_000);
        entitle(bob, 0, 2_600_000);
        authorise(bob, 11, 0, 2_600_000, bob);
        settle();
        claim(0);
        stopOperator();
        cheats.expectRevert(Roots.BadProof.selector);
        vault.escape(before, path, alice, "");
        escapeOf(0);
        escapeOf(1);
        same(tokens[0].balanceOf(alice), 400_000);
        same(tokens[0].balanceOf(bob), 2_600_000);
        same(tokens[0].balanceOf(address(vault)), 0);
    }

    /// The root with the transfer is taken back: by the one before A has all of it, and B was paid nothing.
    function test_T13_what_moved_in_a_root_that_was_rejected_did_not_move() public {
        Leaf[] memory before = leaves;
        entitle(alice, 0, 400_000);
        entitle(bob, 0, 2_600_000);
        authorise(bob, 11, 0, 2_600_000, bob);
        skip(60);
        post(nextRoot());
        cheats.prank(guardian1);
        vault.rejectRoot(2);
        (Withdrawal memory it, bytes32[] memory proof) = (authorised[0], withdrawalProof(0));
        cheats.expectRevert(Roots.BadProof.selector);
        vault.claim(it, 1, proof);
        stopOperator();
        (leaves[0].entitled, leaves[1].entitled) = (before[0].entitled, before[1].entitled);
        escapeOf(0);
        escapeOf(1);
        same(tokens[0].balanceOf(alice), 1_000_000);
        same(tokens[0].balanceOf(bob), 2_000_000);
    }

    function test_T17_a_governors_change_waits_seven_days_and_anybody_carries_it_out() public {
        (address[] memory proposers, address[] memory anybody) = (new address[](1), new address[](1));
        proposers[0] = address(0x5AFE);
        TimelockController timelock = new TimelockController(7 days, proposers, anybody, address(0));
        vault = new Vault(configOf(address(timelock)));
        bytes memory call = abi.encodeCall(vault.setCap, (0, 1 days, 7, 7));
        cheats.expectRevert();
        timelock.schedule(address(vault), 0, call, 0, 0, 7 days);
        cheats.startPrank(address(0x5AFE));
        cheats.expectRevert(
            abi.encodeWithSelector(TimelockController.TimelockInsufficientDelay.selector, 7 days - 1, 7 days)
        );
        timelock.schedule(address(vault), 0, call, 0, 0, 7 days - 1);
        timelock.schedule(address(vault), 0, call, 0, 0, 7 days);
        cheats.stopPrank();
        skip(7 days - 1);
        cheats.expectRevert();
        timelock.execute(address(vault), 0, call, 0, 0);
        skip(1);
        timelock.execute(address(vault), 0, call, 0, 0);
        (uint256 ofAll,) = vault.available(0, subOf(alice));
        same(ofAll, 7);
    }

    /// Governing moves no money and changes no time that is running: there is no such function.
    function test_T17_a_governor_takes_nothing_and_hurries_nothing() public {
        cheats.startPrank(GOVERNOR);
        bytes32 sub = subOf(alice);
        cheats.expectRevert(Actors.NotAllowed.selector);
        vault.setWhitelist(sub, GOVERNOR, true, uint64(time()), "");
        cheats.expectRevert(Actors.NotAllowed.selector);
        vault.force(0, 100, leaves[0], pathOf(0));
        cheats.expectRevert(Actors.NotAllowed.selector);
        vault.rejectRoot(1);
        cheats.expectRevert(Roots.NotDue.selector);
        vault.freeze();
        cheats.stopPrank();
        (uint64 dispute,,,,,,,) = vault.terms();
        same(dispute, terms.dispute);
    }

    function test_T21_a_cap_that_is_lowered_holds_at_once_and_one_that_is_raised_adds_at_once() public {
        authorise(alice, 1, 0, 1_000, alice);
        authorise(alice, 2, 0, 1_000, alice);
        settle();
        (Withdrawal memory it, bytes32[] memory proof) = (authorised[0], withdrawalProof(0));
        cheats.prank(GOVERNOR);
        vault.setCap(0, 1 days, 999, 999);
        cheats.expectRevert(RateLimiter.RateLimitExceeded.selector);
        vault.claim(it, 2, proof);
        cheats.prank(GOVERNOR);
        vault.setCap(0, 1 days, 2_000, 1_000);
        claim(0);
        (it, proof) = (authorised[1], withdrawalProof(1));
        cheats.expectRevert(RateLimiter.RateLimitExceeded.selector);
        vault.claim(it, 2, proof);
        skip(1 days);
        claim(1);
        same(tokens[0].balanceOf(alice), 2_000);
    }
}
