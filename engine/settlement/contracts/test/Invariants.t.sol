// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Test} from "./Cheats.sol";
import {Handler} from "./Handler.sol";

/// T26: whatever is done in whatever order, nothing is lost, nothing comes back, and everybody can leave.
contract InvariantsTest is Test {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    uint8 private constant WIDTH = 4;

    Handler private handler;

    function setUp() public {
        handler = new Handler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        bytes4[] memory selectors = new bytes4[](14);
        bytes4[12] memory each = [
            Handler.doDeposit.selector,
            Handler.doRoot.selector,
            Handler.doReject.selector,
            Handler.doClaim.selector,
            Handler.doPause.selector,
            Handler.doPauseToken.selector,
            Handler.doWait.selector,
            Handler.doWaitLong.selector,
            Handler.doFreeze.selector,
            Handler.doReclaim.selector,
            Handler.doEscape.selector,
            Handler.doCollect.selector
        ];
        for (uint256 index = 0; index < each.length; ++index) {
            selectors[index] = each[index];
        }
        // A desk posts more than it freezes.
        (selectors[12], selectors[13]) = (Handler.doRoot.selector, Handler.doRoot.selector);
        targets[0] = FuzzSelector(address(handler), selectors);
    }

    function invariant_T26_what_is_there_is_what_came_less_what_left() public view {
        for (uint8 asset = 0; asset < WIDTH; ++asset) {
            same(handler.balance(asset) + handler.out(asset), handler.deposited(asset));
            holds(handler.owing(asset) <= handler.balance(asset), "owed is there");
        }
    }

    function invariant_T26_what_is_final_and_frozen_stays_so() public view {
        same(handler.wentBack(), 0);
    }

    function afterInvariant() external {
        handler.everybodyOut();
        for (uint8 asset = 0; asset < WIDTH; ++asset) {
            same(handler.balance(asset), 0);
        }
    }
}
