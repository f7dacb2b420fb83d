//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Headings of declared lists: which column holds what?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Headings that exports of CMMS and CMDB have, in English, German, French and Spanish, the telling ones first.
public enum DeclaredHeadings {
    /// As people write them; compared as `plain`.
    public static let usual: [(column: DeclaredColumn, headings: [String])] = [
        (
            .tag,
            [
                "asset tag", "asset tag no", "asset tag number", "asset number", "asset no", "asset num", "asset nr",
                "asset id", "asset code", "asset", "inventory number", "inventory no", "inventory tag", "inventory id",
                "inventory code", "control number", "control no", "cn", "equipment number", "equipment no",
                "equipment id", "equipment tag", "equipment control number", "ecn", "tag", "tag number", "tag no",
                "barcode", "bar code", "biomed tag", "biomed id", "biomed number", "property number", "property tag",
                "bme number", "device id", "device number", "inventarnummer", "inventarnr", "inventar nr", "inv nr",
                "anlagennummer", "anlagennr", "gerätenummer", "geräte nr", "numéro d'inventaire", "n° inventaire",
                "no inventaire", "code inventaire", "número de inventario", "n° de inventario", "código de activo",
                "activo", "id",
            ]
        ),
        (
            .serial,
            [
                "serial number", "serial no", "serial num", "serial", "serial nr", "s/n", "sn", "serial #", "serialno",
                "manufacturer serial number", "mfr serial number", "mfg serial number", "device serial number",
                "equipment serial number", "seriennummer", "serien nr", "seriennr", "fabriknummer", "numéro de série",
                "n° de série", "no de série", "n° série", "número de serie", "nº de serie", "núm serie", "n serie",
            ]
        ),
        (
            .mac,
            [
                "mac", "mac address", "mac addresses", "mac addr", "mac id", "ethernet address", "ethernet mac",
                "lan mac", "wired mac", "wifi mac", "wi-fi mac", "wlan mac", "wireless mac", "hardware address",
                "physical address", "network address (mac)", "mac adresse", "mac-adresse", "adresse mac",
                "dirección mac", "hardwareadresse", "ethernet adresse", "burned in address",
            ]
        ),
        (
            .vendor,
            [
                "manufacturer", "manufacturer name", "mfr", "mfg", "mfgr", "maker", "make", "brand", "oem",
                "hersteller",
                "herstellername", "fabrikat", "marke", "fabricant", "constructeur", "marque", "fabricante", "marca",
                "vendor", "vendor name",
            ]
        ),
        (
            .model,
            [
                "model", "model number", "model no", "model name", "model nr", "model id", "model #", "product",
                "product name", "product model", "device model", "equipment model", "manufacturer model", "modell",
                "modellbezeichnung", "modellnummer", "typenbezeichnung", "gerätemodell", "produkt", "modèle", "modele",
                "modelo", "model description",
            ]
        ),
        (
            .type,
            [
                "device type", "equipment type", "asset type", "type", "device category", "equipment category",
                "category", "asset category", "asset class", "device class", "class", "ci class", "modality",
                "device description", "equipment description", "asset description", "description", "umdns description",
                "gmdn term", "universal description", "nomenclature", "device name", "equipment name", "asset name",
                "equipment", "gerätetyp", "geräteart", "gerätebezeichnung", "bezeichnung", "kategorie", "art",
                "beschreibung", "type d'équipement", "désignation", "catégorie", "tipo", "tipo de equipo",
                "descripción",
                "categoría", "equipo",
            ]
        ),
        (
            .firmware,
            [
                "firmware", "firmware version", "firmware rev", "firmware revision", "fw", "fw version", "fw rev",
                "software version", "software revision", "software rev", "sw version", "sw rev", "software",
                "os/firmware", "firmwarestand", "softwarestand", "softwareversion", "version logicielle",
                "version du logiciel", "version firmware", "versión de firmware", "versión de software", "version",
            ]
        ),
        (
            .owner,
            [
                "owner", "asset owner", "device owner", "owned by", "owner department", "owning department",
                "department", "department name", "dept", "responsible department", "responsible", "custodian",
                "cost centre", "cost center", "cost centre name", "cost center name", "business owner", "managed by",
                "besitzer", "eigentümer", "abteilung", "fachabteilung", "kostenstelle", "verantwortlich",
                "propriétaire",
                "département", "centre de coût", "responsable", "propietario", "departamento", "centro de coste",
            ]
        ),
        (
            .building,
            ["building", "building name", "bldg", "gebäude", "haus", "bâtiment", "edificio", "wing", "flügel"]
        ),
        (
            .floor,
            [
                "floor", "floor number", "floor name", "level", "storey", "etage", "stockwerk", "geschoss", "étage",
                "niveau", "piso", "planta",
            ]
        ),
        (
            .ward,
            [
                "ward", "ward name", "nursing unit", "care unit", "clinical unit", "hospital unit", "unit",
                "point of care", "station", "pflegestation", "unité de soins", "service de soins", "unidad",
                "unidad de cuidados",
            ]
        ),
        (
            .location,
            [
                "location", "current location", "location name", "device location", "equipment location",
                "asset location", "physical location", "home location", "place", "position", "standort", "ort",
                "aufstellort", "einsatzort", "emplacement", "localisation", "lieu", "ubicación", "lugar",
            ]
        ),
        (
            .room,
            [
                "room", "room number", "room no", "room name", "rm", "room/bed", "bed", "raum", "raumnummer", "raum nr",
                "zimmer", "zimmernummer", "salle", "chambre", "local", "sala", "habitación",
            ]
        ),
        (
            .network,
            [
                "vlan", "vlan id", "vlan name", "vlan number", "network segment", "segment", "subnet", "network name",
                "netzsegment", "subnetz", "segment réseau", "network", "netzwerk", "réseau", "red",
            ]
        ),
        (
            .lastService,
            [
                "last service", "last service date", "last serviced", "service date", "last pm", "last pm date",
                "last pm completed", "pm completed", "pm date", "last preventive maintenance", "last maintenance",
                "last maintenance date", "last inspection", "last inspection date", "last calibration",
                "last calibration date", "last safety check", "last check", "letzte wartung", "letzter service",
                "letzte prüfung", "wartung am", "stk", "letzte stk", "dernière maintenance", "dernier entretien",
                "date de maintenance", "dernière révision", "último mantenimiento", "fecha de mantenimiento",
                "última revisión",
            ]
        ),
        (
            .networkCapable,
            [
                "network capable", "is network capable", "network capability", "networked", "is networked",
                "networkable", "network enabled", "network connected", "connected to network", "connects to network",
                "network connection", "on network", "has network", "ip capable", "ip enabled", "ip addressable",
                "connected", "is connected", "connectivity", "netzwerkfähig", "vernetzt", "netzwerkanschluss",
                "netzfähig",
                "connecté", "connecté au réseau", "raccordé au réseau", "conectado", "conectado a la red", "conectable",
            ]
        ),
        (
            .status,
            [
                "status", "asset status", "device status", "equipment status", "operational status", "service status",
                "install status", "state", "asset state", "lifecycle status", "life cycle status", "lifecycle state",
                "lifecycle", "life cycle", "lifecycle stage", "zustand", "gerätestatus", "betriebsstatus", "statut",
                "état",
                "estado", "situación",
            ]
        ),
        (
            .site,
            [
                "site", "site name", "site code", "facility", "facility name", "facility code", "hospital",
                "hospital name", "campus", "organisation", "organization", "klinik", "klinikum", "krankenhaus",
                "liegenschaft",
                "établissement", "hôpital", "hospital site", "centro", "sede",
            ]
        ),
    ]

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
            return Meaning(column: meaning.column, rank: meaning.rank + 1_000)
        }
        // `Primary MAC`, `Bluetooth MAC address`, `MAC Address 2`; not `Mac OS version`.
        let words = heading.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        let isAddress = words.contains("mac") && !words.contains("os") && !words.contains("version")
        if isAddress || plain.contains("macaddr") || plain.contains("macadr") {
            return Meaning(column: .mac, rank: 2_000)
        }
        // `Asset Tag 1`, `Room 2`: a number behind a known heading.
        if let last = plain.utf8.last, last >= 0x30, last <= 0x39 {
            var shorter = plain
            while let end = shorter.utf8.last, end >= 0x30, end <= 0x39 { shorter.removeLast() }
            if let meaning = table[shorter] { return Meaning(column: meaning.column, rank: meaning.rank + 3_000) }
        }
        return nil
    }

    /// Headings that say either in which network a device belongs, or whether it is in one; the values tell which.
    static let doubtful: Set<String> = ["network", "netzwerk", "reseau", "red"]
}

