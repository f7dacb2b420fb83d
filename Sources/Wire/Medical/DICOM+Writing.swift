//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// DICOM, the other way round: associations for the simulator.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension DICOM {
    /// What one side says of itself and wants when an association is opened.
    public struct Association: Hashable, Sendable {
        /// One presentation context: a kind of object, and the encodings offered for it.
        public struct Context: Hashable, Sendable {
            public var abstractSyntax: String
            public var transferSyntaxes: [String]

            public init(_ abstractSyntax: String, _ transferSyntaxes: [String]) {
                self.abstractSyntax = abstractSyntax
                self.transferSyntaxes = transferSyntaxes
            }
        }

        /// At most 16 octets each.
        public var callingAE: String
        public var calledAE: String
        public var implementationClassUID: String
        /// At most 16 octets; nil for stacks that do not send one.
        public var implementationVersion: String?
        /// At most 128.
        public var contexts: [Context]
        /// Octets of P-DATA this side takes at once.
        public var maximumLength: UInt32

        public init(
            callingAE: String, calledAE: String, implementationClassUID: String, implementationVersion: String?,
            contexts: [Context], maximumLength: UInt32 = 16_384
        ) {
            self.callingAE = callingAE
            self.calledAE = calledAE
            self.implementationClassUID = implementationClassUID
            self.implementationVersion = implementationVersion
            self.contexts = contexts
            self.maximumLength = maximumLength
        }
    }

    /// A-ASSOCIATE-RQ (PS3.8, 9.3.2).
    public static func request(_ association: Association) -> [UInt8] { write(association, type: 1) }

    /// A-ASSOCIATE-AC (PS3.8, 9.3.3): every context is accepted with its first encoding.
    public static func accept(_ association: Association) -> [UInt8] { write(association, type: 2) }

    /// A-RELEASE-RQ (5) or -RP (6).
    public static func release(isAnswer: Bool) -> [UInt8] { [isAnswer ? 6 : 5, 0, 0, 0, 0, 4, 0, 0, 0, 0] }

    /// C-ECHO, the question whether the other side is there, or its answer (PS3.7, 9.3.5), in P-DATA-TF.
    ///
    /// - Parameter context: Number of the presentation context for verification; odd.
    public static func echo(context: UInt8, message: UInt16, isAnswer: Bool) -> [UInt8] {
        var command = ByteWriter()
        func element(_ number: UInt16, _ value: [UInt8]) {
            command.uint16LittleEndian(0)
            command.uint16LittleEndian(number)
            command.uint32LittleEndian(UInt32(value.count))
            command.raw(value)
        }
        func number(_ value: UInt16) -> [UInt8] { [UInt8(truncatingIfNeeded: value), UInt8(value >> 8)] }
        element(0x0002, Array("1.2.840.10008.1.1".utf8) + [0])
        element(0x0100, number(isAnswer ? 0x8030 : 0x0030))
        element(isAnswer ? 0x0120 : 0x0110, number(message))
        element(0x0800, number(0x0101))
        if isAnswer { element(0x0900, number(0)) }
        var group = ByteWriter()
        group.raw([0, 0, 0, 0, 4, 0, 0, 0])
        group.uint32LittleEndian(UInt32(command.count))
        let set = group.bytes + command.bytes
        var writer = ByteWriter()
        writer.raw([4, 0])
        writer.uint32(UInt32(set.count + 6))
        writer.uint32(UInt32(set.count + 2))
        writer.raw([context, 3])
        writer.raw(set)
        return writer.bytes
    }

    private static func write(_ association: Association, type: UInt8) -> [UInt8] {
        var writer = ByteWriter()
        writer.uint8(type)
        writer.uint8(0)
        writer.uint32(0)
        writer.uint16(1)
        writer.uint16(0)
        writer.text(association.calledAE, width: 16, pad: 0x20)
        writer.text(association.callingAE, width: 16, pad: 0x20)
        writer.zeros(32)
        item(0x10, &writer) { $0.text("1.2.840.10008.3.1.1.1") }
        var number: UInt8 = 1
        for context in association.contexts.prefix(128) {
            item(type == 1 ? 0x20 : 0x21, &writer) {
                $0.raw([number, 0, 0, 0])
                if type == 1 { item(0x30, &$0) { $0.text(context.abstractSyntax) } }
                for syntax in type == 1 ? context.transferSyntaxes : Array(context.transferSyntaxes.prefix(1)) {
                    item(0x40, &$0) { $0.text(syntax) }
                }
            }
            number &+= 2
        }
        item(0x50, &writer) {
            item(0x51, &$0) { $0.uint32(association.maximumLength) }
            item(0x52, &$0) { $0.text(association.implementationClassUID) }
            if let version = association.implementationVersion { item(0x55, &$0) { $0.text(version) } }
        }
        writer.patch32(UInt32(truncatingIfNeeded: writer.count - 6), at: 2)
        return writer.bytes
    }

    private static func item(_ type: UInt8, _ writer: inout ByteWriter, _ body: (inout ByteWriter) -> Void) {
        writer.uint8(type)
        writer.uint8(0)
        writer.counted16(body)
    }
}
