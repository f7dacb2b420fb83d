//===----------------------------------------------------------------------===//
// Wardlight · Library
//
// The loader: which knowledge files are there, and what becomes of those that cannot be read?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Inventory

/// Why knowledge cannot be loaded at all; each says its cure.
public enum LibraryFailure: Error, CustomStringConvertible {
    case noOwnKnowledge
    case broken(KnowledgeError)
    case notThere(String)
    /// Nothing in it can be used; the first reason where there is one.
    case nothingUsable(String, reason: String?)
    case tooMuch(String)

    public var description: String {
        switch self {
        case .noOwnKnowledge: "the Knowledge folder is missing: set WARDLIGHT_KNOWLEDGE to where it is."
        case .broken(let error): "\(error)"
        case .notThere(let path): "\(path): no such folder or file, or it cannot be read."
        case .nothingUsable(let path, let reason?): "\(path): nothing in it can be used: \(reason)"
        case .nothingUsable(let path, nil): "\(path): no knowledge in it (\(KnowledgeKind.wanted))."
        case .tooMuch(let path): "\(path): more than 1,000 files or 64 MiB of knowledge; give fewer."
        }
    }
}

/// Kinds of knowledge files, by the ends of their names.
public enum KnowledgeKind: String, Sendable {
    case rules
    case recog
    case p0f
    case profile
    /// Our own lists: makers, systems, USB devices.
    case list
    /// XML of another project.
    case other

    static let wanted = "*.rules, recog's *.xml, p0f's *.fp or *.profile"

    init?(ofName name: String) {
        let lower = name.lowercased()
        if lower.hasSuffix(".rules") {
            self = .rules
        } else if lower.hasSuffix(".xml") {
            self = .recog
        } else if lower.hasSuffix(".fp") {
            self = .p0f
        } else if lower.hasSuffix(".profile") {
            self = .profile
        } else if lower.hasSuffix(".list") {
            self = .list
        } else {
            return nil
        }
    }
}

/// What was loaded, and what the person should know of it.
public struct LoadedKnowledge: Sendable {
    public var base: KnowledgeBase
    /// Refused and skipped files, one line each.
    public var notes: [String]
}

/// Reads folders and files of knowledge.
public enum KnowledgeLoader {
    static let largestFile = 16 << 20
    private static let largestSum = 64 << 20
    private static let mostFiles = 1_000

    /// Our own rules, which must be whole, and what else is given, of which a broken file is left out.
    ///
    /// - Parameters:
    ///   - own: Our Knowledge folder.
    ///   - extra: Folders, also with folders in them, and single files.
    public static func load(
        own: URL, extra: [String], prefixes: PrefixTable
    ) throws(LibraryFailure) -> LoadedKnowledge {
        var texts = KnowledgeTexts()
        var gathered = Gathered()
        for path in try files(own.path) where KnowledgeKind(ofName: path) == .rules {
            do { texts.rules.append((name(of: path), try text(path))) } catch { throw .broken(error) }
        }
        guard !texts.rules.isEmpty else { throw .noOwnKnowledge }
        var usable: [(path: String, names: [String], count: Int)] = []
        for path in extra {
            let before = gathered.recog.count
            let refusedBefore = gathered.refusals.count
            for file in try files(path) { try gathered.read(file, sum: Self.largestSum) }
            let fresh = gathered.candidates.filter { !usable.flatMap(\.names).contains($0) }
            let count = gathered.recog.count - before
            // A file given twice is there already; files of another project are no mistake.
            let known = gathered.repeated > 0 || !gathered.foreign.isEmpty ? 1 : 0
            gathered.repeated = 0
            if let first = gathered.foreign.first {
                let others = gathered.foreign.count > 1 ? " and \(gathered.foreign.count - 1) more" : ""
                gathered.notes.append(
                    "\(first)\(others): XML, but not recog's (no <fingerprints> at its root); left out.")
                gathered.foreign = []
            }
            if fresh.isEmpty, count + known == 0 {
                throw .nothingUsable(path, reason: gathered.refusals.dropFirst(refusedBefore).first)
            }
            usable.append((path, fresh, count + known))
        }
        texts.moreRules = gathered.texts.moreRules
        texts.stacks = gathered.texts.stacks
        texts.profiles = gathered.texts.profiles
        texts.fingerprints = gathered.recog.map(\.set)
        if !texts.fingerprints.isEmpty { texts.engine = PatternShelf(texts.fingerprints) }
        let base: KnowledgeBase
        do { base = try KnowledgeBase(texts, prefixes: prefixes) } catch { throw .broken(error) }
        let refused = Set(base.refusals.map(\.file))
        for (path, names, count) in usable where count == 0 && names.allSatisfy(refused.contains) {
            let first = base.refusals.first { names.contains($0.file) }
            throw .nothingUsable(path, reason: first.map { "\($0)" })
        }
        let notes =
            gathered.refusals + base.refusals.map { "\($0); the file is left out." }
            + gathered.recog.flatMap(\.refusals).map { "\($0); the fingerprint is left out." } + gathered.notes
        return LoadedKnowledge(base: base, notes: notes.map(plain))
    }

