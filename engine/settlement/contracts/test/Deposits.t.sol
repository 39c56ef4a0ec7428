// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Actors} from "../src/Actors.sol";
import {Deposits} from "../src/Deposits.sol";
import {Root} from "../src/Messages.sol";
import {Roots} from "../src/Roots.sol";
import {Node} from "../src/SumTree.sol";
import {Tree} from "./Tree.sol";
import {VaultTest} from "./VaultTest.sol";

/// Tokens in, and back: T06, T08, T19, T23.
contract DepositsTest is VaultTest {
    function expectRefused(uint8 asset, uint256 amount, bytes4 why) private {
        cheats.startPrank(alice);
        tokens[asset].approve(address(vault), type(uint256).max);
        cheats.expectRevert(why);
        vault.deposit(alice, 0, asset, amount);
        cheats.stopPrank();
    }

    function test_T06_whole_units_of_tokens_of_6_18_8_and_30_decimals() public {
        for (uint8 asset = 0; asset < WIDTH; ++asset) {
            deposit(alice, asset, 1_000);
            (bytes32 sub, uint128 amount,, uint8 of_, bool isReclaimed) = vault.deposits(asset);
            holds(sub == subOf(alice) && of_ == asset && !isReclaimed, "deposit");
            same(amount, 1_000);
            same(tokens[asset].balanceOf(address(vault)), 1_000 * uint256(unitOf(asset)));
        }
    }

    function test_T06_a_part_of_a_unit_too_little_and_too_much_are_refused() public {
        tokens[1].mint(alice, type(uint256).max);
        expectRefused(1, 1_000 * uint256(unitOf(1)) + 1, Deposits.NotWholeUnits.selector);
        expectRefused(1, 4 * uint256(unitOf(1)), Deposits.BelowMinimum.selector);
        expectRefused(1, 0, Deposits.BelowMinimum.selector);
        expectRefused(1, (1 << 96) * uint256(unitOf(1)), Deposits.NotWholeUnits.selector);
        cheats.expectRevert(Deposits.UnknownAsset.selector);
        vault.deposit(alice, 0, 4, 1_000);
        same(depositCount(), 0);
    }

    function test_T06_a_fee_on_transfer_is_refused() public {
        tokens[0].mint(alice, 1_000);
        tokens[0].setFee(100);
        expectRefused(0, 1_000, Deposits.ReceivedOther.selector);
    }

    function test_T06_a_token_that_says_nothing_is_fine_and_one_that_says_false_is_not() public {
        tokens[0].setAnswer(true, false);
        deposit(alice, 0, 1_000);
        tokens[0].setAnswer(false, true);
        tokens[0].mint(alice, 1_000);
        cheats.startPrank(alice);
        tokens[0].approve(address(vault), 1_000);
        cheats.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, tokens[0]));
        vault.deposit(alice, 0, 0, 1_000);
        cheats.stopPrank();
    }

    function test_T06_a_paused_token_and_a_blocked_sender_deposit_nothing() public {
        tokens[0].mint(alice, 1_000);
        tokens[0].setPaused(true);
        cheats.startPrank(alice);
        tokens[0].approve(address(vault), 1_000);
        cheats.expectRevert(bytes("refused"));
        vault.deposit(alice, 0, 0, 1_000);
        cheats.stopPrank();
        tokens[0].setPaused(false);
        tokens[0].setBlocked(alice, true);
        cheats.prank(alice);
        cheats.expectRevert(bytes("refused"));
        vault.deposit(alice, 0, 0, 1_000);
    }

    function test_T08_dust_to_a_strangers_account_is_his_gain() public {
        deposit(bob, 0, 5);
        tokens[0].mint(alice, 5);
        cheats.startPrank(alice);
        tokens[0].approve(address(vault), 5);
        vault.deposit(bob, 0, 0, 5);
        cheats.expectRevert(Actors.NotAllowed.selector);
        vault.deposit(address(0), 0, 0, 0);
        cheats.stopPrank();
        entitle(bob, 0, 10);
        settle();
        same(vault.credited(0), 10);
    }

    function test_T08_many_small_deposits_are_counted_over_several_roots() public {
        for (uint256 count = 0; count < 6; ++count) {
            deposit(alice, 0, 5);
        }
        entitle(alice, 0, 15);
        skip(60);
        Root memory root = nextRoot();
        root.depositCursor = 3;
        post(root);
        entitle(alice, 0, 30);
        settle();
        same(vault.credited(0), 30);
    }

    function test_T19_what_a_root_counts_is_not_taken_back_and_what_was_taken_back_not_counted() public {
        deposit(alice, 0, 100);
        deposit(bob, 0, 50);
        cheats.expectRevert(Actors.TooSoon.selector);
        vault.reclaim(0);
        skip(terms.reclaimDelay);
        vault.reclaim(0);
        same(tokens[0].balanceOf(alice), 100);
        cheats.expectRevert(Deposits.AlreadyCounted.selector);
        vault.reclaim(0);
        entitle(bob, 0, 50);
        settle();
        same(vault.credited(0), 50);
        cheats.expectRevert(Deposits.AlreadyCounted.selector);
        vault.reclaim(1);
        cheats.expectRevert();
        vault.reclaim(2);
    }

    function test_T19_a_pause_is_no_time_in_which_nobody_counted_it() public {
        fund(alice, 0, 100);
        deposit(alice, 0, 50);
        skip(60);
        cheats.prank(guardian1);
        vault.pause();
        // Longer than a deposit waits for a root, and no root can come.
        skip(terms.maxPause);
        cheats.expectRevert(Actors.TooSoon.selector);
        vault.reclaim(1);
        skip(terms.reclaimDelay - 61);
        cheats.expectRevert(Actors.TooSoon.selector);
        vault.reclaim(1);
        skip(1);
        vault.reclaim(1);
        same(tokens[0].balanceOf(alice), 50);
    }

    function test_T19_the_first_root_after_a_pause_counts_what_came_before_it() public {
        fund(alice, 0, 100);
        cheats.prank(guardian1);
        vault.pause();
        skip(terms.maxPause);
        settle();
        cheats.expectRevert(Deposits.AlreadyCounted.selector);
        vault.reclaim(0);
    }

    function test_T08_more_deposits_than_fit_a_block_are_counted_in_parts() public {
        for (uint256 made = 0; made < 3_000; ++made) {
            deposit(alice, 0, 5);
        }
        entitle(alice, 0, 15_000);
        skip(60);
        Root memory root = nextRoot();
        (Node memory left, Node memory right) = Tree.halves(leaves);
        (address[] memory signers, bytes[] memory signatures) = quorum(root, 3);
        uint256 block_ = 3_000_000;
        cheats.expectRevert();
        vault.postRoot{gas: block_}(root, left, right, signers, signatures);
        for (uint64 to = 750; to <= 3_000; to += 750) {
            cheats.prank(bob);
            vault.count{gas: block_}(root, signers, signatures, to);
        }
        vault.postRoot{gas: block_}(root, left, right, signers, signatures);
        same(vault.credited(0), 15_000);
        // Nor is it dear to take back.
        cheats.prank(guardian1);
        vault.rejectRoot{gas: block_}(1);
        same(vault.last(), 0);
    }

    function test_T08_deposits_are_counted_for_a_root_that_could_come_next_and_no_further() public {
        fund(alice, 0, 100);
        fund(bob, 0, 50);
        fund(alice, 0, 7);
        leaves[0].entitled[0] = 100;
        skip(60);
        Root memory root = nextRoot();
        root.depositCursor = 2;
        (address[] memory signers, bytes[] memory signatures) = quorum(root, 3);
        cheats.expectRevert(Deposits.UnknownDeposit.selector);
        vault.count(root, signers, signatures, 3);
        (, bytes[] memory few) = quorum(root, 1);
        cheats.expectRevert(Roots.BadQuorum.selector);
        vault.count(root, signers, few, 2);
        vault.count(root, signers, signatures, 2);
        same(vault.counted(), 2);
        cheats.expectRevert(Deposits.UnknownDeposit.selector);
        vault.count(root, signers, signatures, 1);
        post(root);
        cheats.expectRevert(Roots.NotNext.selector);
        vault.count(root, signers, signatures, 2);
        cheats.prank(guardian1);
        vault.rejectRoot(1);
        cheats.expectRevert(Roots.NotNext.selector);
        vault.count(root, signers, signatures, 2);
        stopOperator();
        cheats.expectRevert(Actors.IsFrozen.selector);
        vault.count(root, signers, signatures, 2);
    }

    function test_T19_what_a_rejected_root_counted_can_be_taken_back_and_is_then_not_counted() public {
        fund(alice, 0, 100);
        fund(bob, 0, 50);
        skip(60);
        post(nextRoot());
        cheats.prank(guardian1);
        vault.rejectRoot(1);
        skip(terms.reclaimDelay);
        vault.reclaim(0);
        same(vault.credited(0), 50);
        leaves[0].entitled[0] = 0;
        settle();
        same(vault.credited(0), 50);
        cheats.expectRevert(Deposits.AlreadyCounted.selector);
        vault.reclaim(1);
    }

    function test_T19_frozen_what_the_last_final_root_does_not_count_comes_back_at_once() public {
        fund(alice, 0, 100);
        settle();
        fund(alice, 0, 40);
        leaves[0].entitled[0] = 140;
        skip(terms.rootTimeout - 300);
        post(nextRoot());
        Root memory other = lastRoot;
        other.stateHash = keccak256("another");
        (address[] memory signers, bytes[] memory signatures) = quorum(other, 3);
        vault.proveEquivocation(other, signers, signatures);
        same(vault.frozenEpoch(), 1);
        vault.reclaim(1);
        same(tokens[0].balanceOf(alice), 40);
        cheats.expectRevert(Deposits.AlreadyCounted.selector);
        vault.reclaim(0);
    }

    function test_T23_a_gift_of_tokens_changes_nothing() public {
        fund(alice, 0, 100);
        tokens[0].mint(address(vault), 77);
        settle();
        fund(bob, 0, 100);
        settle();
        same(vault.credited(0), 200);
        stopOperator();
        escapeOf(0);
        escapeOf(1);
        same(tokens[0].balanceOf(address(vault)), 77);
    }

    function test_nothing_comes_in_while_paused_or_frozen() public {
        tokens[0].mint(alice, 100);
        cheats.prank(guardian1);
        vault.pause();
        expectRefused(0, 100, Actors.IsPaused.selector);
        skip(terms.maxPause);
        stopOperator();
        expectRefused(0, 100, Actors.IsFrozen.selector);
    }
}
