//===----------------------------------------------------------------------===//
// Wardlight · Store
//
// The keys of people: one each, outside the log. Destroying a key erases the person from every copy of the log.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import Files
import Foundation
import Synchronization
import Wire

/// Why the keys of people could not be used.
public enum VaultFailure: Error, Hashable, Sendable {
    case cannotRead(String)
    case cannotWrite(String, String)
    /// A line of the file is no key.
    case damaged(String, line: Int)
    case tooMany(String)
}

/// A file of keys, readable to its user alone (0600): one line a person.
///
///     wardlight-people 1
///     names <32 octets in Base64>
///     <which key: 32 hexadecimal digits> <32 octets in Base64>
///
/// Which key is a person's is HMAC-SHA-256 of the name under the `names` key, cut to 16 octets (RFC 2104): the log does not
/// tell who it is, and without the file nobody can try names. Each person's octets are closed with AES-256-GCM under the
/// person's own key and a nonce by chance (NIST SP 800-38D, section 8.2.2: 2^32 of them for one key at most).
public final class PeopleVault: PersonSeals {
    private struct Keys: Sendable {
        /// 32 octets each.
        var names: Data
        var people: [Data: Data] = [:]
        /// Which file they were read from; nil before there is one.
        var mark: Files.Mark?
    }

    /// People a file holds: staff of the largest hospital groups, many times over.
    public static let mostPeople = 1_000_000

    public let path: String
    private let keys: Mutex<Keys>

    /// Reads the file. One that is not there is made when the first person is closed in.
    public init(_ path: String) throws {
        self.path = path
        if Self.isLeftBeside(path) {
            let lock = try Self.lock(path)
            defer { try? lock.close() }
            try Self.mend(path)
        }
        keys = Mutex(try Self.load(path) ?? Keys(names: Self.fresh()))
    }

    public func seal(_ octets: [UInt8], of person: String) throws -> (person: [UInt8], box: [UInt8]) {
        let (id, key) = try keys.withLock { keys in
            try refresh(&keys)
            let id = Self.id(of: person, keys.names)
            if let key = keys.people[id] { return (id, key) }
            return try changing(&keys) { keys in
                let id = Self.id(of: person, keys.names)
                if let key = keys.people[id] { return (id, key) }
                guard keys.people.count < Self.mostPeople else { throw VaultFailure.tooMany(path) }
                let key = Self.fresh()
                keys.people[id] = key
                return (id, key)
            }
        }
        let box = try AES.GCM.seal(octets, using: SymmetricKey(data: key), authenticating: id)
        guard let combined = box.combined else { throw VaultFailure.cannotWrite(path, "the cipher gave no octets") }
        return ([UInt8](id), [UInt8](combined))
    }

    public func open(_ box: [UInt8], of person: [UInt8]) -> [UInt8]? {
        let known = keys.withLock { keys in
            // A file that cannot be read now opens nothing that it may no longer open.
            do { try refresh(&keys) } catch { return nil as Data? }
            return keys.people[Data(person)]
        }
        guard let key = known, let sealed = try? AES.GCM.SealedBox(combined: box),
            let octets = try? AES.GCM.open(sealed, using: SymmetricKey(data: key), authenticating: person)
        else { return nil }
        return [UInt8](octets)
    }

    /// Destroys the person's key. What was closed with it stays closed for ever; a later entry of the same name begins anew.
    ///
    /// - Returns: whether there was one.
    public func erase(_ person: String) throws -> Bool {
        try keys.withLock { keys in
            try changing(&keys) { keys in
                let id = Self.id(of: person, keys.names)
                guard keys.people[id] != nil else { return false }
                // Counted first: what was saved with the name in it is void even if this is cut short.
                let count = erasures &+ 1
                try Self.put(Array("\(count)\n".utf8), at: erased)
                keys.people[id] = nil
                return true
            }
        }
    }

    /// A key that another process destroyed closes and opens nothing here any more.
    private func refresh(_ keys: inout Keys) throws {
        guard let mark = Files.mark(of: path) else {
            // Nobody was closed in yet. A file that was there and cannot be seen now may come back: it must not be replaced by
            // one in which nobody is.
            if keys.mark != nil { throw VaultFailure.cannotRead(path) }
            return
        }
        guard mark != keys.mark, let next = try Self.load(path) else { return }
        keys = next
    }

    private var erased: String { path + ".erased" }

    /// How many people were erased with these keys: what was saved in clear words before then must not be used any more.
    public var erasures: UInt64 {
        guard let data = FileManager.default.contents(atPath: erased), let text = String(data: data, encoding: .utf8)
        else { return 0 }
        return UInt64(text.prefix { $0.isNumber }) ?? 0
    }

