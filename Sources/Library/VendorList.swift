//===----------------------------------------------------------------------===//
// Wardlight · Library
//
// The list of makers' names: Knowledge/vendors.list, read.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import Foundation
import Model

/// Reads `spelling`, `makers`, `house` and `source` lines; the head of the list says what they mean.
public struct VendorList: Sendable {
    /// A line that was refused.
    public struct Trouble: Error, Hashable, Sendable, CustomStringConvertible {
        public var line: Int
        public var reason: String
        public var description: String { "line \(line): \(reason)" }
    }

    public private(set) var names: VendorNames
    public private(set) var troubles: [Trouble] = []
    private static let mostLines = 20_000
    private static let mostNames = 100

    /// A broken line is refused and named, the rest is kept.
    public init(_ text: String) {
        var spellings: [[String]] = []
        var houses: [[String]] = []
        // To which maker a spelling went first: in two places it would be two makers.
        var owners: [String: String] = [:]
        names = VendorNames()
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard number < Self.mostLines else {
                troubles.append(Trouble(line: number + 1, reason: "the list has more than 20,000 lines"))
                break
            }
            do throws(Trouble) {
                guard let (verb, words) = try Self.words(line, number + 1) else { continue }
                switch verb {
                case "source": continue
                case "house":
                    guard words.count > 1 else {
                        throw Trouble(line: number + 1, reason: "house needs two names or more")
                    }
                    houses.append(words)
                case "spelling", "makers":
                    for makers in verb == "makers" ? words.map({ [$0] }) : [words] {
                        for name in makers {
                            let owner = VendorNames.folded(makers[0])
                            if let other = owners.updateValue(owner, forKey: VendorNames.folded(name)), other != owner {
                                throw Trouble(line: number + 1, reason: "\(name) is a spelling of another maker, too")
                            }
                        }
                        spellings.append(makers)
                    }
                default:
                    throw Trouble(
                        line: number + 1, reason: "\(verb.prefix(32)) is no word here: spelling, makers, house, source")
                }
            } catch { troubles.append(error) }
        }
        names = VendorNames(spellings: spellings, houses: houses)
    }

    /// The verb of a line and the names in quotes behind it; nil where the line is blank or a comment.
    private static func words(_ line: Substring, _ number: Int) throws(Trouble) -> (String, [String])? {
        let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
        let verb = parts[0].trimmingCharacters(in: .whitespaces)
        if verb.isEmpty && parts.count == 1 || verb.hasPrefix("#") { return nil }
        guard parts.count % 2 == 1 else { throw Trouble(line: number, reason: "a quotation mark is missing") }
        var names: [String] = []
        for (index, part) in parts.enumerated().dropFirst() {
            if index % 2 == 1 {
                guard verb == "source" || !VendorNames.folded(String(part)).isEmpty else {
                    throw Trouble(line: number, reason: "\"\(part.prefix(40))\" is no name")
                }
                names.append(String(part))
            } else if !part.allSatisfy(\.isWhitespace) {
                throw Trouble(line: number, reason: "names stand in quotation marks: \(verb) \"Name\"")
            }
        }
        guard !names.isEmpty else { throw Trouble(line: number, reason: "names stand in quotation marks") }
        guard names.count <= mostNames else { throw Trouble(line: number, reason: "more than 100 names in a line") }
        return (verb, names)
    }

    /// The list of our own knowledge folder, and its digest for logs; empty where there is none, which is said.
    ///
    /// - Parameter note: Told what the person should know.
    public static func load(own folder: URL?, note: (String) -> Void) -> (
        names: VendorNames, used: [Observation.Knowledge]
    ) {
        guard let file = folder?.appendingPathComponent("vendors.list"),
            let bytes = try? KnowledgeLoader.bytes(file.path)
        else {
            note("no Knowledge/vendors.list: makers are told apart by the letters of their names alone.")
            return (VendorNames(), [])
        }
        let list = VendorList(String(decoding: bytes, as: UTF8.self))
        for trouble in list.troubles.prefix(16) { note("\(file.path): \(trouble); left out.") }
        let digest = SHA256.hash(data: bytes).map { hexadecimal($0) }.joined()
        return (list.names, [Observation.Knowledge(name: "vendors", digest: digest)])
    }
}
