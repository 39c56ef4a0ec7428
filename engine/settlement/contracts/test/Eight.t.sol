// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {VaultTest} from "./VaultTest.sol";

/// As many assets as a vault has at most.
contract EightTest is VaultTest {
    function setUp() public override {
        width = 8;
        super.setUp();
    }

    /// A random state: what each of five has of each asset, moved about among them, with some of it paid already. All
    /// leave, in any order, and the vault ends empty, to the unit.
    function test_T14_eight_assets_of_a_random_state_all_leave(uint96[8] calldata held, uint256 seed) public {
        for (uint8 asset = 0; asset < width; ++asset) {
            address owner = personOf((seed >> asset) % 5);
            fund(owner, asset, uint128(held[asset] >> 8) + 5);
            address other = personOf((seed >> (asset + 8)) % 5);
            if (other == owner) continue;
            uint128 moved = uint128(seed >> 128) % (uint128(held[asset] >> 8) + 6);
            entitle(owner, asset, uint128(held[asset] >> 8) + 5 - moved);
            entitle(other, asset, moved);
        }
        uint128 some = leaves[0].entitled[0] % 600_000_000_000;
        address first = address(bytes20(leaves[0].sub));
        if (some > 0) authorise(first, 1, 0, some, first);
        settle();
        if (some > 0) claim(0);
        stopOperator();
        for (uint256 step = 0; step < leaves.length; ++step) {
            escapeOf((seed % leaves.length + step) % leaves.length);
        }
        for (uint256 asset = 0; asset < width; ++asset) {
            same(tokens[asset].balanceOf(address(vault)), 0);
        }
    }

    function personOf(uint256 person) private pure returns (address) {
        return address(uint160(0xF000 + person));
    }
}
