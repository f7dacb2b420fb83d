//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Asking: which device is meant by the one who speaks of it?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension Inventory {
    /// The device that a subject is part of; nil where nothing is known of it. Three look-ups, then the device is judged.
    public func device(of subject: Subject, site: String) -> Device? {
        guard let place = place(of: subject, site: site) else { return nil }
        return place >= 0 ? device(of: head(of: Int(place))) : nil
    }

    /// The id of the device that a subject is part of (`dev-…`); nil where nothing is known of it. Three look-ups.
    public func id(of subject: Subject, site: String) -> String? {
        guard let place = place(of: subject, site: site) else { return nil }
        return Self.text(ofID: place >= 0 ? id(of: Int(place)) : stubs[Int(-1 - place)].id)
    }

    /// The device with an id, or that took it in; nil where none has it. One look-up.
    public func device(id: String) -> Device? {
        guard let number = Self.number(ofID: id), let place = idPlaces[number], records[Int(place)].isLive,
            records[Int(place)].id == number || records[Int(place)].absorbed.contains(where: { $0.id == number })
        else {
            return nil
        }
        return device(of: head(of: Int(place)))
    }

    private static func number(ofID id: String) -> UInt64? {
        guard id.utf8.count == 16, id.hasPrefix("dev-") else { return nil }
        return UInt64(id.dropFirst(4), radix: 16)
    }

    /// The number of the record that a subject is, for tables beside this one: `id(ofRecord:)` tells its device.
    public func record(of subject: Subject, site: String) -> UInt64? {
        guard let place = place(of: subject, site: site), place >= 0 else { return nil }
        return records[Int(place)].id
    }

    private func place(of subject: Subject, site: String) -> Int32? {
        guard let number = siteNumbers[site] else { return nil }
        if case .device(let key, _) = owner(of: subject, site: number, isSaying: false), let place = places[key] {
            return place
        }
        return key(of: subject, site: number).flatMap { places[$0] }
    }

    /// `dev-…` as it would be written for a record's number.
    public static func id(ofRecord number: UInt64) -> String { text(ofID: number) }
}
