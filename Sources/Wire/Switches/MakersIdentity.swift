//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Makers' own MIBs: model, firmware and serial number where ENTITY-MIB does not tell them.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// What an agent says of itself outside of ENTITY-MIB.
public struct MakersIdentity: Hashable, Sendable {
    public var model: String?
    public var firmware: String?
    public var serial: String?

    public init() {}
}

extension SwitchReading {
    /// Objects of one maker. An object is a scalar or a column: the first value under its name that is not empty counts.
    struct Objects {
        var enterprise: UInt32
        /// Behind the maker's own number: 1.3.6.1.4.1.<enterprise>.
        var serial: [[UInt32]] = []
        var model: [[UInt32]] = []
        var firmware: [[UInt32]] = []
        /// Whether they are better than ENTITY-MIB's.
        var comeFirst = false
    }

    /// From the makers' published MIBs; those marked * were seen with these values in recordings.
    static let makers: [Objects] = [
        // OLD-CISCO-CHASSIS-MIB chassisId, CISCO-STACK-MIB; Cisco Small Business is Radlan's rlPhdUnitGenParam *.
        Objects(
            enterprise: 9, serial: [[6, 1, 101, 53, 14, 1, 5], [3, 6, 3], [5, 1, 2, 19]],
            model: [[6, 1, 101, 53, 14, 1, 7], [5, 1, 2, 16]], firmware: [[6, 1, 101, 53, 14, 1, 2]]),
        // Radlan (Eltex, others) *, and Linksys under its own number *.
        Objects(
            enterprise: 89, serial: [[53, 14, 1, 5]], model: [[53, 14, 1, 7], [53, 14, 1, 11]],
            firmware: [[53, 14, 1, 2]]),
        Objects(
            enterprise: 3955, serial: [[1000, 201, 53, 14, 1, 5], [89, 53, 14, 1, 5]],
            model: [[1000, 201, 53, 14, 1, 7], [1000, 201, 53, 14, 1, 11]], firmware: [[1000, 201, 53, 14, 1, 2]]),
        // HP-httpManageable-MIB, NETSWITCH-MIB *.
        Objects(
            enterprise: 11, serial: [[2, 36, 1, 1, 2, 9]], model: [[2, 36, 1, 1, 2, 5]],
            firmware: [[2, 14, 11, 5, 1, 1, 3]]),
        // S5-CHASSIS-MIB, S5-AGENT-MIB *: Nortel, Avaya, Extreme BOSS.
        Objects(enterprise: 45, serial: [[1, 6, 3, 1, 6]], firmware: [[1, 6, 4, 2, 1, 10]]),
        // AGENT-GENERAL-MIB and the unit table of a stack *.
        Objects(enterprise: 171, serial: [[12, 1, 1, 12], [12, 11, 1, 9, 4, 1, 17]], comeFirst: true),
        // HMPRIV-MGMT-SNMP-MIB *.
        Objects(
            enterprise: 248, serial: [[14, 1, 1, 9, 1, 10]], model: [[14, 1, 1, 9, 1, 3]], firmware: [[14, 1, 1, 2]]),
        // Accton and whom it makes for: the unit table stands beside the product's own number (`Objects` below).
        // Dell: productIdentificationMIB; FASTPATH under Dell's number.
        Objects(
            enterprise: 674,
            serial: [
                [10895, 3000, 1, 2, 100, 8, 1, 2], [10895, 5000, 2, 6132, 1, 1, 1, 1, 1, 4],
            ], model: [[10895, 3000, 1, 2, 100, 1], [10895, 5000, 2, 6132, 1, 1, 1, 1, 1, 3]],
            firmware: [[10895, 3000, 1, 2, 100, 4], [10895, 5000, 2, 6132, 1, 1, 1, 1, 1, 13]]),
        // ZYXEL-PRODUCT of the GS1900 *.
        Objects(
            enterprise: 890, serial: [[1, 15, 3, 1, 12]], model: [[1, 15, 3, 1, 11]], firmware: [[1, 15, 3, 1, 6]],
            comeFirst: true),
        // SW-MIB of Brocade's fabric switches; FOUNDRY-SN-AGENT-MIB.
        Objects(enterprise: 1588, serial: [[2, 1, 1, 1, 1, 10]], firmware: [[2, 1, 1, 1, 1, 6]]),
        Objects(
            enterprise: 1991, serial: [[1, 1, 1, 4, 1, 1, 2], [1, 1, 1, 1, 2]], model: [[1, 1, 1, 4, 1, 1, 13]],
            firmware: [[1, 1, 2, 1, 11]]),
        // EXTREME-SYSTEM-MIB.
        Objects(enterprise: 1916, serial: [[1, 1, 1, 16]], firmware: [[1, 1, 1, 13]]),
        // HUAWEI-ENTITY-EXTENT-MIB: the equipment's serial number and name *.
        Objects(
            enterprise: 2011, serial: [[5, 25, 188, 1, 1]], model: [[5, 25, 31, 6, 5]], comeFirst: true),
        // RAPID-CITY *.
        Objects(enterprise: 2272, serial: [[1, 4, 2]], firmware: [[1, 1, 7]]),
        // JUNIPER-MIB: jnxBoxSerialNo, jnxBoxDescr.
        Objects(enterprise: 2636, serial: [[3, 1, 3]], model: [[3, 1, 2]], firmware: [[3, 40, 1, 4, 1, 1, 1, 5]]),
        // SCALANCE: snMspsAutomationSystem *.
        Objects(enterprise: 4329, serial: [[6, 3, 2, 1, 1, 3]], firmware: [[6, 3, 2, 1, 1, 5]], comeFirst: true),
        // FASTPATH: Broadcom's own (Ubiquiti EdgeSwitch), Netgear's managed and smart switches.
        Objects(
            enterprise: 4413, serial: [[1, 1, 1, 1, 1, 4]], model: [[1, 1, 1, 1, 1, 3]],
            firmware: [[1, 1, 1, 1, 1, 13]]),
        Objects(
            enterprise: 4526, serial: [[10, 1, 1, 1, 4], [11, 1, 1, 1, 4]],
            model: [[10, 1, 1, 1, 3], [11, 1, 1, 1, 3]],
            firmware: [[10, 1, 1, 1, 13], [11, 1, 1, 1, 13]]),
        // TIMETRA-CHASSIS-MIB: the chassis is hardware 3.0.0.1 *.
        Objects(enterprise: 6527, serial: [[3, 1, 2, 2, 1, 8, 1, 5, 1, 50_331_649]]),
        // Moxa's EDS-4000 and its kin *.
        Objects(
            enterprise: 8691, serial: [[602, 1, 1, 2, 2, 3]], model: [[602, 1, 1, 2, 2, 5]],
            firmware: [[602, 1, 1, 2, 2, 1]]),
        // TPLINK-SYSINFO-MIB *.
        Objects(enterprise: 11863, serial: [[6, 1, 1, 8]], model: [[6, 1, 1, 5]], firmware: [[6, 1, 1, 6]]),
        // FORTINET-CORE-MIB, FORTINET-FORTIGATE-MIB *, FORTISWITCH.
        Objects(
            enterprise: 12356, serial: [[100, 1, 1, 1]], firmware: [[101, 4, 1, 1], [106, 4, 1, 1]], comeFirst: true),
        // Raritan's PDU2-MIB *.
        Objects(enterprise: 13742, serial: [[6, 3, 2, 1, 1, 4]], model: [[6, 3, 2, 1, 1, 3]]),
        // AI-AP-MIB of Aruba Instant *: the first access point stands for the cluster.
        Objects(
            enterprise: 14823, serial: [[2, 3, 3, 1, 2, 1, 1, 4]], model: [[2, 3, 3, 1, 2, 1, 1, 6]],
            firmware: [[2, 3, 3, 1, 1, 4]]),
        // MIKROTIK-MIB: serial number, board name, version of the licence.
        Objects(enterprise: 14988, serial: [[1, 1, 7, 3]], model: [[1, 1, 7, 8]], firmware: [[1, 1, 4, 4]]),
        // UBNT-UniFi-MIB.
        Objects(enterprise: 41112, model: [[1, 6, 3, 3]], firmware: [[1, 6, 3, 6]]),
        // SNR *.
        Objects(enterprise: 40418, firmware: [[7, 100, 1, 3]], comeFirst: true),
        // NETONIX-SWITCH-MIB *.
        Objects(enterprise: 46242, firmware: [[1]]),
        // FS: Centec's FSOS, and Accton's unit table *.
        Objects(enterprise: 52642, serial: [[1, 37, 1, 5, 1, 10]], firmware: [[1, 1, 3, 5]]),
        // APC: PowerNet-MIB *.
        Objects(enterprise: 318, serial: [[1, 1, 1, 1, 2, 3], [1, 1, 12, 1, 6]], model: [[1, 1, 1, 1, 1, 1]]),
    ]
    /// Unit tables beside the product's own number, of which the last part is cut off: Accton's (Edge-Core, FS S3900 *)
    /// swUnitTable and swProdName; Zyxel's sysSerialNumber under the number as a whole.
    static let units: [(enterprise: UInt32, cut: Int, serial: [UInt32], model: [UInt32], firmware: [UInt32])] =
        [
            (259, 1, [1, 1, 3, 1, 10], [1, 1, 5, 1], [1, 1, 3, 1, 6]),
            (52642, 1, [1, 1, 3, 1, 10], [1, 1, 5, 1], [1, 1, 3, 1, 6]),
            (890, 0, [1, 10], [], []),
        ]

