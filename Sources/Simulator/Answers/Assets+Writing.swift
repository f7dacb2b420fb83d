//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Assets, written: as spreadsheets and asset systems export them, each in its own way.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension Assets {
    /// How one export looks.
    private struct Style {
        var separator: String
        var isWindows: Bool
        var headings: [String]
        var days: Int

        static let english = [
            "Asset Tag", "Serial Number", "MAC Address", "Manufacturer", "Model", "Device Type", "Owner", "Building",
            "Floor",
            "Ward", "Room", "VLAN", "Last Service", "Status", "Networked",
        ]
        static let terse = [
            "Asset No", "S/N", "MAC", "Mfr", "Model No", "Type", "Dept", "Bldg", "Level", "Unit", "Rm", "VLAN ID",
            "Last PM",
            "Asset Status", "Network capable",
        ]
        static let german = [
            "Inventarnummer", "Seriennummer", "MAC-Adresse", "Hersteller", "Modell", "Gerätetyp", "Abteilung",
            "Gebäude", "Etage",
            "Station", "Raum", "VLAN", "Letzte Wartung", "Gerätestatus", "Vernetzt",
        ]
    }

    /// `declared.csv`.
    func bytes(seed: UInt64) -> [UInt8] {
        let headings = [Style.english, Style.terse, Style.german][Int(seed % 3)]
        let style = Style(
            separator: seed % 3 == 2 || seed % 5 == 0 ? ";" : ",", isWindows: seed % 2 == 0, headings: headings,
            days: Int(seed % 4))
        var chance = Chance(seed: seed, stream: 0xC5F)
        var lines = [style.headings]
        for row in rows { lines.append(cells(row, style, &chance)) }
        let text = lines.map { line in
            line.map { Self.quoted($0, style.separator) }.joined(separator: style.separator) + "\r\n"
        }.joined()
        return style.isWindows ? Self.windows(text) : Array(text.utf8)
    }

    private func cells(_ row: Asset, _ style: Style, _ chance: inout Chance) -> [String] {
        let isGerman = style.headings == Style.german
        let networked: String =
            switch row.isNetworked {
            case true?: chance.pick(isGerman ? ["ja", "Ja", "x"] : ["Yes", "Y", "TRUE", "LAN"])
            case false?: chance.pick(isGerman ? ["nein", "Nein"] : ["No", "N", "FALSE"])
            case nil: chance.pick(["", "unknown", "?"])
            }
        return [
            row.tag, row.serial, Self.written(row.cards, &chance), row.vendor, row.model, row.type, row.owner,
            row.building,
            row.floor, row.ward, row.room, row.vlan, Self.day(row.service, style.days),
            Self.word(row.status, isGerman: isGerman, &chance), networked,
        ]
    }

    // MARK: Cells

    /// Each address in the notation of whoever typed it.
    private static func written(_ cards: [HardwareAddress], _ chance: inout Chance) -> String {
        let way = chance.below(6)
        let texts = cards.map { card -> String in
            let pairs = card.description.split(separator: ":").map(String.init)
            let plain = pairs.joined()
            switch way {
            case 0: return card.description.uppercased()
            case 1: return pairs.joined(separator: "-").uppercased()
            case 2: return [plain.prefix(4), plain.dropFirst(4).prefix(4), plain.suffix(4)].joined(separator: ".")
            case 3: return plain.uppercased()
            default: return card.description
            }
        }
        return texts.joined(separator: chance.pick([" / ", ", ", "; "]))
    }

    private static func day(_ day: Int?, _ way: Int) -> String {
        guard let day else { return "" }
        let date = Timestamp(nanoseconds: Int64(day) * 86_400_000_000_000).description.prefix(10)
        let parts = date.split(separator: "-").map(String.init)
        switch way {
        case 0: return String(date)
        // Excel's day 1 is 1 January 1900, and it believes in a 29 February of that year.
        case 1: return "\(day + 25_569)"
        case 2: return "\(Int(parts[2]) ?? 1).\(Int(parts[1]) ?? 1).\(parts[0])"
        default: return "\(parts[1])/\(parts[2])/\(parts[0])"
        }
    }

    private static func word(_ status: DeclaredAsset.Status, isGerman: Bool, _ chance: inout Chance) -> String {
        let (english, german): ([String], [String]) =
            switch status {
            case .inService: (["In Service", "Active", "in use", "Deployed"], ["In Betrieb", "aktiv", "im Einsatz"])
            case .stored: (["In Storage", "Spare", "stored"], ["Lager", "eingelagert"])
            case .inRepair: (["In Repair", "workshop", "Awaiting parts"], ["in Reparatur", "Werkstatt"])
            case .onLoan: (["On Loan", "loaned out"], ["verliehen", "ausgeliehen"])
            case .retired: (["Retired", "Disposed", "Decommissioned"], ["ausgemustert", "verschrottet"])
            case .missing: (["Missing", "cannot locate", "lost"], ["vermisst", "nicht auffindbar"])
            }
        return chance.pick(isGerman ? german : english)
    }

    /// RFC 4180, 2.
    private static func quoted(_ cell: String, _ separator: String) -> String {
        guard cell.contains(separator) || cell.contains("\"") else { return cell }
        return "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// Windows-1252; of what is written here all stands at its place in Latin-1.
    private static func windows(_ text: String) -> [UInt8] {
        text.unicodeScalars.map { $0.value < 0x100 ? UInt8($0.value) : UInt8(ascii: "?") }
    }
}
