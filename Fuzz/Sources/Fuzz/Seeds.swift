//===----------------------------------------------------------------------===//
// Wardlight · Fuzz
//
// Seeds: the payloads of recordings, sorted by the target that reads them.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Wire

/// Takes captures apart, as far as plain frames and IP go, and writes what is in them as seeds.
final class Seeds {
    /// A few dozen unlike each other are enough to begin with; libFuzzer finds the rest.
    private static let perTarget = 64
    private static let perStream = 4_096
    private static let largestCapture = 32_768

    private let folder: URL
    private var counts: [String: Int] = [:]
    private var sizes: [String: Set<Int>] = [:]
    private var streams: [String: (ports: [UInt16], side: UInt8, bytes: [UInt8])] = [:]

    init(into folder: URL) {
        self.folder = folder
    }

    func take(from captures: URL) {
        let walker = FileManager.default.enumerator(atPath: captures.path)
        let paths = (walker?.compactMap { $0 as? String } ?? [])
            .filter { $0.hasSuffix(".pcap") || $0.hasSuffix(".pcapng") || $0.hasSuffix(".cap") }
            .sorted()
        for path in paths {
            guard let data = try? Data(contentsOf: captures.appendingPathComponent(path)) else { continue }
            take([UInt8](data))
        }
        print("\(counts.values.reduce(0, +)) seeds for \(counts.count) targets from \(paths.count) recordings")
    }

    private func take(_ bytes: [UInt8]) {
        if bytes.count <= Self.largestCapture { write(bytes, "CaptureFile") }
        var file = CaptureFile()
        var offset = 0
        var frames: [UInt8] = []
        streams = [:]
        loop: while true {
            switch file.next(bytes.span, &offset) {
            case .packet(let record):
                let frame = Array(bytes[record.start..<record.start + record.count])
                switch record.link {
                case .ethernet:
                    if frames.count < 4_096 { frames += counted([0] + frame) }
                    ethernet(frame)
                case .null, .loop: internet(Array(frame.dropFirst(4)))
                case .raw, .ipv4, .ipv6: internet(frame)
                case .linuxCooked: internet(Array(frame.dropFirst(16)))
                default: continue
                }
            case .skipped, .dropped: continue
            case .more, .problem: break loop
            }
        }
        if !frames.isEmpty { write(frames, "Walk") }
        for stream in streams.values { spread(stream.bytes, stream.ports, side: stream.side) }
    }

    private func counted(_ bytes: [UInt8]) -> [UInt8] {
        let size = min(bytes.count, 0xFFFF)
        return [UInt8(size >> 8), UInt8(size & 0xFF)] + bytes.prefix(size)
    }

    // MARK: Layers

    private func ethernet(_ frame: [UInt8]) {
        var at = 12
        var type = word(frame, at)
        while type == 0x8100 || type == 0x88A8 {
            at += 4
            type = word(frame, at)
        }
        let payload = Array(frame.dropFirst(at + 2))
        switch type {
        case 0x0800, 0x86DD: internet(payload)
        case 0x0806: write(payload, "ARP")
        case 0x88CC: write(payload, "LLDP")
        case 0x888E: write(payload, "EAPOL")
        case 0x8892: write(payload, "ProfinetDCP")
        case ..<0x0600 where payload.starts(with: [0x42, 0x42, 3]): write(Array(payload.dropFirst(3)), "STP")
        case ..<0x0600 where payload.starts(with: [0xAA, 0xAA, 3, 0, 0, 0x0C, 0x20, 0]):
            write(Array(payload.dropFirst(8)), "CDP")
        default: break
        }
    }

    private func internet(_ packet: [UInt8]) {
        guard let first = packet.first else { return }
        if first >> 4 == 4 {
            network(packet, header: Int(first & 15) * 4, protocol: packet.dropFirst(9).first)
        } else if first >> 4 == 6 {
            network(packet, header: 40, protocol: packet.dropFirst(6).first)
        }
    }

    private func network(_ packet: [UInt8], header: Int, protocol number: UInt8?) {
        let body = Array(packet.dropFirst(header))
        guard body.count > 8 else { return }
        let ports = [UInt16(word(body, 0)), UInt16(word(body, 2))]
        switch number {
        case 17:
            let payload = Array(body.dropFirst(8))
            if !payload.isEmpty { datagram(payload, ports) }
        case 6:
            let payload = body.dropFirst(Int(body.dropFirst(12).first ?? 0) >> 4 * 4)
            guard !payload.isEmpty else { return }
            let key = "\(packet.prefix(header).suffix(header == 40 ? 32 : 8)) \(ports)"
            var stream = streams[key] ?? (ports, ports[0] < ports[1] ? 1 : 0, [])
            if stream.bytes.count < Self.perStream { stream.bytes += payload }
            streams[key] = stream
        case 58: write(body, "NeighborDiscovery")
        default: break
        }
    }

    private func datagram(_ payload: [UInt8], _ ports: [UInt16]) {
        for target in Target.all {
            if case .datagram(let port, _) = target.kind, ports.contains(port) { write(payload, target.name) }
        }
        if ports.contains(443) || payload.first == 0x16 { write(counted(payload), "Handshakes") }
        if ports.contains(161) || ports.contains(162) {
            write(payload, "SNMPMessage")
            write(payload, "SNMPEnvelope")
        }
        if payload.starts(with: "<?xml".utf8) { write(payload, "XMLScan") }
    }

    private func spread(_ bytes: [UInt8], _ ports: [UInt16], side: UInt8) {
        for target in Target.all {
            guard case .stream(let port, let recognise, _) = target.kind else { continue }
            let packet = Target.packet(port: port, toServer: side == 0, transport: 6)
            if ports.contains(port) || recognise(bytes.span, packet) { write([side] + bytes, target.name) }
        }
    }

    // MARK: Writing

    private func word(_ bytes: [UInt8], _ at: Int) -> Int {
        at + 1 < bytes.count ? Int(bytes[at]) << 8 | Int(bytes[at + 1]) : 0
    }

    /// Seeds of one target differ in length: the cheapest sign of being unlike.
    private func write(_ bytes: [UInt8], _ target: String) {
        let known = counts[target, default: 0]
        guard known < Self.perTarget, sizes[target, default: []].insert(bytes.count).inserted else { return }
        counts[target] = known + 1
        let place = folder.appendingPathComponent(target)
        try? FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        try? Data(bytes).write(to: place.appendingPathComponent("seed-\(known)"))
    }
}
