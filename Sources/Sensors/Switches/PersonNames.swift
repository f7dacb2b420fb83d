//===----------------------------------------------------------------------===//
// Wardlight · Sensors
//
// People's names in the tables of wireless controllers and login servers: kept as a keyed hash only.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Hashes names with the same key and in the same way as those in captures, so that equal names are equal here too.
public enum PersonNames {
    /// - Parameter key: Secret of this installation.
    public static func hashing(with key: [UInt8]) -> @Sendable (String) -> String? {
        let privacy = Privacy(key: key)
        return { privacy.name($0) }
    }
}