    /// Changes the keys as they stand in the file now, whoever changed it last, and has them on the disk before it returns:
    /// nothing is ever closed with a key that could be lost.
    private func changing<Value>(_ keys: inout Keys, _ body: (inout Keys) throws -> Value) throws -> Value {
        let lock = try Self.lock(path)
        defer { try? lock.close() }
        var next = try Self.load(path) ?? keys
        let value = try body(&next)
        try Self.write(next, path)
        next.mark = Files.mark(of: path)
        keys = next
        return value
    }

    /// Waits until no other process changes the keys (flock(2)); over when the handle is closed.
    private static func lock(_ path: String) throws -> FileHandle {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let name = path + ".lock"
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch { throw VaultFailure.cannotWrite(path, error.localizedDescription) }
        if !FileManager.default.fileExists(atPath: name) {
            _ = FileManager.default.createFile(atPath: name, contents: nil, attributes: [.posixPermissions: 0o600])
        }
        guard let handle = FileHandle(forUpdatingAtPath: name), flock(handle.fileDescriptor, LOCK_EX) == 0 else {
            throw VaultFailure.cannotWrite(path, "it cannot be locked")
        }
        return handle
    }

    /// Wardlight once put a new file in its place in two steps; a stop in between left it beside.
    private static func isLeftBeside(_ path: String) -> Bool {
        !FileManager.default.fileExists(atPath: path) && FileManager.default.fileExists(atPath: path + ".new")
    }

    private static func mend(_ path: String) throws {
        guard isLeftBeside(path) else { return }
        do { try FileManager.default.moveItem(atPath: path + ".new", toPath: path) } catch {
            throw VaultFailure.cannotWrite(path, error.localizedDescription)
        }
    }

    private static func load(_ path: String) throws -> Keys? {
        // Before the file is read: one that is replaced meanwhile is read again.
        guard let mark = Files.mark(of: path) else { return nil }
        guard let data = FileManager.default.contents(atPath: path) else { throw VaultFailure.cannotRead(path) }
        var keys = try read(data, path)
        keys.mark = mark
        return keys
    }

    private static func id(of person: String, _ names: Data) -> Data {
        let folded = person.precomposedStringWithCanonicalMapping.lowercased()
        let key = SymmetricKey(data: names)
        return Data(HMAC<SHA256>.authenticationCode(for: Data(folded.utf8), using: key).prefix(16))
    }

    /// 32 octets from the kernel's generator (getrandom(2)).
    private static func fresh() -> Data {
        var generator = SystemRandomNumberGenerator()
        return Data((0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) })
    }

    // MARK: - The file

    private static func read(_ data: Data, _ path: String) throws -> Keys {
        guard let text = String(data: data, encoding: .utf8) else { throw VaultFailure.damaged(path, line: 1) }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: true)
        guard lines.first == "wardlight-people 1" else { throw VaultFailure.damaged(path, line: 1) }
        guard lines.count >= 2, lines.count <= mostPeople + 2 else { throw VaultFailure.damaged(path, line: 2) }
        var keys: Keys?
        for (number, line) in lines.enumerated().dropFirst() {
            let words = line.split(separator: " ")
            guard words.count == 2, let octets = Data(base64Encoded: String(words[1])), octets.count == 32 else {
                throw VaultFailure.damaged(path, line: number + 1)
            }
            if number == 1 {
                guard words[0] == "names" else { throw VaultFailure.damaged(path, line: 2) }
                keys = Keys(names: octets)
            } else {
                guard let id = octets16(words[0]) else { throw VaultFailure.damaged(path, line: number + 1) }
                keys?.people[id] = octets
            }
        }
        guard let keys else { throw VaultFailure.damaged(path, line: 2) }
        return keys
    }

    private static func octets16(_ text: Substring) -> Data? {
        let digits = text.utf8.compactMap { UInt8(String(UnicodeScalar($0)), radix: 16) }
        guard text.utf8.count == 32, digits.count == 32 else { return nil }
        return Data((0..<16).map { digits[2 * $0] << 4 | digits[2 * $0 + 1] })
    }

    /// Writes the whole file beside the old one and puts it in its place: at any moment one of them is there, whole.
    private static func write(_ keys: Keys, _ path: String) throws {
        var lines = ["wardlight-people 1", "names \(keys.names.base64EncodedString())"]
        for (id, key) in keys.people.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            lines.append("\(LogVerdict.hexadecimal(id)) \(key.base64EncodedString())")
        }
        let text = lines.joined(separator: "\n") + "\n"
        try put(Array(text.utf8), at: path)
    }

    private static func put(_ bytes: [UInt8], at path: String) throws(VaultFailure) {
        do { try WholeFile.write(bytes, to: path) } catch { throw .cannotWrite(path, error.reason) }
    }
}
