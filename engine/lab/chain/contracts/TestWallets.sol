// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

// Wallets for tests: an honest one of several owners, and what dishonest or broken ones do.

bytes4 constant YES = 0x1626ba7e;
bytes4 constant NO = 0xffffffff;

bytes32 constant SAFE_DOMAIN = keccak256("EIP712Domain(uint256 chainId,address verifyingContract)");
bytes32 constant SAFE_MESSAGE = keccak256("SafeMessage(bytes message)");

/// One person's wallet of several keys: so many of the owners sign a digest in a text that names this wallet and this
/// chain, the one that owners of a Safe sign.
contract OwnersWallet {
    uint256 public needed;
    mapping(address => bool) public isOwner;

    constructor(address[] memory owners, uint256 needed_) {
        needed = needed_;
        for (uint256 k = 0; k < owners.length; k++) isOwner[owners[k]] = true;
    }

    /// What owners sign for a digest: the same keys of another wallet, or on another chain, sign something else.
    function ownerDigest(bytes32 digest) public view returns (bytes32) {
        bytes32 domain = keccak256(abi.encode(SAFE_DOMAIN, block.chainid, address(this)));
        bytes32 message = keccak256(abi.encode(SAFE_MESSAGE, keccak256(abi.encode(digest))));
        return keccak256(abi.encodePacked(hex"1901", domain, message));
    }

    function isValidSignature(bytes32 digest, bytes calldata signatures) external view returns (bytes4) {
        bytes32 signed = ownerDigest(digest);
        if (signatures.length % 65 != 0 || signatures.length / 65 < needed) return NO;
        address last = address(0);
        for (uint256 from = 0; from < signatures.length; from += 65) {
            bytes32 r = bytes32(signatures[from:from + 32]);
            bytes32 s = bytes32(signatures[from + 32:from + 64]);
            address owner = ecrecover(signed, uint8(signatures[from + 64]), r, s);
            // Strictly ascending: none twice.
            if (owner <= last || !isOwner[owner]) return NO;
            last = owner;
        }
        return YES;
    }

    function revoke(address owner) external {
        require(isOwner[msg.sender], "not an owner");
        isOwner[owner] = false;
    }
}

contract OwnersWalletFactory {
    function make(address[] calldata owners, uint256 needed, bytes32 salt) external returns (address) {
        return address(new OwnersWallet{salt: salt}(owners, needed));
    }

    function addressOf(address[] calldata owners, uint256 needed, bytes32 salt) external view returns (address) {
        bytes memory code = abi.encodePacked(type(OwnersWallet).creationCode, abi.encode(owners, needed));
        bytes32 digest = keccak256(abi.encodePacked(bytes1(0xff), address(this), salt, keccak256(code)));
        return address(uint160(uint256(digest)));
    }
}

/// One person's wallet whose owner lets other keys sign for a while, and takes that back.
contract SessionKeyWallet {
    address public immutable owner;
    mapping(address => uint256) public goodUntil;

    constructor(address owner_) {
        owner = owner_;
    }

    function delegate(address key, uint256 until) external {
        require(msg.sender == owner, "not the owner");
        goodUntil[key] = until;
    }

    /// What a key signs for a digest: the same key of another wallet, or on another chain, signs something else.
    function keyDigest(bytes32 digest) public view returns (bytes32) {
        return keccak256(abi.encode("SessionKeyWallet", block.chainid, address(this), digest));
    }

    function isValidSignature(bytes32 digest, bytes calldata signature) external view returns (bytes4) {
        if (signature.length != 65) return NO;
        bytes32 r = bytes32(signature[0:32]);
        bytes32 s = bytes32(signature[32:64]);
        address key = ecrecover(keyDigest(digest), uint8(signature[64]), r, s);
        if (key == address(0)) return NO;
        return key == owner || goodUntil[key] > block.timestamp ? YES : NO;
    }
}

/// Says yes to everything, without looking.
contract YesWallet {
    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4) {
        return YES;
    }
}

/// Knows one digest, whoever asks.
contract OneDigestWallet {
    bytes32 private immutable known;

    constructor(bytes32 digest) {
        known = digest;
    }

    function isValidSignature(bytes32 digest, bytes calldata) external view returns (bytes4) {
        return digest == known ? YES : NO;
    }
}

/// Says `true`, which is not the word that means yes.
contract TrueWallet {
    function isValidSignature(bytes32, bytes calldata) external pure returns (bool) {
        return true;
    }
}

/// Never comes to an answer.
contract LoopWallet {
    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4) {
        for (uint256 k = 0; ; k++) {}
        return YES;
    }
}

/// Answers with a megabyte that begins like a yes, or gives up with one.
contract BombWallet {
    bool private immutable gives;

    constructor(bool gives_) {
        gives = gives_;
    }

    function isValidSignature(bytes32, bytes calldata) external view returns (bytes4) {
        bool isRevert = gives;
        assembly {
            mstore(0, 0x1626ba7e00000000000000000000000000000000000000000000000000000000)
            if isRevert { revert(0, 1000000) }
            return(0, 1000000)
        }
    }
}

/// Four bytes of yes, and not a word.
contract ShortWallet {
    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4) {
        assembly {
            mstore(0, 0x1626ba7e00000000000000000000000000000000000000000000000000000000)
            return(0, 4)
        }
    }
}
