//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// WS-Discovery: which printer, scanner or medical device is this?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// WS-Discovery (OASIS 1.1 and the 2005/04 submission) and DPWS, with the scopes of IEEE 11073 SDC.
///
/// Read are the messages in which a station speaks of itself: Hello, Bye, ProbeMatches, ResolveMatches and metadata. What a Probe or a Resolve looks for says nothing of the one that looks.
///
/// - `wsd.types`: the list of types as it stands, prefixes and all (`wsdp:Device pub:Computer`).
/// - `wsd.scopes`: each scope. Of the SDC contexts only the location is kept: others can name a patient or a person.
public enum WSDiscovery {
    /// Scopes read of one message: ONVIF cameras list a dozen.
    private static let maximumScopes = 64

    /// What the innermost element that matters is about.
    private enum Section {
        case none
        /// Hello, Bye, ProbeMatch, ResolveMatch.
        case discovery
        /// ThisModel and ThisDevice of DPWS, the device information of ONVIF.
        case metadata
        /// What an SDC device says of itself in its description.
        case medical
    }

    /// Reads one datagram and says whether it is one.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        // Blanks and a byte-order mark may stand before the document.
        let start = payload.upTo(64).firstIndex(of: UInt8(ascii: "<")) ?? payload.count
        var scan = XMLScan(payload.from(start))
        guard scan.next() == .start, scan.name.equals("Envelope") else { return false }
        readEnvelope(payload.from(start), isDatagram: true, into: &facts)
        return true
    }

    /// Reads a SOAP answer that came over HTTP: metadata of DPWS, device information of ONVIF, descriptions of SDC.
    ///
    /// Matches of a search are left out there: a discovery proxy answers for others.
    static func describe(_ document: Span<UInt8>, into facts: inout Facts) {
        readEnvelope(document, isDatagram: false, into: &facts)
    }

    private static func readEnvelope(_ document: Span<UInt8>, isDatagram: Bool, into facts: inout Facts) {
        var scan = XMLScan(document)
        var section = Section.none
        var isReference = false
        var kind = 0
        while let step = scan.next() {
            switch step {
            case .start:
                if section == .none { section = self.section(scan.name) }
                if scan.name.equals("EndpointReference") { isReference = true }
                if section == .medical, scan.name.equals("SpecType") { kind = scan.attribute("Code").decimal() ?? 0 }
            case .end:
                if self.section(scan.name) == section { section = .none }
                if scan.name.equals("EndpointReference") { isReference = false }
            case .text:
                switch section {
                case .none: break
                case .discovery: if isDatagram { readDiscovery(scan.name, scan.text, isReference, into: &facts) }
                case .metadata: readMetadata(scan.name, scan.text, into: &facts)
                case .medical: SDC.readMetadata(scan.name, scan.text, kind, into: &facts)
                }
            }
        }
        if scan.isTooDeep { facts.oddity(.wsdTooDeep) }
    }

    private static func section(_ name: Span<UInt8>) -> Section {
        switch name.at(0) {
        case 0x48 where name.equals("Hello"), 0x42 where name.equals("Bye"), 0x50 where name.equals("ProbeMatch"),
            0x52 where name.equals("ResolveMatch"):
            .discovery
        case 0x54 where name.equals("ThisModel") || name.equals("ThisDevice"),
            0x47 where name.equals("GetDeviceInformationResponse"):
            .metadata
        case 0x4D where name.equals("MetaData"), 0x50 where name.equals("ProductionSpecification"): .medical
        default: .none
        }
    }

    /// WS-Discovery 1.1, 4.1: what stands in a Hello, a Bye and a match.
    private static func readDiscovery(
        _ name: Span<UInt8>, _ text: Span<UInt8>, _ isReference: Bool, into facts: inout Facts
    ) {
        if name.equals("Types") {
            facts.add(.wsdTypes, xml: text)
        } else if name.equals("XAddrs") {
            forEachWord(text) { word in facts.add(.wsdXaddrs, xml: word) }
        } else if name.equals("Scopes") {
            forEachWord(text) { word in
                if SDC.read(scope: word, into: &facts) { facts.add(.wsdScopes, xml: word) }
            }
        } else if name.equals("Address"), isReference {
            facts.add(.wsdAddress, xml: text)
        }
    }

    /// DPWS 1.1, 5.1: ThisModel and ThisDevice. ONVIF Core 8.1.1 says `Model`.
    private static func readMetadata(_ name: Span<UInt8>, _ text: Span<UInt8>, into facts: inout Facts) {
        if name.equals("Manufacturer") {
            facts.add(.wsdManufacturer, xml: text)
        } else if name.equals("ModelName") || name.equals("Model") {
            facts.add(.wsdModel, xml: text)
        } else if name.equals("FriendlyName") {
            facts.add(.wsdFriendlyName, xml: text)
        } else if name.equals("FirmwareVersion") {
            facts.add(.wsdFirmware, xml: text)
        } else if name.equals("SerialNumber") {
            facts.add(.wsdSerial, xml: text)
        }
    }

    private static func forEachWord(_ text: Span<UInt8>, _ body: (Span<UInt8>) -> Void) {
        var at = 0
        var words = 0
        while at < text.count, words < maximumScopes {
            while at < text.count, isBlank(text[at]) { at += 1 }
            let start = at
            while at < text.count, !isBlank(text[at]) { at += 1 }
            if at > start { body(text.extracting(start..<at)) }
            words += 1
        }
    }
}
