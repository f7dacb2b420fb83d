//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Stack signatures: does the way a TCP stack greets fit what p0f knows of a system?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Whether a stack fits a signature.
enum StackFit: Hashable, Sendable {
    case exactly
    /// Only its time to live, or a quirk that networks change on the way, differs.
    case nearly
}

/// What a packet that opens a TCP connection looked like: the text of `tcp.syn` and `tcp.synAck`.
struct StackGreeting: Hashable, Sendable {
    var isV4: Bool
    /// Rounded up to what stacks begin with: 32, 64, 128 or 255.
    var timeToLive: Int
    var optionLength: Int
    /// Nil where it named no size.
    var segment: Int?
    var window: Int
    var scale: Int
    var layout: String
    var quirks: StackQuirks
    var hasPayload: Bool

    init?(_ text: String) {
        guard let parts = StackSignature.parts(text) else { return nil }
        guard parts[0] == "4" || parts[0] == "6", let timeToLive = StackSignature.number(parts[1], to: 255),
            let optionLength = StackSignature.number(parts[2], to: 255),
            let quirks = StackQuirks(parts[6])
        else { return nil }
        let sizes = parts[4].split(separator: ",", omittingEmptySubsequences: false)
        guard sizes.count == 2, let window = StackSignature.number(sizes[0], to: 65_535),
            let scale = StackSignature.number(sizes[1], to: 255)
        else { return nil }
        isV4 = parts[0] == "4"
        self.timeToLive = timeToLive
        self.optionLength = optionLength
        segment = StackSignature.number(parts[3], to: 65_535)
        self.window = window
        self.scale = scale
        layout = String(parts[5])
        self.quirks = quirks
        hasPayload = parts[7] == "+"
    }

    /// The window as a multiple of the segment or of the largest packet, the way p0f finds it (fp_tcp.c): stacks also
    /// take off the timestamp's octets, or compute with an ordinary Ethernet.
    var multiple: (count: Int, isOfPacket: Bool)? {
        guard let segment, window > 0, segment >= 100 else { return nil }
        let hasTime = layout.split(separator: ",").contains("ts") && !quirks.contains(.ownTimestampZero)
        var ways: [(Int, Bool)] = [(segment, false)]
        if hasTime { ways.append((segment - 12, false)) }
        ways += [(1_460, false), (1_448, false)]
        if !isV4 { ways += [(1_440, false), (1_428, false)] }
        ways.append((segment + 40, true))
        if !isV4 { ways.append((segment + 60, true)) }
        ways.append((1_500, true))
        return ways.first { window % $0.0 == 0 }.map { (window / $0.0, $0.1) }
    }
}

/// Oddities of a stack's first packet, as p0f names them.
struct StackQuirks: OptionSet, Hashable, Sendable {
    let rawValue: UInt32

    static let dontFragment = StackQuirks(rawValue: 1)
    static let identified = StackQuirks(rawValue: 2)
    static let unidentified = StackQuirks(rawValue: 4)
    static let congestion = StackQuirks(rawValue: 8)
    static let ownTimestampZero = StackQuirks(rawValue: 1 << 12)
    static let flow = StackQuirks(rawValue: 1 << 5)

    private static let names = [
        "df", "id+", "id-", "ecn", "0+", "flow", "seq-", "ack+", "ack-", "uptr+", "urgf+", "pushf+", "ts1-", "ts2+",
        "opt+", "exws", "bad",
    ]
    /// Those that the field `tcp.syn` tells. A signature that needs another cannot be judged.
    static let observed: StackQuirks = {
        ["df", "id+", "id-", "ecn", "seq-", "ack+", "ts1-", "ts2+", "exws"].reduce(into: StackQuirks()) { all, name in
            if let place = names.firstIndex(of: name) { all.insert(StackQuirks(rawValue: 1 << UInt32(place))) }
        }
    }()

    init(rawValue: UInt32) { self.rawValue = rawValue }

    init?(_ text: some StringProtocol) {
        var all: UInt32 = 0
        if !text.isEmpty {
            for name in text.split(separator: ",", omittingEmptySubsequences: false) {
                guard let place = Self.names.firstIndex(where: { name == $0 }) else { return nil }
                all |= 1 << UInt32(place)
            }
        }
        self.init(rawValue: all)
    }
}

/// One signature of a p0f file: `ver:ittl:olen:mss:wsize,scale:olayout:quirks:pclass` (p0f 3 README, section 5).
struct StackSignature: Hashable, Sendable {
    enum Window: Hashable, Sendable {
        case any
        case exactly(Int)
        case segments(Int)
        case packets(Int)
        case divisible(by: Int)
    }

    /// Nil for both versions.
    var isV4: Bool?
    var timeToLive: Int
    /// The stack's number is not certain (`64-`): anything up to it fits.
    var isGuess: Bool
    var optionLength: Int
    var segment: Int?
    var window: Window
    var scale: Int?
    var layout: String
    var quirks: StackQuirks
    var hasPayload: Bool?

    /// What is wrong with a text that is none.
    struct Fault: Error {
        var text: String
    }

