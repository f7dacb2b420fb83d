//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// Switches to ask: which, how often, and with which secret.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Foundation
import Model
import Settings

/// Options of every command that may ask switches. Secrets have no option: a command line is read by everybody on the
/// machine, and kept in its history.
struct SwitchOptions: ParsableArguments {
    @Option(name: .customLong("switch"), help: "Ask this switch over SNMP: HOST or HOST:PORT; may be repeated.")
    var named: [String] = []
    @Flag(name: .customLong("switches"), help: "Ask the switches that the settings name.") var fromSettings = false
    @Option(help: "The settings file: switches for --switches, and what is allowed. [wardlight.yaml for --switches]")
    var settings: String?
    @Option(help: "A file of mode 0600 with the community of --switch; else WARDLIGHT_COMMUNITY (docs/switches.md).")
    var communityFile: String?
    @Option(
        help: "Listen for traps and informs of these switches at PORT or ADDRESS:PORT; needs --for (docs/traps.md).")
    var traps: String?
    @Option(help: "How often the switches are asked.") var polls = 1
    @Option(help: "How long from one poll to the next: 30s, 5m, 1h.") var every: String?

    var isAsked: Bool { !named.isEmpty || fromSettings }
    /// Seconds from the start of one poll to the start of the next.
    var secondsBetween: Double { every.flatMap(InputOptions.seconds) ?? 300 }

    /// More polls are a service, not a command.
    private static let mostPolls = 100_000
    private static let mostSwitches = 4_096

    func validate() throws {
        for text in named where Self.endpoint(text) == nil {
            throw ValidationError("--switch \(text) is no switch: write HOST, HOST:PORT or [IPv6]:PORT.")
        }
        guard named.count <= Self.mostSwitches else {
            throw ValidationError("--switch may be given \(Self.mostSwitches) times.")
        }
        if communityFile != nil, named.isEmpty {
            throw ValidationError("--community-file is for --switch; settings name their own secrets.")
        }
        if let traps {
            guard isAsked else {
                throw ValidationError(
                    "--traps believes only switches that are named: give --switch or --switches as well.")
            }
            guard Self.door(traps) != nil else {
                throw ValidationError("--traps \(traps) is no door: write PORT, ADDRESS:PORT or [IPv6]:PORT.")
            }
        }
        guard (1...Self.mostPolls).contains(polls) else {
            throw ValidationError("--polls takes 1 to \(Self.mostPolls).")
        }
        if polls > 1 || every != nil, !isAsked {
            throw ValidationError("--polls and --every need --switch or --switches.")
        }
        if let every, InputOptions.seconds(every) == nil {
            throw ValidationError("--every \(every) is no duration of at most a year: write 30s, 5m or 1h.")
        }
    }

    /// `HOST`, `HOST:PORT`, `[::1]:PORT`, `::1`.
    static func endpoint(_ text: String) -> (host: String, port: UInt16)? {
        var host = text[...]
        var port: UInt16 = 161
        if host.first == "[", let end = host.lastIndex(of: "]") {
            let rest = host[host.index(after: end)...]
            host = host[host.index(after: host.startIndex)..<end]
            if !rest.isEmpty {
                guard rest.first == ":", let number = UInt16(rest.dropFirst()), number > 0 else { return nil }
                port = number
            }
        } else if host.filter({ $0 == ":" }).count == 1, let colon = host.firstIndex(of: ":") {
            guard let number = UInt16(host[host.index(after: colon)...]), number > 0 else { return nil }
            port = number
            host = host[..<colon]
        }
        let isPlain = host.utf8.allSatisfy { byte in
            (0x30...0x3A).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == 0x2D || byte == 0x2E || byte == 0x5F || byte == 0x25
        }
        guard !host.isEmpty, host.utf8.count <= 253, isPlain, host.first != "-", host.first != "." else { return nil }
        return (String(host), port)
    }

    /// `PORT`, `ADDRESS:PORT`, `[::1]:PORT`; port 0 is any that is free.
    static func door(_ text: String) -> (address: String, port: UInt16)? {
        guard let colon = text.lastIndex(of: ":") else { return UInt16(text).map { ("", $0) } }
        guard let port = UInt16(text[text.index(after: colon)...]) else { return nil }
        var address = text[..<colon]
        if address.first == "[", address.last == "]" { address = address.dropFirst().dropLast() }
        return IPAddress(address) == nil ? nil : (String(address), port)
    }

    // MARK: Targets

    private var path: String { settings ?? "wardlight.yaml" }

    func settingsFile(site: String) throws -> SettingsFile? {
        guard fromSettings || settings != nil else { return nil }
        do { return try SettingsFile(reading: path, site: site) } catch { throw Stop(lines: error.lines) }
    }

    func targets(site: String, _ settings: SettingsFile?) throws -> [SwitchTarget] {
        var targets = fromSettings ? settings?.switches ?? [] : []
        if fromSettings, targets.isEmpty { throw Stop("\(path): names no switch; docs/switches.md shows how.") }
        guard !named.isEmpty else { return targets }
        let credential = try credential()
        for text in named {
            guard let (host, port) = Self.endpoint(text) else { continue }
            let agent = port == 161 ? host : host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
            targets.append(SwitchTarget(agent: agent, host: host, port: port, site: site, credential: credential))
        }
        return targets
    }

    /// From the file, else a user of version 3 from the environment, else a community from there.
    private func credential() throws -> Credential {
        let environment = ProcessInfo.processInfo.environment
        do throws(SecretFailure) {
            if let communityFile { return .community(try SecretReading.file(communityFile)) }
            if let user = environment["WARDLIGHT_SNMP_USER"], !user.isEmpty {
                return .user(
                    user, authentication: try authentication(environment), privacy: try privacy(environment))
            }
            if environment["WARDLIGHT_COMMUNITY"] != nil {
                return .community(try SecretReading.variable("WARDLIGHT_COMMUNITY", in: environment))
            }
        } catch { throw Stop(error.words) }
        throw Stop(
            "--switch needs a secret: set WARDLIGHT_COMMUNITY (version 2c) or WARDLIGHT_SNMP_USER (version 3), or give "
                + "--community-file FILE.")
    }

    private func authentication(_ environment: [String: String]) throws(SecretFailure) -> Credential.Authentication? {
        guard environment["WARDLIGHT_SNMP_AUTHENTICATION"] != nil else { return nil }
        let secret = try SecretReading.variable("WARDLIGHT_SNMP_AUTHENTICATION", in: environment)
        let name = environment["WARDLIGHT_SNMP_AUTHENTICATION_METHOD"] ?? "sha256"
        guard let method = Credential.Authentication.Method(rawValue: name.lowercased()) else {
            throw .noSuchMethod("WARDLIGHT_SNMP_AUTHENTICATION_METHOD", Credential.Authentication.Method.names)
        }
        return Credential.Authentication(method, secret)
    }

    private func privacy(_ environment: [String: String]) throws(SecretFailure) -> Credential.Privacy? {
        guard environment["WARDLIGHT_SNMP_PRIVACY"] != nil else { return nil }
        let secret = try SecretReading.variable("WARDLIGHT_SNMP_PRIVACY", in: environment)
        let name = environment["WARDLIGHT_SNMP_PRIVACY_METHOD"] ?? "aes128"
        guard let method = Credential.Privacy.Method(rawValue: name.lowercased()) else {
            throw .noSuchMethod("WARDLIGHT_SNMP_PRIVACY_METHOD", Credential.Privacy.Method.names)
        }
        return Credential.Privacy(method, secret)
    }
}

extension CaseIterable where Self: RawRepresentable, RawValue == String {
    fileprivate static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
