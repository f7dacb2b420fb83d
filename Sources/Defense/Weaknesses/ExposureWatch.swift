//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Exposure: which devices were reached from the internet?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Remembers, of each device, the first session that a public address began with it and that it answered.
///
/// Only that shows that the device can be reached from outside (SSVC, System Exposure, *open*): that it talks with public
/// addresses itself shows only that it may go out. Sessions of UDP do not count: of a capture that begins in their midst nobody
/// can say who began. (docs/weaknesses.md)
public struct ExposureWatch: Sendable, Codable {
    /// What was seen first.
    struct Visit: Hashable, Sendable, Codable {
        var client: IPAddress
        var server: IPAddress
        var service: Service
        var moment: Timestamp
        var site: String
        var hardware: HardwareAddress?
    }
    private struct Key: Hashable, Codable {
        var site: String
        var server: IPAddress
    }

    private var visits: [Key: Visit] = [:]
    /// A hospital has few such devices; a scan of a whole range of public addresses must not fill the memory.
    static let mostVisits = 10_000
    /// Visits of further devices that found no room.
    public private(set) var overflow: UInt64 = 0

    public init() {}

    public mutating func learn(_ observation: Observation) {
        guard case .conversation(let talk) = observation.body, talk.isAnswered, talk.service.transport == .tcp,
            let client = talk.client.network, let server = talk.server.network, Self.isOutside(client, of: server)
        else { return }
        let visit = Visit(
            client: client, server: server, service: talk.service, moment: talk.span.first, site: observation.site,
            hardware: talk.server.hardware)
        let key = Key(site: observation.site, server: server)
        if let known = visits[key] {
            if (visit.moment, visit.client) < (known.moment, known.client) { visits[key] = visit }
        } else if visits.count < Self.mostVisits {
            visits[key] = visit
        } else {
            overflow &+= 1
        }
    }

    /// Why a device can be reached from the internet; nil where nothing shows it.
    public func reached(_ device: Device) -> Exposure? {
        guard !visits.isEmpty else { return nil }
        var first: Visit?
        for address in device.ipv4 + device.ipv6 {
            guard let visit = visits[Key(site: device.site, server: address)], isOf(device, visit) else { continue }
            if first.map({ (visit.moment, visit.server) < ($0.moment, $0.server) }) ?? true { first = visit }
        }
        guard let first else { return nil }
        let service = first.service.port > 0 ? "\(first.service.name) (port \(first.service.port))" : first.service.name
        return Exposure(
            .open, because: "\(first.client), a public address, was answered by its \(service) at \(first.moment)")
    }

    /// Whether it was this device that had the address then: seen at the card itself, or through a router.
    private func isOf(_ device: Device, _ visit: Visit) -> Bool {
        guard let hardware = visit.hardware, !device.mac.isEmpty else { return true }
        return device.mac.contains(hardware) || device.span.first <= visit.moment && device.span.last >= visit.moment
    }

    /// Whether a client is out on the internet. Hospitals that have public addresses of their own use them inside, too: a client
    /// near the server's own address (/16, in IPv6 /48) may be one of them.
    private static func isOutside(_ client: IPAddress, of server: IPAddress) -> Bool {
        guard isPublic(client) else { return false }
        if let one = client.v4, let other = server.v4 { return one >> 16 != other >> 16 }
        return client.isV4 != server.isV4 || client.high >> 16 != server.high >> 16
    }

    /// Globally routable; those for documents (RFC 5737) count, since recordings whose addresses were hidden use them.
    private static func isPublic(_ address: IPAddress) -> Bool {
        guard address.isIndividual, !address.isPrivate, !address.isLoopback, !address.isLinkLocal else { return false }
        if let bits = address.v4 { return bits >> 24 != 0 && bits >> 28 != 0xF }
        // 2000::/3 is all that was given out (RFC 4291, 2.4).
        return address.high >> 61 == 1
    }
}
