//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// A table of another system: which of its columns mean what, and which are left out because they name people?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// The heading of a table of separated values, with the names that makers give their columns.
struct ListTable {
    /// What a column may mean for us.
    enum Column: Hashable, CaseIterable {
        case mac, otherMac, ip, ble, bleKind, bleName, eui64, imei, iccid, serial, tag, assetTag, name, vendor, model,
            type
        case os, osVersion, firmware, time, place, building, floor, room, bed, accessPoint, ssid, gateway, vlan
        // Leases
        case address, duid, clientId, lifetime, expire, state
        // Accounting
        case station, called, server, framed, start, update, stop
        // Flows
        case source, target, sourcePort, targetPort, transport, first, last, duration, answered
        /// A person, or the number of a telephone: never copied.
        case person
    }

    /// As written.
    let headings: [String]
    let places: [Column: Int]
    /// Headings that were left out because they name people, as written.
    let people: [String]
    /// Headings that mean nothing to us, as written.
    let unused: [String]

    /// - Parameter meanings: Names of columns, plain, by what they mean; the first that is there is taken.
    init(_ reader: CSVReader, _ row: CSVReader.Row, _ meanings: [(Column, [String])]) {
        var places: [Column: Int] = [:]
        var people: [String] = []
        var unused: [String] = []
        let headings = (0..<row.count).map { reader.text(row, $0) ?? "" }
        let plain = headings.map(Self.plain)
        var taken: Set<Int> = []
        for (place, heading) in plain.enumerated() where Self.isPerson(heading) {
            people.append(JSONText.cut(headings[place], 64))
            taken.insert(place)
        }
        for (column, names) in meanings where places[column] == nil {
            for name in names {
                guard let place = plain.firstIndex(of: name), !taken.contains(place) else { continue }
                places[column] = place
                taken.insert(place)
                break
            }
        }
        for place in headings.indices where !taken.contains(place) && !headings[place].isEmpty {
            unused.append(JSONText.cut(headings[place], 64))
        }
        self.headings = headings.map { JSONText.cut($0, 64) }
        self.places = places
        self.people = people
        self.unused = unused
    }

    /// Letters and digits of a heading, in lower case.
    static func plain(_ heading: String) -> String {
        String(heading.lowercased().filter { $0.isLetter || $0.isNumber }.prefix(64))
    }

    private static let peopleExactly: Set<String> = [
        "user", "users", "owner", "ownername", "assignedto", "assigneduser", "fullname", "firstname", "lastname",
        "surname",
        "person", "patient", "patientname", "patientid", "mrn", "employee", "employeeid", "staff", "contact", "phone",
        "msisdn", "mobile", "phonenumber", "mobilenumber", "telephone", "telephonenumber", "label", "alias",
        "subscriber",
        "holder", "custodian", "upn", "login", "account", "customer", "imsi", "eid", "dob", "birthdate", "address1",
        "benutzer", "besitzer", "eigentümer", "rufnummer", "telefonnummer", "utilisateur", "usuario", "titular",
    ]
    private static let peopleWithin = [
        "username", "email", "phonenumber", "msisdn", "userprincipal", "displayname", "ownername", "patient", "surname",
        "lastuser", "lastlogged", "primaryuser", "enrolledby", "enrolleduser", "userid", "useremail", "telephone",
    ]

    static func isPerson(_ heading: String) -> Bool {
        peopleExactly.contains(heading) || peopleWithin.contains { heading.contains($0) }
    }

    func has(_ column: Column) -> Bool { places[column] != nil }

    /// A cell as text of a sensible length; nil where there is none, or only a word for nothing.
    func text(_ column: Column, _ reader: CSVReader, _ row: CSVReader.Row) -> String? {
        guard let place = places[column], let text = reader.text(row, place) else { return nil }
        let plain = text.lowercased()
        if ["-", "--", "n/a", "na", "null", "none", "unknown", "nil", "(null)", "not available"].contains(plain) {
            return nil
        }
        return JSONText.cut(text, SightingLine.Limits.text)
    }
}
