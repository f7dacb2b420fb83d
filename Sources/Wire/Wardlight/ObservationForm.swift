//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Observations as protocol buffers: the log's form, there and back.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import SwiftProtobuf
import WireRecords

/// A record that cannot be an observation.
public enum RecordError: Error, Hashable, Sendable {
    case notProtocolBuffers
    case unknownBody
    case unknownField(String)
    case badAddress
    case unknownAttribute(String)
    case unknownEvent(String)
    /// A relation, kind of place or quality that this version does not know.
    case unknownWord(String)
    /// A number that is none, a text that is too long, an edge without an end.
    case outOfBounds(String)
}

/// Translates observations to and from their records (`wardlight.proto`), in a form that is the same for the same
/// observation every time.
public enum ObservationForm {
    /// Octets of a batch of observations, in order.
    ///
    /// - Parameter seals: closes what names a person; nil writes it in clear.
    public static func encode(_ observations: [Observation], sealing seals: (any PersonSeals)? = nil) throws -> [UInt8]
    {
        var batch = Wardlight_Log_V1_ObservationBatch()
        batch.observations = try observations.map { observation in
            var record = record(observation)
            if let seals { try seal(&record, with: seals) }
            return record
        }
        var options = BinaryEncodingOptions()
        options.useDeterministicOrdering = true
        let data: Data = try batch.serializedBytes(options: options)
        return [UInt8](data)
    }

    /// Observations of a batch, in order.
    ///
    /// - Parameter seals: opens what names a person; where it cannot, the person is called "erased".
    /// - Throws: `RecordError`, when the octets are no batch or hold what this version does not know.
    public static func decode(_ bytes: [UInt8], opening seals: (any PersonSeals)? = nil) throws(RecordError)
        -> [Observation]
    {
        guard let batch = try? Wardlight_Log_V1_ObservationBatch(serializedBytes: bytes) else {
            throw .notProtocolBuffers
        }
        var observations: [Observation] = []
        observations.reserveCapacity(batch.observations.count)
        for var record in batch.observations {
            open(&record, with: seals)
            observations.append(try observation(record))
        }
        return observations
    }

    // MARK: There

    static func record(_ observation: Observation) -> Wardlight_Log_V1_ObservationRecord {
        var record = Wardlight_Log_V1_ObservationRecord()
        record.site = observation.site
        record.sensor = observation.sensor
        record.occurred = observation.occurred.nanoseconds
        switch observation.body {
        case .sighting(let sighting):
            record.sighting.subject = self.record(sighting.subject)
            record.sighting.vlan = UInt32(sighting.vlan ?? 0)
            record.sighting.span = self.record(sighting.span)
            record.sighting.packets = sighting.packets
            record.sighting.bytes = sighting.bytes
            record.sighting.isBinding = sighting.isBinding
        case .fact(let fact):
            record.fact.subject = self.record(fact.subject)
            record.fact.field = fact.field.path
            record.fact.value = fact.value
            record.fact.span = self.record(fact.span)
            record.fact.count = fact.count
        case .conversation(let talk):
            record.conversation.client = self.record(talk.client)
            record.conversation.server = self.record(talk.server)
            record.conversation.service = talk.service.name
            record.conversation.port = UInt32(talk.service.port)
            record.conversation.transport = UInt32(talk.service.transport.rawValue)
            record.conversation.span = self.record(talk.span)
            record.conversation.packets = talk.packets
            record.conversation.bytes = talk.bytes
            record.conversation.isAnswered = talk.isAnswered
        case .oddity(let oddity):
            record.oddity.name = oddity.name
            record.oddity.count = oddity.count
        case .coverage(let coverage): record.coverage = self.record(coverage)
        case .knowledge(let knowledge):
            record.knowledge.name = knowledge.name
            record.knowledge.digest = knowledge.digest
        case .decision(let decision): record.decision = self.record(decision)
        case .switch(let found): record.switch = self.record(found)
        case .port(let report): record.port = self.record(report)
        case .learned(let learned): record.learned = self.record(learned)
        case .neighbour(let neighbour): record.neighbour = self.record(neighbour)
        case .wireless(let station): record.wireless = self.record(station)
        case .accessPoint(let point): record.accessPoint = self.record(point)
        case .event(let event): record.event = self.record(event)
        case .peripherals(let report): record.peripherals = self.record(report)
        case .measurement(let measurement): record.measurement = self.record(measurement)
        case .edge(let edge): record.edge = self.record(edge)
        case .location(let report): record.location = self.record(report)
        case .tick: record.tick = Wardlight_Log_V1_TickRecord()
        }
        return record
    }

    static func record(_ subject: Subject) -> Wardlight_Log_V1_SubjectRecord {
        var record = Wardlight_Log_V1_SubjectRecord()
        record.hardware = subject.hardware?.bits ?? 0
        record.network = octets(subject.network)
        record.child = subject.child ?? ""
        return record
    }

    private static func record(_ span: Observation.Span) -> Wardlight_Log_V1_SpanRecord {
        var record = Wardlight_Log_V1_SpanRecord()
        record.first = span.first.nanoseconds
        record.last = span.last.nanoseconds
        return record
    }

    private static func record(_ coverage: Coverage) -> Wardlight_Log_V1_CoverageRecord {
        var record = Wardlight_Log_V1_CoverageRecord()
        record.input = coverage.input
        record.packets = coverage.packets
        record.decoded = coverage.decoded
        record.bytes = coverage.bytes
        if let span = coverage.span { record.span = self.record(span) }
        record.linkTypes = coverage.linkTypes
        record.duplicates = coverage.duplicates
        record.truncated = coverage.truncated
        record.dropped = coverage.dropped
        record.tcpConversations = coverage.tcpConversations
        record.tcpOneWay = coverage.tcpOneWay
        record.flushed = coverage.flushed
        record.problem = coverage.problem ?? ""
        record.cure = coverage.cure ?? ""
        return record
    }

