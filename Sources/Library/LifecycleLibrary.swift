//===----------------------------------------------------------------------===//
// Wardlight · Library
//
// The days until which systems are mended: Knowledge/lifecycles.list, read.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import Defense
import Foundation
import Model

/// Reads our own list of lifecycles when answers are made.
public enum LifecycleLibrary {
    /// How a log names the list that was used.
    public static let knowledge = "lifecycles"
    static let fileName = "lifecycles.list"

    /// The list of our own knowledge folder, and its digest for logs; empty where there is none, which is said.
    ///
    /// - Parameter note: Told what the person should know.
    public static func load(own folder: URL?, note: (String) -> Void) -> (
        lifecycles: Lifecycles, used: [Observation.Knowledge]
    ) {
        guard let file = folder?.appendingPathComponent(fileName),
            let bytes = try? KnowledgeLoader.bytes(file.path)
        else {
            note("no Knowledge/\(fileName): whether a system still gets updates is not known.")
            return (Lifecycles(), [])
        }
        var troubles: [Lifecycles.Trouble] = []
        let list = Lifecycles(String(decoding: bytes, as: UTF8.self), troubles: &troubles)
        for trouble in troubles.prefix(16) { note("\(file.path): \(trouble); left out.") }
        let digest = SHA256.hash(data: bytes).map { hexadecimal($0) }.joined()
        return (list, [Observation.Knowledge(name: knowledge, digest: digest)])
    }
}
