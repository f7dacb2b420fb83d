//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// One row of another system's list, and the sighting that it makes: leases, accounting, flows.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// A row with its heading.
struct ListRow {
    typealias Report = SightingConverter.Report

    let reader: CSVReader
    let row: CSVReader.Row
    let table: ListTable
    /// As a spreadsheet counts.
    let number: Int

    subscript(_ column: ListTable.Column) -> String? { table.text(column, reader, row) }

    /// The moment in a column; nil where the cell is empty, and a trouble where it is none.
    func time(_ column: ListTable.Column, _ conversion: SightingConversion, _ report: inout Report) -> Timestamp? {
        guard let text = self[column] else { return nil }
        // What databases write for never.
        if text.hasPrefix("0000-00-00") || text == "0" { return nil }
        guard let time = conversion.time(text) else {
            report.trouble(number, "\"\(JSONText.cut(text, 32))\" is no moment; write 2026-03-01 12:00:00")
            return nil
        }
        return time
    }

    /// A number in a cell that has a check digit; what a spreadsheet rounded is told.
    func checked<Value>(
        _ column: ListTable.Column, _ name: String, _ report: inout Report, _ read: (String) -> Value?
    ) -> Value? {
        guard let text = self[column] else { return nil }
        if let value = read(text) { return value }
        let isRounded = text.contains("E+") || text.contains("e+")
        report.trouble(
            number,
            isRounded
                ? "the \(name) was rounded by a spreadsheet; export the column as text"
                : "the \(name) is not whole, or its check digit is wrong; it is left out")
        return nil
    }

    /// The hardware address of a cell; of several the first.
    func card(_ column: ListTable.Column) -> HardwareAddress? {
        guard let text = self[column] else { return nil }
        if let card = HardwareAddress(text) { return card.isIndividual ? card : nil }
        for piece in text.split(whereSeparator: { " ,;/|".contains($0) }).prefix(8) {
            if let card = HardwareAddress(piece), card.isIndividual { return card }
        }
        return nil
    }

    // MARK: Leases

    /// Kea's lease file (Kea ARM, "memfile"): what stands there is a journal, the latest line of an address holds.
    func keaLease(_ conversion: SightingConversion, _ report: inout Report) -> SightingLine? {
        guard let expire = self[.expire].flatMap(Int64.init), let address = self[.address].flatMap({ IPAddress($0) })
        else {
            report.trouble(number, "no lease: `address` and `expire` must be there")
            return nil
        }
        let lifetime = self[.lifetime].flatMap(Int64.init) ?? 0
        // A lease that was deleted is written once more with no time to live.
        guard lifetime > 0 else {
            report.passOver("leases that were deleted")
            return nil
        }
        // 0 assigned, 1 declined, 2 expired and reclaimed, 3 released, 4 registered
        let state = self[.state] ?? "0"
        guard state != "1" else {
            report.passOver("addresses that were declined: somebody else uses them")
            return nil
        }
        let (last, isOver) = expire.subtractingReportingOverflow(lifetime)
        guard !isOver, last > 0, last < 1 << 33 else {
            report.trouble(number, "`expire` and `valid_lifetime` name no moment")
            return nil
        }
        var line = SightingLine(at: Timestamp(seconds: last), source: .dhcpLease)
        line.mac = card(.mac) ?? self[.duid].flatMap(LeaseBlocks.card(ofDUID:))
        if state == "0" || state == "4" || line.mac == nil { line.ip = address.isIndividual ? address : nil }
        line[.name] = self[.name].map { Self.unescaped($0) }.map(Self.host)
        return line
    }

    /// Kea writes a comma as `&#x2c` (Kea ARM, "memfile").
    private static func unescaped(_ text: String) -> String {
        var result = ""
        var rest = Substring(text)
        while let place = rest.firstIndex(of: "&") {
            result += rest[..<place]
            rest = rest[place...]
            if rest.hasPrefix("&#x"), rest.utf8.count >= 5,
                let code = UInt8(rest.dropFirst(3).prefix(2), radix: 16), code < 0x80
            {
                result.unicodeScalars.append(Unicode.Scalar(code))
                rest = rest.dropFirst(5)
            } else {
                result += "&"
                rest = rest.dropFirst()
            }
        }
        return result + rest
    }

