//===----------------------------------------------------------------------===//
// Wardlight · Sensors
//
// Poll troubles: what kept a switch from being read whole, and what to do about it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Wire

/// Each becomes a line of coverage. None of them holds a secret.
public enum PollTrouble: Hashable, Sendable {
    // Nothing was read.
    case unknownName
    case unreachable
    case noAnswer
    case noAnswerOfEngine
    case unknownUser, wrongPassphrase, cannotDecrypt, levelNotSupported, unknownContext, clockOff
    case passphraseTooShort, methodNotSupported, unguardedUser
    case notAllowed
    case medical(String)
    case noIdentity
    case frozen
    case notOneSwitch
    case askedAs(String)
    case engineOf(String)
    case cannotAsk
    // Something is missing.
    case stoppedAnswering
    case tookTooLong(seconds: Int)
    case tooManyRows(Int)
    case tableTooLong(ObjectName, rows: Int)
    case goesInCircles(ObjectName)
    case refusesTable(ObjectName, status: Int)
    case vlanUnanswered(UInt16)
    case tooManyVLANs(Int)
    case garbage(Int)
    case interrupted
    // Nothing is missing, but it takes longer.
    case rowByRow
}

extension PollTrouble {
    /// Whether tables may lack rows: then the poll before says more.
    var isCut: Bool {
        switch self {
        case .rowByRow, .garbage, .vlanUnanswered, .tooManyVLANs: false
        // A fault that lasts: what else the agent says would be left out for ever.
        case .goesInCircles, .refusesTable, .tableTooLong: false
        default: true
        }
    }

    public var problem: String {
        switch self {
        case .unknownName: "nobody knows an address for its name"
        case .unreachable: "nothing there answers SNMP: the network refused the question"
        case .noAnswer: "no answer"
        case .noAnswerOfEngine: "no answer to the question for its SNMPv3 engine"
        case .unknownUser: "it does not know the SNMPv3 user"
        case .wrongPassphrase: "the passphrase for authentication is wrong"
        case .cannotDecrypt:
            "its engine answers, but not to this user: the passphrase or method for privacy is probably wrong"
        case .levelNotSupported: "it does not offer this SNMPv3 security level to the user"
        case .unknownContext: "it has no such SNMPv3 context"
        case .clockOff: "its SNMPv3 clock does not hold still"
        case .passphraseTooShort: "a passphrase is shorter than 8 characters, which SNMPv3 forbids"
        case .methodNotSupported: "a method of SNMPv3 authentication or privacy is not supported here"
        case .unguardedUser: "an SNMPv3 user without authentication is not used"
        case .notAllowed: "it knows who asks, and does not let it read"
        case .medical(let why): "not asked: \(why)"
        case .noIdentity: "it does not say what it is (sysObjectID), and was asked nothing more"
        case .frozen: "left alone: a change freeze holds"
        case .notOneSwitch: "not asked: its address is one of many (multicast, broadcast) or of nobody"
        case .askedAs(let agent): "not asked: it is asked as \(agent) already"
        case .engineOf(let agent):
            "it says that its SNMPv3 engine is the one of \(agent), whose user has other passphrases"
        case .cannotAsk: "the question could not be sent"
        case .stoppedAnswering: "it stopped answering before all was read"
        case .tookTooLong(let seconds): "not read to the end within \(seconds) s"
        case .tooManyRows(let rows): "more than \(rows) rows; the rest was not read"
        case .tableTooLong(let name, let rows): "the table \(name) has more than \(rows) rows; the rest was not read"
        case .goesInCircles(let name): "the table \(name) goes in circles; read up to there"
        case .refusesTable(let name, let status): "it refuses the table \(name) (error \(status))"
        case .vlanUnanswered(let vlan):
            "bridge tables of VLANs were not answered (the last asked: \(vlan)); further VLANs were not asked"
        case .tooManyVLANs(let most): "more than \(most) VLANs; only the first were asked"
        case .garbage(let count): "\(count) answers were no SNMP"
        case .interrupted: "stopped by hand"
        case .rowByRow: "it does not answer GETBULK; asked row by row"
        }
    }

    public var cure: String {
        switch self {
        case .unknownName: "Give its address, or correct the name."
        case .unreachable: "Switch SNMP on at the switch, correct the port, or open the firewall between."
        case .noAnswer:
            "Check address and port, that SNMPv2c is on, that its access list knows this machine, and the community: a "
                + "wrong one is never answered."
        case .noAnswerOfEngine: "Check address, port, that SNMPv3 is on, and that its access list knows this machine."
        case .unknownUser: "Create the user on the switch, or correct its name here."
        case .wrongPassphrase: "Correct the passphrase or the method (SHA, SHA-256, …) for authentication."
        case .cannotDecrypt: "Correct the passphrase or the method (AES, …) for privacy."
        case .levelNotSupported: "Give the user's group authPriv on the switch, or leave privacy out here."
        case .unknownContext: "Allow the context to the user's group on the switch."
        case .clockOff:
            "Look at the switch's clock and firmware: its engine restarts, or two switches share one engine."
        case .passphraseTooShort: "Choose a passphrase of 8 characters or more on the switch."
        case .methodNotSupported: "Use SHA or SHA-2 with AES."
        case .unguardedUser: "Give the user authentication and privacy."
        case .notAllowed:
            "Give the community or the user's group a view to read on the switch, and privacy if it wants that."
        case .medical: "Take it off the list of switches. Wardlight never asks a medical device."
        case .noIdentity:
            "Let its view include the system group (1.3.6.1.2.1.1). Wardlight asks nobody of whom it cannot know that it "
                + "is no medical device."
        case .frozen: "Nothing: it is asked again when the freeze ends."
        case .notOneSwitch: "Give the address of one switch."
        case .askedAs: "Leave one of the two out."
        case .engineOf: "Leave one out if both are the same switch. Otherwise one of them lies, or was copied."
        case .cannotAsk: "Look at this machine's network."
        case .stoppedAnswering: "Look at the switch's load; lower requestsPerSecond or raise timeout."
        case .tookTooLong: "Raise requestsPerSecond if the switch can bear it, or ask less often."
        case .tooManyRows, .tableTooLong: "Look at the switch: a flood of addresses, or a fault of its agent."
        case .goesInCircles, .refusesTable, .garbage: "Update the switch's firmware; what else it says is used."
        case .vlanUnanswered:
            "Allow the VLAN's context: community@VLAN with version 2c, contexts vlan-* for the group with version 3."
        case .tooManyVLANs: "Nothing, unless devices in the VLANs left out are missed."
        case .interrupted: "Run it again."
        case .rowByRow: "Nothing; an update of its firmware may make it quicker."
        }
    }
}
