//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Distance: how unlike are two physical signatures, and in what?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension PhysicalSignature {
    /// What a signature is made of.
    public enum Part: String, Hashable, Sendable, CaseIterable {
        case speed, duplex, medium, offers, says, power, powerClass, draw, wake, flaps

        /// Whether it is of the device itself, whatever port it is plugged into.
        public var isOfDevice: Bool {
            switch self {
            case .offers, .says, .powerClass, .wake: true
            case .speed, .duplex, .medium, .power, .draw, .flaps: false
            }
        }
    }

    /// Points of each difference; the table stands in `docs/signatures.md`, and a test compares them.
    public enum Points {
        /// Other technologies are offered: other hardware.
        public static let offers = 60
        /// Only faster ones are gone or new: hardware, or a computer that sleeps.
        public static let offersFaster = 40
        /// Only flow control: a driver.
        public static let offersFlow = 10
        public static let says = 40
        public static let saysFaster = 30
        public static let saysFlow = 10
        /// Power began or ended.
        public static let power = 40
        public static let powerClass = 30
        /// Class 0 is class 3 that does not say so (IEEE 802.3, 33.2.6).
        public static let powerClassUnsaid = 5
        /// Two bands apart, and four.
        public static let draw = 5
        public static let drawFar = 10
        public static let speed = 20
        public static let duplex = 20
        /// Another medium at the same speed.
        public static let medium = 10
        public static let wake = 20
        public static let flaps = 5
    }

    /// One difference, with the words of both sides.
    public struct Difference: Hashable, Sendable {
        public var part: Part
        public var points: Int
        public var from: String
        public var to: String
        /// Only faster technologies were lost or gained: a sleeping computer does so, too.
        public var isOnlyFaster = false
    }

    /// Points of all differences together; 0 where nothing that both know differs.
    public func distance(to other: Self) -> Int {
        differences(to: other).reduce(0) { $0 + $1.points }
    }

    /// How many parts both know.
    public func known(with other: Self) -> Int {
        var count = 0
        for (one, two) in [
            (speed != nil, other.speed != nil), (duplex != nil, other.duplex != nil),
            (medium != nil, other.medium != nil), (offers != nil, other.offers != nil),
            (says != nil, other.says != nil), (power != nil, other.power != nil), (wake != nil, other.wake != nil),
        ] where one && two {
            count += 1
        }
        return count
    }

    /// All differences in what both know, in the order of `Part`.
    public func differences(to other: Self) -> [Difference] {
        var found: [Difference] = []
        if let speed, let now = other.speed, speed != now {
            found.append(Difference(part: .speed, points: Points.speed, from: "\(speed) Mb/s", to: "\(now) Mb/s"))
        }
        if let duplex, let now = other.duplex, duplex != now {
            found.append(
                Difference(
                    part: .duplex, points: Points.duplex, from: duplex.rawValue, to: now.rawValue))
        }
        if let medium, let now = other.medium, medium != now, speed == other.speed {
            found.append(Difference(part: .medium, points: Points.medium, from: medium, to: now))
        }
        found += Self.abilities(
            .offers, offers, other.offers, (Points.offers, Points.offersFaster, Points.offersFlow))
        found += Self.abilities(.says, says, other.says, (Points.says, Points.saysFaster, Points.saysFlow))
        found += Self.power(power, other.power)
        if let wake, let now = other.wake, wake != now {
            found.append(Difference(part: .wake, points: Points.wake, from: "\(wake) µs", to: "\(now) µs"))
        }
        if let flaps, let now = other.flaps, flaps != now {
            found.append(Difference(part: .flaps, points: Points.flaps, from: "\(flaps)", to: "\(now)"))
        }
        return found
    }

    private static func abilities(
        _ part: Part, _ one: LinkAbilities?, _ other: LinkAbilities?, _ points: (all: Int, faster: Int, flow: Int)
    ) -> [Difference] {
        guard let one, let other, one != other else { return [] }
        func words(_ bits: LinkAbilities) -> String { bits.names.joined(separator: " ") }
        var found = Difference(part: part, points: points.flow, from: words(one), to: words(other))
        let (before, now) = (one.intersection(.technologies), other.intersection(.technologies))
        if before != now {
            // What both ranges offer up to the slower one's fastest speed is the same: only the fast end differs.
            let (slow, fast) = before.fastest < now.fastest ? (before, now) : (now, before)
            let reach: LinkAbilities =
                slow.fastest == 10 ? .ten : slow.fastest == 100 ? [.ten, .hundred] : .technologies
            found.isOnlyFaster = slow.fastest < fast.fastest && slow.isSubset(of: fast.intersection(reach))
            found.points = found.isOnlyFaster ? points.faster : points.all
        } else if one.subtracting(.flow) != other.subtracting(.flow) {
            // `other` came or went.
            found.points = points.flow
        }
        return [found]
    }

    private static func power(_ one: Power?, _ other: Power?) -> [Difference] {
        switch (one, other) {
        case (.some(.none), .drawn(let deviceClass, _)):
            let now = deviceClass.map { "class \($0)" } ?? "drawn"
            return [Difference(part: .power, points: Points.power, from: "no power drawn", to: now)]
        case (.drawn(let deviceClass, _), .some(.none)):
            let before = deviceClass.map { "class \($0)" } ?? "drawn"
            return [Difference(part: .power, points: Points.power, from: before, to: "no power drawn")]
        case (.drawn(let classBefore, let bandBefore), .drawn(let classNow, let bandNow)):
            var found: [Difference] = []
            if let classBefore, let classNow, classBefore != classNow {
                let isUnsaid = Set([classBefore, classNow]) == [0, 3]
                found.append(
                    Difference(
                        part: .powerClass, points: isUnsaid ? Points.powerClassUnsaid : Points.powerClass,
                        from: "class \(classBefore)", to: "class \(classNow)"))
            }
            if let bandBefore, let bandNow {
                let apart = abs(Int(bandBefore) - Int(bandNow))
                if apart >= 2 {
                    found.append(
                        Difference(
                            part: .draw, points: apart >= 4 ? Points.drawFar : Points.draw,
                            from: "band \(bandBefore)", to: "band \(bandNow)"))
                }
            }
            return found
        default: return []
        }
    }
}
