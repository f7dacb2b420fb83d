//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// Search: which device does a person mean?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension InventorySnapshot {
    public enum SearchError: Error, Hashable {
        case noSuchDevice(String)
        /// At most eight of those that fit, by id.
        case ambiguous(String, [String])
    }

    /// The one device that `text` names: its id or a former one, a hardware or network address, an EUI-64, a serial
    /// number or a name that no other has. Names are compared without regard to case.
    public func device(named text: String) throws(SearchError) -> Device {
        var found = devices.filter { $0.id == text }
        if found.isEmpty { found = devices.filter { $0.formerIds.contains(text) } }
        if found.isEmpty, let hardware = HardwareAddress(text) { found = devices.filter { $0.mac.contains(hardware) } }
        let wanted = text.lowercased()
        if found.isEmpty {
            found = devices.filter { device in
                (device.ipv4 + device.ipv6).contains { $0.description == wanted }
                    || device.eui64.contains { $0.lowercased() == wanted }
                    || device.identifiers.contains {
                        $0.lowercased() == wanted || $0.lowercased().hasSuffix(":" + wanted)
                    }
            }
        }
        if found.isEmpty {
            found = devices.filter { device in
                device.names.contains { $0.lowercased() == wanted }
                    || device.judgements[.serial]?.value.lowercased() == wanted
            }
        }
        guard let first = found.first else { throw .noSuchDevice(text) }
        guard found.count == 1 else { throw .ambiguous(text, found.prefix(8).map(\.id)) }
        return first
    }
}
