//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// UPnP description: what a device says of itself in XML.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// A device description (UPnP Device Architecture 1.1 §2.3): of the root device only, because the devices embedded in
/// it (a router's WAN connection, a television's renderer) repeat or blur what the box is.
enum UPnPDescription {
    /// Reads the document, which may be cut off. SOAP is handed on, any other XML teaches nothing.
    static func read(_ document: Span<UInt8>, into facts: inout Facts) {
        var scan = XMLScan(document)
        var seen: Field?
        while let step = scan.next() {
            switch step {
            case .start:
                // `root` holds `device`, which holds what is asked for.
                if scan.depth == 1, !scan.name.equals("root") {
                    if scan.name.equals("Envelope") { WSDiscovery.describe(document, into: &facts) }
                    return
                }
                seen = scan.depth == 3 ? field(scan.name) : nil
            case .text:
                if let field = seen, scan.depth == 3 { facts.add(field, xml: scan.text) }
                seen = nil
            case .end:
                seen = nil
                // The first device is the root device.
                if scan.depth == 1, scan.name.equals("device") { return }
            }
        }
    }

    private static func field(_ name: Span<UInt8>) -> Field? {
        guard let first = name.at(0) else { return nil }
        switch first {
        case 0x64: return name.equals("deviceType") ? .upnpDeviceType : nil
        case 0x66: return name.equals("friendlyName") ? .upnpFriendlyName : nil
        case 0x6D:
            if name.equals("manufacturer") { return .upnpManufacturer }
            if name.equals("modelName") { return .upnpModelName }
            return name.equals("modelNumber") ? .upnpModelNumber : nil
        case 0x73: return name.equals("serialNumber") ? .upnpSerialNumber : nil
        case 0x55: return name.equals("UDN") ? .upnpUdn : nil
        default: return nil
        }
    }
}