    /// Without what could move a terminal's cursor or hide: reasons quote the file.
    private static func plain(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .format, .lineSeparator, .paragraphSeparator: "\u{FFFD}"
                    default: scalar
                    }
                }))
    }

    /// Files of knowledge at a path: itself, or those of a folder and of the folders in it, by name.
    static func files(_ path: String) throws(LibraryFailure) -> [String] {
        guard let kind = kind(of: path) else { throw .notThere(path) }
        if kind != .typeDirectory {
            guard KnowledgeKind(ofName: path) != nil else {
                throw .nothingUsable(path, reason: "a knowledge file is one of \(KnowledgeKind.wanted).")
            }
            return [path]
        }
        guard let entries = entries(of: path) else { throw .notThere(path) }
        var found: [String] = []
        for entry in entries {
            if self.kind(of: entry) == .typeDirectory {
                found += (self.entries(of: entry) ?? []).filter {
                    KnowledgeKind(ofName: $0) != nil && self.kind(of: $0) != .typeDirectory
                }
            } else if KnowledgeKind(ofName: entry) != nil {
                found.append(entry)
            }
            guard found.count <= mostFiles else { throw .tooMuch(path) }
        }
        return found
    }

    /// What is in a folder, by name, without hidden files.
    private static func entries(of folder: String) -> [String]? {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return nil }
        let base = folder.hasSuffix("/") ? folder : folder + "/"
        return names.filter { !$0.hasPrefix(".") }.sorted().map { base + $0 }
    }

    /// What a path leads to, links followed.
    private static func kind(of path: String) -> FileAttributeType? {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        return try? FileManager.default.attributesOfItem(atPath: target)[.type] as? FileAttributeType
    }

    static func name(of path: String) -> String { (path as NSString).lastPathComponent }

    /// A file's octets, where they are not too many.
    static func bytes(_ path: String) throws(KnowledgeError) -> [UInt8] {
        func fault(_ text: String) -> KnowledgeError { KnowledgeError(file: path, line: 1, problem: text) }
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let attributes = try? FileManager.default.attributesOfItem(atPath: target)
        guard let attributes, attributes[.type] as? FileAttributeType == .typeRegular else {
            throw fault("it cannot be read; is it a file, and yours to read?")
        }
        guard let size = attributes[.size] as? Int, size <= largestFile else {
            throw fault("it is larger than 16 MiB; split it")
        }
        guard let data = FileManager.default.contents(atPath: target), data.count <= largestFile else {
            throw fault("it cannot be read; is it yours to read?")
        }
        return [UInt8](data)
    }

    static func text(_ path: String) throws(KnowledgeError) -> String {
        let bytes = try bytes(path)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw KnowledgeError(file: path, line: 1, problem: "it is not UTF-8; save it as UTF-8")
        }
        return text
    }
}

/// What was found in the given files so far.
private struct Gathered {
    var texts = KnowledgeTexts()
    var recog: [RecogFile] = []
    var refusals: [String] = []
    var notes: [String] = []
    /// Names of files of which the knowledge itself decides whether they can be read.
    var candidates: [String] = []
    /// XML of other projects at the path that is being read.
    var foreign: [String] = []
    /// Files that were there already.
    var repeated = 0
    private var digests: Set<String> = []
    private var sum = 0
    private var fingerprints = 0

    mutating func read(_ path: String, sum most: Int) throws(LibraryFailure) {
        guard let kind = KnowledgeKind(ofName: path) else { return }
        let name = KnowledgeLoader.name(of: path)
        do throws(KnowledgeError) {
            switch kind {
            // Those of our own folder count, and are read where they are needed.
            case .list: return
            case .recog:
                let bytes = try KnowledgeLoader.bytes(path)
                sum += bytes.count
                if let file = try RecogFile(bytes, file: name, path: path) {
                    guard digests.insert(file.set.digest).inserted else {
                        repeated += 1
                        return
                    }
                    fingerprints += file.set.fingerprints.count
                    recog.append(file)
                } else {
                    foreign.append(path)
                }
            case .rules, .p0f, .profile, .other:
                let text = try KnowledgeLoader.text(path)
                sum += text.utf8.count
                guard digests.insert(text).inserted else {
                    repeated += 1
                    return
                }
                // Named by its path: the person has to find it.
                candidates.append(path)
                switch kind {
                case .rules: texts.moreRules.append((path, text))
                case .profile: texts.profiles.append((path, text))
                default: texts.stacks.append((path, text))
                }
            }
        } catch {
            refusals.append("\(error); the file is left out.")
        }
        guard sum <= most, fingerprints <= 100_000 else { throw .tooMuch(path) }
    }
}
