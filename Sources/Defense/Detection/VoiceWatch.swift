//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Voices: what does an address say of the machine behind it, and did another machine begin to speak?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import HashTreeCollections
import Model

/// Keeps what each address says in the few fields that belong to one machine: its LLDP-MED serial number and model, and
/// the way in which it asks for its network address.
public struct VoiceWatch: Sendable {
    /// As many as the ports' watch follows.
    static let mostDevices = 200_000
    /// Who says more than four things in turn in one field says nothing by them.
    static let mostValues = 4
    /// Octets of a value: those behind say no more.
    static let mostOctets = 128

    static let fields: [Field] = [
        .lldpMedSerial, .lldpMedModel, .dhcpVendorClass, .dhcpParameterRequestList, .dhcpHostname,
    ]

    struct Said: Hashable, Sendable {
        var value: String
        var first: Timestamp
        var last: Timestamp
        /// How often, by polls or by minutes.
        var times: UInt32
    }

    private(set) var voices: TreeDictionary<DeviceKey, [Field: [Said]]> = [:]
    /// Values of devices that found no room.
    public private(set) var overflow: UInt64 = 0

    mutating func learn(_ observation: Observation) {
        guard case .fact(let fact) = observation.body, Self.fields.contains(fact.field),
            let hardware = fact.subject.hardware, hardware.isIndividual
        else { return }
        let key = DeviceKey(site: observation.site, hardware: hardware)
        guard voices[key] != nil || voices.count < Self.mostDevices else { return overflow &+= 1 }
        let value = fact.value.utf8.count > Self.mostOctets ? String(fact.value.prefix(Self.mostOctets)) : fact.value
        var list = voices[key]?[fact.field] ?? []
        if let index = list.firstIndex(where: { $0.value == value }) {
            list[index].first = min(list[index].first, fact.span.first)
            if list[index].last < fact.span.last {
                list[index].last = fact.span.last
                list[index].times = min(list[index].times + 1, 1 << 30)
            }
        } else if list.count < Self.mostValues {
            list.append(Said(value: value, first: fact.span.first, last: fact.span.last, times: 1))
        } else {
            // Says nothing by them: no lack of room.
            return
        }
        voices[key, default: [:]][fact.field] = list
    }

    /// What a field said until another took its place for good; nil where it never changed, or where the old comes back.
    func change(of field: Field, by key: DeviceKey) -> (from: Said, to: Said)? {
        guard let list = voices[key]?[field], list.count > 1, list.count < Self.mostValues else { return nil }
        let ordered = list.sorted { ($0.first, $0.value) < ($1.first, $1.value) }
        guard let new = ordered.last,
            let old = ordered.dropLast().max(by: { ($0.last, $0.value) < ($1.last, $1.value) }),
            old.last < new.first
        else { return nil }
        return (old, new)
    }

    /// The program that asks, without its version: `dhcpcd` of `dhcpcd-8.1.2:Linux-5.10`, `udhcp` of `udhcp 1.33.1`.
    static func family(_ vendorClass: String) -> String {
        vendorClass.lowercased().prefix { $0.isLetter || $0 == "_" }.description
    }
}

extension VoiceWatch: StateCoded {
    public func write(to state: StateEncoder) throws {
        try state.write(table: voices)
        state.write(overflow)
    }

    public init(reading state: StateDecoder) throws {
        try state.pairs { voices[$0] = $1 }
        overflow = try state.number()
    }
}

extension VoiceWatch.Said: StateCoded {
    func write(to state: StateEncoder) {
        state.write(value)
        state.write(first)
        state.write(last)
        state.write(times)
    }

    init(reading state: StateDecoder) throws {
        self.init(
            value: try state.text(), first: try state.timestamp(), last: try state.timestamp(),
            times: try state.number(UInt32.self))
    }
}
