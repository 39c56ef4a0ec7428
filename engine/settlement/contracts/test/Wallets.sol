// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

/// A wallet that answers whatever it was told to.
contract Fickle {
    bytes4 private answer;
    bool private isGarbage;

    function setAnswer(bytes4 answer_) external {
        answer = answer_;
    }

    function setGarbage() external {
        isGarbage = true;
    }

    function isValidSignature(bytes32, bytes calldata) external view returns (bytes4) {
        if (isGarbage) {
            assembly {
                mstore(0, 0x1626ba7e)
                return(0, 5)
            }
        }
        return answer;
    }
}

/// A wallet that never answers.
contract GasBurner {
    fallback() external {
        while (true) {}
    }
}

/// A wallet that does something else before it says that it signed.
contract Reenterer {
    address private target;
    bytes private what;

    function aim(address target_, bytes calldata what_) external {
        (target, what) = (target_, what_);
    }

    function isValidSignature(bytes32, bytes calldata) external returns (bytes4) {
        (bool isDone,) = target.call(what);
        require(isDone, "not done");
        return 0x1626ba7e;
    }
}
