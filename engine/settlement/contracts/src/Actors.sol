// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {ISignatureTransfer} from "./ISignatureTransfer.sol";

/// A token the vault holds.
struct Asset {
    address token;
    /// Token wei of one unit of the engine: 1 up to 8 decimals, else 10^(decimals - 8). In one slot with the token.
    uint96 unit;
    /// The least deposit, in units.
    uint128 minimum;
    /// Units that may leave in a window, of all together and of each subaccount, until the governor says otherwise.
    uint48 window;
    uint208 capOfAll;
    uint208 capOfEach;
}

/// Seconds, fixed for the life of a vault.
struct Terms {
    uint64 dispute;
    uint64 rootTimeout;
    uint64 forcedGrace;
    uint64 whitelistDelay;
    uint64 reclaimDelay;
    uint64 maxPause;
    uint64 lag;
    uint64 lead;
}

/// What a vault is made with.
struct Config {
    address governor;
    ISignatureTransfer permit2;
    address[] hot;
    uint64 threshold;
    address[] guardians;
    Asset[] assets;
    Terms terms;
}

/// Who may do what, and the pause: a guardian stops the vault for a bounded time, never its ways out.
abstract contract Actors {
    uint256 internal constant MAX_ASSETS = 8;

    /// A timelock: what it does was public for days.
    address public immutable governor;
    ISignatureTransfer public immutable permit2;
    Terms public terms;
    Asset[] public assets;
    mapping(address => bool) public isHot;
    mapping(address => bool) public isGuardian;
    uint64 public hotCount;
    /// Signatures a root needs: more than half.
    uint64 public threshold;
    uint64 public pausedAt;
    uint64 public pausedUntil;
    bool public frozen;

    event SignerSet(address indexed signer, bool isHot, uint64 threshold);
    event GuardianSet(address indexed guardian, bool isGuardian);
    event PausedUntil(uint64 until);

    error NotAllowed();
    error IsPaused();
    error IsFrozen();
    error NoMajority();
    error TooSoon();
    error BadTerms();

    /// Neither paused nor frozen.
    modifier whenRunning() {
        _requireRunning();
        _;
    }

    constructor(Config memory config) {
        // Between two pauses there must be time to freeze, or pauses alone would hold everybody in.
        require(2 * config.terms.maxPause > config.terms.rootTimeout, BadTerms());
        require(config.assets.length > 0 && config.assets.length <= MAX_ASSETS, BadTerms());
        (governor, permit2, terms) = (config.governor, config.permit2, config.terms);
        for (uint256 index = 0; index < config.assets.length; ++index) {
            require(config.assets[index].unit > 0, BadTerms());
            assets.push(config.assets[index]);
        }
        for (uint256 index = 0; index < config.guardians.length; ++index) {
            _setGuardian(config.guardians[index], true);
        }
        for (uint256 index = 0; index < config.hot.length; ++index) {
            _enroll(config.hot[index], true);
        }
        _setThreshold(config.threshold);
    }

    function setHot(address signer, bool isIn, uint64 threshold_) external {
        require(msg.sender == governor, NotAllowed());
        _enroll(signer, isIn);
        _setThreshold(threshold_);
        emit SignerSet(signer, isIn, threshold_);
    }

    function setGuardian(address guardian, bool isIn) external {
        require(msg.sender == governor, NotAllowed());
        _setGuardian(guardian, isIn);
    }

    /// Again only when twice as long has passed without.
    function pause() external {
        require(isGuardian[msg.sender], NotAllowed());
        require(pausedUntil == 0 || block.timestamp >= pausedUntil + 2 * terms.maxPause, TooSoon());
        pausedAt = uint64(block.timestamp);
        pausedUntil = pausedAt + terms.maxPause;
        emit PausedUntil(pausedUntil);
    }

    function unpause() external {
        require(msg.sender == governor && block.timestamp < pausedUntil, NotAllowed());
        pausedUntil = uint64(block.timestamp);
        emit PausedUntil(pausedUntil);
    }

    /// Seconds since then, less those of the last pause, in which the operator could do nothing.
    function _servingSince(uint64 since) internal view returns (uint256) {
        uint256 from = pausedAt > since ? pausedAt : since;
        uint256 to = block.timestamp < pausedUntil ? block.timestamp : pausedUntil;
        return block.timestamp - since - (to > from ? to - from : 0);
    }

    function _requireRunning() private view {
        require(!frozen, IsFrozen());
        require(block.timestamp >= pausedUntil, IsPaused());
    }

    function _setGuardian(address guardian, bool isIn) private {
        isGuardian[guardian] = isIn;
        emit GuardianSet(guardian, isIn);
    }

    function _enroll(address signer, bool isIn) private {
        require(isHot[signer] != isIn, NoMajority());
        isHot[signer] = isIn;
        hotCount = isIn ? hotCount + 1 : hotCount - 1;
    }

    function _setThreshold(uint64 threshold_) private {
        require(threshold_ <= hotCount && 2 * threshold_ > hotCount, NoMajority());
        threshold = threshold_;
    }
}
