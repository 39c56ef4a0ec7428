// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Actors} from "../src/Actors.sol";
import {Messages} from "../src/Messages.sol";
import {Payments} from "../src/Payments.sol";
import {Roots} from "../src/Roots.sol";
import {Leaf, Path, SumTree} from "../src/SumTree.sol";
import {Vault} from "../src/Vault.sol";
import {VaultTest} from "./VaultTest.sol";

/// Out without anybody's permission: T06, T10, T12 to T14, T24.
contract ExitsTest is VaultTest {
    function setUp() public override {
        super.setUp();
        for (uint8 asset = 0; asset < WIDTH; ++asset) {
            fund(alice, asset, 1_000 + asset);
            fund(bob, asset, 2_000 + asset);
        }
        settle();
    }

    function test_T12_operator_gone_everybody_leaves_with_all_of_it() public {
        Path memory path = pathOf(0);
        cheats.expectRevert(Vault.NotFrozen.selector);
        vault.escape(leaves[0], path, alice, "");
        stopOperator();
        escapeOf(0);
        escapeOf(1);
        for (uint8 asset = 0; asset < WIDTH; ++asset) {
            same(tokens[asset].balanceOf(alice), (1_000 + asset) * uint256(unitOf(asset)));
            same(tokens[asset].balanceOf(bob), (2_000 + asset) * uint256(unitOf(asset)));
            same(tokens[asset].balanceOf(address(vault)), 0);
        }
    }

    function test_an_account_escapes_once_to_its_owner_or_where_the_owner_signed() public {
        stopOperator();
        Path memory path = pathOf(0);
        cheats.expectRevert(Actors.NotAllowed.selector);
        vault.escape(leaves[0], path, address(this), "");
        bytes32 sub = subOf(alice);
        bytes memory wrongPlace = signed(ALICE_KEY, digestOf(Messages.ofEscape(sub, bob, 1)));
        cheats.expectRevert(Actors.NotAllowed.selector);
        vault.escape(leaves[0], path, address(this), wrongPlace);
        bytes memory wrongEpoch = signed(ALICE_KEY, digestOf(Messages.ofEscape(sub, address(this), 2)));
        cheats.expectRevert(Actors.NotAllowed.selector);
        vault.escape(leaves[0], path, address(this), wrongEpoch);
        vault.escape(
            leaves[0], path, address(this), signed(ALICE_KEY, digestOf(Messages.ofEscape(sub, address(this), 1)))
        );
        same(tokens[0].balanceOf(address(this)), 1_000);
        cheats.expectRevert(Vault.AlreadyEscaped.selector);
        vault.escape(leaves[0], path, alice, "");
        cheats.prank(bob);
        vault.escape(leaves[1], pathOf(1), address(this), "");
        same(tokens[0].balanceOf(address(this)), 3_000);
    }

    function test_T06_a_token_that_refuses_does_not_hold_the_others() public {
        tokens[0].setBlocked(alice, true);
        tokens[2].setPaused(true);
        stopOperator();
        escapeOf(0);
        same(tokens[1].balanceOf(alice), 1_001 * uint256(unitOf(1)));
        same(vault.owed(subOf(alice), 0), 1_000);
        same(vault.owed(subOf(alice), 2), 1_002);
        bytes32 sub = subOf(alice);
        cheats.expectRevert(Actors.NotAllowed.selector);
        vault.collect(sub, 0, bob);
        cheats.expectRevert(bytes("refused"));
        vault.collect(sub, 0, alice);
        cheats.startPrank(alice);
        vault.collect(sub, 0, address(0xCA5E));
        same(tokens[0].balanceOf(address(0xCA5E)), 1_000);
        cheats.expectRevert(Payments.NothingDue.selector);
        vault.collect(sub, 0, alice);
        cheats.stopPrank();
        tokens[2].setPaused(false);
        vault.collect(sub, 2, alice);
        same(tokens[2].balanceOf(alice), 1_002);
    }

    function test_T06_one_that_says_false_is_owed_too() public {
        tokens[0].setAnswer(false, true);
        stopOperator();
        escapeOf(0);
        same(vault.owed(subOf(alice), 0), 1_000);
    }

    function test_T13_what_was_paid_before_is_not_paid_again() public {
        authorise(alice, 1, 0, 400, alice);
        settle();
        claim(0);
        stopOperator();
        escapeOf(0);
        same(tokens[0].balanceOf(alice), 1_000);
    }

    function test_T13_paid_after_the_root_in_force_and_then_moved_saturates_at_nothing() public {
        authorise(alice, 1, 0, 1_000, alice);
        settle();
        entitle(alice, 0, 900);
        entitle(bob, 0, 2_100);
        settle();
        claim(0);
        stopOperator();
        escapeOf(0);
        same(tokens[0].balanceOf(alice), 1_000);
    }

    function test_T13_a_withdrawal_of_a_root_that_never_got_final_is_not_paid() public {
        authorise(alice, 1, 0, 400, alice);
        skip(terms.rootTimeout - 300);
        post(nextRoot());
        cheats.prank(guardian1);
        vault.rejectRoot(2);
        skip(60);
        post(nextRoot());
        cheats.prank(guardian2);
        vault.rejectRoot(2);
        bytes32[] memory proof = withdrawalProof(0);
        cheats.expectRevert(Actors.IsFrozen.selector);
        vault.claim(authorised[0], 2, proof);
        escapeOf(0);
        same(tokens[0].balanceOf(alice), 1_000);
    }

    /// All leave, in any order, whatever each holds: the vault ends empty, to the unit.
    function test_T14_exits_are_deposits_to_the_unit(uint64[6] calldata held, uint8 first) public {
        for (uint256 index = 0; index < held.length; ++index) {
            address owner = address(uint160(0xF000 + index));
            fund(owner, uint8(index % WIDTH), uint128(held[index]) + 5);
        }
        settle();
        stopOperator();
        for (uint256 step = 0; step < leaves.length; ++step) {
            escapeOf((uint256(first) + step) % leaves.length);
        }
        for (uint8 asset = 0; asset < WIDTH; ++asset) {
            same(tokens[asset].balanceOf(address(vault)), 0);
        }
    }

    /// One unit more in any sum of the way, and the root is another.
    function test_T10_a_tampered_sum_at_any_level_is_another_root(uint8 level, uint8 asset, bool isMore) public {
        stopOperator();
        Path memory path = pathOf(0);
        uint256 place = (uint256(level) % SumTree.DEPTH) * WIDTH + (asset % WIDTH);
        if (!isMore) cheats.assume(path.sums[place] > 0);
        path.sums[place] = isMore ? path.sums[place] + 1 : path.sums[place] - 1;
        cheats.expectRevert(Roots.BadProof.selector);
        vault.escape(leaves[0], path, alice, "");
    }

    /// More for one, less for the other, the same total: no tree of plain hashes, where that would verify.
    function test_T24_a_total_moved_between_siblings_is_another_root(uint64 by, uint8 asset) public {
        by = uint64(1 + (by % 1_000));
        stopOperator();
        Path memory path = pathOf(0);
        Leaf memory leaf = leaves[0];
        leaf.entitled[asset % WIDTH] += by;
        path.sums[asset % WIDTH] -= by;
        cheats.expectRevert(Roots.BadProof.selector);
        vault.escape(leaf, path, alice, "");
    }

    function test_T10_no_node_is_a_leaf_and_no_leaf_a_node() public {
        stopOperator();
        Path memory path = pathOf(0);
        Leaf memory leaf = leaves[0];
        leaf.sub = path.siblings[0];
        cheats.expectRevert(Roots.BadProof.selector);
        vault.escape(leaf, path, alice, "");
        path.index ^= 1;
        cheats.expectRevert(Roots.BadProof.selector);
        vault.escape(leaves[0], path, alice, "");
        path = pathOf(0);
        (path.siblings[0], path.siblings[1]) = (path.siblings[1], path.siblings[0]);
        cheats.expectRevert(Roots.BadProof.selector);
        vault.escape(leaves[0], path, alice, "");
    }

    function test_T10_a_way_has_one_length_and_an_index_of_the_tree() public {
        stopOperator();
        Path memory path = pathOf(0);
        path.index += 1 << SumTree.DEPTH;
        cheats.expectRevert(SumTree.PathMalformed.selector);
        vault.escape(leaves[0], path, alice, "");
        path = pathOf(0);
        path.siblings = new bytes32[](19);
        cheats.expectRevert(SumTree.PathMalformed.selector);
        vault.escape(leaves[0], path, alice, "");
        path = pathOf(0);
        path.sums = new uint128[](20 * WIDTH - 1);
        cheats.expectRevert(SumTree.PathMalformed.selector);
        vault.escape(leaves[0], path, alice, "");
        Leaf memory leaf = leaves[0];
        leaf.entitled = new uint128[](3);
        cheats.expectRevert(Roots.BadProof.selector);
        vault.escape(leaf, path, alice, "");
    }

    function test_T10_a_sum_that_no_longer_fits_is_refused() public {
        stopOperator();
        Path memory path = pathOf(0);
        path.sums[5 * WIDTH] = type(uint128).max;
        cheats.expectRevert(SumTree.PathMalformed.selector);
        vault.escape(leaves[0], path, alice, "");
    }

    function test_T10_a_number_of_more_than_128_bits_is_refused() public {
        stopOperator();
        bytes memory call = abi.encodeCall(vault.escape, (leaves[0], pathOf(0), alice, ""));
        (bool isDone,) = address(vault).call(call);
        holds(isDone, "as it is");
        call = abi.encodeCall(vault.escape, (leaves[1], pathOf(1), bob, ""));
        // The last word of the sums: its bit 128, and then all that are above.
        uint256 end = call.length - 32;
        for (uint256 place = end - 32; place < end - 16; ++place) {
            bytes1 was = call[place];
            call[place] = 0x01;
            bytes memory why;
            (isDone, why) = address(vault).call(call);
            holds(!isDone && bytes4(why) == SumTree.PathMalformed.selector, "too many bits");
            call[place] = was;
        }
        (isDone,) = address(vault).call(call);
        holds(isDone, "as it was");
    }

    function test_T10_a_second_leaf_of_an_account_is_not_paid() public {
        leaves.push(leaves[0]);
        leaves[2].entitled = new uint128[](WIDTH);
        settle();
        stopOperator();
        escapeOf(0);
        Path memory path = pathOf(2);
        cheats.expectRevert(Vault.AlreadyEscaped.selector);
        vault.escape(leaves[2], path, alice, "");
    }

    function test_before_any_root_nothing_is_proved() public {
        vault = new Vault(config());
        skip(terms.rootTimeout + 1);
        vault.freeze();
        Path memory path = pathOf(0);
        cheats.expectRevert(Roots.BadProof.selector);
        vault.escape(leaves[0], path, alice, "");
    }
}
