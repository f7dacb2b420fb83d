//===----------------------------------------------------------------------===//
// Wardlight · Settings
//
// The settings file: wardlight.yaml, read with line numbers.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Yams

/// What `wardlight.yaml` says (docs/switches.md, deploy/wardlight.example.yaml).
public struct SettingsFile: Hashable, Sendable {
    /// Switches in the order of the file; no two of one name, none asked twice.
    public var switches: [SwitchTarget] = []
    /// When nothing is asked of any switch; each target holds them too.
    public var freezes: [FreezeWindow] = []
    public var allowed = Allowances()
    public var plan = SitePlan()
    /// What the service needs to know.
    public var run: RunSettings
    /// The site of what names none.
    public var site: String

    /// A switch takes some 300 octets: room for the 4,096 that are read.
    public static let mostOctets = 2 << 20
    public static let mostSwitches = 4_096
    public static let mostFreezes = 64
    public static let mostAllowances = 10_000
    static let mostZones = 256
    static let mostNetworks = 256

    /// - Parameter environment: Where the user's folders are looked up.
    public init(site: String, environment: [String: String] = ProcessInfo.processInfo.environment) {
        self.site = site
        run = RunSettings(data: Self.data(environment))
    }

    /// Where the service keeps its data when nobody says: systemd's folder for it, root's usual one, or this user's.
    private static func data(_ environment: [String: String]) -> String {
        // systemd.exec(5): several folders are parted by colons.
        if let folder = environment["STATE_DIRECTORY"]?.split(separator: ":").first, folder.hasPrefix("/") {
            return String(folder)
        }
        if geteuid() == 0 { return "/var/lib/wardlight" }
        if let folder = environment["XDG_STATE_HOME"], folder.hasPrefix("/") { return folder + "/wardlight" }
        return FileManager.default.homeDirectoryForCurrentUser.path + "/.local/state/wardlight"
    }

    /// - Parameters:
    ///   - site: Site of the switches that name none.
    ///   - environment: Where `env:` looks.
    /// - Throws: All that is wrong, at most twenty problems.
    public init(
        reading path: String, site: String, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(SettingsFailure) {
        func failure(_ words: String) -> SettingsFailure {
            SettingsFailure(path: path, problems: [SettingsProblem(line: nil, words)])
        }
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: target) else {
            throw failure("no such file; docs/switches.md shows one to begin with.")
        }
        guard attributes[.type] as? FileAttributeType == .typeRegular else { throw failure("not a file.") }
        guard let size = (attributes[.size] as? NSNumber)?.intValue, size <= Self.mostOctets else {
            throw failure("larger than 2 MiB; settings name switches, not devices.")
        }
        guard let data = FileManager.default.contents(atPath: target) else {
            throw failure("no permission to read it.")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw failure("not UTF-8 text.")
        }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        try self.init(text: text, path: path, folder: folder, site: site, environment: environment)
    }

    /// Reads the text of a settings file.
    ///
    /// - Parameter folder: Where relative paths of secrets begin.
    public init(
        text: String, path: String, folder: String, site: String, environment: [String: String]
    ) throws(SettingsFailure) {
        self.init(site: site, environment: environment)
        var reader = SettingsReader(folder: folder, environment: environment)
        guard text.utf8.count <= Self.mostOctets else {
            throw SettingsFailure(path: path, problems: [SettingsProblem(line: nil, "larger than 2 MiB.")])
        }
        let root: Node?
        do { root = try Self.document(in: text) } catch {
            throw SettingsFailure(path: path, problems: [Self.problem(error)])
        }
        if let root { read(root, site: site, &reader) }
        guard reader.problems.isEmpty else { throw SettingsFailure(path: path, problems: reader.problems) }
    }