/// Words of cells as they are compared.
enum DeclaredWords {
    /// Small letters without accents, and digits; nothing else. `ß` is `ss`, `°` and `º` are nothing.
    static func plain(_ text: some StringProtocol) -> String {
        var result: [UInt8] = []
        for scalar in text.unicodeScalars.prefix(256) {
            switch scalar.value {
            case 0x30...0x39, 0x61...0x7A: result.append(UInt8(scalar.value))
            case 0x41...0x5A: result.append(UInt8(scalar.value) | 0x20)
            case ..<0xC0: continue
            case 0xC0...0xFF:
                let small = scalar.value | 0x20
                if scalar.value == 0xDF {
                    result += Array("ss".utf8)
                } else if let bare = bare[small] {
                    result += Array(bare.utf8)
                }
            default:
                let properties = scalar.properties
                // A combining accent belongs to the letter before it.
                guard properties.isAlphabetic || properties.numericType != nil else { continue }
                result += Array(properties.lowercaseMapping.utf8)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static let bare: [UInt32: String] = [
        0xE0: "a", 0xE1: "a", 0xE2: "a", 0xE3: "a", 0xE4: "a", 0xE5: "a", 0xE6: "ae", 0xE7: "c", 0xE8: "e", 0xE9: "e",
        0xEA: "e", 0xEB: "e", 0xEC: "i", 0xED: "i", 0xEE: "i", 0xEF: "i", 0xF0: "d", 0xF1: "n", 0xF2: "o", 0xF3: "o",
        0xF4: "o", 0xF5: "o", 0xF6: "o", 0xF8: "o", 0xF9: "u", 0xFA: "u", 0xFB: "u", 0xFC: "u", 0xFD: "y", 0xFE: "th",
        0xFF: "y",
    ]

    /// What people write where they have nothing to write.
    static func isNothing(_ plain: String) -> Bool {
        nothings.contains(plain)
    }

    private static let nothings: Set<String> = [
        "", "na", "none", "null", "nil", "unknown", "unk", "tbd", "tba", "notavailable", "notapplicable", "notknown",
        "notset", "notassigned", "blank", "keine", "kein", "keineangabe", "unbekannt", "ohne", "inconnu", "sansobjet",
        "aucun", "desconocido", "ninguno", "sindatos", "nan", "undefined",
    ]
}