    mutating func readMakersIdentity(_ rows: SNMPRows) {
        guard let enterprise = system.enterprise else { return }
        func first(_ names: [ObjectName]) -> String? {
            for name in names {
                if let text = rows.firstText(under: name) { return text }
            }
            return nil
        }
        var found = MakersIdentity()
        let own: ObjectName = [1, 3, 6, 1, 4, 1, enterprise]
        // Some of Radlan's customers kept its number, whatever their own.
        for objects in Self.makers where objects.enterprise == enterprise || objects.enterprise == 89 {
            let base: ObjectName = objects.enterprise == enterprise ? own : [1, 3, 6, 1, 4, 1, 89]
            found.serial = found.serial ?? first(objects.serial.map { base + $0 })
            found.model = found.model ?? first(objects.model.map { base + $0 })
            found.firmware = found.firmware ?? first(objects.firmware.map { base + $0 })
            if objects.comeFirst { makersComeFirst = true }
        }
        if let product = system.objectId?.numbers {
            for unit in Self.units where unit.enterprise == enterprise && product.count > 8 {
                let base = ObjectName(Array(product.dropLast(unit.cut)))
                found.serial = found.serial ?? first([base + unit.serial])
                found.model = found.model ?? (unit.model.isEmpty ? nil : first([base + unit.model]))
                found.firmware = found.firmware ?? (unit.firmware.isEmpty ? nil : first([base + unit.firmware]))
            }
        }
        // RMON2-MIB, probeSoftwareRev: D-Link and others have it and no other.
        found.firmware = found.firmware ?? first([[1, 3, 6, 1, 2, 1, 16, 19, 2]])
        makers = found
    }

