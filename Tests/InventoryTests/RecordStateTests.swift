//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// States of records: written by hand, and nothing is forgotten.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@testable import Inventory

@Suite struct `States that are written by hand` {
    private let key = DeviceKey(site: 3, kind: .hardware, high: 0, low: 0x0009_FB00_0001)
    private let moment = Timestamp(seconds: 1_772_438_700)

    private func fields(_ value: Any) -> Int { Mirror(reflecting: value).children.count }

    /// Who adds a field adds it to `write` and `init(reading:)`, and then here.
    @Test func `have as many fields as their types`() {
        #expect(fields(Record.gone) == 36)
        #expect(fields(Judged(attribute: .type, value: "", confidence: 0)) == 3)
        #expect(fields(link) == 10)
        #expect(fields(TieHolders()) == 4)
        #expect(fields(change) == 9)
    }

    private var link: Link {
        Link(
            other: key, kind: .apart, field: .dhcpHostname, value: "pump-1", weight: -7, isStrong: false,
            reason: "both at once", moment: moment, by: "someone", order: 9)
    }

    private var change: BeliefChange {
        BeliefChange(
            moment: moment, attribute: .os, from: nil, to: "Linux", confidence: 812, field: .dhcpVendorClass,
            protocolName: "dhcp", fieldName: "vendorClass", value: "udhcp 1.33.1")
    }

    /// Every field with a value that no new record has: what was forgotten would come back as new.
    @Test func `bring every field of a record back`() throws {
        var record = Record(key: key, id: 0xABCD_EF01_2345, span: .init(first: moment, last: moment.adding(9)))
        let span = record.span
        (record.born, record.packets, record.bytes, record.parent, record.child) = (1, 2, 3, 4, "eui64:1")
        record.addresses = [
            AddressEntry(
                address: IPAddress(v4: 0x0A00_0001), isBound: true, isCertain: true, isElsewhere: true, span: span,
                packets: 5, bytes: 6)
        ]
        record.entries = [Entry(key: 7, count: 8, first: moment, last: moment)]
        let use = Device.Use(service: Service(name: "hl7", port: 2_575, transport: .tcp), side: .server)
        record.services = [ServiceEntry(use: use, origin: 9)]
        record.overflow = 10
        record.judged = [Judged(attribute: .type, value: "infusion pump", confidence: 900)]
        record.history = [change]
        (record.foreignAddresses, record.fronting, record.fronted) = (11, [.relay, .rivals], 12)
        record.networks = [FrontedNetwork(prefix: 13, first: 14, isMany: true)]
        (record.turns, record.isShared, record.claims, record.lastClaim) = (2, true, 15, IPAddress(v4: 0x0A00_0002))
        (record.forwarded, record.router) = (Forwarded(packets: 16, bytes: 17), key)
        (record.carriesPublicTraffic, record.hasRivals, record.hasChildren) = (true, true, true)
        (record.hasFacts, record.isDirect) = (true, true)
        record.marks = [TieMark(kind: .serial, field: .hl7Serial, hash: 18)]
        (record.links, record.peers, record.head, record.members) = ([link], [19], 20, [21])
        record.absorbed = [Absorbed(key: key, id: 22)]
        record.rhythm = [Beat(place: 23, time: moment)]
        let new = Mirror(reflecting: Record(key: Record.gone.key, id: 0, span: Record.gone.span)).children.map {
            "\($0.value)"
        }
        for (field, empty) in zip(Mirror(reflecting: record).children, new) {
            #expect("\(field.value)" != empty, "\(field.label ?? "") is told apart from a new one's")
        }
        let state = StateEncoder()
        try record.write(to: state)
        let back = try Record(reading: StateDecoder(state.bytes))
        #expect("\(back)" == "\(record)")
        for end in 0..<state.bytes.count {
            #expect(throws: StateTrouble.self) { try Record(reading: StateDecoder(state.bytes, in: 0..<end)) }
        }
    }
}

extension Timestamp {
    fileprivate func adding(_ seconds: Int64) -> Timestamp {
        Timestamp(nanoseconds: nanoseconds + seconds * 1_000_000_000)
    }
}
