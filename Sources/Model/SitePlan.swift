//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// The plan of a site: where switches stand, what a VLAN is for, who is responsible; from the settings.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// What the people of a site say about its network, asked when an answer is made.
public struct SitePlan: Hashable, Sendable {
    /// Where a switch stands.
    public struct Closet: Hashable, Sendable {
        public var site: String?
        public var building: String?
        public var floor: String?
        public var closet: String?

        public init(
            site: String? = nil, building: String? = nil, floor: String? = nil, closet: String? = nil
        ) {
            self.site = site
            self.building = building
            self.floor = floor
            self.closet = closet
        }

        /// `East wing, floor 2, closet E2-1`; empty where nothing is known.
        public var words: String {
            [site, building, floor.map { "floor \($0)" }, closet.map { "closet \($0)" }].compactMap { $0 }
                .joined(separator: ", ")
        }
    }

    /// What a VLAN is for.
    public enum Role: String, Hashable, Sendable, CaseIterable {
        case medical, voice, guest, building, management, office, imaging, laboratory, security, server
    }

    /// By the switch's agent or its own name.
    public var closets: [String: Closet] = [:]
    public var roles: [UInt16: Role] = [:]
    /// Names of wireless networks for guests.
    public var guestNetworks: [String] = []
    /// Names of the columns of a declared list, where they are not the usual ones: our name to theirs.
    public var columns: [String: String] = [:]
    /// Switches that should answer, by agent or name; how many of them did is part of the coverage.
    public var expectedSwitches: [String] = []
    /// Agents that answer to a community that every switch is sold with (`public`, `private`), sorted.
    public var openlyAsked: [String] = []

    public init() {}

    /// All that an answer depends on, as one text: the same plan in any order, the same text.
    public var canonical: String {
        func told(_ text: String) -> String { "\(text.utf8.count):\(text)" }
        var lines = closets.sorted { $0.key < $1.key }.map { agent, closet in
            let parts = [closet.site, closet.building, closet.floor, closet.closet].map { told($0 ?? "") }
            return "closet \(told(agent)) \(parts.joined(separator: " "))\n"
        }
        lines += roles.sorted { $0.key < $1.key }.map { "vlan \($0.key) \($0.value.rawValue)\n" }
        lines += Set(guestNetworks).sorted().map { "guest \(told($0))\n" }
        lines += Set(expectedSwitches).sorted().map { "expected \(told($0))\n" }
        return lines.joined()
    }

    public func closet(of about: Switch) -> Closet? {
        closets[about.agent] ?? about.name.flatMap { closets[$0] }
    }
}