    // MARK: Back

    static func observation(
        _ record: Wardlight_Log_V1_ObservationRecord
    ) throws(RecordError) -> Observation {
        Observation(
            site: record.site, sensor: record.sensor, occurred: Timestamp(nanoseconds: record.occurred),
            body: try body(record))
    }

    private static func body(_ record: Wardlight_Log_V1_ObservationRecord) throws(RecordError) -> Observation.Body {
        switch record.body {
        case .sighting(let sighting):
            return .sighting(
                Observation.Sighting(
                    subject: try subject(sighting.subject),
                    vlan: sighting.vlan == 0 ? nil : try narrow(sighting.vlan, "a VLAN"),
                    span: span(sighting.span), packets: sighting.packets, bytes: sighting.bytes,
                    isBinding: sighting.isBinding))
        case .fact(let fact):
            guard let field = Field(path: fact.field) else { throw .unknownField(fact.field) }
            return .fact(
                Observation.Fact(
                    subject: try subject(fact.subject), field: field, value: fact.value, span: span(fact.span),
                    count: fact.count))
        case .conversation(let talk):
            let transport = UInt8(exactly: talk.transport).flatMap(Service.Transport.init(rawValue:)) ?? .none
            return .conversation(
                Observation.Conversation(
                    client: try subject(talk.client), server: try subject(talk.server),
                    service: Service(
                        name: talk.service, port: try narrow(talk.port, "a port"), transport: transport),
                    span: span(talk.span), packets: talk.packets, bytes: talk.bytes, isAnswered: talk.isAnswered))
        case .oddity(let oddity):
            return .oddity(Observation.Oddity(name: oddity.name, count: oddity.count))
        case .coverage(let coverage): return .coverage(self.coverage(coverage))
        case .knowledge(let knowledge):
            return .knowledge(Observation.Knowledge(name: knowledge.name, digest: knowledge.digest))
        case .decision(let decision): return .decision(try self.decision(decision))
        case .switch(let found): return .switch(try self.found(found))
        case .port(let report): return .port(try self.report(report))
        case .learned(let learned): return .learned(try self.learned(learned))
        case .neighbour(let neighbour): return .neighbour(try self.neighbour(neighbour))
        case .wireless(let station): return .wireless(try self.station(station))
        case .accessPoint(let point): return .accessPoint(try accessPoint(point))
        case .event(let event): return .event(try self.event(event))
        case .peripherals(let report): return .peripherals(try self.report(report))
        case .measurement(let measurement): return .measurement(try self.measurement(measurement))
        case .edge(let edge): return .edge(try self.edge(edge))
        case .location(let report): return .location(try location(report))
        case .tick: return .tick
        case nil: throw .unknownBody
        }
    }

    static func subject(_ record: Wardlight_Log_V1_SubjectRecord) throws(RecordError) -> Subject {
        var subject = Subject(child: record.child.isEmpty ? nil : record.child)
        subject.hardware = try hardware(record.hardware)
        subject.network = try network(record.network)
        return subject
    }

    /// A number that the hospital has less room for than the record. What is larger was never written by us: taken in, it would
    /// be another one in the log.
    static func narrow<Number: FixedWidthInteger>(_ value: UInt32, _ what: String) throws(RecordError) -> Number {
        guard let number = Number(exactly: value) else { throw .outOfBounds(what) }
        return number
    }

    /// 48 bits.
    static func address(_ bits: UInt64) throws(RecordError) -> HardwareAddress {
        guard bits >> 48 == 0 else { throw .outOfBounds("a hardware address") }
        return HardwareAddress(bits: bits)
    }

    /// 0 for none.
    static func hardware(_ bits: UInt64) throws(RecordError) -> HardwareAddress? { bits == 0 ? nil : try address(bits) }

    /// 4 octets for IPv4, 16 for IPv6, none for none.
    static func octets(_ network: IPAddress?) -> Data {
        guard let network else { return Data() }
        var writer = ByteWriter()
        writer.address(network)
        return Data(writer.bytes)
    }

    static func network(_ data: Data) throws(RecordError) -> IPAddress? {
        if data.isEmpty { return nil }
        let octets = [UInt8](data)
        var reader = ByteReader(octets.span)
        if octets.count == 4, let bits = try? reader.uint32() { return IPAddress(v4: bits) }
        if octets.count == 16, let high = try? reader.uint64(), let low = try? reader.uint64() {
            return IPAddress(high: high, low: low)
        }
        throw .badAddress
    }

    private static func span(_ record: Wardlight_Log_V1_SpanRecord) -> Observation.Span {
        Observation.Span(first: Timestamp(nanoseconds: record.first), last: Timestamp(nanoseconds: record.last))
    }

    private static func coverage(_ record: Wardlight_Log_V1_CoverageRecord) -> Coverage {
        var coverage = Coverage(input: record.input)
        coverage.packets = record.packets
        coverage.decoded = record.decoded
        coverage.bytes = record.bytes
        if record.hasSpan { coverage.span = span(record.span) }
        coverage.linkTypes = record.linkTypes
        coverage.duplicates = record.duplicates
        coverage.truncated = record.truncated
        coverage.dropped = record.dropped
        coverage.tcpConversations = record.tcpConversations
        coverage.tcpOneWay = record.tcpOneWay
        coverage.flushed = record.flushed
        coverage.problem = record.problem.isEmpty ? nil : record.problem
        coverage.cure = record.cure.isEmpty ? nil : record.cure
        return coverage
    }
}
