//===----------------------------------------------------------------------===//
// Wardlight · Library
//
// What is known of USB devices: our own list, and usb.ids of Debian's hwdata.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import Defense
import Foundation
import Model

/// Reads both when a report of peripherals is there to be judged.
public enum PeripheralLibrary {
    public struct Loaded: Sendable {
        public var knowledge: PeripheralKnowledge
        public var names: USBNames
        /// What was used, by its digest.
        public var used: [Observation.Knowledge]
    }

    public static let names = "/usr/share/hwdata/usb.ids"
    private static let mostOctets = 16 << 20

    /// - Parameter note: Told what the person should know: an absent list is said, and no reason to stop.
    public static func load(own folder: URL?, names path: String = names, note: (String) -> Void) -> Loaded {
        var loaded = Loaded(knowledge: PeripheralKnowledge(), names: USBNames(), used: [])
        if let file = folder?.appendingPathComponent("peripherals.list"), let text = read(file.path) {
            var troubles: [PeripheralKnowledge.Trouble] = []
            loaded.knowledge = PeripheralKnowledge(String(decoding: text, as: UTF8.self), troubles: &troubles)
            for trouble in troubles.prefix(16) { note("\(file.path): \(trouble); left out.") }
            loaded.used.append(Observation.Knowledge(name: "peripherals", digest: digest(text)))
        } else {
            note("no Knowledge/peripherals.list: scanners and badge readers are not known as such.")
        }
        if let text = read(path) {
            loaded.names = USBNames(text)
            loaded.used.append(Observation.Knowledge(name: "usb.ids", digest: digest(text)))
        }
        if loaded.names.isEmpty {
            note("makers of USB devices are unknown, so none is compared with what it says: install Debian's hwdata.")
        }
        return loaded
    }

    private static func read(_ path: String) -> [UInt8]? {
        guard let data = FileManager.default.contents(atPath: path), data.count <= mostOctets else { return nil }
        return [UInt8](data)
    }

    private static func digest(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).map { hexadecimal($0) }.joined()
    }
}
