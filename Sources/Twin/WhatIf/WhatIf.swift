//===----------------------------------------------------------------------===//
// Wardlight · Twin
//
// What if: a fork of the hospital that never writes, and what would be cut in it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// What is supposed to happen.
public enum Supposition: Hashable, Sendable {
    /// A switch answers nobody and passes nothing on: its agent or its name, and the site where several have it.
    case switchFails(String, site: String? = nil)
    /// A device is kept from all others: `dev-…`.
    case quarantine(String)
    /// A ward, floor or building closes: the id of its place. What stands in it is no longer used.
    case closes(String)
}

/// What would be cut, with how far it can be known.
///
/// Where it is not known at which bed a device stands, it counts as attached: unknown never reads as safe. Where no device
/// of the site is known to stand anywhere, there is no number of beds, only "cannot say".
public struct Consequences: Hashable, Sendable {
    /// A device that would be out of reach, and why.
    public struct Lost: Hashable, Sendable {
        public var device: String
        /// `device.name`, or what it is.
        public var name: String
        public var isClinical: Bool
        /// Beds and rooms at which it stands; none where that is not known.
        public var places: [String]
        public var because: String
    }

    /// A device that goes on but misses another on which it relied on at least `days` of the last 30 days.
    public struct Missed: Hashable, Sendable {
        public var device: String
        public var peer: String
        public var service: Service
        public var days: Int
        public var isClinical: Bool
        public var places: [String]
    }

    /// How well it is known which device stands at which bed.
    public struct Ground: Hashable, Sendable {
        /// Beds of the tree in the sites concerned.
        public var beds: Int
        /// Beds with at least one device whose place is known.
        public var known: Int
        public var unknown: Int { beds - known }
        /// Clinical devices of the sites, and those among them whose place is not known.
        public var clinical: Int
        public var unplaced: Int
    }

    public var supposition: Supposition
    public var lost: [Lost]
    public var missed: [Missed]
    /// Beds that lose monitoring or therapy, sorted; nil where nothing is known of beds: then nobody can say.
    public var beds: [String]?
    /// Beds of which it is not known, because clinical devices without a known port or bed are concerned.
    public var doubtfulBeds: [String]
    /// People who lie in those beds: how many, never who.
    public var people: Int
    public var ground: Ground
    /// What the answer rests on and what is missing, a line each.
    public var because: [String]
}

/// Why there is no answer.
public enum WhatIfFailure: Error, Hashable, Sendable {
    case noSuchSwitch(String)
    /// Several are called so: where they are.
    case manySwitches(String, [String])
    case noSuchDevice(String)
    case noSuchPlace(String)
}

extension HospitalView {
    /// What would be cut. Looks at a view, and changes nothing.
    public func consequences(of supposition: Supposition) throws(WhatIfFailure) -> Consequences {
        var fork = Fork(self)
        switch supposition {
        case .switchFails(let agent, let site): try fork.fail(agent, site: site)
        case .quarantine(let id): try fork.quarantine(id)
        case .closes(let id): try fork.close(id)
        }
        return fork.consequences(of: supposition)
    }
}
