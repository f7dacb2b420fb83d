//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Values of declared lists: yes or no, in service or retired.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

public enum DeclaredValues {
    /// Words for each status, as people write them; compared without case, blanks, accents and marks.
    public static let statuses: [(status: DeclaredAsset.Status, words: [String])] = [
        (
            .inService,
            [
                "in service", "active", "in use", "deployed", "operational", "in operation", "live", "production",
                "in production", "installed", "commissioned", "working", "functional", "assigned", "issued", "on site",
                "leased", "rental", "rented", "loaner", "in betrieb", "aktiv", "im einsatz", "en service", "actif",
                "en uso", "activo", "en servicio", "operativo",
            ]
        ),
        (
            .stored,
            [
                "stored", "in storage", "storage", "spare", "in stock", "stock", "in store", "warehouse", "standby",
                "on the shelf", "reserve", "idle", "unassigned", "not in use", "unused", "not deployed", "eingelagert",
                "lager", "im lager", "en stock", "en réserve", "stocké", "almacenado", "en almacén", "almacén",
            ]
        ),
        (
            .inRepair,
            [
                "in repair", "repair", "under repair", "out for repair", "sent for repair", "being repaired",
                "in maintenance", "maintenance", "under maintenance", "workshop", "in workshop", "awaiting parts",
                "out of order", "out of service", "broken", "defective", "defect", "faulty", "in reparatur",
                "reparatur",
                "in wartung", "defekt", "werkstatt", "en réparation", "en maintenance", "en panne", "en reparación",
                "en mantenimiento", "averiado",
            ]
        ),
        (
            .onLoan,
            [
                "on loan", "loaned out", "loaned", "lent", "lent out", "loan out", "out on loan", "verliehen",
                "ausgeliehen",
                "en prêt", "prêté", "prestado", "en préstamo",
            ]
        ),
        (
            .retired,
            [
                "retired", "disposed", "disposed of", "disposal", "decommissioned", "scrapped", "scrap", "end of life",
                "eol", "obsolete", "withdrawn", "sold", "traded in", "donated", "removed", "inactive", "deinstalled",
                "uninstalled", "archived", "deleted", "written off", "ausgemustert", "verschrottet", "entsorgt",
                "stillgelegt",
                "außer betrieb", "inaktiv", "réformé", "retiré", "hors service", "mis au rebut", "de baja",
                "dado de baja",
                "retirado", "desechado",
            ]
        ),
        (
            .missing,
            [
                "missing", "lost", "not found", "cannot locate", "could not locate", "unable to locate", "cnl",
                "unlocated", "stolen", "vermisst", "verloren", "nicht auffindbar", "gestohlen", "perdu", "introuvable",
                "volé", "manquant", "perdido", "extraviado", "no localizado", "robado",
            ]
        ),
    ]

    private static let status: [String: DeclaredAsset.Status] = {
        var table: [String: DeclaredAsset.Status] = [:]
        for (status, words) in statuses { for word in words { table[DeclaredWords.plain(word)] = status } }
        return table
    }()

    /// Nil where the word is not known. `Retired (2023)` and `Active - in use` are what stands in front.
    static func status(_ text: String) -> DeclaredAsset.Status? {
        if let known = status[DeclaredWords.plain(text)] { return known }
        guard let mark = text.firstIndex(where: { "(-–,;:/".contains($0) }), mark > text.startIndex else { return nil }
        return status[DeclaredWords.plain(text[..<mark])]
    }

    private static let yes: Set<String> = [
        "yes", "y", "true", "t", "1", "x", "ja", "j", "oui", "o", "si", "s", "vrai", "wahr", "verdadero", "on", "wired",
        "wireless", "lan", "wlan", "wifi", "ethernet", "both", "networked", "connected", "network", "enabled",
        "capable",
        "vernetzt", "connecte", "conectado", "checked",
    ]
    private static let no: Set<String> = [
        "no", "n", "false", "f", "0", "nein", "non", "faux", "falsch", "falso", "off", "none", "standalone",
        "notnetworked",
        "notconnected", "disconnected", "disabled", "offline", "notcapable", "nichtvernetzt", "nonconnecte", "never",
    ]

    /// Nil where it is neither.
    static func flag(_ text: String) -> Bool? {
        switch text {
        case "✓", "✔", "☑", "☒": return true
        case "✗", "✘", "☐": return false
        default: break
        }
        var plain = DeclaredWords.plain(text)
        // A spreadsheet's numbers: `1.0` and `0.0`.
        if text == "1.0" || text == "0.0" { plain = String(plain.prefix(1)) }
        return yes.contains(plain) ? true : no.contains(plain) ? false : nil
    }
}