    /// Reads the text's one document; refuses names and references without ever following one.
    ///
    /// An alias may stand for a thousand others, and those for a thousand each. Whether a `&` is a name, or a letter of a
    /// text, is for the parser to say. For that it reads every `&` as a `*`, which YAML takes in the same places and
    /// measures alike (1.2, 6.9.2 and 7.1): a name becomes a reference to something that nobody named, at which the
    /// parser stops with its line. What gets through has no names, and so no references either.
    private static func document(in text: String) throws -> Node? {
        if text.utf8.contains(UInt8(ascii: "&")) {
            let octets = text.utf8.map { $0 == UInt8(ascii: "&") ? UInt8(ascii: "*") : $0 }
            let nameless = String(decoding: octets, as: UTF8.self)
            _ = try Yams.compose(yaml: nameless)
        }
        return try Yams.compose(yaml: text)
    }

    private static func problem(_ error: any Error) -> SettingsProblem {
        switch error {
        case YamlError.composer(_, "found undefined alias", let mark, _):
            SettingsProblem(line: mark.line, "names and references (&, *) are not read; write it out.")
        case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _):
            SettingsProblem(line: mark.line, "no YAML: \(problem).")
        case YamlError.duplicatedKeysInMapping(let keys, let context):
            SettingsProblem(
                line: context.mark.line,
                "twice the same key (\(keys.prefix(3).map(SettingsReader.shown).joined(separator: ", "))).")
        case YamlError.reader(let problem, _, _, _): SettingsProblem(line: nil, "no YAML: \(problem).")
        default: SettingsProblem(line: nil, "no YAML.")
        }
    }

    private mutating func read(_ root: Node, site: String, _ reader: inout SettingsReader) {
        // A file of comments only.
        if case .scalar(let scalar) = root, scalar.string.isEmpty { return }
        guard
            let values = reader.mapping(
                root, "The settings",
                keys: [
                    "site", "switches", "defaults", "freeze", "allowed", "zones", "medical", "places", "vlans",
                    "guestNetworks", "expected", "declared",
                ] + SettingsReader.runKeys)
        else { return }
        let site = values["site"].flatMap { reader.text($0, "site", most: 64) } ?? site
        self.site = site
        reader.run(values, site: site, &run)
        if let node = values["freeze"] { freezes = reader.freezes(node, "freeze") }
        if let node = values["allowed"] { reader.allowed(node, &allowed) }
        if let node = values["zones"] { reader.zones(node, &allowed) }
        if let node = values["medical"] { reader.medical(node, &allowed) }
        if let node = values["places"] { reader.places(node, &plan) }
        if let node = values["vlans"] { reader.vlans(node, &plan) }
        if let node = values["guestNetworks"] { reader.guestNetworks(node, &plan) }
        if let node = values["expected"] { reader.expected(node, &plan) }
        if let node = values["declared"] { reader.declared(node, &plan) }
        let defaults = values["defaults"].flatMap {
            reader.mapping($0, "defaults", keys: SettingsReader.manners + SettingsReader.credentials)
        }
        guard let node = values["switches"] else { return }
        var names: Set<String> = []
        var addresses: Set<String> = []
        for (number, node) in reader.list(node, "switches", most: Self.mostSwitches).enumerated() {
            let what = "switches[\(number + 1)]"
            guard
                let target = reader.target(node, what, defaults: defaults ?? [:], site: site, freezes: freezes)
            else { continue }
            guard names.insert("\(target.site)/\(target.agent)").inserted else {
                reader.complain(
                    node, "\(what): the name \(SettingsReader.shown(target.agent)) is taken; give it another.")
                continue
            }
            guard addresses.insert("\(target.site)/\(target.host.lowercased()):\(target.port)").inserted else {
                reader.complain(
                    node, "\(what): \(SettingsReader.shown(target.host)) is asked already; leave one of them out.")
                continue
            }
            switches.append(target)
            for port in target.allowedSmallSwitches {
                allowed.smallSwitches.append(Allowances.Port(agent: target.agent, port: port))
            }
        }
        allowed.smallSwitches = Array(Set(allowed.smallSwitches)).sorted()
    }
}
