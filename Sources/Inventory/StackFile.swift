//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// p0f.fp: reads p0f's file of stack signatures as it is.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// The signatures of one p0f file (lcamtuf.coredump.cx/p0f3). Sections for HTTP and for packet sizes are checked and
/// counted; they have no signal here.
public struct StackFile: Sendable {
    /// `s:unix:Linux:3.11 and newer`.
    struct Label: Hashable, Sendable {
        /// A last resort, where nothing more exact fits.
        var isGeneric: Bool
        /// A program that makes its own packets: nothing is said of the system below it.
        var isTool: Bool
        /// `unix`, `win`, `other`.
        var systemClass: String
        var name: String
        var flavour: String
        var line: Int

        /// `Linux-3.11-and-newer`, for evidence.
        var slug: String {
            let words = (name + " " + flavour).split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".")) }
            return String(words.joined(separator: "-").prefix(40))
        }
    }

    struct Entry: Sendable {
        var signature: StackSignature
        /// Place of its label.
        var label: Int
        var line: Int
    }

    public let file: String
    private(set) var labels: [Label] = []
    private(set) var requests: [Entry] = []
    private(set) var responses: [Entry] = []
    /// Signatures of sections without a signal.
    public private(set) var otherCount = 0
    /// Signatures that the inventory asks.
    public var count: Int { requests.count + responses.count }

    private enum Section {
        case sizes, request, response, other
    }

    /// p0f's own file has a few hundred.
    private static let mostSignatures = 20_000
    private static let longestLine = 2_048

    public init(reading text: String, file: String) throws(KnowledgeError) {
        self.file = file
        var section: Section?
        var label: Int?
        var hasLabel = false
        var number = 0
        for row in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
            number += 1
            func fault(_ text: String) -> KnowledgeError { KnowledgeError(file: file, line: number, problem: text) }
            guard row.count <= Self.longestLine else {
                throw fault("the line is longer than \(Self.longestLine) octets")
            }
            let line = Self.trimmed(Substring(row))
            if line.isEmpty || line.hasPrefix(";") { continue }
            if line.hasPrefix("[") {
                section = try Self.section(line, fault)
                (label, hasLabel) = (nil, false)
                continue
            }
            guard let equals = line.firstIndex(of: "=") else { throw fault("a line is a section, or name = value") }
            let name = Self.trimmed(line[..<equals])
            let value = Self.trimmed(line[line.index(after: equals)...])
            switch name {
            case "classes", "ua_os", "sys": break
            case "label":
                guard let section else { throw fault("a label before its section") }
                hasLabel = true
                label = nil
                if section == .request || section == .response {
                    guard labels.count < Self.mostSignatures else { throw fault("there are too many labels") }
                    labels.append(try Self.label(value, number, fault))
                    label = labels.count - 1
                }
            case "sig":
                guard let section, hasLabel else { throw fault("a signature before its label") }
                guard count + otherCount < Self.mostSignatures else { throw fault("there are too many signatures") }
                guard let label, section == .request || section == .response else {
                    otherCount += 1
                    continue
                }
                let signature: StackSignature
                do { signature = try StackSignature(value) } catch {
                    throw fault("\(error.text) (p0f 3 README, section 5)")
                }
                let entry = Entry(signature: signature, label: label, line: number)
                if section == .request { requests.append(entry) } else { responses.append(entry) }
            default: throw fault("\(name.prefix(40)) is no word of p0f's")
            }
        }
        guard count + otherCount > 0 else {
            throw KnowledgeError(file: file, line: max(number, 1), problem: "there is no signature in it")
        }
    }

    private static func section(
        _ line: Substring, _ fault: (String) -> KnowledgeError
    ) throws(KnowledgeError) -> Section {
        switch line {
        case "[mtu]": return .sizes
        case "[tcp:request]": return .request
        case "[tcp:response]": return .response
        case "[http:request]", "[http:response]": return .other
        default:
            throw fault("\(line.prefix(40)) is no section of p0f's: [mtu], [tcp:request], [tcp:response], [http:…]")
        }
    }

    private static func label(
        _ text: Substring, _ line: Int, _ fault: (String) -> KnowledgeError
    ) throws(KnowledgeError) -> Label {
        let parts = text.split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "s" || parts[0] == "g", !parts[2].isEmpty else {
            throw fault("a label is written s:unix:Linux:3.x, with s for specific and g for generic")
        }
        return Label(
            isGeneric: parts[0] == "g", isTool: parts[1] == "!", systemClass: String(parts[1]),
            name: String(trimmed(parts[2])),
            flavour: String(trimmed(parts[3])), line: line)
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while let last = text.last, last == " " || last == "\t" || last == "\r" || last == "\r\n" { text.removeLast() }
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        return text
    }
}
