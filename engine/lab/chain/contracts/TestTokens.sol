// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

// Tokens for tests: put in the place of one that has holders already, with its storage, and worse than it.

/// Storage of the sandbox's tokens: balances first, then allowances.
abstract contract HeldToken {
    mapping(address => uint256) internal _balances;
    mapping(address => mapping(address => uint256)) internal _allowances;

    function balanceOf(address who) external view virtual returns (uint256) {
        return _balances[who];
    }

    function allowance(address owner, address spender) external view returns (uint256) {
        return _allowances[owner][spender];
    }

    function approve(address spender, uint256 amount) external returns (bool) {
        _allowances[msg.sender][spender] = amount;
        return true;
    }

    function mint(address to, uint256 amount) external {
        _balances[to] += amount;
    }

    function transfer(address to, uint256 amount) external virtual returns (bool) {
        _move(msg.sender, to, amount);
        return true;
    }

    function transferFrom(address from, address to, uint256 amount) external virtual returns (bool) {
        _allowances[from][msg.sender] -= amount;
        _move(from, to, amount);
        return true;
    }

    function _move(address from, address to, uint256 amount) internal virtual {
        _balances[from] -= amount;
        _balances[to] += amount;
    }
}

/// Keeps a hundredth of what is moved.
contract FeeToken is HeldToken {
    function _move(address from, address to, uint256 amount) internal override {
        _balances[from] -= amount;
        _balances[to] += amount - amount / 100;
    }
}

/// Everybody has a tenth less than they had.
contract ShrunkToken is HeldToken {
    function balanceOf(address who) external view override returns (uint256) {
        return (_balances[who] * 9) / 10;
    }
}

/// Everybody has a tenth more than they had.
contract GrownToken is HeldToken {
    function balanceOf(address who) external view override returns (uint256) {
        return (_balances[who] * 11) / 10;
    }
}

/// Contracts may neither send nor receive it.
contract BlockingToken is HeldToken {
    function _move(address from, address to, uint256 amount) internal override {
        require(from.code.length == 0 && to.code.length == 0, "blocked");
        super._move(from, to, amount);
    }
}

/// Says neither yes nor no.
contract SilentToken is HeldToken {
    function transfer(address to, uint256 amount) external override returns (bool) {
        _move(msg.sender, to, amount);
        assembly {
            return(0, 0)
        }
    }

    function transferFrom(address from, address to, uint256 amount) external override returns (bool) {
        _allowances[from][msg.sender] -= amount;
        _move(from, to, amount);
        assembly {
            return(0, 0)
        }
    }
}

/// Says no, and reverts nothing.
contract RefusingToken is HeldToken {
    function transfer(address, uint256) external pure override returns (bool) {
        return false;
    }

    function transferFrom(address, address, uint256) external pure override returns (bool) {
        return false;
    }
}

/// Says what anybody has to transactions alone, not to who asks from outside.
contract ShyToken is HeldToken {
    function balanceOf(address who) external view override returns (uint256) {
        require(tx.origin != address(0), "shy");
        return _balances[who];
    }
}

/// Goes round in circles when it is asked.
contract EndlessToken is HeldToken {
    function balanceOf(address who) external view override returns (uint256) {
        uint256 turns = 0;
        while (turns < type(uint256).max) ++turns;
        return _balances[who];
    }
}

/// Says no at length, and over many lines.
contract WordyToken is HeldToken {
    function balanceOf(address) external pure override returns (uint256) {
        bytes memory words = new bytes(2_000);
        for (uint256 place = 0; place < words.length; ++place) words[place] = place % 50 == 9 ? bytes1("\n") : bytes1("w");
        revert(string(words));
    }
}

/// Does not say what anybody has.
contract MuteToken is HeldToken {
    function balanceOf(address) external pure override returns (uint256) {
        revert("mute");
    }
}
