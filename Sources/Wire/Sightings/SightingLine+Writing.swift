//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// A sighting, written as its line.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension SightingLine {
    /// The line without its end: the same sighting gives the same octets, and reading it gives the sighting back.
    public var text: String {
        var line = "{\"schema\":\"\(Self.format)\",\"at\":\"\(at)\""
        func add(_ key: String, _ text: String?) {
            if let text, !text.isEmpty { line += ",\"\(key)\":\(JSONText.quoted(text))" }
        }
        add("first", first?.description)
        add("last", last?.description)
        if count > 1 { line += ",\"count\":\(min(count, Limits.count))" }
        add("source", source.rawValue)
        add("mac", mac?.description)
        add("ip", ip?.description)
        add("eui64", eui64?.description)
        add("imei", imei?.description)
        add("iccid", iccid?.description)
        add("ble", ble?.description)
        add("bleKind", bleKind?.rawValue)
        for text in Text.allCases { add(text.rawValue, texts[text]) }
        if let words = place?.words {
            add("place", JSONText.cut(words, Limits.text))
        } else if let place, place.text != nil {
            let parts = [
                ("building", place.building), ("floor", place.floor), ("room", place.room), ("bed", place.bed),
            ].compactMap { key, part in
                part.flatMap {
                    $0.isEmpty ? nil : "\"\(key)\":\(JSONText.quoted(JSONText.cut($0, SightingPlace.longest)))"
                }
            }
            line += ",\"place\":{\(parts.joined(separator: ","))}"
        }
        add("gateway", gateway?.description)
        if let vlan { line += ",\"vlan\":\(vlan)" }
        for (key, ports) in [("serves", serves), ("uses", uses)] where !ports.isEmpty {
            let all = ports.prefix(Limits.ports).map { JSONText.quoted($0.text) }
            line += ",\"\(key)\":[\(all.joined(separator: ","))]"
        }
        return line + "}"
    }
}
