//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// DER: one element after another, as certificates are made of.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Steps through the elements of one DER level (ITU-T X.690, section 8.1); cannot outlive the bytes it reads.
///
/// Only what certificates use: one-octet tags and definite lengths below 16 MiB. All else counts as cut off.
struct DERReader: ~Escapable {
    private var reader: ByteReader

    /// One element: its identifier octet and its contents, borrowed.
    struct Element: ~Escapable {
        let tag: UInt8
        let contents: Span<UInt8>

        @_lifetime(copy contents)
        init(tag: UInt8, contents: Span<UInt8>) {
            self.tag = tag
            self.contents = contents
        }
    }

    @_lifetime(copy bytes)
    init(_ bytes: Span<UInt8>) {
        reader = ByteReader(bytes)
    }

    var isEmpty: Bool { reader.isEmpty }
    /// Identifier octet of the next element; nil at the end.
    var nextTag: UInt8? { reader.peek() }

    /// The next element of any kind.
    @_lifetime(copy self)
    mutating func next() throws(Truncated) -> Element {
        let tag = try reader.uint8()
        guard tag & 0x1F != 0x1F else { throw Truncated() }
        let short = try reader.uint8()
        let length: Int =
            switch short {
            case 0x00...0x7F: Int(short)
            case 0x81: Int(try reader.uint8())
            case 0x82: Int(try reader.uint16())
            case 0x83: Int(try reader.uint24())
            default: throw Truncated()
            }
        return Element(tag: tag, contents: try reader.take(length))
    }

    /// The contents of the next element, which must have this identifier octet.
    @_lifetime(copy self)
    mutating func next(_ tag: UInt8) throws(Truncated) -> Span<UInt8> {
        let element = try next()
        guard element.tag == tag else { throw Truncated() }
        return element.contents
    }

    /// Steps over one element.
    mutating func skip() throws(Truncated) {
        _ = try next()
    }
}

/// Identifier octets that certificates use (X.690, section 8.1.2; X.680, section 8).
enum DERTag {
    static let boolean: UInt8 = 0x01
    static let integer: UInt8 = 0x02
    static let bitString: UInt8 = 0x03
    static let octetString: UInt8 = 0x04
    static let null: UInt8 = 0x05
    static let objectIdentifier: UInt8 = 0x06
    static let utf8String: UInt8 = 0x0C
    static let utcTime: UInt8 = 0x17
    static let bmpString: UInt8 = 0x1E
    static let sequence: UInt8 = 0x30
    static let set: UInt8 = 0x31
    /// Explicit `[0]` (a certificate's version; another name among the alternative ones) and `[3]` (its extensions).
    static let context0: UInt8 = 0xA0
    static let context3: UInt8 = 0xA3
    /// Implicit primitive `[1]`: an e-mail address among the alternative names (RFC 5280, section 4.2.1.6).
    static let mailAddress: UInt8 = 0x81
    /// Implicit primitive `[2]`: a DNS name among the alternative names.
    static let dnsName: UInt8 = 0x82
}
