// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Path} from "../src/SumTree.sol";
import {Leaf} from "../src/SumTree.sol";
import {VaultTest} from "./VaultTest.sol";

/// Everybody who may touch a vault, each doing what he may, in any order. What the vault refuses is left.
contract Handler is VaultTest {
    /// What the operator believed at a root.
    struct Belief {
        bytes leaves;
        uint256 authorised;
        uint64 cursor;
    }

    uint256 private constant PEOPLE = 4;
    /// Units in and out, by asset, as the tokens say.
    uint256[WIDTH] public deposited;
    uint256[WIDTH] public out;
    /// Times something final was final no more.
    uint256 public wentBack;
    mapping(uint64 epoch => Belief) private beliefs;
    uint64 private cursor;
    uint64 private nonce;

    constructor() {
        setUp();
        for (uint256 person = 0; person < PEOPLE; ++person) {
            entitle(personOf(person), 0, 0);
        }
        believe(0);
    }

    modifier watched() {
        (uint64 final_, bool frozen) = (vault.finalEpoch(), vault.frozen());
        _;
        if (vault.finalEpoch() < final_ || (frozen && !vault.frozen())) ++wentBack;
    }

    function doDeposit(uint256 person, uint8 asset, uint64 units) external watched {
        asset %= uint8(WIDTH);
        if (isStopped() || tokens[asset].isPaused()) return;
        uint128 amount = 5 + (units % 1_000_000);
        deposit(personOf(person), asset, amount);
        deposited[asset] += amount;
    }

    /// Credits what came in, moves some from one to another, authorises a payment, posts.
    function doRoot(uint256 from, uint256 to, uint8 asset, uint64 units) external watched {
        if (isStopped()) return;
        skip(1);
        credit();
        asset %= uint8(WIDTH);
        (from, to) = (from % PEOPLE, to % PEOPLE);
        uint128 free = leaves[from].entitled[asset] - authorisedOf(from, asset);
        uint128 some = free == 0 ? 0 : uint128(units) % (free + 1);
        leaves[from].entitled[asset] -= some / 2;
        leaves[to].entitled[asset] += some / 2;
        if (some / 4 > 0) authorise(personOf(from), ++nonce, asset, some / 4, personOf(from));
        post(nextRoot());
        believe(vault.last());
    }

    function doReject(uint256 back, bool isSecond) external watched {
        uint64 pending = vault.last() - vault.finalEpoch();
        if (pending == 0) return;
        uint64 epoch = vault.last() - uint64(back % pending);
        cheats.prank(isSecond ? guardian2 : guardian1);
        try vault.rejectRoot(epoch) {
            recall(epoch - 1);
        } catch {}
    }

    function doClaim(uint256 which) external watched {
        if (authorised.length == 0) return;
        which %= authorised.length;
        uint64 epoch = vault.finalEpoch();
        if (beliefs[epoch].authorised != authorised.length) return;
        bytes32[] memory proof = withdrawalProof(which);
        try vault.claim(authorised[which], epoch, proof) {
            out[authorised[which].asset] += authorised[which].amount;
        } catch {}
    }

    function doPause(bool isSecond) external watched {
        cheats.prank(isSecond ? guardian2 : guardian1);
        try vault.pause() {} catch {}
    }

    function doPauseToken(uint8 asset, bool isPaused) external watched {
        tokens[asset % WIDTH].setPaused(isPaused);
    }

    function doWait(uint32 time_) external watched {
        skip(time_ % 10 minutes);
    }

    function doWaitLong(uint32 time_) external watched {
        skip(time_ % 30 hours);
    }

    function doFreeze() external watched {
        try vault.freeze() {} catch {}
    }

    function doReclaim(uint256 id) external watched {
        uint64 count = depositCount();
        if (count > 0) reclaim(id % count);
    }

    function doEscape(uint256 person) external watched {
        if (vault.frozen()) escapeAs(person % PEOPLE);
    }

    function doCollect(uint256 person, uint8 asset) external watched {
        collect(person % PEOPLE, asset % uint8(WIDTH));
    }

    /// Whatever happened: the operator is gone, and everybody takes what is left.
    function everybodyOut() external {
        for (uint8 asset = 0; asset < WIDTH; ++asset) {
            tokens[asset].setPaused(false);
        }
        if (!vault.frozen()) {
            skip(terms.maxPause + terms.rootTimeout + 1);
            vault.freeze();
        }
        for (uint256 person = 0; person < PEOPLE; ++person) {
            escapeAs(person);
            for (uint8 asset = 0; asset < WIDTH; ++asset) {
                collect(person, asset);
            }
        }
        uint64 count = depositCount();
        for (uint64 id = 0; id < count; ++id) {
            reclaim(id);
        }
    }

    function balance(uint8 asset) external view returns (uint256) {
        return tokens[asset].balanceOf(address(vault)) / unitOf(asset);
    }

    function owing(uint8 asset) external view returns (uint256 sum) {
        for (uint256 person = 0; person < PEOPLE; ++person) {
            sum += vault.owed(subOf(personOf(person)), asset);
        }
    }

    function personOf(uint256 person) private pure returns (address) {
        return address(uint160(0xF000 + (person % PEOPLE)));
    }

    function isStopped() private view returns (bool) {
        return vault.frozen() || time() < vault.pausedUntil();
    }

    /// In the order of their ids, without those that were taken back.
    function credit() private {
        uint64 count = depositCount();
        for (; cursor < count; ++cursor) {
            (bytes32 sub, uint128 amount,, uint8 asset, bool isReclaimed) = vault.deposits(cursor);
            for (uint256 person = 0; person < PEOPLE && !isReclaimed; ++person) {
                if (leaves[person].sub == sub) leaves[person].entitled[asset] += amount;
            }
        }
    }

    function authorisedOf(uint256 person, uint8 asset) private view returns (uint128 sum) {
        for (uint256 each = 0; each < authorised.length; ++each) {
            bool isHis = authorised[each].sub == leaves[person].sub && authorised[each].asset == asset;
            if (isHis) sum += authorised[each].amount;
        }
    }

    function believe(uint64 epoch) private {
        beliefs[epoch] = Belief(abi.encode(leaves), authorised.length, cursor);
    }

    /// As if nothing since had been believed.
    function recall(uint64 epoch) private {
        Leaf[] memory then_ = abi.decode(beliefs[epoch].leaves, (Leaf[]));
        for (uint256 person = 0; person < PEOPLE; ++person) {
            leaves[person].entitled = then_[person].entitled;
        }
        while (authorised.length > beliefs[epoch].authorised) {
            authorised.pop();
        }
        cursor = beliefs[epoch].cursor;
    }

    function escapeAs(uint256 person) private {
        recall(vault.frozenEpoch());
        address owner = personOf(person);
        uint256[WIDTH] memory before;
        for (uint8 asset = 0; asset < WIDTH; ++asset) {
            before[asset] = tokens[asset].balanceOf(owner);
        }
        Path memory path = pathOf(person);
        try vault.escape(leaves[person], path, owner, "") {} catch {}
        for (uint8 asset = 0; asset < WIDTH; ++asset) {
            out[asset] += (tokens[asset].balanceOf(owner) - before[asset]) / unitOf(asset);
        }
    }

    function collect(uint256 person, uint8 asset) private {
        bytes32 sub = subOf(personOf(person));
        uint128 amount = vault.owed(sub, asset);
        try vault.collect(sub, asset, personOf(person)) {
            out[asset] += amount;
        } catch {}
    }

    function reclaim(uint256 id) private {
        (, uint128 amount,, uint8 asset,) = vault.deposits(id);
        try vault.reclaim(id) {
            out[asset] += amount;
        } catch {}
    }
}
