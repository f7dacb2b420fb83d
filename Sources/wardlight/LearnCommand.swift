//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// wardlight learn: this device is called so.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Foundation
import Inventory
import Model
import Reports

struct LearnCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "learn",
        abstract: "Learns what a kind of device says, from captures of it, and writes that down as a profile.",
        discussion: """
            Each capture counts once: several of the same kind, best of several devices and days, make a firm profile. \
            Learning a label again adds to its profile; --replace starts anew. The profile is a page of text to be \
            read and shared; `wardlight inventory --knowledge DIR` uses it.
            """)

    @Option(help: "What to call devices like this one: \"D-Link camera\".") var label: String
    @Option(help: "Who makes it.") var vendor: String?
    @Option(help: "Which model it is.") var model: String?
    @Option(help: "What it is: \"network camera\".") var type: String?
    @Option(
        name: .customLong("capture"), parsing: .upToNextOption,
        help: "Captures of it: one or more files, and the option may be repeated.")
    var captures: [String] = []
    @Option(name: .customLong("from"), parsing: .upToNextOption, help: "Logs that were saved before.")
    var logs: [String] = []
    @Option(help: "Which device it is, by MAC or IP address, name or id; needed where the captures leave that open.")
    var device: String?
    @Option(help: "The folder to write the profile into; made when it is not there.") var knowledge: String
    @Flag(help: "Forget what was learnt of this label before.") var replace = false

    func validate() throws {
        if captures.isEmpty && logs.isEmpty { throw ValidationError("Nothing to learn from: give --capture FILE...") }
        for (name, value) in [("label", label), ("vendor", vendor), ("model", model), ("type", type)] {
            guard let value, let problem = Profile.problem(with: value) else { continue }
            throw ValidationError("--\(name) \(problem).")
        }
    }

    func run() throws {
        let folder = URL(fileURLWithPath: knowledge, isDirectory: true)
        guard let empty = Profile(label: label) else { throw Stop("--label \(label): not a label.") }
        let file = folder.appendingPathComponent(empty.fileName)
        var profile = replace ? empty : try ProfileFile.read(file, label: label) ?? empty
        let before = profile.captures

        let knowledge = try KnowledgeFolder.load(extra: [])
        let reader = try CaptureReader(knowledge: knowledge)
        var looks: [(path: String, snapshot: InventorySnapshot)] = []
        for path in captures { looks.append((path, try reader.snapshot(ofCapture: path))) }
        for path in logs { looks.append((path, try reader.snapshot(ofLog: path))) }

        let chosen = try device ?? choose(looks.map(\.snapshot))
        var lessons: [[ProfileToken]] = []
        for (path, snapshot) in looks {
            let found: Device
            do { found = try snapshot.device(named: chosen) } catch {
                guard case .noSuchDevice = error else { throw Stop("\(path): \(Words.of(error))") }
                Output.note("\(path): \(chosen) is not in it; it does not count.")
                continue
            }
            let tokens = found.profileTokens(without: snapshot.localDomains)
            profile.learn(tokens)
            lessons.append(tokens)
        }
        guard profile.captures > before else { throw Stop("\(chosen) is in none of the captures: nothing was learnt.") }
        profile.name(.vendor, vendor)
        profile.name(.model, model)
        profile.name(.type, type)
        try ProfileFile.write(profile, to: file)
        let learnt = profile.captures - before
        let sum = before > 0 ? " (\(profile.captures) with those before)" : ""
        let words = "\(label): learnt from \(learnt) capture\(learnt == 1 ? "" : "s") of \(chosen)\(sum), "
        Output.write(Array("\(words)\(profile.counts.count) tokens, \(file.path)\n".utf8))
        if profile.counts.isEmpty {
            Output.note("it said nothing that tells its kind; captures of it joining the network would help.")
        }
        compare(lessons)
    }

    /// Says which other labels of the folder fit the same captures.
    private func compare(_ lessons: [[ProfileToken]]) {
        guard let taught = try? KnowledgeFolder.load(extra: [knowledge]).profiles else { return }
        var others: [String: Int] = [:]
        for tokens in lessons {
            let answer = taught.answer(to: tokens)
            for candidate in answer.ranked.prefix(answer.chosen) where candidate.label != label {
                others[candidate.label, default: 0] += 1
            }
        }
        for (other, count) in others.sorted(by: { $0.key < $1.key }) {
            Output.note("\(count) of these \(lessons.count) captures could as well be of `\(other)`.")
        }
    }

    private func choose(_ snapshots: [InventorySnapshot]) throws -> String {
        var lesson = Lesson()
        for snapshot in snapshots { lesson.look(at: snapshot) }
        switch lesson.choice {
        case .one(let pupil): return pupil.hardware.description
        case .none: throw Stop("no device in these captures; --device says which one is meant.")
        case .several(let pupils):
            let list = pupils.map { pupil in
                let name = pupil.device.judgements[.vendor].map { ", \($0.value)" } ?? ""
                return "\(pupil.hardware) (\(pupil.captures) of \(snapshots.count) captures\(name))"
            }
            throw Stop("several devices could be meant, say which with --device: \(list.joined(separator: "; ")).")
        }
    }
}

/// Profiles on disk.
enum ProfileFile {
    /// The profile that is there, nil where none is.
    static func read(_ file: URL, label: String) throws -> Profile? {
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        guard let data = try? Data(contentsOf: file), data.count <= Profile.octetsAtMost,
            let text = String(data: data, encoding: .utf8)
        else { throw Stop("\(file.path): cannot be read as UTF-8 of at most \(Profile.octetsAtMost) octets.") }
        let profile: Profile
        do { profile = try Profile(parsing: text, file: file.path) } catch {
            throw Stop("\(error) Mend it, or start anew with --replace.")
        }
        guard profile.label == label else {
            throw Stop("\(file.path): holds the label \(profile.label); choose a label that differs in letters.")
        }
        return profile
    }

    static func write(_ profile: Profile, to file: URL) throws {
        let folder = file.deletingLastPathComponent()
        do { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) } catch {
            throw Stop("\(folder.path): this folder cannot be made.")
        }
        do { try Data(profile.text.utf8).write(to: file, options: .atomic) } catch {
            throw Stop("\(file.path): cannot be written.")
        }
    }
}
