// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Deposits} from "../src/Deposits.sol";
import {ISignatureTransfer} from "../src/ISignatureTransfer.sol";
import {Messages} from "../src/Messages.sol";
import {Permit2} from "./Permit2.sol";
import {VaultTest} from "./VaultTest.sol";

/// A deposit that somebody else relays goes where its owner signed.
contract PermitsTest is VaultTest {
    string private constant WITNESS =
        "DepositTo witness)DepositTo(bytes32 sub)TokenPermissions(address token,uint256 amount)";

    function setUp() public override {
        permit2 = new Permit2();
        super.setUp();
        tokens[0].mint(alice, 1_000);
        cheats.prank(alice);
        tokens[0].approve(address(permit2), type(uint256).max);
    }

    function permitOf(uint256 amount) private view returns (ISignatureTransfer.PermitTransferFrom memory) {
        ISignatureTransfer.TokenPermissions memory permitted =
            ISignatureTransfer.TokenPermissions(address(tokens[0]), amount);
        return ISignatureTransfer.PermitTransferFrom(permitted, 7, time() + 60);
    }

    function signedFor(ISignatureTransfer.PermitTransferFrom memory permit, bytes32 sub)
        private
        view
        returns (bytes memory)
    {
        bytes32 witness = Messages.ofDepositTo(sub);
        bytes32 digest = Permit2(address(permit2)).digest(permit, address(vault), witness, WITNESS);
        return signed(ALICE_KEY, digest);
    }

    function test_a_stranger_relays_it_to_the_account_that_was_signed() public {
        ISignatureTransfer.PermitTransferFrom memory permit = permitOf(1_000);
        bytes32 sub = subOf(alice);
        bytes memory signature = signedFor(permit, sub);
        bytes32 other = subOf(bob);
        cheats.expectRevert(Permit2.InvalidSigner.selector);
        vault.depositWithPermit2(permit, alice, other, 0, signature);
        cheats.expectRevert(Deposits.UnknownAsset.selector);
        vault.depositWithPermit2(permit, alice, sub, 1, signature);
        vault.depositWithPermit2(permit, alice, sub, 0, signature);
        (bytes32 found, uint128 amount,,,) = vault.deposits(0);
        holds(found == sub, "of that account");
        same(amount, 1_000);
        cheats.expectRevert(Permit2.InvalidNonce.selector);
        vault.depositWithPermit2(permit, alice, sub, 0, signature);
    }

    function test_it_ends_with_its_time() public {
        ISignatureTransfer.PermitTransferFrom memory permit = permitOf(1_000);
        bytes32 sub = subOf(alice);
        bytes memory signature = signedFor(permit, sub);
        skip(61);
        cheats.expectRevert(Permit2.SignatureExpired.selector);
        vault.depositWithPermit2(permit, alice, sub, 0, signature);
    }
}
