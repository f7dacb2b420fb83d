//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Subjects: devices of which advisories speak: just affected, just not, and those whose version nobody says.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

/// What an advisory means for a device, planted on purpose.
struct PlantedVerdict: Hashable, Sendable {
    var bulletin: String
    var verdict: Weakness.Verdict
}

extension Station {
    mutating func isSubject(to bulletin: String, _ verdict: Weakness.Verdict) {
        verdicts.append(PlantedVerdict(bulletin: bulletin, verdict: verdict))
    }
}

enum Subjects {
    /// A version, and what it means for one advisory.
    typealias Case = (version: String?, verdict: Weakness.Verdict)

    static let products: [Product] = [
        // Behind a serial-to-network adapter of Lantronix'.
        described(
            3, .monitoring, [0x0080A3], "Hamilton Medical", "ventilator", "Hamilton Medical AG", "HAMILTON-T1",
            "ICSMA-21-047-01", [("2.2.3", .affected), ("2.2.4", .notAffected), (nil, .needsReview)]),
        described(
            3, .pointOfCare, [0x842F75], "Innokas", "vital signs monitor", "Innokas Yhtymä Oy", "VC150",
            "ICSMA-21-007-01", [("1.7.14", .affected), ("1.7.15", .notAffected), (nil, .needsReview)]),
        // Its makers name no version: it does not matter which it has.
        Product(3, .monitoring, [0x0080A3], .medical, "Contec", "patient monitor", .linux) { station, chance in
            station.known[.model] = "CMS8000"
            station.hasFixedAddress()
            let version = chance.pick(["0.93", "0.74"])
            station.known[.firmware] = version
            station.presents("CMS8000/\(version)", port: 80, title: "Patient monitor")
            station.isSubject(to: "ICSMA-22-244-01", .affected)
        },
        presenting(
            3, .monitoring, [0x0090E8], "Capsule", "medical gateway", "SmartLinx Neuron 2", "SmartLinx-Neuron2",
            "ICSMA-20-196-01", [("9.0.3", .affected), ("9.0.4", .notAffected), (nil, .needsReview)]),
        presenting(
            2, .monitoring, [0x0009FB], "Philips", "medical gateway", "IntelliBridge EC40", "IntelliBridge-EC40",
            "ICSMA-21-322-01", [("C.00.04", .affected), ("C.00.05", .notAffected)], also: "ICSMA-19-318-01"),
        presenting(
            2, .monitoring, [0x0009FB], "Philips", "medical gateway", "IntelliBridge EC80", "IntelliBridge-EC80",
            "ICSMA-21-322-01", [("C.00.04", .affected), ("C.00.05", .notAffected)], also: "ICSMA-19-318-01"),
        presenting(
            3, .infusion, [0x001221], "B.Braun", "medical gateway", "SpaceCom", "SpaceCom",
            "ICSMA-20-296-02", [("L81", .affected), (nil, .needsReview)]),
    ]

    /// Says all of itself in its metadata (DPWS 1.1, 5.1).
    private static func described(
        _ share: Int, _ area: Area, _ prefixes: [UInt64], _ vendor: String, _ type: String, _ maker: String,
        _ model: String, _ bulletin: String, _ cases: [Case]
    ) -> Product {
        Product(share, area, prefixes, .medical, vendor, type, .linux) { station, chance in
            let (version, verdict) = chance.pick(cases)
            station.hasFixedAddress()
            station.describes(maker: maker, model: model, firmware: version, serial: chance.digits(12))
            station.isSubject(to: bulletin, verdict)
        }
    }

    /// Has a page that names product and version (RFC 9110, 10.2.4).
    private static func presenting(
        _ share: Int, _ area: Area, _ prefixes: [UInt64], _ vendor: String, _ type: String, _ model: String,
        _ token: String, _ bulletin: String, _ cases: [Case], also: String? = nil
    ) -> Product {
        Product(share, area, prefixes, .medical, vendor, type, .linux) { station, chance in
            let (version, verdict) = chance.pick(cases)
            station.hasFixedAddress()
            station.known[.model] = model
            station.known[.firmware] = version
            station.presents(version.map { "\(token)/\($0)" } ?? token, port: 80, title: model)
            station.isSubject(to: bulletin, verdict)
            if let also { station.isSubject(to: also, .affected) }
        }
    }
}

extension Station {
    /// A page of its own, which the workshop looks at; the server's header names product and version.
    mutating func presents(_ product: String, port: UInt16, title: String) {
        serves(port, server: product, title: title, every: 250)
    }

    /// Answers with its metadata when the workshop asks for them (WS-Transfer Get; DPWS 1.1, 5.1).
    mutating func describes(maker: String, model: String, firmware: String?, serial: String) {
        known[.model] = model
        known[.firmware] = firmware
        known[.serial] = serial
        let addressing = "http://www.w3.org/2005/08/addressing"
        let profile = "http://docs.oasis-open.org/ws-dd/ns/dpws/2009/01"
        let version = firmware.map { "<dpws:FirmwareVersion>\($0)</dpws:FirmwareVersion>" } ?? ""
        let answer =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""
            + " xmlns:mex=\"http://schemas.xmlsoap.org/ws/2004/09/mex\" xmlns:dpws=\"\(profile)\"><s:Body><mex:Metadata>"
            + "<mex:MetadataSection><dpws:ThisModel><dpws:Manufacturer>\(maker)</dpws:Manufacturer>"
            + "<dpws:ModelName>\(model)</dpws:ModelName></dpws:ThisModel></mex:MetadataSection>"
            + "<mex:MetadataSection><dpws:ThisDevice><dpws:FriendlyName>\(model)</dpws:FriendlyName>\(version)"
            + "<dpws:SerialNumber>\(serial)</dpws:SerialNumber></dpws:ThisDevice></mex:MetadataSection>"
            + "</mex:Metadata></s:Body></s:Envelope>"
        does(after: 18, every: 260) { stage in
            let action = "http://schemas.xmlsoap.org/ws/2004/09/transfer/Get"
            let question =
                "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" xmlns:a=\"\(addressing)\"><s:Header>"
                + "<a:Action>\(action)</a:Action></s:Header><s:Body/></s:Envelope>"
            let kind = (name: "Content-Type", value: "application/soap+xml")
            stage.talk(
                stage[.workshop], stage.me, 6_464, as: "http",
                [
                    (
                        .client,
                        HTTP.request(
                            "POST", "/device", host: stage.me.text, headers: [kind], body: Array(question.utf8))
                    ),
                    (.server, HTTP.response(200, "OK", headers: [kind], body: Array(answer.utf8))),
                ])
        }
    }
}
