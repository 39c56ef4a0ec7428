// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Actors} from "../src/Actors.sol";
import {Deposits} from "../src/Deposits.sol";
import {SandboxToken} from "../src/sandbox/SandboxToken.sol";
import {Token} from "./Token.sol";
import {VaultTest} from "./VaultTest.sol";
import {Fickle} from "./Wallets.sol";

/// A deposit in one transaction, its allowance signed beside it: EIP-2612, by OpenZeppelin's own token.
contract AllowancesTest is VaultTest {
    uint256 private constant AMOUNT = 1_000;

    struct Signed {
        uint256 deadline;
        uint8 v;
        bytes32 r;
        bytes32 s;
    }

    function setUp() public override {
        super.setUp();
        tokens[0].mint(alice, 5 * AMOUNT);
    }

    /// One that knows nothing of permits is among them.
    function newToken(uint8 decimals) internal override returns (Token) {
        return decimals == 6 ? Token(address(new SandboxToken("USDC", "USDC", 6))) : new Token(decimals);
    }

    function permitBy(uint256 key, address owner, uint256 amount, uint256 deadline)
        private
        view
        returns (Signed memory)
    {
        SandboxToken token = SandboxToken(address(tokens[0]));
        bytes32 kind =
            keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 message = keccak256(abi.encode(kind, owner, address(vault), amount, token.nonces(owner), deadline));
        (uint8 v, bytes32 r, bytes32 s) =
            cheats.sign(key, keccak256(abi.encodePacked(hex"1901", token.DOMAIN_SEPARATOR(), message)));
        return Signed(deadline, v, r, s);
    }

    function send(address from, Signed memory it) private {
        cheats.prank(from);
        vault.depositWithPermit(alice, 0, 0, AMOUNT, it.deadline, it.v, it.r, it.s);
    }

    function refused(address from, Signed memory it, bytes memory why) private {
        cheats.expectRevert(why);
        send(from, it);
        same(depositCount(), 0);
    }

    function lacking(uint256 there) private view returns (bytes memory) {
        return abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, vault, there, AMOUNT);
    }

    function hers() private view returns (Signed memory) {
        return permitBy(ALICE_KEY, alice, AMOUNT, time());
    }

    function test_one_signature_and_one_transaction_deposit_and_leave_no_allowance() public {
        Signed memory it = hers();
        send(alice, it);
        (bytes32 sub, uint128 amount,,,) = vault.deposits(0);
        holds(sub == subOf(alice), "of that account");
        same(amount, AMOUNT);
        same(tokens[0].allowance(alice, address(vault)), 0);
        // It was good for once.
        cheats.expectRevert(lacking(0));
        send(alice, it);
    }

    function test_T08_a_permit_that_somebody_brought_before_does_not_hinder_the_deposit() public {
        Signed memory it = hers();
        cheats.prank(bob);
        SandboxToken(address(tokens[0])).permit(alice, address(vault), AMOUNT, it.deadline, it.v, it.r, it.s);
        send(alice, it);
        same(depositCount(), 1);
        same(tokens[0].allowance(alice, address(vault)), 0);
    }

    function test_T08_who_sees_a_permit_cannot_deposit_with_it() public {
        Signed memory it = hers();
        refused(bob, it, lacking(0));
        same(tokens[0].balanceOf(alice), 5 * AMOUNT);
        tokens[0].mint(bob, AMOUNT);
        refused(bob, it, lacking(0));
    }

    function test_a_permit_that_expired_moves_nothing() public {
        Signed memory it = permitBy(ALICE_KEY, alice, AMOUNT, time());
        skip(1);
        refused(alice, it, lacking(0));
    }

    function test_a_permit_of_another_owner_or_amount_moves_nothing() public {
        refused(alice, permitBy(BOB_KEY, alice, AMOUNT, time()), lacking(0));
        refused(alice, permitBy(BOB_KEY, bob, AMOUNT, time()), lacking(0));
        refused(alice, permitBy(ALICE_KEY, alice, AMOUNT - 1, time()), lacking(0));
        refused(alice, Signed(time(), 0, 0, 0), lacking(0));
    }

    function test_a_wallet_that_is_a_contract_approves_and_deposits_all_the_same() public {
        Fickle wallet = new Fickle();
        wallet.setAnswer(0x1626ba7e);
        tokens[0].mint(address(wallet), AMOUNT);
        // The token asks no contract whether it has signed.
        Signed memory it = permitBy(ALICE_KEY, address(wallet), AMOUNT, time());
        refused(address(wallet), it, lacking(0));
        cheats.prank(address(wallet));
        tokens[0].approve(address(vault), AMOUNT);
        send(address(wallet), it);
        same(depositCount(), 1);
    }

    function test_a_token_without_permits_goes_by_what_was_approved() public {
        uint256 amount = AMOUNT * unitOf(1);
        tokens[1].mint(alice, amount);
        cheats.startPrank(alice);
        cheats.expectRevert();
        vault.depositWithPermit(alice, 0, 1, amount, time(), 27, 0, 0);
        tokens[1].approve(address(vault), amount);
        vault.depositWithPermit(alice, 0, 1, amount, time(), 27, 0, 0);
        cheats.stopPrank();
        same(depositCount(), 1);
    }

    function test_T16_it_is_held_to_all_that_a_deposit_is() public {
        Signed memory it = hers();
        cheats.expectRevert(Deposits.UnknownAsset.selector);
        vault.depositWithPermit(alice, 0, 4, AMOUNT, it.deadline, it.v, it.r, it.s);
        cheats.prank(guardian1);
        vault.pause();
        refused(alice, it, abi.encodeWithSelector(Actors.IsPaused.selector));
        same(tokens[0].allowance(alice, address(vault)), 0);
    }
}
