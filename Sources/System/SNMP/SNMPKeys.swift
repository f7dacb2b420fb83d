//===----------------------------------------------------------------------===//
// Wardlight · SNMP
//
// Keys: from passphrases to the keys of version 3, each made once.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

internal import CSNMP

/// Ku of RFC 3414, A.2 hashes a megabyte: made once for a passphrase, not once for each of a thousand switches.
@safe struct SNMPKeys {
    private struct Phrase: Hashable {
        var method: SNMPUser.Authentication
        var text: String
    }
    private var made: [Phrase: [UInt8]] = [:]
    /// A hospital has a handful of users; what is more is made anew each time.
    private static let most = 256

    private mutating func key(_ method: SNMPUser.Authentication, _ text: String) throws(SNMPFailure) -> [UInt8] {
        let phrase = Phrase(method: method, text: text)
        if let key = made[phrase] { return key }
        let octets = Array(text.utf8)
        guard octets.count >= 8 else { throw .passphraseTooShort }
        var key = [UInt8](repeating: 0, count: 64)
        let count = unsafe wardlight_snmp_key(method.name, method.name.count, octets, octets.count, &key, key.count)
        guard count > 0, count <= key.count else { throw .methodNotSupported }
        key.removeLast(key.count - count)
        if made.count < Self.most { made[phrase] = key }
        return key
    }

    mutating func open(
        _ user: SNMPUser, _ peer: String, engine: [UInt8], context: String, _ heard: netsnmp_callback,
        _ magic: UnsafeMutableRawPointer
    ) throws(SNMPFailure) -> UnsafeMutableRawPointer? {
        unsafe try with(user) { wanted in
            unsafe wardlight_snmp_open(peer, nil, 0, wanted, engine, engine.count, context, heard, magic)
        }
    }

    /// Hands over the user with its keys, for as long as `body` runs.
    mutating func with<Result>(
        _ user: SNMPUser, _ body: (UnsafeMutablePointer<wardlight_user>) -> Result
    ) throws(SNMPFailure) -> Result {
        var signing: [UInt8] = []
        var sealing: [UInt8] = []
        var signName: [oid] = []
        var sealName: [oid] = []
        if let authentication = user.authentication {
            signing = try key(authentication.method, authentication.passphrase)
            signName = authentication.method.name
            if let privacy = user.privacy {
                // The key that seals is made with the method that signs (RFC 3414, 8.1.1.1).
                sealing = try key(authentication.method, privacy.passphrase)
                sealName = privacy.method.name
            }
        }
        return unsafe user.name.withCString { name in
            unsafe signName.withUnsafeBufferPointer { sign in
                unsafe sealName.withUnsafeBufferPointer { seal in
                    unsafe signing.withUnsafeBufferPointer { signKey in
                        unsafe sealing.withUnsafeBufferPointer { sealKey in
                            var wanted = unsafe wardlight_user(
                                name: name, auth: sign.baseAddress, auth_length: sign.count,
                                auth_key: signKey.baseAddress, auth_key_length: signKey.count,
                                priv: seal.baseAddress, priv_length: seal.count, priv_key: sealKey.baseAddress,
                                priv_key_length: sealKey.count)
                            return unsafe body(&wanted)
                        }
                    }
                }
            }
        }
    }
}

extension SNMPUser.Authentication {
    /// RFC 3414, 9.1; RFC 7860, 9.
    fileprivate var name: [oid] {
        switch self {
        case .md5: [1, 3, 6, 1, 6, 3, 10, 1, 1, 2]
        case .sha1: [1, 3, 6, 1, 6, 3, 10, 1, 1, 3]
        case .sha224: [1, 3, 6, 1, 6, 3, 10, 1, 1, 4]
        case .sha256: [1, 3, 6, 1, 6, 3, 10, 1, 1, 5]
        case .sha384: [1, 3, 6, 1, 6, 3, 10, 1, 1, 6]
        case .sha512: [1, 3, 6, 1, 6, 3, 10, 1, 1, 7]
        }
    }
}

extension SNMPUser.Privacy {
    /// RFC 3414, RFC 3826; 192 and 256 bits as net-snmp names Blumenthal's draft.
    fileprivate var name: [oid] {
        switch self {
        case .des: [1, 3, 6, 1, 6, 3, 10, 1, 2, 2]
        case .aes128: [1, 3, 6, 1, 6, 3, 10, 1, 2, 4]
        case .aes192: [1, 3, 6, 1, 4, 1, 14832, 1, 3]
        case .aes256: [1, 3, 6, 1, 4, 1, 14832, 1, 4]
        }
    }
}