    /// Without the dot of a full name.
    private static func host(_ name: String) -> String { name.hasSuffix(".") ? String(name.dropLast()) : name }

    // MARK: Accounting

    func accounting(_ conversion: SightingConversion, _ report: inout Report) -> SightingLine? {
        guard let text = self[.station], let station = RADIUSSessionBuilder.hardware(text.utf8), station.isIndividual
        else {
            report.passOver("requests that tell of no station by its address")
            return nil
        }
        let begun = time(.start, conversion, &report)
        let ended = time(.stop, conversion, &report) ?? time(.update, conversion, &report)
        guard let last = ended ?? begun else {
            report.passOver("requests without a time")
            return nil
        }
        var line = SightingLine(at: last, source: .radius)
        if let begun, begun < last { line.first = begun }
        line.mac = station
        line.ip = self[.framed].flatMap { IPAddress($0) }.flatMap { $0.isIndividual ? $0 : nil }
        var builder = RADIUSSessionBuilder()
        if let called = self[.called] { builder.setCalled(called.utf8) }
        builder.setStation(text.utf8)
        builder.setStatus(1)
        line.add(builder.result)
        if let ssid = self[.ssid] { line[.ssid] = ssid }
        return line
    }

    // MARK: Flows

    /// Who sent in a flow was there; who was only sent to may not be, unless the flow goes both ways.
    func flow(_ conversion: SightingConversion, _ report: inout Report) -> [SightingLine] {
        guard let source = self[.source].flatMap({ IPAddress($0) }),
            let target = self[.target].flatMap({ IPAddress($0) })
        else {
            report.passOver("rows that are no flow between two addresses")
            return []
        }
        guard let first = time(.first, conversion, &report) else { return [] }
        var last = time(.last, conversion, &report)
        if last == nil, let text = self[.duration], let seconds = Double(text), seconds >= 0, seconds < 1e7 {
            last = Timestamp(nanoseconds: first.nanoseconds &+ Int64(seconds * 1e9))
        }
        let end = max(last ?? first, first)
        let service = service()
        let isAnswered = (self[.answered].flatMap(Int64.init) ?? 0) > 0
        var lines: [SightingLine] = []
        func add(_ address: IPAddress, isTarget: Bool) {
            guard conversion.isInside(address) else { return }
            var line = SightingLine(at: end, source: .flow)
            if first < end { line.first = first }
            line.ip = address
            if let service {
                if service.isAtTarget == isTarget { line.serves = [service.port] } else { line.uses = [service.port] }
            }
            lines.append(line)
        }
        add(source, isTarget: false)
        if isAnswered { add(target, isTarget: true) }
        if lines.isEmpty { report.passOver("flows whose sender is not inside (--inside names networks)") }
        return lines
    }

    /// Ports from here on are chosen by clients (IANA, RFC 6335, 6).
    private static let dynamic: UInt16 = 49_152

    /// The lower port is the server's; nil where both could be.
    private func service() -> (port: SightingLine.Port, isAtTarget: Bool)? {
        let transport: Service.Transport
        switch self[.transport]?.lowercased() {
        case "tcp", "6": transport = .tcp
        case "udp", "17": transport = .udp
        case "sctp", "132": transport = .sctp
        default: return nil
        }
        guard let one = self[.sourcePort].flatMap(UInt16.init), let other = self[.targetPort].flatMap(UInt16.init),
            one > 0, other > 0, one != other, min(one, other) < Self.dynamic
        else { return nil }
        return other < one
            ? (SightingLine.Port(transport, other), true) : (SightingLine.Port(transport, one), false)
    }
}

extension SightingLine {
    /// What accounting tells of a station.
    mutating func add(_ session: RADIUSSession?) {
        guard let session else { return }
        if let point = session.accessPoint { self[.accessPoint] = point.description }
        if let name = session.ssid { self[.ssid] = name }
    }
}

extension RADIUSDetail.Entry {
    func sighting(_ conversion: SightingConversion) -> SightingLine {
        var line = SightingLine(at: time ?? conversion.taken, source: .radius)
        line.mac = session.station
        line.ip = session.network
        line.add(session)
        return line
    }
}
