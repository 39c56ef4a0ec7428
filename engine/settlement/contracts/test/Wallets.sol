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
