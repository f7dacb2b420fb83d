//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// wardlight init: settings and keys to begin with. wardlight print-ca: what browsers are to trust.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Foundation
import Keys
import Model
import Settings

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Writes settings to begin with, a local authority and the server's certificate; overwrites nothing.",
        discussion: """
            The authority can speak for the server's own name and no other. Have browsers trust it: wardlight print-ca.
            """)

    @Option(help: "Where settings and keys go.") var folder = "/etc/wardlight"
    @Option(help: "The name under which people reach the server. [this machine's]") var hostName: String?
    @Option(help: "Who runs the service and owns the keys. [wardlight, where root asks and there is such a user]")
    var owner: String?
    @Flag(name: .customLong("print-ca"), help: "Print the authority's certificate afterwards.") var printCA = false

    func validate() throws {
        if let hostName, IPAddress(hostName) == nil, !Issuing.isHostName(hostName) {
            throw ValidationError("--host-name \(hostName) is neither a host name nor an address in numbers.")
        }
        guard !folder.isEmpty, folder.utf8.count <= 4_096 else { throw ValidationError("--folder names a folder.") }
    }

    func run() throws {
        let host = hostName ?? Self.machine
        let keys = KeyFolder(folder + "/keys")
        let settings = folder + "/wardlight.yaml"
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch { throw Stop("\(folder): cannot be made (\(error.localizedDescription)).") }
        if FileManager.default.fileExists(atPath: settings) {
            Output.note("\(settings): is there already; left as it is.")
        } else {
            let text = FirstSettings.text(host: host)
            guard
                FileManager.default.createFile(
                    atPath: settings, contents: Data(text.utf8), attributes: [.posixPermissions: 0o644])
            else { throw Stop("\(settings): cannot be written; run it as root, or give another --folder.") }
            Output.note("\(settings): made; read it and fill in what your house has.")
        }
        do {
            for made in try keys.prepare(host: host, at: .now) {
                switch made {
                case .made(let path): Output.note("\(path): made.")
                case .kept(let path): Output.note("\(path): is there already; left as it is.")
                }
            }
        } catch { throw Stop(error.words) }
        try own(keys)
        if printCA { try Self.printAuthority(of: keys) }
        let option = folder == "/etc/wardlight" ? "" : " --config \(settings)"
        Output.note("next: wardlight doctor\(option)")
    }

    /// Root's keys are of no use to the service, which runs as a user of its own.
    private func own(_ keys: KeyFolder) throws {
        let isRoot = geteuid() == 0
        guard let name = owner ?? (isRoot && Self.isUser("wardlight") ? "wardlight" : nil) else { return }
        for path in [keys.path, keys.authority, keys.authorityKey, keys.certificate, keys.key] {
            do {
                try FileManager.default.setAttributes(
                    [.ownerAccountName: name, .groupOwnerAccountName: name], ofItemAtPath: path)
            } catch { throw Stop("\(path): cannot be given to \(name) (\(error.localizedDescription)).") }
        }
    }

    private static func isUser(_ name: String) -> Bool {
        let users =
            FileManager.default.contents(atPath: "/etc/passwd").map { String(decoding: $0, as: UTF8.self) } ?? ""
        return users.split(separator: "\n").contains { $0.hasPrefix(name + ":") }
    }

    /// What this machine calls itself, where that can stand in a certificate.
    private static var machine: String {
        let name = ProcessInfo.processInfo.hostName.lowercased()
        return Issuing.isHostName(name) ? name : "localhost"
    }

    static func printAuthority(of keys: KeyFolder) throws {
        do { Output.write(Array(try KeyFolder.text(keys.authority).utf8)) } catch { throw Stop(error.words) }
    }
}

struct PrintCACommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "print-ca",
        abstract: "Prints the certificate of the local authority, for browsers and programs that are to trust it.")

    @OptionGroup var service: ServiceOptions

    func run() throws {
        let settings = try service.load()
        guard let certificate = settings.run.server.certificate else {
            throw Stop("\(service.path): names no certificate (server: certificate); `wardlight init` makes one.")
        }
        try InitCommand.printAuthority(of: KeyFolder(besideCertificate: certificate))
    }
}
