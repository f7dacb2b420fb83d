//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Helpers: a small network, told in observations.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

@testable import Inventory

/// Makes observations of one site and feeds them to an inventory.
struct Ward {
    var inventory: Inventory
    var site = "main"
    private(set) var seconds: Int64 = 1_700_000_000

    init(_ knowledge: KnowledgeBase = Shelf.knowledge ?? .empty, limits: InventoryLimits = .standard) {
        inventory = Inventory(knowledge: knowledge, limits: limits)
    }

    static func subject(_ mac: String?, _ ip: String? = nil, child: String? = nil) -> Subject {
        Subject(hardware: mac.flatMap { HardwareAddress($0) }, network: ip.flatMap(address), child: child)
    }

    /// Dotted decimal only.
    static func address(_ text: String) -> IPAddress? {
        let parts = text.split(separator: ".").compactMap { UInt32($0) }
        return parts.count == 4 ? IPAddress(v4: parts.reduce(0) { $0 << 8 | $1 }) : nil
    }

    private mutating func now() -> Observation.Span {
        seconds += 1
        return Observation.Span(first: Timestamp(seconds: seconds), last: Timestamp(seconds: seconds))
    }

    @discardableResult
    mutating func sees(_ mac: String?, _ ip: String? = nil, binding: Bool = false) -> [InventoryChange] {
        let span = now()
        let sighting = Observation.Sighting(
            subject: Self.subject(mac, ip), vlan: nil, span: span, packets: 1, bytes: 60, isBinding: binding)
        return learn(.sighting(sighting), span.last)
    }

    @discardableResult
    mutating func hears(
        _ mac: String?, _ field: Field, _ value: String, from ip: String? = nil, child: String? = nil
    ) -> [InventoryChange] {
        let span = now()
        let fact = Observation.Fact(
            subject: Self.subject(mac, ip, child: child), field: field, value: value, span: span, count: 1)
        return learn(.fact(fact), span.last)
    }

    @discardableResult
    mutating func talks(
        _ client: (String, String), _ server: (String, String), _ name: String, _ port: UInt16
    ) -> [InventoryChange] {
        let span = now()
        let talk = Observation.Conversation(
            client: Self.subject(client.0, client.1), server: Self.subject(server.0, server.1),
            service: Service(name: name, port: port, transport: .tcp), span: span, packets: 9, bytes: 900,
            isAnswered: true)
        return learn(.conversation(talk), span.last)
    }

    private mutating func learn(_ body: Observation.Body, _ time: Timestamp) -> [InventoryChange] {
        inventory.learn(Observation(site: site, sensor: "test", occurred: time, body: body))
    }

    func device(_ text: String) -> Device? {
        if case .one(let device) = inventory.device(matching: text) { device } else { nil }
    }
}
