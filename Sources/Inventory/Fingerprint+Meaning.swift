//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// What a community fingerprint means in our words: its parameters become a rule's statements.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Words of others for our types and systems; `spoken` lines of `Knowledge/` say them.
struct SpokenWords: Sendable {
    private var ours: [Attribute: [String: String]] = [:]

    mutating func add(_ attribute: Attribute, _ own: String, for theirs: String) {
        ours[attribute, default: [:]][theirs.lowercased()] = own
    }

    func word(_ attribute: Attribute, for theirs: String) -> String? { ours[attribute]?[theirs.lowercased()] }
}

extension FingerprintSet {
    /// A rule for each fingerprint, in their order. One that speaks only of a service says nothing of the device, but
    /// stays: it keeps later ones from matching.
    func rules(set: Int, _ spoken: SpokenWords) -> [Rule] {
        let feeds = FingerprintFeed.feeds(for: key)
        let signal = feeds.first.map { Signal.fact($0.field) } ?? .shape
        return fingerprints.enumerated().map { place, fingerprint in
            var rule = Rule(id: "recog.\(file):\(fingerprint.line)", file: file, line: fingerprint.line)
            let form = feeds.first?.form ?? .asItIs
            rule.conditions = [
                Rule.Condition(signal: signal, tests: [.pattern(set: set, fingerprint: place, form: form)])
            ]
            rule.source = "recog, \(file): \(fingerprint.description)"
            rule.says = fingerprint.statements(preference: preference ?? 1_000, spoken)
            return rule
        }
    }
}

extension Fingerprint {
    /// Weights at recog's usual certainty (0.85), in a file that recog prefers most: a text that only one product sends.
    private enum Weight {
        static let vendor = 2_400
        static let model = 2_400
        static let type = 2_200
        static let system = 1_800
        static let firmware = 1_500
        static let serial = 2_500
        /// The system's maker where the device is an appliance, and the appliance's name where it stands for a system.
        static let hint = 1_200
    }

    /// Makers of systems that run on everyone's machines: they are not the device's maker.
    private static let systemMakers: Set<String> = [
        "microsoft", "linux", "red hat", "redhat", "ubuntu", "canonical", "debian", "freebsd", "openbsd", "netbsd",
        "suse",
        "novell", "centos", "fedora", "gentoo", "wind river", "google", "vmware", "oracle", "openwrt", "dd-wrt",
        "apache",
        "unknown", "android", "raspbian", "raspberry pi", "alpine", "arch", "sco", "bsdi", "mikrotik routeros",
    ]

    /// What its parameters say of a device. Parameters of a service say nothing: its maker is not the device's.
    func statements(preference: Int, _ spoken: SpokenWords) -> [Rule.Statement] {
        var says: [Rule.Statement] = []
        func say(_ attribute: Attribute, _ value: Filling, _ weight: Int, _ domain: String) {
            if let text = value.constant, text.isEmpty || text.lowercased() == "unknown" { return }
            let certainty = certainty(of: domain)
            // A file that recog prefers least counts four fifths of one that it prefers most.
            says.append(
                Rule.Statement(
                    attribute: attribute, value: value,
                    weight: weight * min(certainty, 1_000) / 850 * (4_000 + min(max(preference, 0), 1_000)) / 5_000))
        }
        let device = word("hw.device") ?? word("os.device")
        let isAppliance = device != nil
        let systemVendor = filling("os.vendor")?.constant
        let product = filling("os.product")
        let system = product?.constant.flatMap { systemName($0, of: systemVendor, spoken) }

        if let vendor = filling("hw.vendor") {
            say(.vendor, vendor, Weight.vendor, "hw")
        } else if isAppliance, let systemVendor, !Self.systemMakers.contains(systemVendor.lowercased()) {
            say(.vendor, Filling([.text(systemVendor)]), Weight.hint, "os")
        }
        if let device, let type = spoken.word(.type, for: device) {
            // A system runs on many kinds of device: its own is a guess.
            let isHardware = word("hw.device") != nil
            say(.type, Filling([.text(type)]), isHardware ? Weight.type : Weight.hint, isHardware ? "hw" : "os")
        }
        if let model = modelName() {
            say(.model, model, Weight.model, "hw")
        } else if isAppliance, let product, system == nil, !Self.isNoModel(product.constant, spoken) {
            say(.model, product, Weight.hint, "os")
        }
        if let serial = filling("hw.serial_number") { say(.serial, serial, Weight.serial, "hw") }

        let version = filling("os.version")
        if let system {
            say(.os, Filling([.text(system)]), Weight.system, "os")
            // A version is one more thing said, so that the system stands where its version was not in the text.
            if let version, !system.hasPrefix("Windows ") {
                say(.os, Filling([.text(system)]).followed(by: version), Weight.system / 3, "os")
            }
        } else if let name = product?.constant, !isAppliance {
            say(.os, Filling([.text(name)]), Weight.hint, "os")
        }
        // An appliance's system is what its maker's updates replace.
        if let version, isAppliance, system.map({ !Self.isGeneral($0) }) ?? true {
            say(.firmware, version, Weight.firmware, "os")
        }
        return says
    }

    /// Old fingerprints write the kind of device, or what runs on it, where its name should be.
    private static func isNoModel(_ text: String?, _ spoken: SpokenWords) -> Bool {
        guard let text else { return false }
        return text.contains("Firmware") || text.contains("Server") || text == "Appliance"
            || spoken.word(.type, for: text) != nil
    }

    private static func isGeneral(_ system: String) -> Bool {
        ["Linux", "Windows", "FreeBSD", "macOS", "Android", "Solaris"].contains { system.hasPrefix($0) }
    }

    private func certainty(of domain: String) -> Int {
        let said = filling(domain + ".certainty")?.constant.flatMap(Self.perMille)
        return said ?? certainty ?? 850
    }

    /// `0.85` as 850; nil for what is no part of one.
    public static func perMille(_ text: String) -> Int? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, let units = whole.isEmpty ? 0 : Int(whole), (0...1).contains(units) else {
            return nil
        }
        var digits = parts.count > 1 ? String(parts[1].prefix(3)) : ""
        guard digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        while digits.utf8.count < 3 { digits += "0" }
        return min(units * 1_000 + (Int(digits) ?? 0), 1_000)
    }

    /// A device word that says something.
    private func word(_ name: String) -> String? {
        guard let text = filling(name)?.constant, !["", "general", "unknown", "device"].contains(text.lowercased())
        else { return nil }
        return text
    }

    private func modelName() -> Filling? {
        if let product = filling("hw.product") { return product }
        if let family = filling("hw.family") {
            return filling("hw.model").map { family.followed(by: $0) } ?? family
        }
        return filling("hw.model")
    }

    /// Our name for a system; nil where it is not known as one.
    private func systemName(_ product: String, of vendor: String?, _ spoken: SpokenWords) -> String? {
        if let vendor, let name = spoken.word(.os, for: vendor + " " + product) { return name }
        if let name = spoken.word(.os, for: product) { return name }
        return product.hasPrefix("Windows") ? product : nil
    }

    /// A parameter's value with holes for groups (`1`, `2`, …); nil where it is not given or needs what is not.
    private func filling(_ name: String, depth: Int = 0) -> Filling? {
        guard depth < 4, let parameter = parameters.last(where: { $0.name == name }) else { return nil }
        switch parameter.source {
        case .group(let number): return Filling([.hole(String(number))])
        case .text(let text):
            guard let holes = Filling(loosely: text) else { return Filling([.text(text)]) }
            return holes.replacing { filling($0, depth: depth + 1) }
        }
    }
}
