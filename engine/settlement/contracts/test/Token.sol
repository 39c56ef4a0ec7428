// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

/// A token that behaves as its test asks.
contract Token {
    uint8 public immutable decimals;
    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(address => uint256)) public allowance;
    mapping(address => bool) public isBlocked;
    /// Hundredths of a percent kept of each transfer.
    uint256 public fee;
    bool public saysNothing;
    bool public saysFalse;
    bool public isPaused;
    /// Called in the middle of a transfer.
    address public hook;
    bytes public hookCall;

    constructor(uint8 decimals_) {
        decimals = decimals_;
    }

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    function burn(address from, uint256 amount) external {
        balanceOf[from] -= amount;
    }

    function approve(address spender, uint256 amount) external returns (bool) {
        allowance[msg.sender][spender] = amount;
        return true;
    }

    function setFee(uint256 fee_) external {
        fee = fee_;
    }

    function setAnswer(bool nothing, bool false_) external {
        (saysNothing, saysFalse) = (nothing, false_);
    }

    function setPaused(bool isPaused_) external {
        isPaused = isPaused_;
    }

    function setBlocked(address who, bool is_) external {
        isBlocked[who] = is_;
    }

    function setHook(address hook_, bytes calldata call_) external {
        (hook, hookCall) = (hook_, call_);
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        return _move(msg.sender, to, amount);
    }

    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        allowance[from][msg.sender] -= amount;
        return _move(from, to, amount);
    }

    function _move(address from, address to, uint256 amount) private returns (bool) {
        require(!isPaused && !isBlocked[to] && !isBlocked[from], "refused");
        if (saysFalse) return false;
        balanceOf[from] -= amount;
        balanceOf[to] += amount - (amount * fee) / 10_000;
        if (hook != address(0)) {
            (bool isDone, bytes memory answer) = hook.call(hookCall);
            if (!isDone) {
                assembly {
                    revert(add(answer, 32), mload(answer))
                }
            }
        }
        if (saysNothing) {
            assembly {
                return(0, 0)
            }
        }
        return true;
    }
}
