//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// Output: what goes to the screen, and how it is said.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Reports
import Sensors
import Store

/// The command ends with this one line.
struct Stop: Error, CustomStringConvertible {
    let description: String
    /// Names of files are a stranger's, too.
    init(_ line: String) { self.init(lines: [line]) }
    init(lines: [String]) { description = lines.map(SafeText.neutralised).joined(separator: "\n") }
}

enum Output {
    /// Ends the command when nobody reads any more, as SIGPIPE does where it is not ignored, or when the disk is full.
    static func write(_ bytes: [UInt8]) {
        do { try FileHandle.standardOutput.write(contentsOf: Data(bytes)) } catch {
            let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
            if cause?.code == Int(EPIPE) { exit(141) }
            note("the output cannot be written: \(cause?.localizedDescription ?? "unknown reason").")
            exit(1)
        }
    }

    /// One line for the person, beside the output.
    static func note(_ line: String) {
        FileHandle.standardError.write(Data("wardlight: \(SafeText.neutralised(line))\n".utf8))
    }

    static var width: Int {
        let columns = ProcessInfo.processInfo.environment["COLUMNS"].flatMap(Int.init) ?? 120
        return min(max(columns, 60), 400)
    }

    static var hasColour: Bool { isatty(1) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil }
    static var isTerminal: Bool { isatty(2) == 1 }
}

/// Every failure in one line, with its cure.
enum Words {
    static func of(_ failure: CaptureFailure) -> String {
        switch failure {
        case .cannotOpen(let path, ENOENT): "\(path): no such file."
        case .cannotOpen(let path, EACCES): "\(path): no permission to read it."
        case .cannotOpen(let path, let code): "\(path): cannot be opened (error \(code))."
        case .isDirectory(let path): "\(path): a directory; name the capture files in it."
        case .empty(let path): "\(path): empty; a capture has at least a header."
        case .notACapture(let path): "\(path): not a capture (neither pcap nor pcapng, also not inside gzip)."
        case .unsupported(let path, let reason): "\(path): cannot be read (\(reason))."
        case .unknownLinkTypes(let path, let names):
            "\(path): frames of a kind that is not known here (\(names.joined(separator: ", ")))."
        case .noSuchInterface(let name): "\(name): no such interface; `ip link` lists them."
        case .permissionDenied(let name):
            "\(name): no permission to listen; as root: setcap cap_net_raw+ep on the wardlight program."
        case .interface(let name, let reason): "\(name): cannot listen (\(reason))."
        }
    }

    static func of(_ failure: LogFailure) -> String {
        switch failure {
        case .noSuchFile(let path): "\(path): no such log."
        case .isDirectory(let path): "\(path): a directory; a log is a file."
        case .notALog(let path): "\(path): not a log of Wardlight's; choose another file."
        case .newer(let path, let version): "\(path): written by a newer Wardlight (log version \(version)); upgrade."
        case .damaged(let path, 0, let reason): "\(path): damaged (\(reason))."
        case .damaged(let path, let position, let reason): "\(path): damaged at position \(position) (\(reason))."
        case .notDurable(let path, let reason): "\(path): writes would not be durable (\(reason))."
        case .inUse(let path): "\(path): another Wardlight writes to this log; end it first, or read only."
        case .full(let path): "\(path): the disk is full; nothing of the last block was kept. Make room and go on."
        case .unconfirmed(let path, let reason):
            "\(path): the disk did not confirm a write (\(reason)); look at the disk before you go on."
        case .database(let path, let reason): "\(path): \(reason)."
        }
    }

    static func of(_ failure: InventorySnapshot.SearchError) -> String {
        switch failure {
        case .noSuchDevice(let text): "\(text): no such device; give its id, MAC, IP or a name that only it has."
        case .ambiguous(let text, let ids): "\(text): several devices fit: \(ids.joined(separator: ", "))."
        }
    }
}

/// A bar on standard error, only where that is a terminal.
struct ProgressBar {
    private let name: String
    private let total: Int
    private var shown = -1

    init(name: String, total: Int) {
        self.name = SafeText.neutralised((name as NSString).lastPathComponent)
        self.total = total
    }

    mutating func show(_ position: Int, _ packets: UInt64) {
        guard Output.isTerminal, total > 0 else { return }
        let percent = min(100, position * 100 / total)
        guard percent != shown else { return }
        shown = percent
        let filled = percent * 30 / 100
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
        FileHandle.standardError.write(Data("\r\(name) \(bar) \(percent) % · \(packets) packets ".utf8))
    }

    func clear() {
        guard shown >= 0 else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[2K".utf8))
    }
}
