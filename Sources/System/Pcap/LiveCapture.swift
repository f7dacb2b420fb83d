//===----------------------------------------------------------------------===//
// Wardlight · System
//
// libpcap: listens on an interface. Only ever listens.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

internal import CPcap

/// A live capture. There is no way to send from here: the handle is never given out, and nothing here writes.
@safe public struct LiveCapture: ~Copyable {
    public enum Failure: Error, Hashable, Sendable {
        case noSuchInterface(String)
        case permissionDenied(String)
        case other(String)
    }

    /// What one call of `next` gave.
    public enum Step: Sendable {
        case packet(seconds: Int64, nanoseconds: Int64, captured: Int, original: Int)
        /// Nothing came within a tenth of a second.
        case quiet
        case end
    }

    private let handle: OpaquePointer
    /// LINKTYPE number of its frames.
    public let linkType: Int32

    /// - Parameters:
    ///   - snapLength: Octets kept of a frame.
    ///   - isPromiscuous: Whether frames for others are asked for, as on a mirror port.
    public init(interface: String, snapLength: Int32 = 65_535, isPromiscuous: Bool = true) throws(Failure) {
        var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
        guard let opened = unsafe pcap_create(interface, &message) else {
            throw .other(Self.text(message))
        }
        unsafe pcap_set_snaplen(opened, snapLength)
        unsafe pcap_set_promisc(opened, isPromiscuous ? 1 : 0)
        unsafe pcap_set_timeout(opened, 100)
        unsafe pcap_set_buffer_size(opened, 16 << 20)
        unsafe pcap_set_tstamp_precision(opened, PCAP_TSTAMP_PRECISION_NANO)
        let code = unsafe pcap_activate(opened)
        guard code >= 0 else {
            let detail = unsafe String(cString: pcap_geterr(opened))
            unsafe pcap_close(opened)
            switch code {
            case PCAP_ERROR_NO_SUCH_DEVICE: throw .noSuchInterface(interface)
            case PCAP_ERROR_PERM_DENIED, PCAP_ERROR_PROMISC_PERM_DENIED: throw .permissionDenied(interface)
            default: throw .other(detail)
            }
        }
        // Reading never blocks; `next` waits itself, and no longer than it says.
        guard unsafe pcap_setnonblock(opened, 1, &message) == 0 else {
            unsafe pcap_close(opened)
            throw .other(Self.text(message))
        }
        unsafe handle = opened
        linkType = unsafe pcap_datalink(opened)
    }

    deinit { unsafe pcap_close(handle) }

    /// Waits up to a tenth of a second for a frame and copies it to the start of `bytes`, growing it as needed.
    public func next(into bytes: inout [UInt8]) throws(Failure) -> Step {
        var header: UnsafeMutablePointer<pcap_pkthdr>?
        var data: UnsafePointer<UInt8>?
        var code = unsafe pcap_next_ex(handle, &header, &data)
        if code == 0 {
            unsafe wardlight_wait(handle, 100)
            code = unsafe pcap_next_ex(handle, &header, &data)
        }
        switch code {
        case 0: return .quiet
        case 1:
            guard let header = unsafe header?.pointee, let data = unsafe data else { return .quiet }
            let count = Int(header.caplen)
            if bytes.count < count { bytes = [UInt8](repeating: 0, count: count) }
            unsafe bytes.withUnsafeMutableBytes { target in
                unsafe target.copyMemory(from: UnsafeRawBufferPointer(start: data, count: count))
            }
            return .packet(
                seconds: Int64(header.ts.tv_sec), nanoseconds: Int64(header.ts.tv_usec), captured: count,
                original: Int(header.len))
        case PCAP_ERROR_BREAK: return .end
        default: throw .other(unsafe String(cString: pcap_geterr(handle)))
        }
    }

    /// Frames that the kernel and the interface lost so far.
    public var dropped: UInt64 {
        var statistics = pcap_stat()
        guard unsafe pcap_stats(handle, &statistics) == 0 else { return 0 }
        return UInt64(statistics.ps_drop) + UInt64(statistics.ps_ifdrop)
    }

    private static func text(_ message: [CChar]) -> String {
        String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
