//===----------------------------------------------------------------------===//
// Wardlight · Library
//
// One file of advisories: is it whole, is it what its checksum says, and what stands in it?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import Foundation
import Model
import Wire
import Zlib

/// What became of one file.
public struct CheckedAdvisoryFile: Sendable {
    public enum Verdict: Sendable {
        case whole(AdvisoryFile.Content)
        /// Why nothing of it is used.
        case refused(String)
        /// No advisory, and nobody said that it is one: what it says that it is.
        case passedOver(String)
        /// Something else that lies there, like a page or a list.
        case nothing
    }

    public var path: String
    public var verdict: Verdict
    public var verification: Advisory.Verification = .unverified
    /// SHA-256 of its octets, hexadecimal.
    public var digest = ""
    /// What of it was left out.
    public var notes: [String] = []
    /// Its octets as they are in the file, where they are to be kept.
    var octets = Data()

    public var content: AdvisoryFile.Content? { if case .whole(let content) = verdict { content } else { nil } }
    public var problem: String? { if case .refused(let reason) = verdict { reason } else { nil } }
}

/// Reads and checks one file at a time.
enum AdvisoryCheck {
    /// As much as `Wire` reads of the largest form; said here, too, so that nothing larger is held in memory.
    static let mostOctets = 256 << 20
    /// A line with a hash and a name; lists of several files have some more.
    private static let mostChecksum = 1 << 20

    /// - Parameters:
    ///   - isNamed: A person named this file: then whatever it is not is a refusal.
    ///   - keepsOctets: For copying.
    static func check(_ path: String, isNamed: Bool, keepsOctets: Bool = false) -> CheckedAdvisoryFile {
        var file = CheckedAdvisoryFile(path: path, verdict: .nothing)
        let wantsToBe = isNamed || path.lowercased().hasSuffix(".json") || path.lowercased().hasSuffix(".json.gz")
        do throws(Refusal) {
            let raw = try octets(path)
            let isPacked = raw.starts(with: [0x1F, 0x8B])
            if !isPacked, !AdvisoryFile.mayBe(raw) {
                guard wantsToBe else { return file }
                throw Refusal(raw.isEmpty ? "it is empty" : "it is neither JSON nor a table of forecasts")
            }
            file.digest = hexadecimalText(SHA256.hash(data: raw))
            file.verification = try verification(of: path, raw)
            let data = isPacked ? try unpacked(path) : raw
            if isPacked, !AdvisoryFile.mayBe(data), !wantsToBe { return file }
            let read: AdvisoryFile
            do throws(AdvisoryTrouble) { read = try AdvisoryFile(data) } catch {
                if case .foreign = error, !isNamed {
                    file.verdict = .passedOver("\(error)")
                    return file
                }
                throw Refusal("\(error)")
            }
            file.notes = read.notes
            file.verdict = .whole(stamped(read.content, file))
            if keepsOctets { file.octets = raw }
        } catch {
            file.verdict = .refused(error.reason)
        }
        return file
    }

    struct Refusal: Error {
        var reason: String
        init(_ reason: String) { self.reason = reason }
    }

    /// With digest and verification, which the file itself cannot say.
    private static func stamped(_ content: AdvisoryFile.Content, _ file: CheckedAdvisoryFile) -> AdvisoryFile.Content {
        func stamped(_ advisory: Advisory) -> Advisory {
            var advisory = advisory
            advisory.digest = file.digest
            advisory.verification = file.verification
            return advisory
        }
        return switch content {
        case .csaf(let advisory): .csaf(stamped(advisory))
        case .nvd(let advisories): .nvd(advisories.map(stamped))
        case .exploited, .forecasts: content
        }
    }

    /// The hash beside the file must be its own; that there is none is no fault, but is said.
    private static func verification(of path: String, _ raw: Data) throws(Refusal) -> Advisory.Verification {
        guard FileManager.default.fileExists(atPath: path + ".sha512") else { return .unverified }
        let name = (path as NSString).lastPathComponent
        guard let text = try? octets(path + ".sha512", most: mostChecksum),
            let wanted = checksum(String(decoding: text, as: UTF8.self), of: name)
        else { throw Refusal("\(name).sha512 beside it holds no SHA-512 of it") }
        guard hexadecimalText(SHA512.hash(data: raw)) == wanted else {
            throw Refusal("its SHA-512 is not the one of \(name).sha512 beside it; fetch both anew")
        }
        return .checksum
    }

    /// `<hash>`, `<hash>  name` or a list of such lines; of several lines the one that names the file.
    static func checksum(_ text: String, of name: String) -> String? {
        var lines: [(hash: String, name: String)] = []
        for line in text.split(whereSeparator: \.isNewline).prefix(10_000) {
            let words = line.split(maxSplits: 1, whereSeparator: { $0 == " " || $0 == "\t" })
            guard let hash = words.first?.lowercased(), hash.utf8.count == 128,
                hash.utf8.allSatisfy({ hexadecimalDigit($0) != nil })
            else { continue }
            let path = words.count > 1 ? words[1].drop { $0 == " " || $0 == "*" || $0 == "\t" } : ""
            lines.append((hash, (String(path) as NSString).lastPathComponent.trimmingCharacters(in: .whitespaces)))
        }
        return lines.count == 1 ? lines[0].hash : lines.first { $0.name == name }?.hash
    }

    /// A file's own octets. Pipes and folders are not waited for.
    static func octets(_ path: String, most: Int = mostOctets) throws(Refusal) -> Data {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let attributes = try? FileManager.default.attributesOfItem(atPath: target)
        guard let attributes, attributes[.type] as? FileAttributeType == .typeRegular else {
            throw Refusal("it cannot be read; is it a file, and yours to read?")
        }
        guard let size = attributes[.size] as? Int, size <= most else {
            throw Refusal("it is larger than \(most >> 20) MiB; is it what it should be?")
        }
        guard let data = FileManager.default.contents(atPath: target) else {
            throw Refusal("it cannot be read; is it yours to read?")
        }
        guard data.count <= most else { throw Refusal("it grows while it is read") }
        return data
    }

    /// What stands in a gzip file, at most as much as is read of any form.
    private static func unpacked(_ path: String) throws(Refusal) -> Data {
        do {
            let file = try InputFile(path)
            var all = Data()
            var piece = [UInt8](repeating: 0, count: 1 << 20)
            while true {
                let count = try file.read(into: &piece, at: 0, count: piece.count)
                if count == 0 { return all }
                guard all.count + count <= mostOctets else {
                    throw Refusal("unpacked it is larger than \(mostOctets >> 20) MiB; is it what it should be?")
                }
                all.append(contentsOf: piece[..<count])
            }
        } catch let refusal as Refusal {
            throw refusal
        } catch InputFile.Failure.damaged(let reason) {
            throw Refusal("its gzip is damaged (\(reason)); was it cut?")
        } catch {
            throw Refusal("it cannot be read; is it yours to read?")
        }
    }

    static func hexadecimalText(_ digest: some Digest) -> String { digest.map { hexadecimal($0) }.joined() }
}
