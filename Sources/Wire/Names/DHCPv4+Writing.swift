//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// DHCPv4, the other way round: what a device sends when it asks for an address.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension DHCPv4 {
    /// Option 53 (RFC 2132, 9.6).
    public enum MessageType: UInt8, Sendable {
        case discover = 1, offer, request, decline, acknowledge, refuse, release, inform

        var isFromServer: Bool { self == .offer || self == .acknowledge || self == .refuse }
    }

    /// One option with its value.
    public struct Option: Hashable, Sendable {
        public let code: UInt8
        public let value: [UInt8]

        public init(_ code: UInt8, _ value: [UInt8]) {
            self.code = code
            self.value = value
        }

        public static func text(_ code: UInt8, _ text: String) -> Option { Option(code, Array(text.utf8)) }
        public static func address(_ code: UInt8, _ address: IPAddress) -> Option {
            var writer = ByteWriter()
            writer.uint32(address.v4 ?? 0)
            return Option(code, writer.bytes)
        }
        public static func seconds(_ code: UInt8, _ seconds: UInt32) -> Option {
            var writer = ByteWriter()
            writer.uint32(seconds)
            return Option(code, writer.bytes)
        }

        public static func subnetMask(_ mask: IPAddress) -> Option { .address(1, mask) }
        public static func router(_ router: IPAddress) -> Option { .address(3, router) }
        public static func nameServer(_ server: IPAddress) -> Option { .address(6, server) }
        public static func hostname(_ name: String) -> Option { .text(12, name) }
        public static func domain(_ name: String) -> Option { .text(15, name) }
        public static func requestedAddress(_ address: IPAddress) -> Option { .address(50, address) }
        public static func leaseTime(seconds: UInt32) -> Option { .seconds(51, seconds) }
        public static func server(_ address: IPAddress) -> Option { .address(54, address) }
        public static func parameterRequestList(_ codes: [UInt8]) -> Option { Option(55, codes) }
        public static func maxMessageSize(_ octets: UInt16) -> Option {
            Option(57, [UInt8(octets >> 8), UInt8(octets & 255)])
        }
        public static func vendorClass(_ text: String) -> Option { .text(60, text) }
        public static func clientId(_ address: HardwareAddress) -> Option {
            var writer = ByteWriter()
            writer.uint8(1)
            writer.address(address)
            return Option(61, writer.bytes)
        }
        /// RFC 3004: a list of counted texts.
        public static func userClasses(_ texts: [String]) -> Option {
            Option(77, texts.flatMap { [UInt8($0.utf8.prefix(255).count)] + $0.utf8.prefix(255) })
        }
        /// RFC 4702: flags S and E, the name as counted labels.
        public static func fqdn(_ name: String) -> Option {
            var writer = ByteWriter()
            writer.raw([0x05, 0, 0])
            writer.domainName(name)
            return Option(81, writer.bytes)
        }
        /// RFC 3046, sub-options 1 and 2.
        public static func relayInformation(circuit: String, remote: String) -> Option {
            Option(
                82,
                [1, UInt8(circuit.utf8.prefix(100).count)] + circuit.utf8.prefix(100)
                    + [2, UInt8(remote.utf8.prefix(100).count)] + remote.utf8.prefix(100))
        }
        public static func mudURL(_ url: String) -> Option { .text(161, url) }
    }

    /// Writes one message, from the client or to it.
    ///
    /// - Parameters:
    ///   - transaction: The number that the client chose for this exchange.
    ///   - current: The address that the client has already (`ciaddr`).
    ///   - assigned: The address that the server gives (`yiaddr`).
    ///   - relay: The relay that passed it on (`giaddr`).
    ///   - options: In the order of the packet, without the message type, which goes first. Those longer than 255
    ///     octets are split (RFC 3396).
    public static func write(
        _ type: MessageType, transaction: UInt32, client: HardwareAddress, current: IPAddress? = nil,
        assigned: IPAddress? = nil, relay: IPAddress? = nil, options: [Option]
    ) -> [UInt8] {
        var writer = ByteWriter()
        writer.raw([type.isFromServer ? 2 : 1, 1, 6, relay == nil ? 0 : 1])
        writer.uint32(transaction)
        writer.uint32(0)  // seconds, flags
        writer.uint32(current?.v4 ?? 0)
        writer.uint32(assigned?.v4 ?? 0)
        writer.uint32(0)
        writer.uint32(relay?.v4 ?? 0)
        writer.address(client)
        writer.zeros(headerLength - writer.count)
        writer.uint32(magicCookie)
        for option in [Option(53, [type.rawValue])] + options {
            var rest = option.value[...]
            repeat {
                let part = rest.prefix(255)
                writer.raw([option.code, UInt8(part.count)] + part)
                rest = rest.dropFirst(255)
            } while !rest.isEmpty
        }
        writer.uint8(255)
        // RFC 1542, 2.1: old relays drop messages shorter than BOOTP's 300 octets.
        writer.zeros(300 - writer.count)
        return writer.bytes
    }
}

extension ByteWriter {
    /// A domain name as counted labels, split at the dots, without compression (RFC 1035, 3.1).
    ///
    /// - Parameter first: A first label that may hold dots itself.
    mutating func domainName(_ name: String, first: String? = nil) {
        if let first { label(first.utf8) }
        for part in name.utf8.split(separator: UInt8(ascii: ".")) { label(part) }
        uint8(0)
    }

    private mutating func label(_ text: some Sequence<UInt8>) {
        let octets = Array(text.prefix(DNSName.maximumLabel))
        uint8(UInt8(octets.count))
        raw(octets)
    }
}
