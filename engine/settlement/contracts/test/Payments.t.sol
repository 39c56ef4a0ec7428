// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {RateLimiter} from "@openzeppelin/contracts/utils/RateLimiter.sol";
import {Actors} from "../src/Actors.sol";
import {Deposits} from "../src/Deposits.sol";
import {Messages, Withdrawal} from "../src/Messages.sol";
import {Payments} from "../src/Payments.sol";
import {Roots} from "../src/Roots.sol";
import {Leaf, Path} from "../src/SumTree.sol";
import {Fickle} from "./Wallets.sol";
import {VaultTest} from "./VaultTest.sol";

/// Tokens out while the operator works: T02, T07 to T09, T20 to T22, and what an owner can force.
contract PaymentsTest is VaultTest {
    address private constant SAFE = address(0x5AFE);

    function setUp() public override {
        super.setUp();
        fund(alice, 0, 1_000_000);
        fund(bob, 0, 2_000_000);
        settle();
    }

    function refuseClaim(Withdrawal memory it, uint64 epoch, bytes32[] memory proof, bytes4 why) private {
        cheats.expectRevert(why);
        vault.claim(it, epoch, proof);
    }

    function test_T02_a_withdrawal_is_paid_once() public {
        authorise(alice, 1, 0, 300, alice);
        authorise(bob, 11, 0, 400, bob);
        settle();
        claim(0);
        same(tokens[0].balanceOf(alice), 300);
        refuseClaim(authorised[0], vault.finalEpoch(), withdrawalProof(0), Payments.AlreadyPaid.selector);
        settle();
        refuseClaim(authorised[0], vault.finalEpoch(), withdrawalProof(0), Payments.AlreadyPaid.selector);
        claim(1);
        same(vault.paid(subOf(bob), 0), 400);
    }

    function test_T02_the_same_number_with_another_body_is_paid_no_second_time() public {
        authorise(alice, 1, 0, 300, alice);
        authorise(alice, 1, 0, 301, alice);
        settle();
        claim(0);
        refuseClaim(authorised[1], vault.finalEpoch(), withdrawalProof(1), Payments.AlreadyPaid.selector);
    }

    function test_T02_a_number_is_one_withdrawal_of_all_subaccounts() public {
        authorise(alice, 1, 0, 300, alice);
        authorise(bob, 1, 0, 400, bob);
        authorise(bob, 257, 0, 500, bob);
        settle();
        claim(0);
        refuseClaim(authorised[1], vault.finalEpoch(), withdrawalProof(1), Payments.AlreadyPaid.selector);
        holds(!vault.paidKey(vault.withdrawalKey(subOf(bob), 257)), "the same place of the next slot");
        claim(2);
        holds(vault.paidKey(vault.withdrawalKey(subOf(bob), 257)), "paid");
    }

    function test_T02_only_by_a_final_root_that_is_there() public {
        authorise(alice, 1, 0, 300, alice);
        skip(60);
        post(nextRoot());
        bytes32[] memory proof = withdrawalProof(0);
        refuseClaim(authorised[0], 2, proof, Payments.NotFinal.selector);
        refuseClaim(authorised[0], 0, proof, Payments.NotFinal.selector);
        refuseClaim(authorised[0], 3, proof, Payments.NotFinal.selector);
        refuseClaim(authorised[0], 1, proof, Roots.BadProof.selector);
        skip(terms.dispute - 1);
        refuseClaim(authorised[0], 2, proof, Payments.NotFinal.selector);
        skip(1);
        claim(0);
    }

    function test_T02_sequence_zero_and_one_of_the_future_are_no_authorisation() public {
        authorise(alice, 1, 0, 300, alice);
        authorise(alice, 2, 0, 300, alice);
        authorised[0].seq = 0;
        authorised[1].seq = type(uint64).max;
        settle();
        refuseClaim(authorised[0], 2, withdrawalProof(0), Roots.BadProof.selector);
        refuseClaim(authorised[1], 2, withdrawalProof(1), Roots.BadProof.selector);
    }

    function test_T02_nothing_is_a_leaf_of_an_empty_root() public {
        Withdrawal memory it = Withdrawal(subOf(alice), 1, 0, 300, alice, 1);
        refuseClaim(it, 1, new bytes32[](0), Roots.BadProof.selector);
    }

    function test_T07_no_token_comes_back_in_through_a_transfer() public {
        authorise(alice, 1, 0, 300, alice);
        authorise(bob, 11, 0, 400, bob);
        settle();
        tokens[0].setHook(
            address(vault), abi.encodeCall(vault.claim, (authorised[1], vault.finalEpoch(), withdrawalProof(1)))
        );
        bytes32[] memory proof = withdrawalProof(0);
        refuseClaim(authorised[0], 2, proof, REENTERED);
        tokens[0].setHook(address(vault), abi.encodeCall(vault.deposit, (alice, 0, 0, 100)));
        refuseClaim(authorised[0], 2, proof, REENTERED);
        tokens[0].setHook(address(vault), abi.encodeCall(vault.reclaim, (0)));
        refuseClaim(authorised[0], 2, proof, REENTERED);
        tokens[0].setHook(address(vault), abi.encodeCall(vault.collect, (subOf(alice), 0, alice)));
        refuseClaim(authorised[0], 2, proof, REENTERED);
        tokens[0].setHook(address(vault), abi.encodeCall(vault.escape, (leaves[0], pathOf(0), alice, "")));
        refuseClaim(authorised[0], 2, proof, REENTERED);
    }

    bytes4 private constant REENTERED = bytes4(keccak256("ReentrancyGuardReentrantCall()"));

    function test_T08_a_wrong_proof_before_it_does_not_hinder_a_claim() public {
        authorise(alice, 1, 0, 300, alice);
        authorise(bob, 11, 0, 400, bob);
        settle();
        bytes32[] memory wrong = withdrawalProof(1);
        refuseClaim(authorised[0], 2, wrong, Roots.BadProof.selector);
        refuseClaim(authorised[0], 2, new bytes32[](4_000), Roots.BadProof.selector);
        claim(0);
    }

    function test_T09_a_stranger_who_brings_a_claim_pays_only_its_receiver() public {
        authorise(alice, 1, 0, 300, alice);
        settle();
        Withdrawal memory it = authorised[0];
        it.to = address(this);
        refuseClaim(it, 2, withdrawalProof(0), Roots.BadProof.selector);
        it = authorised[0];
        it.amount = 301;
        refuseClaim(it, 2, withdrawalProof(0), Roots.BadProof.selector);
        it = authorised[0];
        it.asset = 1;
        refuseClaim(it, 2, withdrawalProof(0), Roots.BadProof.selector);
        cheats.prank(address(0xBEEF));
        vault.claim(authorised[0], 2, withdrawalProof(0));
        same(tokens[0].balanceOf(alice), 300);
    }

    function test_T20_frozen_or_paused_nothing_is_claimed() public {
        authorise(alice, 1, 0, 300, alice);
        settle();
        bytes32[] memory proof = withdrawalProof(0);
        cheats.prank(guardian1);
        vault.pause();
        refuseClaim(authorised[0], 2, proof, Actors.IsPaused.selector);
        skip(terms.maxPause + terms.rootTimeout);
        vault.freeze();
        refuseClaim(authorised[0], 2, proof, Actors.IsFrozen.selector);
        escapeOf(0);
        same(tokens[0].balanceOf(alice), 1_000_000);
    }

    function test_T21_a_bucket_is_exact_at_its_bound_and_fills_again() public {
        cheats.expectRevert(Actors.NotAllowed.selector);
        vault.setCap(0, 1 days, 1, 1);
        cheats.startPrank(GOVERNOR);
        cheats.expectRevert(Deposits.UnknownAsset.selector);
        vault.setCap(4, 1 days, 1, 1);
        cheats.expectRevert(Deposits.UnknownAsset.selector);
        vault.setCap(0, 0, 1, 1);
        vault.setCap(0, 1 days, 86_400, 86_400);
        cheats.stopPrank();
        authorise(alice, 1, 0, 86_400, alice);
        authorise(bob, 11, 0, 1, bob);
        authorise(bob, 12, 0, 60, bob);
        settle();
        claim(0);
        refuseClaim(authorised[1], 2, withdrawalProof(1), RateLimiter.RateLimitExceeded.selector);
        skip(1);
        claim(1);
        skip(59);
        refuseClaim(authorised[2], 2, withdrawalProof(2), RateLimiter.RateLimitExceeded.selector);
        skip(1);
        claim(2);
        (uint256 ofAll, uint256 ofEach) = vault.available(0, subOf(bob));
        same(ofAll, 0);
        same(ofEach, 86_400 - 60);
    }

    function test_T21_each_account_has_a_bucket_of_its_own() public {
        cheats.prank(GOVERNOR);
        vault.setCap(0, 1 days, 1_000_000, 500);
        authorise(alice, 1, 0, 501, alice);
        authorise(alice, 2, 0, 500, alice);
        authorise(bob, 11, 0, 500, bob);
        settle();
        refuseClaim(authorised[0], 2, withdrawalProof(0), RateLimiter.RateLimitExceeded.selector);
        claim(1);
        claim(2);
    }

    function test_T22_a_new_destination_waits_and_is_removed_at_once() public {
        authorise(alice, 1, 0, 300, SAFE);
        settle();
        bytes32[] memory proof = withdrawalProof(0);
        refuseClaim(authorised[0], 2, proof, Payments.NotWhitelisted.selector);
        allow(ALICE_KEY, SAFE);
        skip(terms.whitelistDelay - 1);
        refuseClaim(authorised[0], 2, proof, Payments.NotWhitelisted.selector);
        skip(1);
        claim(0);
        same(tokens[0].balanceOf(SAFE), 300);
        authorise(alice, 2, 0, 300, SAFE);
        settle();
        bytes32 sub = subOf(alice);
        cheats.prank(alice);
        vault.setWhitelist(sub, SAFE, false, uint64(time()), "");
        refuseClaim(authorised[1], 3, withdrawalProof(1), Payments.NotWhitelisted.selector);
    }

    function test_T22_its_signature_is_good_once_for_one_account_until_its_time() public {
        bytes32 sub = subOf(alice);
        uint64 deadline = uint64(time());
        bytes memory signature =
            signed(ALICE_KEY, digestOf(Messages.ofWhitelist(sub, SAFE, true, vault.whitelistNonce(sub), deadline)));
        bytes32 other = subOf(bob);
        cheats.expectRevert(Actors.NotAllowed.selector);
        vault.setWhitelist(other, SAFE, true, deadline, signature);
        cheats.expectRevert(Actors.NotAllowed.selector);
        vault.setWhitelist(sub, address(0xBAD), true, deadline, signature);
        cheats.expectRevert(Payments.Expired.selector);
        vault.setWhitelist(sub, SAFE, true, deadline - 1, signature);
        vault.setWhitelist(sub, SAFE, true, deadline, signature);
        cheats.expectRevert(Actors.NotAllowed.selector);
        vault.setWhitelist(sub, SAFE, true, deadline, signature);
    }

    function test_T22_an_owner_that_is_a_contract_signs_as_one() public {
        cheats.etch(alice, address(new Fickle()).code);
        Fickle(alice).setAnswer(0x1626ba7e);
        bytes32 sub = subOf(alice);
        vault.setWhitelist(sub, SAFE, true, uint64(time()), "anything");
        same(vault.whitelistedFrom(sub, SAFE), time() + terms.whitelistDelay);
        Fickle(alice).setAnswer(0);
        cheats.expectRevert(Actors.NotAllowed.selector);
        vault.setWhitelist(sub, SAFE, false, uint64(time()), "anything");
    }

    function test_T22_paused_or_frozen_none_is_added_and_any_removed() public {
        bytes32 sub = subOf(alice);
        allow(ALICE_KEY, SAFE);
        cheats.prank(guardian1);
        vault.pause();
        cheats.startPrank(alice);
        cheats.expectRevert(Actors.IsPaused.selector);
        vault.setWhitelist(sub, bob, true, uint64(time()), "");
        vault.setWhitelist(sub, SAFE, false, uint64(time()), "");
        skip(terms.maxPause + terms.rootTimeout);
        vault.freeze();
        cheats.expectRevert(Actors.IsPaused.selector);
        vault.setWhitelist(sub, bob, true, uint64(time()), "");
        vault.setWhitelist(sub, SAFE, false, uint64(time()), "");
        cheats.stopPrank();
        same(vault.whitelistedFrom(sub, SAFE), 0);
    }

    function force(address owner, uint8 asset, uint128 amount, uint256 leaf) private {
        Path memory path = pathOf(leaf);
        cheats.prank(owner);
        vault.force(asset, amount, leaves[leaf], path);
    }

    function refuseForce(address owner, uint8 asset, uint128 amount, uint256 leaf, bytes4 why) private {
        Path memory path = pathOf(leaf);
        cheats.prank(owner);
        cheats.expectRevert(why);
        vault.force(asset, amount, leaves[leaf], path);
    }

    function test_a_demand_is_of_the_owner_for_what_is_there() public {
        refuseForce(bob, 0, 100, 0, Actors.NotAllowed.selector);
        refuseForce(alice, 0, 1_000_001, 0, Payments.NothingDue.selector);
        refuseForce(alice, 0, 0, 0, Payments.NothingDue.selector);
        refuseForce(alice, 4, 100, 0, Deposits.UnknownAsset.selector);
        cheats.prank(GOVERNOR);
        vault.setCap(0, 1 days, 1_000_000, 99);
        refuseForce(alice, 0, 100, 0, RateLimiter.RateLimitExceeded.selector);
        force(alice, 0, 99, 0);
        refuseForce(alice, 0, 1, 0, Actors.TooSoon.selector);
        leaves[0].entitled[0] += 1;
        refuseForce(bob, 0, 100, 1, Roots.BadProof.selector);
    }

    function test_T08_nobody_demands_what_the_own_bucket_has_just_let_out() public {
        cheats.prank(GOVERNOR);
        vault.setCap(0, 1 days, 1_000_000, 600);
        authorise(alice, 1, 0, 400, alice);
        settle();
        claim(0);
        (, uint256 free) = vault.available(0, subOf(alice));
        same(free, 200);
        refuseForce(alice, 0, 201, 0, RateLimiter.RateLimitExceeded.selector);
        skip(6 hours);
        (, free) = vault.available(0, subOf(alice));
        holds(free > 200 && free < 600, "it fills");
        refuseForce(alice, 0, uint128(free) + 1, 0, RateLimiter.RateLimitExceeded.selector);
        force(alice, 0, uint128(free), 0);
    }

    function test_a_demand_that_is_not_served_freezes() public {
        bytes32 sub = subOf(alice);
        cheats.expectRevert(Roots.NotDue.selector);
        vault.freezeFor(sub);
        force(alice, 0, 500, 0);
        uint64 asked = uint64(time());
        while (time() + 12 hours <= asked + terms.forcedGrace) {
            skip(12 hours);
            post(nextRoot());
        }
        cheats.warp(asked + terms.forcedGrace);
        cheats.expectRevert(Roots.NotDue.selector);
        vault.freezeFor(sub);
        skip(1);
        vault.freezeFor(sub);
        holds(vault.frozen(), "frozen");
        cheats.expectRevert(Actors.IsFrozen.selector);
        vault.freezeFor(sub);
    }

    function test_a_demand_that_was_paid_is_over() public {
        force(alice, 0, 500, 0);
        Path memory path = pathOf(0);
        cheats.expectRevert(Roots.NotDue.selector);
        vault.served(leaves[0], path);
        authorise(alice, 1, 0, 500, alice);
        settle();
        path = pathOf(0);
        cheats.expectRevert(Roots.NotDue.selector);
        vault.served(leaves[0], path);
        claim(0);
        skip(terms.forcedGrace + 1);
        bytes32 sub = subOf(alice);
        cheats.expectRevert(Roots.NotDue.selector);
        vault.freezeFor(sub);
        vault.served(leaves[0], path);
        (uint64 askedAt,,) = vault.forced(sub);
        same(askedAt, 0);
        cheats.expectRevert(Roots.NotDue.selector);
        vault.served(leaves[0], path);
    }

    function test_a_demand_for_what_was_lost_meanwhile_is_served_by_what_is_left() public {
        force(alice, 0, 1_000_000, 0);
        entitle(alice, 0, 600_000);
        entitle(bob, 0, 2_400_000);
        authorise(alice, 1, 0, 600_000, alice);
        settle();
        claim(0);
        Path memory path = pathOf(0);
        vault.served(leaves[0], path);
        (uint64 askedAt,,) = vault.forced(subOf(alice));
        same(askedAt, 0);
    }
}
