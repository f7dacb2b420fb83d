//===----------------------------------------------------------------------===//
// Wardlight · Sensors
//
// Users of switches: from the credential of a target to what net-snmp asks and believes with.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import SNMP

extension SNMPUser {
    init(
        _ name: String, _ authentication: Credential.Authentication?, _ privacy: Credential.Privacy?
    ) {
        self.init(name)
        if let authentication {
            self.authentication = (authentication.method.asked, authentication.passphrase.revealed())
        }
        if let privacy { self.privacy = (privacy.method.asked, privacy.passphrase.revealed()) }
    }

    /// Nil for a community.
    init?(_ credential: Credential) {
        guard case .user(let name, let authentication, let privacy) = credential else { return nil }
        self.init(name, authentication, privacy)
    }
}

extension Credential.Authentication.Method {
    fileprivate var asked: SNMPUser.Authentication {
        switch self {
        case .md5: .md5
        case .sha1: .sha1
        case .sha224: .sha224
        case .sha256: .sha256
        case .sha384: .sha384
        case .sha512: .sha512
        }
    }
}

extension Credential.Privacy.Method {
    fileprivate var asked: SNMPUser.Privacy {
        switch self {
        case .des: .des
        case .aes128: .aes128
        case .aes192: .aes192
        case .aes256: .aes256
        }
    }
}
