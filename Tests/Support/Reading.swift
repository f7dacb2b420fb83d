//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Reading: a whole capture through the walk, as plain text facts.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

/// A capture read to its end.
public struct Reading: Sendable {
    public struct Fact: Hashable, Sendable, CustomStringConvertible {
        public var mac: String
        public var ip: String
        public var child: String
        public var field: Field
        public var value: String

        public var description: String { "\(mac) \(ip) \(child) \(field.path)=\(value)" }
    }
    /// In the order of the packets.
    public var facts: [Fact] = []
    public var oddities: [Oddity: Int] = [:]
    public var applications: Set<Application> = []
    public var packets = 0
    public var decoded = 0
    public var duplicates = 0
    public var bindings: [String] = []
    /// Set when the file ended badly.
    public var problem: CaptureFile.Problem?
    /// Octets left over behind the last whole record.
    public var leftOver = 0

    /// Distinct values of one field, sorted.
    public func values(_ field: Field) -> [String] {
        Set(facts.filter { $0.field == field }.map(\.value)).sorted()
    }

    /// Reads a recording below the captures.
    public static func facts(in path: String) throws -> [Fact] { try read(path).facts }

    public static func read(_ path: String) throws -> Reading { try Reading(Recordings.capture(path)) }

    public init(_ bytes: [UInt8]) {
        var file = CaptureFile()
        var walk = Walk(flows: 4_096)
        var sink = Facts()
        var offset = 0
        loop: while true {
            switch file.next(bytes.span, &offset) {
            case .packet(let record):
                packets += 1
                let frame = bytes.span.extracting(record.start..<record.start + record.count)
                let outcome = walk.take(
                    frame, record.link, at: record.time, originalLength: record.originalLength, into: &sink)
                if outcome.isDecoded { decoded += 1 }
                if outcome.isDuplicate { duplicates += 1 }
                note(sink, walk.packet)
                if outcome.flow >= 0, let report = walk.report(flow: outcome.flow) {
                    applications.insert(report.application)
                }
            case .skipped, .dropped: continue
            case .more:
                leftOver = bytes.count - offset
                break loop
            case .problem(let found):
                problem = found
                break loop
            }
        }
        while walk.takeWaiting(into: &sink) != nil { note(sink, walk.packet) }
    }

    private mutating func note(_ sink: Facts, _ packet: Packet) {
        for oddity in sink.oddities { oddities[oddity, default: 0] += 1 }
        for binding in sink.bindings { bindings.append("\(binding.hardware) \(binding.network)") }
        for entry in sink.entries {
            var mac = packet.source.isIndividual ? packet.source.description : ""
            var ip = packet.hasNetwork && packet.sourceNetwork.isIndividual ? packet.sourceNetwork.description : ""
            var child = ""
            switch entry.about {
            case .sender: break
            case .receiver:
                mac = packet.destination.isIndividual ? packet.destination.description : ""
                ip = packet.hasNetwork ? packet.destinationNetwork.description : ""
            case .station(let address):
                mac = address.description
                ip = ""
            case .child(let index): child = sink.children[index]
            }
            let value = String(decoding: array(sink.value(of: entry)), as: UTF8.self)
            facts.append(Fact(mac: mac, ip: ip, child: child, field: entry.field, value: value))
        }
    }
}
