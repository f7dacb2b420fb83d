//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// What a heading of a declared list means, also where it is written otherwise than in the table.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension DeclaredHeadings {
    /// What a heading is, and how well: 0 is the most telling.
    struct Meaning {
        var column: DeclaredColumn
        var rank: Int
    }

    private static let table: [String: Meaning] = {
        var table: [String: Meaning] = [:]
        for (column, headings) in usual {
            for (rank, heading) in headings.enumerated() {
                let key = DeclaredWords.plain(heading)
                if table[key] == nil { table[key] = Meaning(column: column, rank: rank) }
            }
        }
        return table
    }()

    /// What a heading means; nil for what we do not read.
    static func meaning(of heading: String) -> Meaning? {
        let plain = DeclaredWords.plain(heading)
        if plain.isEmpty { return nil }
        if let meaning = table[plain] { return meaning }
        // `MAC Address (LAN)`, `Serial No. [manufacturer]`.
        if let open = heading.firstIndex(where: { $0 == "(" || $0 == "[" }), open > heading.startIndex,
            let meaning = table[DeclaredWords.plain(heading[..<open])]
        {
            return ranked(meaning, 1_000)
        }
        let words = DeclaredWords.split(heading)
        if words.contains(where: others.contains) { return nil }
        // `Primary MAC`, `Bluetooth MAC address`, `MAC Address 2`; not `Mac OS version`.
        let isAddress = words.contains("mac") && !words.contains("os") && !words.contains("version")
        if isAddress || plain.contains("macaddr") || plain.contains("macadr") {
            return Meaning(column: .mac, rank: 2_000)
        }
        // `Asset Tag 1`, `Room 2`: a number behind a known heading.
        if let last = plain.utf8.last, last >= 0x30, last <= 0x39 {
            var shorter = plain
            while let end = shorter.utf8.last, end >= 0x30, end <= 0x39 { shorter.removeLast() }
            if let meaning = table[shorter] { return ranked(meaning, 3_000) }
        }
        return named(heading) ?? parted(heading) ?? marked(plain, words)
    }

    private static func ranked(_ meaning: Meaning, _ rank: Int) -> Meaning {
        Meaning(column: meaning.column, rank: meaning.rank + rank)
    }

    /// `u_asset_tag`, `cmdb_ci.serial_number`, `model_id.manufacturer.name`: names of fields instead of headings.
    private static func named(_ heading: String) -> Meaning? {
        guard heading.contains("_") || heading.contains("."), !heading.contains(" ") else { return nil }
        var rest = heading[...]
        // What a reference shows stands behind what it is of.
        for ending in [".name", ".display_name", ".display_value", ".value"] where rest.lowercased().hasSuffix(ending) {
            if let meaning = named(String(rest.dropLast(ending.count)) + "_") { return meaning }
        }
        for _ in 0..<4 {
            if rest.hasPrefix("u_") || rest.hasPrefix("U_") { rest = rest.dropFirst(2) }
            if let meaning = table[DeclaredWords.plain(rest)] { return ranked(meaning, 5_000) }
            guard let dot = rest.firstIndex(of: ".") else { return nil }
            rest = rest[rest.index(after: dot)...]
        }
        return nil
    }

    /// `Serial No. / Lot`, `Seriennummer / Serial number`, `Make/Model`: several headings in one.
    private static func parted(_ heading: String) -> Meaning? {
        let parts = heading.split { $0 == "/" || $0 == "|" || $0 == "\\" || $0 == "&" || $0 == ":" }.prefix(4)
        guard parts.count > 1 else { return nil }
        let found = parts.compactMap { table[DeclaredWords.plain($0)] }
        guard let first = found.first else { return nil }
        let columns = Set(found.map(\.column))
        if columns == [.vendor, .model] { return Meaning(column: .model, rank: 4_000) }
        // `Department / Room`
        if columns.count > 1, columns.isSubset(of: [.building, .floor, .ward, .location, .room, .owner, .site]) {
            return Meaning(column: .location, rank: 4_000)
        }
        return ranked(first, 4_000)
    }

    /// `Mfr. Serial Number of unit`, `Hospital asset tag no.`: more words around one that tells.
    private static func marked(_ plain: String, _ all: [String]) -> Meaning? {
        // `Mfr Serial`, and not `Serial port`.
        if all.contains("serial"), all.count < 4,
            all.last.map({ !["port", "interface", "cable"].contains($0) }) ?? false
        {
            return Meaning(column: .serial, rank: 6_500)
        }
        for (column, words) in marks where words.contains(where: plain.contains) {
            return Meaning(column: column, rank: 6_000)
        }
        return nil
    }

    private static let marks: [(column: DeclaredColumn, words: [String])] = [
        (
            .serial,
            [
                "serialnumber", "serialnum", "serialno", "seriennummer", "seriennr", "serialnummer", "numerodeserie",
                "nodeserie", "ndeserie",
            ]
        ),
        (
            .tag,
            [
                "assettag", "assetnumber", "inventarnummer", "inventarnr", "inventorynumber", "numerodinventaire",
                "numerodeinventario", "equipmentnumber",
            ]
        ),
        (
            .lastService,
            [
                "lastservice", "lastpm", "lastmaintenance", "lastpreventive", "letztewartung", "letzterwartung",
                "letztestk", "letzteprufung", "dernieremaintenance", "ultimomantenimiento",
            ]
        ),
    ]

    /// With such a word it is the number of something else, or a day to come.
    private static let others: Set<String> = [
        "parent", "previous", "prior", "old", "former", "alt", "alte", "alter", "ancien", "ancienne", "anterior",
        "software", "license", "licence", "lizenz", "licencia", "battery", "akku", "batterie", "bateria", "po",
        "purchase", "order", "invoice", "contract", "vertrag", "contrat", "contrato", "next", "nachste", "nachster",
        "naechste", "prochaine", "prochain", "proxima", "proximo", "due", "fallig", "warranty", "garantie", "garantia",
        "created", "updated", "import", "count", "interval", "cost", "price",
    ]

    // MARK: Headings in doubt

    /// Headings that say either in which network a device belongs, or whether it is in one; the values tell which.
    static let doubtfulNetworks: Set<String> = ["network", "netzwerk", "reseau", "red"]

    /// Headings that stand either over numbers (Infor, SAP) or over what a thing is; the values tell which.
    static let doubtfulTags: Set<String> = ["equipment", "equipo", "machine"]

    /// Headings that name an asset in a list of assets, and anything in any other list.
    static let vague: Set<String> = doubtfulTags.union([
        "id", "tag", "asset", "serie", "barcode", "etikette", "placa", "anlage",
    ])

    /// Headings of yes and no, or of a day, where yes means that it is retired.
    static let retiring: Set<String> = [
        "retired", "isretired", "inactive", "disposed", "decommissioned", "ausgemustert", "reforme", "dadodebaja",
        "retireddate", "dateretired", "retirementdate", "disposaldate", "datedisposed", "decommissiondate",
        "decommissioneddate", "ausmusterungsdatum", "ausgemustertam", "datedereforme", "datedemiseaurebut",
        "fechadebaja",
    ]
}
