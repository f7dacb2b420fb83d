//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// IEEE 11073 SDC: where does this medical device stand, and what is it for?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// The scopes with which a device of the service-oriented device connectivity family (IEEE 11073-20701, 11073-20702)
/// announces itself by WS-Discovery.
public enum SDC {
    /// The type, in the namespace `http://standards.ieee.org/downloads/11073/11073-20702-2016`.
    public static let medicalDevice = "MedicalDevice"
    /// The namespace of `MedicalDevice`.
    public static let namespace = "http://standards.ieee.org/downloads/11073/11073-20702-2016"
    /// The scope of a device that takes part in the protocol (IEEE 11073-20701, key purpose identifier).
    public static let participantKey = "sdc.mds.pkp:1.2.840.10004.20701.1.1"

    /// Reads one scope and says whether it may be reported as one.
    ///
    /// Contexts other than the location can name a patient, an operator, an encounter: they are never reported.
    static func read(scope: Span<UInt8>, into facts: inout Facts) -> Bool {
        if scope.matchesIgnoringCase("sdc.ctxt.loc:", at: 0) {
            facts.add(.sdcLocation, xml: scope)
            return true
        }
        if scope.matchesIgnoringCase("sdc.ctxt.", at: 0) { return false }
        if scope.matchesIgnoringCase("sdc.cdc.type:", at: 0) { facts.add(.sdcType, xml: scope) }
        if scope.matchesIgnoringCase("sdc.mds.pkp:", at: 0) { facts.add(.sdcKey, xml: scope) }
        return true
    }

    /// Reads one text of a device's metadata and production specification (IEEE 11073-10207, `MetaData` and
    /// `ProductionSpecification` of an Mds); of the rest of a description, which can hold patients, nothing.
    ///
    /// - Parameter kind: Code of the production specification (IEEE 11073-10101), 0 where there is none.
    static func readMetadata(_ name: Span<UInt8>, _ text: Span<UInt8>, _ kind: Int, into facts: inout Facts) {
        if name.equals("Manufacturer") {
            facts.add(.sdcManufacturer, xml: text)
        } else if name.equals("ModelName") {
            facts.add(.sdcModel, xml: text)
        } else if name.equals("ProductionSpec") {
            facts.open(.sdcProduction)
            facts.put(decimal: UInt64(kind))
            facts.put(UInt8(ascii: "="))
            facts.put(xml: text.trimmed())
            facts.close()
        }
    }
}
