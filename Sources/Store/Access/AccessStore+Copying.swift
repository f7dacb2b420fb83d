//===----------------------------------------------------------------------===//
// Wardlight · Store
//
// A copy of the accounts and tokens while they are used.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import GRDB

extension AccessStore {
    /// Copies a file of accounts to a place where there is none, readable to its user only.
    ///
    /// - Throws: `LogFailure`.
    public static func copy(_ source: String, to target: String) throws {
        guard !FileManager.default.fileExists(atPath: target) else {
            throw LogFailure.database(target, "it is there already; nothing is overwritten")
        }
        guard FileManager.default.createFile(atPath: target, contents: nil, attributes: [.posixPermissions: 0o600])
        else { throw LogFailure.database(target, "cannot be created there") }
        try Segment.translate(source) {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(5)
            let from = try DatabaseQueue(path: source, configuration: configuration)
            let to = try DatabaseQueue(path: target)
            try from.backup(to: to)
            try to.close()
            try from.close()
        }
    }
}
