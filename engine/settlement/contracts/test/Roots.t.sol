// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Actors, Asset, Config} from "../src/Actors.sol";
import {Messages, Root} from "../src/Messages.sol";
import {FreezeReason, Roots} from "../src/Roots.sol";
import {Deposits} from "../src/Deposits.sol";
import {Leaf, Node, Path, SumTree} from "../src/SumTree.sol";
import {Vault} from "../src/Vault.sol";
import {Fickle, GasBurner} from "./Wallets.sol";
import {Tree} from "./Tree.sol";
import {VaultTest} from "./VaultTest.sol";

/// Which states are believed: T01, T03 to T05, T10 to T12, T15 to T17.
contract RootsTest is VaultTest {
    function postWith(Root memory root, address[] memory signers, bytes[] memory signatures) private {
        (Node memory left, Node memory right) = Tree.halves(leaves);
        vault.postRoot(root, left, right, signers, signatures);
    }

    function expectRefused(Root memory root, address[] memory signers, bytes[] memory signatures, bytes4 why) private {
        (Node memory left, Node memory right) = Tree.halves(leaves);
        cheats.expectRevert(why);
        vault.postRoot(root, left, right, signers, signatures);
    }

    function start() private returns (Root memory) {
        fund(alice, 0, 1_000_000);
        fund(bob, 1, 500_000);
        skip(60);
        return nextRoot();
    }

    function test_T01_a_signature_for_another_chain_or_vault_is_none() public {
        Root memory root = start();
        bytes32 message = Messages.ofRoot(root);
        (address[] memory signers, bytes[] memory otherChain) = quorumOf(digestFor(address(vault), 1, message), 3);
        expectRefused(root, signers, otherChain, Roots.BadQuorum.selector);
        (, bytes[] memory otherVault) = quorumOf(digestFor(address(this), block.chainid, message), 3);
        expectRefused(root, signers, otherVault, Roots.BadQuorum.selector);
    }

    function test_T01_after_a_fork_of_the_chain_old_signatures_are_none() public {
        Root memory root = start();
        (address[] memory signers, bytes[] memory signatures) = quorum(root, 3);
        cheats.chainId(31_338);
        expectRefused(root, signers, signatures, Roots.BadQuorum.selector);
        (signers, signatures) = quorum(root, 3);
        postWith(root, signers, signatures);
        same(vault.last(), 1);
    }

    function test_T03_a_signature_has_one_form() public {
        Root memory root = start();
        (address[] memory signers, bytes[] memory signatures) = quorum(root, 3);
        bytes32 digest = digestOf(Messages.ofRoot(root));
        (uint8 v, bytes32 r, bytes32 s) = cheats.sign(hotKeys[0], digest);
        uint256 order = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
        bytes[5] memory forms = [
            abi.encodePacked(r, bytes32(order - uint256(s)), v == 27 ? uint8(28) : uint8(27)),
            abi.encodePacked(r, s, v - 27),
            abi.encodePacked(r, s, v + 2),
            abi.encodePacked(r, bytes32(uint256(s) | (uint256(v - 27) << 255))),
            bytes("")
        ];
        for (uint256 form = 0; form < forms.length; ++form) {
            signatures[0] = forms[form];
            expectRefused(root, signers, signatures, Roots.BadQuorum.selector);
        }
        signatures[0] = abi.encodePacked(bytes32(0), bytes32(0), uint8(27));
        signers[0] = address(0);
        expectRefused(root, signers, signatures, Roots.BadQuorum.selector);
    }

    function test_T04_a_quorum_is_three_different_members() public {
        Root memory root = start();
        (address[] memory signers, bytes[] memory signatures) = quorum(root, 2);
        expectRefused(root, signers, signatures, Roots.BadQuorum.selector);
        (signers, signatures) = quorum(root, 3);
        (signers[1], signatures[1]) = (signers[0], signatures[0]);
        expectRefused(root, signers, signatures, Roots.BadQuorum.selector);
        (signers, signatures) = quorum(root, 3);
        (signers[0], signers[1]) = (signers[1], signers[0]);
        (signatures[0], signatures[1]) = (signatures[1], signatures[0]);
        expectRefused(root, signers, signatures, Roots.BadQuorum.selector);
        (signers, signatures) = quorum(root, 3);
        signers[2] = cheats.addr(type(uint128).max);
        signatures[2] = signed(type(uint128).max, digestOf(Messages.ofRoot(root)));
        expectRefused(root, signers, signatures, Roots.BadQuorum.selector);
        (signers,) = quorum(root, 3);
        expectRefused(root, signers, new bytes[](4), Roots.BadQuorum.selector);
    }

    function test_T04_all_five_sign_as_well_as_three() public {
        Root memory root = start();
        (address[] memory signers, bytes[] memory signatures) = quorum(root, 5);
        postWith(root, signers, signatures);
        same(vault.last(), 1);
    }

    function test_T04_who_was_removed_in_between_signs_no_more() public {
        Root memory root = start();
        (address[] memory signers, bytes[] memory signatures) = quorum(root, 3);
        cheats.prank(GOVERNOR);
        vault.setHot(signers[1], false, 3);
        expectRefused(root, signers, signatures, Roots.BadQuorum.selector);
    }

    function test_T05_a_signer_that_is_a_contract_answers_for_itself() public {
        Root memory root = start();
        (address[] memory signers, bytes[] memory signatures) = quorum(root, 3);
        Fickle wallet = new Fickle();
        cheats.etch(signers[1], address(wallet).code);
        Fickle(signers[1]).setAnswer(0x1626ba7e);
        postWith(root, signers, signatures);
        same(vault.last(), 1);
    }

    function test_T05_garbage_refusal_and_burnt_gas_are_no_signature() public {
        Root memory root = start();
        (address[] memory signers, bytes[] memory signatures) = quorum(root, 3);
        cheats.etch(signers[1], address(new Fickle()).code);
        Fickle(signers[1]).setAnswer(0xffffffff);
        expectRefused(root, signers, signatures, Roots.BadQuorum.selector);
        Fickle(signers[1]).setGarbage();
        expectRefused(root, signers, signatures, Roots.BadQuorum.selector);
        cheats.etch(signers[1], address(new GasBurner()).code);
        (Node memory left, Node memory right) = Tree.halves(leaves);
        cheats.expectRevert();
        vault.postRoot{gas: 2_000_000}(root, left, right, signers, signatures);
        same(vault.last(), 0);
    }

    function test_T10_a_root_is_the_next_one_of_its_time() public {
        post(start());
        skip(60);
        Root memory root = nextRoot();
        Root memory wrong = copy(root);
        wrong.epoch = 3;
        refuse(wrong, Roots.NotNext.selector);
        wrong = copy(root);
        wrong.epoch = 1;
        refuse(wrong, Roots.NotNext.selector);
        wrong = copy(root);
        wrong.parent = keccak256("another");
        refuse(wrong, Roots.NotNext.selector);
        wrong = copy(root);
        wrong.seq = lastRoot.seq - 1;
        refuse(wrong, Roots.NotNext.selector);
        wrong = copy(root);
        wrong.engineTime = lastRoot.engineTime;
        refuse(wrong, Roots.NotNext.selector);
        wrong = copy(root);
        wrong.engineTime = uint64(time()) + 61;
        refuse(wrong, Roots.OutOfTime.selector);
        cheats.warp(root.engineTime + 901);
        refuse(root, Roots.OutOfTime.selector);
        cheats.warp(root.engineTime + 900);
        post(root);
        same(vault.last(), 2);
    }

    function test_T10_its_sums_are_all_deposits_to_the_unit() public {
        fund(alice, 0, 1_000_000);
        fund(bob, 1, 500_000);
        fund(bob, 2, 700);
        fund(alice, 3, 900);
        skip(60);
        for (uint256 asset = 0; asset < WIDTH; ++asset) {
            for (uint256 leaf = 0; leaf < 2; ++leaf) {
                if (leaves[leaf].entitled[asset] == 0) continue;
                leaves[leaf].entitled[asset] += 1;
                refuse(nextRoot(), Roots.SumsDiffer.selector);
                leaves[leaf].entitled[asset] -= 2;
                refuse(nextRoot(), Roots.SumsDiffer.selector);
                leaves[leaf].entitled[asset] += 1;
            }
        }
        Root memory root = nextRoot();
        root.sums[0] += 1;
        refuse(root, Roots.SumsDiffer.selector);
        root = nextRoot();
        root.depositCursor = 1;
        refuse(root, Roots.SumsDiffer.selector);
        root.depositCursor = 5;
        refuse(root, Deposits.UnknownDeposit.selector);
        root = nextRoot();
        root.sums = new uint128[](3);
        refuse(root, Roots.SumsDiffer.selector);
        post(nextRoot());
        skip(60);
        root = nextRoot();
        root.depositCursor = 3;
        refuse(root, Deposits.UnknownDeposit.selector);
    }

    function test_T10_halves_are_those_of_the_root() public {
        Root memory root = start();
        (address[] memory signers, bytes[] memory signatures) = quorum(root, 3);
        (Node memory left, Node memory right) = Tree.halves(leaves);
        cheats.expectRevert(Roots.SumsDiffer.selector);
        vault.postRoot(root, right, left, signers, signatures);
        left.sums[0] -= 1;
        right.sums[0] += 1;
        cheats.expectRevert(Roots.SumsDiffer.selector);
        vault.postRoot(root, left, right, signers, signatures);
        right.sums = new uint128[](3);
        cheats.expectRevert(SumTree.PathMalformed.selector);
        vault.postRoot(root, left, right, signers, signatures);
    }

    function test_T11_two_signed_states_of_an_epoch_freeze() public {
        Root memory root = start();
        post(root);
        Root memory other = copy(root);
        other.stateHash = keccak256("another");
        (address[] memory signers, bytes[] memory signatures) = quorum(other, 3);
        vault.proveEquivocation(other, signers, signatures);
        holds(vault.frozen(), "frozen");
        same(vault.frozenEpoch(), 0);
        cheats.expectRevert(Actors.IsFrozen.selector);
        vault.proveEquivocation(other, signers, signatures);
    }

    function test_T11_the_posted_one_unsigned_ones_and_unposted_epochs_prove_nothing() public {
        Root memory root = start();
        (address[] memory signers, bytes[] memory signatures) = quorum(root, 3);
        cheats.expectRevert(Roots.NotDue.selector);
        vault.proveEquivocation(root, signers, signatures);
        post(root);
        cheats.expectRevert(Roots.NotDue.selector);
        vault.proveEquivocation(root, signers, signatures);
        Root memory other = copy(root);
        other.stateHash = keccak256("another");
        cheats.expectRevert(Roots.BadQuorum.selector);
        vault.proveEquivocation(other, signers, signatures);
    }

    /// A root can be posted from `lead` before its time until `lag` after it.
    function refuseProof(Root memory other) private {
        (address[] memory signers, bytes[] memory signatures) = quorum(other, 3);
        cheats.expectRevert(Roots.NotDue.selector);
        vault.proveEquivocation(other, signers, signatures);
        holds(!vault.frozen(), "not frozen");
    }

    function prove(Root memory other) private {
        (address[] memory signers, bytes[] memory signatures) = quorum(other, 3);
        vault.proveEquivocation(other, signers, signatures);
        holds(vault.frozen(), "frozen");
    }

    function test_T11_a_later_root_proves_it_while_either_could_have_been_posted() public {
        Root memory root = start();
        post(root);
        Root memory other = copy(root);
        other.engineTime = root.engineTime + terms.lag + terms.lead + 1;
        refuseProof(other);
        other.engineTime -= 1;
        prove(other);
    }

    function test_T11_an_earlier_root_proves_it_while_either_could_have_been_posted() public {
        Root memory root = start();
        post(root);
        Root memory other = copy(root);
        other.engineTime = root.engineTime - terms.lag - terms.lead - 1;
        refuseProof(other);
        other.engineTime += 1;
        prove(other);
    }

    function test_T11_times_of_any_size_are_compared_whole(uint64 engineTime) public {
        Root memory root = start();
        post(root);
        Root memory other = copy(root);
        other.engineTime = engineTime;
        uint256 apart = engineTime > root.engineTime ? engineTime - root.engineTime : root.engineTime - engineTime;
        cheats.assume(apart > 0);
        if (apart > terms.lag + terms.lead) refuseProof(other);
        else prove(other);
    }

    /// What came too late to be posted was signed again, of a later moment; the late one is then no proof.
    function test_T11_signed_again_because_it_came_too_late_is_no_equivocation() public {
        Root memory late = start();
        skip(terms.lag + terms.lead + 1);
        refuse(late, Roots.OutOfTime.selector);
        post(nextRoot());
        refuseProof(late);
    }

    /// The parent was rejected before its child was posted: the child was signed again upon another parent.
    function test_T11_signed_again_because_its_parent_was_rejected_is_no_equivocation() public {
        post(start());
        Root memory orphan = nextRoot();
        orphan.epoch = 2;
        orphan.parent = vault.rootHash(1);
        cheats.prank(guardian1);
        vault.rejectRoot(1);
        skip(1);
        post(nextRoot());
        skip(1);
        post(nextRoot());
        refuseProof(orphan);
        orphan.parent = vault.rootHash(1);
        prove(orphan);
    }

    function test_T11_epochs_without_a_root_prove_nothing() public {
        Root memory root = start();
        refuseProof(root);
        post(root);
        root.epoch = 0;
        refuseProof(root);
        root.epoch = 2;
        refuseProof(root);
        root.epoch = type(uint64).max;
        refuseProof(root);
    }

    function test_T11_an_old_root_is_not_posted_again() public {
        Root memory first = start();
        post(first);
        skip(60);
        post(nextRoot());
        refuse(first, Roots.NotNext.selector);
    }

    function test_T12_silence_freezes_not_a_second_earlier() public {
        post(start());
        skip(terms.rootTimeout);
        cheats.expectRevert(Roots.NotDue.selector);
        vault.freeze();
        skip(1);
        vault.freeze();
        same(vault.frozenEpoch(), 1);
        same(vault.finalEpoch(), 1);
        cheats.expectRevert(Actors.IsFrozen.selector);
        vault.freeze();
        refuse(nextRoot(), Actors.IsFrozen.selector);
    }

    function test_T12_before_the_first_root_silence_is_counted_from_the_start() public {
        deposit(alice, 0, 100);
        stopOperator();
        same(vault.frozenEpoch(), 0);
        vault.reclaim(0);
        same(tokens[0].balanceOf(alice), 100);
    }

    function test_T15_a_rejected_root_is_gone_and_the_one_before_stands() public {
        post(start());
        skip(terms.dispute);
        fund(alice, 2, 50);
        Root memory bad = nextRoot();
        post(bad);
        skip(60);
        post(nextRoot());
        cheats.prank(guardian1);
        vault.rejectRoot(2);
        same(vault.last(), 1);
        same(vault.finalEpoch(), 1);
        refuse(bad, Roots.NotNext.selector);
        post(nextRoot());
        same(vault.last(), 2);
        same(vault.credited(2), 50);
        (address[] memory signers, bytes[] memory signatures) = quorum(bad, 3);
        cheats.expectRevert(Roots.NotDue.selector);
        vault.proveEquivocation(bad, signers, signatures);
    }

    function test_T15_only_guardians_reject_only_what_is_pending() public {
        post(start());
        cheats.expectRevert(Actors.NotAllowed.selector);
        vault.rejectRoot(1);
        cheats.startPrank(guardian1);
        cheats.expectRevert(Roots.NotPending.selector);
        vault.rejectRoot(2);
        skip(terms.dispute);
        cheats.expectRevert(Roots.NotPending.selector);
        vault.rejectRoot(1);
        cheats.stopPrank();
        stopOperator();
        cheats.prank(guardian1);
        cheats.expectRevert(Roots.NotPending.selector);
        vault.rejectRoot(2);
    }

    function test_T16_one_guardian_rejects_once_in_a_while_and_alone_freezes_nothing() public {
        post(start());
        cheats.startPrank(guardian1);
        vault.rejectRoot(1);
        post(nextRoot());
        cheats.expectRevert(Actors.TooSoon.selector);
        vault.rejectRoot(1);
        skip(2 * terms.maxPause);
        Root memory root = nextRoot();
        post(root);
        vault.rejectRoot(2);
        holds(!vault.frozen(), "one guardian does not freeze");
        same(vault.last(), 1);
    }

    function test_T16_a_second_guardians_rejection_freezes_at_the_last_final_root() public {
        post(start());
        skip(terms.dispute);
        post(nextRoot());
        cheats.prank(guardian1);
        vault.rejectRoot(2);
        skip(60);
        post(nextRoot());
        cheats.prank(guardian2);
        vault.rejectRoot(2);
        holds(vault.frozen(), "frozen");
        same(vault.frozenEpoch(), 1);
    }

    function test_T16_a_long_while_after_another_it_is_a_first_one_again() public {
        post(start());
        cheats.prank(guardian1);
        vault.rejectRoot(1);
        skip(2 * terms.maxPause);
        post(nextRoot());
        cheats.prank(guardian2);
        vault.rejectRoot(1);
        holds(!vault.frozen(), "not frozen");
    }

    function test_T16_a_pause_is_short_and_not_soon_again() public {
        cheats.expectRevert(Actors.NotAllowed.selector);
        vault.pause();
        cheats.startPrank(guardian1);
        vault.pause();
        cheats.expectRevert(Actors.TooSoon.selector);
        vault.pause();
        cheats.stopPrank();
        uint256 end = time() + terms.maxPause;
        same(vault.pausedUntil(), end);
        cheats.warp(end + 2 * terms.maxPause - 1);
        cheats.prank(guardian2);
        cheats.expectRevert(Actors.TooSoon.selector);
        vault.pause();
        cheats.warp(end + 2 * terms.maxPause);
        cheats.prank(guardian2);
        vault.pause();
    }

    function test_T16_time_in_a_pause_does_not_count_as_silence() public {
        post(start());
        skip(terms.rootTimeout - 10);
        cheats.prank(guardian1);
        vault.pause();
        refuse(nextRoot(), Actors.IsPaused.selector);
        skip(terms.maxPause + 10);
        cheats.expectRevert(Roots.NotDue.selector);
        vault.freeze();
        skip(1);
        vault.freeze();
    }

    function test_T16_what_was_due_before_a_pause_stays_due() public {
        post(start());
        skip(terms.rootTimeout + 1);
        cheats.prank(guardian1);
        vault.pause();
        skip(100);
        vault.freeze();
        holds(vault.frozen(), "frozen in a pause");
    }

    function test_T16_the_governor_ends_a_pause() public {
        cheats.prank(GOVERNOR);
        cheats.expectRevert(Actors.NotAllowed.selector);
        vault.unpause();
        cheats.prank(guardian1);
        vault.pause();
        cheats.expectRevert(Actors.NotAllowed.selector);
        vault.unpause();
        skip(100);
        cheats.prank(GOVERNOR);
        vault.unpause();
        post(start());
        skip(terms.rootTimeout + 1);
        vault.freeze();
    }

    function test_T17_signers_are_the_governors_and_always_a_majority() public {
        address signer = cheats.addr(hotKeys[0]);
        cheats.expectRevert(Actors.NotAllowed.selector);
        vault.setHot(signer, false, 3);
        cheats.expectRevert(Actors.NotAllowed.selector);
        vault.setGuardian(address(this), true);
        cheats.startPrank(GOVERNOR);
        cheats.expectRevert(Actors.NoMajority.selector);
        vault.setHot(signer, false, 2);
        cheats.expectRevert(Actors.NoMajority.selector);
        vault.setHot(signer, false, 5);
        cheats.expectRevert(Actors.NoMajority.selector);
        vault.setHot(signer, true, 3);
        vault.setHot(signer, false, 3);
        same(vault.hotCount(), 4);
        vault.setHot(signer, true, 5);
        same(vault.threshold(), 5);
        vault.setGuardian(guardian1, false);
        cheats.stopPrank();
        cheats.prank(guardian1);
        cheats.expectRevert(Actors.NotAllowed.selector);
        vault.pause();
    }

    function test_T17_a_vault_has_terms_that_let_everybody_out() public {
        terms.maxPause = 12 hours;
        Config memory wrong = config();
        cheats.expectRevert(Actors.BadTerms.selector);
        new Vault(wrong);
    }

    function test_a_vault_has_one_to_eight_assets_each_with_a_unit() public {
        Config memory wrong = config();
        wrong.assets = new Asset[](0);
        cheats.expectRevert(Actors.BadTerms.selector);
        new Vault(wrong);
        wrong.assets = new Asset[](9);
        cheats.expectRevert(Actors.BadTerms.selector);
        new Vault(wrong);
        wrong = config();
        wrong.assets[3].unit = 0;
        cheats.expectRevert(Actors.BadTerms.selector);
        new Vault(wrong);
    }

    function test_what_it_says_of_hashes_is_what_it_checks() public {
        post(start());
        holds(vault.rootStruct(lastRoot) == vault.rootHash(1), "root");
        Node[] memory bottom = Tree.levels(leaves)[0];
        holds(vault.leafHash(leaves[1]) == bottom[1].hash, "leaf");
        authorise(alice, 7, 0, 300, alice);
        settle();
        holds(!vault.paidKey(vault.withdrawalKey(subOf(alice), 7)), "not yet");
        claim(0);
        holds(vault.paidKey(vault.withdrawalKey(subOf(alice), 7)), "withdrawal");
    }

    /// Any number of roots pending: the search finds the one that counting finds.
    function test_finalEpoch_is_that_of_a_count(uint8[12] calldata gaps) public {
        start();
        uint64[] memory times = new uint64[](gaps.length);
        for (uint64 index = 0; index < gaps.length; ++index) {
            skip(1 + uint256(gaps[index]));
            post(nextRoot());
            times[index] = uint64(time());
            uint64 counted = 0;
            while (counted <= index && times[counted] + terms.dispute <= time()) ++counted;
            same(vault.finalEpoch(), counted);
        }
    }

    function refuse(Root memory root, bytes4 why) private {
        (address[] memory signers, bytes[] memory signatures) = quorum(root, 3);
        expectRefused(root, signers, signatures, why);
    }

    function copy(Root memory root) private pure returns (Root memory) {
        return abi.decode(abi.encode(root), (Root));
    }
}