    /// Makers whose sysDescr says what runs on the device, and behind which word.
    private static let marks: [(enterprise: UInt32, word: String)] = [
        (9, "Version "), (11, "revision "), (1991, "Version "), (2636, "JUNOS "), (6527, "TiMOS-"), (14823, "Version "),
        (14988, "SwOS v"), (25506, "Software Version "), (30065, "EOS version "), (4329, "FW: Version "),
    ]

    /// The version that sysDescr names, for makers who write it there.
    var describedFirmware: String? {
        guard let text = system.summary, let mark = Self.marks.first(where: { $0.enterprise == system.enterprise })
        else {
            return nil
        }
        // `TiMOS-B-9.0.R11`: the letter is the kind of image.
        var rest = Self.after(mark.word, in: text)
        if system.enterprise == 6527 { rest = rest.flatMap { Self.after("-", in: $0) } }
        let version = rest?.prefix { $0 != "," && $0 != " " && $0 != "\n" && $0 != "\r" && $0 != ";" }
        return version.flatMap { $0.isEmpty ? nil : String($0) }
    }

    /// The model that sysDescr names: `Juniper Networks, Inc. ex3400-48t Ethernet Switch`, `CSS106-1G-4P-1S SwOS v2.11`.
    var describedModel: String? {
        guard let text = system.summary else { return nil }
        switch system.enterprise {
        case 2636:
            guard let rest = Self.after("Inc. ", in: text) else { return nil }
            return rest.split(separator: " ").first.map(String.init)
        case 14988:
            if let rest = Self.after("RouterOS ", in: text) { return rest.isEmpty ? nil : rest }
            return text.split(separator: " ").first.map(String.init)
        default: return nil
        }
    }

    private static func after(_ word: String, in text: String) -> String? {
        let (all, wanted) = (Array(text.utf8), Array(word.utf8))
        guard all.count >= wanted.count, !wanted.isEmpty else { return nil }
        for start in 0...(all.count - wanted.count) where all[start...].starts(with: wanted) {
            return String(decoding: all[(start + wanted.count)...], as: UTF8.self)
        }
        return nil
    }
}

extension SNMPRows {
    /// The first text under a name that is not empty: a scalar's, or a column's.
    func firstText(under name: ObjectName) -> String? {
        if let text = self[name]?.text { return text }
        for cell in column(name).prefix(64) {
            if let text = cell.value.text { return text }
        }
        return nil
    }
}
