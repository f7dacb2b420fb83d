//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Readings of Bluetooth gateways in JSON: an object, or a list of them, on each line.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// What gateways send on by MQTT and HTTP: flat objects with an address, a name, a strength and a time.
enum BluetoothReading {
    /// A gateway gathers some hundred readings into one list.
    static let longestLine = 1 << 20
    private static let mostReadings = 4_096
    private static let mostKeys = 64

    static func read(
        _ line: Span<UInt8>, _ number: Int, _ conversion: SightingConversion,
        _ report: inout SightingConverter.Report, _ say: (SightingLine) -> Void
    ) {
        var isBlank = true
        for place in line.indices where line[place] > 0x20 { isBlank = false }
        if isBlank { return }
        do throws(LineTrouble) {
            var reader = JSONLineReader(line)
            var readings: [[String: String]] = []
            if reader.begins(with: UInt8(ascii: "[")) {
                try reader.mark(UInt8(ascii: "["))
                var isFirst = true
                while try reader.hasValue(isFirst: &isFirst) {
                    guard readings.count < mostReadings else { throw .tooMany(key: "readings", most: mostReadings) }
                    readings.append(try object(&reader))
                }
            } else {
                readings = [try object(&reader)]
            }
            try reader.end()
            // The gateway names itself first, and is none of what it heard.
            let own = readings.first { $0["type"]?.lowercased() == "gateway" }
            for reading in readings where reading["type"]?.lowercased() != "gateway" {
                report.rows += 1
                if let sighting = sighting(reading, own, number, conversion, &report) { say(sighting) }
            }
        } catch {
            report.trouble(number, SightingLine.words(error))
        }
    }

    /// Keys in letters and digits, lower case; numbers as text.
    private static func object(_ reader: inout JSONLineReader) throws(LineTrouble) -> [String: String] {
        var found: [String: String] = [:]
        try reader.mark(UInt8(ascii: "{"))
        var isFirst = true
        while let key = try reader.key(isFirst: &isFirst) {
            let plain = ListTable.plain(key)
            if reader.begins(with: 0x22) {
                // Raw advertisements are long, and nobody here reads them.
                let text = try reader.text(of: key, most: 4_096)
                if found.count < mostKeys { found[plain] = text }
            } else if reader.beginsNumber {
                let number = try reader.number(of: key, most: .max >> 1)
                if found.count < mostKeys { found[plain] = "\(number)" }
            } else {
                try reader.skip()
            }
        }
        return found
    }

    private static func sighting(
        _ reading: [String: String], _ gateway: [String: String]?, _ number: Int, _ conversion: SightingConversion,
        _ report: inout SightingConverter.Report
    ) -> SightingLine? {
        func text(_ column: ListTable.Column, in reading: [String: String]) -> String? {
            let names = SightingFormat.bleGateway.columns.first { $0.0 == column }?.1 ?? []
            return names.lazy.compactMap { reading[$0] }.first { !$0.isEmpty }
        }
        guard let address = text(.ble, in: reading).flatMap({ HardwareAddress($0) }), address.bits != 0 else {
            report.trouble(number, "no Bluetooth address; write it under `address`")
            return nil
        }
        var at = conversion.taken
        if let said = text(.time, in: reading) ?? gateway.flatMap({ text(.time, in: $0) }) {
            guard let time = conversion.time(said) else {
                report.trouble(number, "\"\(JSONText.cut(said, 32))\" is no moment; write 2026-03-01T12:00:00Z")
                return nil
            }
            at = time
        }
        var line = SightingLine(at: at, source: .bleGateway)
        line.ble = address
        line.bleKind = text(.bleKind, in: reading).flatMap(SightingLine.BluetoothKind.init(saying:))
        let heardBy =
            text(.gateway, in: reading)
            ?? gateway.flatMap { own in ["mac", "gatewaymac", "address"].lazy.compactMap { own[$0] }.first }
        line.gateway = heardBy.flatMap { HardwareAddress($0) }.flatMap { $0.isIndividual ? $0 : nil }
        line[.bleName] = text(.bleName, in: reading)
        line[.vendor] = text(.vendor, in: reading)
        line[.model] = text(.model, in: reading)
        line[.serial] = text(.serial, in: reading)
        line[.assetTag] = text(.assetTag, in: reading)
        line.place = text(.place, in: reading).map { SightingPlace(words: $0) }
        return line
    }
}