    init(_ text: Substring) throws(Fault) {
        guard let parts = Self.parts(text) else { throw Fault(text: "a signature has eight parts, separated by :") }
        switch parts[0] {
        case "*": isV4 = nil
        case "4": isV4 = true
        case "6": isV4 = false
        default: throw Fault(text: "the version is 4, 6 or *")
        }
        (timeToLive, isGuess) = try Self.life(parts[1])
        guard let olen = Self.number(parts[2], to: 255) else {
            throw Fault(text: "\(parts[2]) is no length of options")
        }
        optionLength = olen
        segment = parts[3] == "*" ? nil : Self.number(parts[3], to: 65_535)
        if segment == nil && parts[3] != "*" { throw Fault(text: "\(parts[3]) is no segment size") }
        let sizes = parts[4].split(separator: ",", omittingEmptySubsequences: false)
        guard sizes.count == 2 else { throw Fault(text: "a window and a scale are written 8192,2") }
        window = try Self.window(sizes[0])
        scale = sizes[1] == "*" ? nil : Self.number(sizes[1], to: 255)
        if scale == nil && sizes[1] != "*" { throw Fault(text: "\(sizes[1]) is no scale") }
        layout = String(parts[5])
        guard Self.isLayout(parts[5]) else { throw Fault(text: "\(parts[5]) is no layout of options") }
        guard let quirks = StackQuirks(parts[6]) else { throw Fault(text: "\(parts[6]) are no quirks") }
        self.quirks = quirks
        switch parts[7] {
        case "0": hasPayload = false
        case "+": hasPayload = true
        case "*": hasPayload = nil
        default: throw Fault(text: "the payload is 0, + or *")
        }
    }

    private static func life(_ text: Substring) throws(Fault) -> (Int, isGuess: Bool) {
        let fault = Fault(text: "\(text) is no time to live")
        if text.hasSuffix("-") {
            guard let number = number(text.dropLast(), to: 255), number > 0 else { throw fault }
            return (number, true)
        }
        // `62+2` is what was seen and how far away: together what it began with.
        let parts = text.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
        guard let seen = number(parts[0], to: 255), seen > 0 else { throw fault }
        if parts.count == 1 || parts[1] == "?" { return (seen, false) }
        guard let away = number(parts[1], to: 255), seen + away <= 255 else { throw fault }
        return (seen + away, false)
    }

    private static func window(_ text: Substring) throws(Fault) -> Window {
        let fault = Fault(text: "\(text) is no window")
        if text == "*" { return .any }
        for (prefix, make) in [("mss*", Window.segments), ("mtu*", Window.packets), ("%", Window.divisible)]
            as [(
                String, (Int) -> Window
            )] where text.hasPrefix(prefix)
        {
            guard let number = number(text.dropFirst(prefix.count), to: 65_535), number > 0 else { throw fault }
            return make(number)
        }
        guard let number = number(text, to: 65_535) else { throw fault }
        return .exactly(number)
    }

    private static func isLayout(_ text: Substring) -> Bool {
        if text.isEmpty { return true }
        let words: Set<Substring> = ["nop", "mss", "ws", "sok", "sack", "ts"]
        return text.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { word in
            words.contains(word) || word.hasPrefix("eol+") && number(word.dropFirst(4), to: 40) != nil
                || word.hasPrefix("?") && number(word.dropFirst(), to: 255) != nil
        }
    }

    /// Whether a greeting fits, by p0f's own rules (fp_tcp.c).
    func fit(_ greeting: StackGreeting) -> StackFit? {
        guard greeting.layout == layout, isV4 == nil || isV4 == greeting.isV4 else { return nil }
        guard quirks.subtracting(.flow).isSubset(of: .observed) else { return nil }
        var isNear = false
        // Signatures for both versions name the quirks of both.
        var wanted = quirks.subtracting(.flow)
        if isV4 == nil, !greeting.isV4 { wanted.subtract([.dontFragment, .identified, .unidentified]) }
        if wanted != greeting.quirks {
            let missing = wanted.subtracting(greeting.quirks)
            let added = greeting.quirks.subtracting(wanted)
            guard missing.isSubset(of: [.dontFragment, .identified]),
                added.isSubset(of: [.unidentified, .congestion])
            else { return nil }
            isNear = true
        }
        guard optionLength == greeting.optionLength else { return nil }
        if isGuess {
            guard greeting.timeToLive <= Self.usual(timeToLive) else { return nil }
        } else if greeting.timeToLive != Self.usual(timeToLive) {
            isNear = true
        }
        if let segment, segment != greeting.segment { return nil }
        if let scale, scale != greeting.scale { return nil }
        if let hasPayload, hasPayload != greeting.hasPayload { return nil }
        switch window {
        case .any: break
        case .exactly(let size): if size != greeting.window { return nil }
        case .divisible(let size): if greeting.window % size != 0 { return nil }
        case .segments(let count):
            guard let multiple = greeting.multiple, !multiple.isOfPacket, multiple.count == count else { return nil }
        case .packets(let count):
            guard let multiple = greeting.multiple, multiple.isOfPacket, multiple.count == count else { return nil }
        }
        return isNear ? .nearly : .exactly
    }

    /// A greeting's time to live is what stacks begin with, rounded up from what was left of it.
    private static func usual(_ life: Int) -> Int { life <= 32 ? 32 : life <= 64 ? 64 : life <= 128 ? 128 : 255 }

    /// The eight parts between colons.
    static func parts(_ text: some StringProtocol) -> [Substring]? {
        guard text.utf8.count <= 512 else { return nil }
        let parts = Substring(text).split(separator: ":", maxSplits: 8, omittingEmptySubsequences: false)
        return parts.count == 8 ? parts : nil
    }

    /// Decimal digits up to a number; nil for anything else.
    static func number(_ text: some StringProtocol, to most: Int) -> Int? {
        guard !text.isEmpty, text.utf8.count <= 6, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
            let number = Int(text), number <= most
        else { return nil }
        return number
    }
}
