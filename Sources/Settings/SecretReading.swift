//===----------------------------------------------------------------------===//
// Wardlight · Settings
//
// Secrets: from the environment or from a file that only its owner may read, never from the settings themselves.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Yams

/// Why a secret could not be taken. Holds its file's or variable's name, never the secret.
public enum SecretFailure: Error, Hashable, Sendable {
    case noSuchFile(String)
    case cannotRead(String)
    case notAFile(String)
    /// Others may read it.
    case open(String, mode: Int)
    case tooLong(String)
    case empty(String)
    case noSuchVariable(String)
    /// A passphrase of SNMP version 3 has at least eight octets (RFC 3414, 11.2).
    case tooShort(String)
    /// Octets that are no text, or more than one line.
    case notOneLine(String)
    /// The variable that names a method, and the names that are known.
    case noSuchMethod(String, String)

    /// In one line, with the cure.
    public var words: String {
        switch self {
        case .noSuchFile(let path): "\(path): no such file; write the secret into it and run chmod 600 \(path)."
        case .cannotRead(let path): "\(path): no permission to read it; it must belong to who runs wardlight."
        case .notAFile(let path): "\(path): not a file."
        case .open(let path, let mode):
            "\(path): others may read it (mode \(String(mode, radix: 8))); run chmod 600 \(path)."
        case .tooLong(let name): "\(name): longer than \(SecretReading.mostOctets) octets."
        case .empty(let name): "\(name): empty; the secret stands on its first line."
        case .noSuchVariable(let name): "\(name): no such variable in the environment; set it before wardlight runs."
        case .tooShort(let name): "\(name): a passphrase of SNMP version 3 has at least 8 characters."
        case .noSuchMethod(let name, let known): "\(name): takes one of \(known)."
        case .notOneLine(let name): "\(name): holds more than one line of text; a secret stands alone."
        }
    }
}

/// Reads secrets.
public enum SecretReading {
    /// As a community may be (RFC 3584); passphrases are shorter.
    public static let mostOctets = 255

    /// The one line of a file that is closed to all but its owner.
    public static func file(_ path: String) throws(SecretFailure) -> Secret {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: target) else {
            throw .noSuchFile(path)
        }
        guard attributes[.type] as? FileAttributeType == .typeRegular else { throw .notAFile(path) }
        guard let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue else { throw .cannotRead(path) }
        guard mode & 0o077 == 0 else { throw .open(path, mode: mode & 0o777) }
        // A line feed or two at the end are forgiven.
        guard let size = (attributes[.size] as? NSNumber)?.intValue, size <= mostOctets + 2 else {
            throw .tooLong(path)
        }
        guard let data = FileManager.default.contents(atPath: target) else { throw .cannotRead(path) }
        return try secret([UInt8](data), path)
    }

    public static func variable(_ name: String, in environment: [String: String]) throws(SecretFailure) -> Secret {
        guard let text = environment[name] else { throw .noSuchVariable(name) }
        return try secret(Array(text.utf8), name)
    }

    private static func secret(_ octets: [UInt8], _ name: String) throws(SecretFailure) -> Secret {
        var octets = octets[...]
        while let last = octets.last, last == 0x0A || last == 0x0D { octets.removeLast() }
        guard !octets.isEmpty else { throw .empty(name) }
        guard octets.count <= mostOctets else { throw .tooLong(name) }
        guard !octets.contains(where: { $0 < 0x20 || $0 == 0x7F }), let text = String(validating: octets, as: UTF8.self)
        else { throw .notOneLine(name) }
        return Secret(text)
    }
}

extension SettingsReader {
    /// A secret: `{ file: PATH }` or `{ env: NAME }`, with the other keys of its mapping beside it.
    mutating func secret(
        _ node: Node, _ what: String, and keys: [String] = [], leastOctets: Int = 1
    ) -> (secret: Secret, values: [String: Node])? {
        guard case .mapping = node else {
            complain(
                node,
                "\(what): a secret does not stand in the settings; write {file: PATH} with a file of mode 600, or "
                    + "{env: NAME}.")
            return nil
        }
        guard let values = mapping(node, what, keys: ["file", "env"] + keys) else { return nil }
        guard (values["file"] == nil) != (values["env"] == nil) else {
            complain(node, "\(what) takes its secret from one place: either file or env.")
            return nil
        }
        do throws(SecretFailure) {
            let found: Secret
            let name: String
            if let file = values["file"] {
                guard let path = text(file, "\(what): file", most: 4_096) else { return nil }
                name = path.hasPrefix("/") ? path : folder + "/" + path
                found = try SecretReading.file(name)
            } else if let variable = values["env"] {
                guard let variable = text(variable, "\(what): env") else { return nil }
                name = variable
                found = try SecretReading.variable(variable, in: environment)
            } else {
                return nil
            }
            if found.revealed().utf8.count < leastOctets { throw .tooShort(name) }
            return (found, values)
        } catch {
            complain(node, "\(what): \(error.words)")
            return nil
        }
    }
}
