//===----------------------------------------------------------------------===//
// Wardlight · Store
//
// Where a log lies: in one file, or in a folder of segments; and who alone may write to it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Synchronization

/// Files of a log. A folder holds segments, each named by the position that it begins with.
struct LogPlace: Hashable, Sendable {
    let path: String
    let isFolder: Bool

    static let ending = ".wlog"

    /// `00000000000000000001.wlog`
    func segment(at position: UInt64) -> String {
        guard isFolder else { return path }
        let digits = String(position)
        return path + "/" + String(repeating: "0", count: max(0, 20 - digits.count)) + digits + Self.ending
    }

    /// The segments that are there, by their first positions, ascending.
    func segments() throws -> [(first: UInt64, path: String)] {
        guard isFolder else { return [(1, path)] }
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: path) } catch {
            throw LogFailure.database(path, "cannot be listed")
        }
        return names.filter { $0.hasSuffix(Self.ending) && $0.utf8.count == 25 }
            .compactMap { name in UInt64(name.dropLast(Self.ending.count)).map { ($0, path + "/" + name) } }
            .sorted { $0.0 < $1.0 }
    }

    /// Makes the folder, open to its user alone, and what is made in it durable.
    func prepare() throws {
        guard isFolder else { return }
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch { throw LogFailure.database(path, "cannot be made there") }
    }

    /// Room on the disk where it lies; nil where the system does not tell.
    var room: DiskRoom? { DiskRoom(at: path) }

    /// A new or removed name in a folder is on the disk only when the folder is (fsync(2)).
    func sync() throws {
        let folder = isFolder ? path : URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard let handle = FileHandle(forReadingAtPath: folder) else { return }
        defer { try? handle.close() }
        do { try handle.synchronize() } catch { throw LogFailure.unconfirmed(folder, "\(error)") }
    }
}

/// The one writer: a lock on a file that the kernel lets go of when the process ends, however it ends (flock(2)).
final class LogOwner: Sendable {
    private let handle: FileHandle
    private let name: String
    /// What this process holds. Asked first: letting go of a second handle on a file would loosen SQLite's own locks.
    private static let held = Mutex<Set<String>>([])

    init(of place: LogPlace) throws {
        let path = place.isFolder ? place.path + "/owner.lock" : place.path
        if !FileManager.default.fileExists(atPath: path) {
            guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
            else { throw DiskRoom.refusal(path) }
        }
        let name = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        guard Self.held.withLock({ $0.insert(name).inserted }) else { throw LogFailure.inUse(place.path) }
        guard let handle = FileHandle(forUpdatingAtPath: path) else {
            Self.letGo(name)
            throw LogFailure.database(path, "cannot be written to")
        }
        guard flock(handle.fileDescriptor, LOCK_EX | LOCK_NB) == 0 else {
            try? handle.close()
            Self.letGo(name)
            throw LogFailure.inUse(place.path)
        }
        (self.handle, self.name) = (handle, name)
    }

    private static func letGo(_ name: String) { held.withLock { _ = $0.remove(name) } }

    deinit {
        try? handle.close()
        Self.letGo(name)
    }
}
