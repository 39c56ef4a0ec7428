// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {ISignatureTransfer} from "../src/ISignatureTransfer.sol";

/// What Permit2 does with a witness, by its published types: a stand-in, so that no bytes of it have to be here.
contract Permit2 is ISignatureTransfer {
    string private constant HEAD =
        "PermitWitnessTransferFrom(TokenPermissions permitted,address spender,uint256 nonce,uint256 deadline,";
    bytes32 private constant PERMISSIONS = keccak256("TokenPermissions(address token,uint256 amount)");

    mapping(address owner => mapping(uint256 nonce => bool)) public isUsed;

    error InvalidSigner();
    error InvalidNonce();
    error SignatureExpired();

    function digest(
        PermitTransferFrom calldata permit,
        address spender,
        bytes32 witness,
        string calldata witnessTypeString
    ) public view returns (bytes32) {
        bytes32 permissions = keccak256(abi.encode(PERMISSIONS, permit.permitted));
        bytes32 message = keccak256(
            abi.encode(
                keccak256(abi.encodePacked(HEAD, witnessTypeString)),
                permissions,
                spender,
                permit.nonce,
                permit.deadline,
                witness
            )
        );
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,uint256 chainId,address verifyingContract)"),
                keccak256("Permit2"),
                block.chainid,
                address(this)
            )
        );
        return keccak256(abi.encodePacked(hex"1901", domain, message));
    }

    function permitWitnessTransferFrom(
        PermitTransferFrom calldata permit,
        SignatureTransferDetails calldata transferDetails,
        address owner,
        bytes32 witness,
        string calldata witnessTypeString,
        bytes calldata signature
    ) external {
        require(block.timestamp <= permit.deadline, SignatureExpired());
        require(!isUsed[owner][permit.nonce], InvalidNonce());
        isUsed[owner][permit.nonce] = true;
        bytes32 signedDigest = digest(permit, msg.sender, witness, witnessTypeString);
        require(ECDSA.recover(signedDigest, signature) == owner, InvalidSigner());
        IERC20(permit.permitted.token).transferFrom(owner, transferDetails.to, transferDetails.requestedAmount);
    }
}
