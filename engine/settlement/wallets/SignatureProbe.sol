// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

/// Asks a wallet that is a contract whether a signature is its own, without anything being on chain for it: this is
/// run as the creation code of an `eth_call` and answers with one word instead of code. Nothing it does lasts.
///
/// A wallet that is not there yet is made first, when the signature says how (ERC-6492). The wallet is also asked about
/// another hash with the same signature: one that says yes to that as well has not looked at what it was asked.
contract SignatureProbe {
    uint256 private constant NO_CODE = 0;
    uint256 private constant REFUSED = 1;
    uint256 private constant VALID = 2;
    uint256 private constant NOT_BINDING = 3;

    bytes4 private constant YES = 0x1626ba7e;
    bytes32 private constant WRAPPED = 0x6492649264926492649264926492649264926492649264926492649264926492;

    constructor(address wallet, bytes32 digest, bytes memory signature, uint256 gasEach) {
        bool isWrapped;
        (isWrapped, signature) = _unwrapped(wallet, signature, gasEach);
        uint256 found = NO_CODE;
        if (wallet.code.length != 0) {
            found = REFUSED;
            if (_saysYes(wallet, digest, signature, gasEach)) {
                bytes32 other = keccak256(abi.encode(digest));
                found = _saysYes(wallet, other, signature, gasEach) ? NOT_BINDING : VALID;
            }
        }
        assembly ("memory-safe") {
            mstore(0, found)
            return(0, 32)
        }
    }

    /// The inner signature, after what it needs was done: the wallet is made when it is not there.
    function _unwrapped(address wallet, bytes memory signature, uint256 gasEach)
        private
        returns (bool, bytes memory)
    {
        uint256 length = signature.length;
        if (length < 32) return (false, signature);
        bytes32 ending;
        assembly ("memory-safe") {
            ending := mload(add(signature, length))
        }
        if (ending != WRAPPED) return (false, signature);
        assembly ("memory-safe") {
            mstore(signature, sub(length, 32))
        }
        (address factory, bytes memory making, bytes memory inner) = abi.decode(signature, (address, bytes, bytes));
        if (wallet.code.length == 0) {
            assembly ("memory-safe") {
                // Whether it was made is seen by its code; what the factory says is not copied.
                pop(call(gasEach, factory, 0, add(making, 32), mload(making), 0, 0))
            }
        }
        return (true, inner);
    }

    /// Reads one word of the answer and no more: an answer without end would have to be paid for.
    function _saysYes(address wallet, bytes32 digest, bytes memory signature, uint256 gasEach)
        private
        view
        returns (bool)
    {
        bytes memory question = abi.encodeWithSelector(YES, digest, signature);
        uint256 answer;
        bool isWhole;
        assembly ("memory-safe") {
            mstore(0, 0)
            let ok := staticcall(gasEach, wallet, add(question, 32), mload(question), 0, 32)
            answer := mload(0)
            isWhole := and(ok, gt(returndatasize(), 31))
        }
        return isWhole && answer == uint256(bytes32(YES));
    }
}
