//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// What a report may call a device, and when it must say that it doubts.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension Judgement {
    /// Below this a person should look before relying on it; tables mark it with `?`.
    ///
    /// 700 of 1000: at that point three in ten such answers would be wrong if the confidence is honest.
    static let doubtful = 700

    var isDoubtful: Bool { confidence < Self.doubtful }
}

extension DeviceClass {
    /// As headings and sentences write it.
    var title: String {
        switch self {
        case .medical: "Medical devices"
        case .iot: "Internet of things"
        case .building: "Building"
        case .network: "Network"
        case .it: "Computers, printers, servers"
        case .mobile: "Phones and tablets"
        case .unknown: "Not identified"
        }
    }
}

/// `Philips MX450`; the maker once where the model names it, too: `HP LaserJet M507`. Empty where neither is known.
func product(_ vendor: String?, _ model: String?) -> String {
    if let vendor, let model, model.lowercased().hasPrefix(vendor.lowercased() + " ") { return model }
    return [vendor, model].compactMap(\.self).joined(separator: " ")
}

extension Device {
    /// One line that a person would use for it: `Philips MX450 (patient monitor)`, or its address.
    var caption: String {
        let maker = product(judgements[.vendor]?.value, judgements[.model]?.value)
        let type = judgements[.type]?.value
        if maker.isEmpty { return type ?? names.first ?? firstAddress ?? id }
        return type.map { "\(maker) (\($0))" } ?? maker
    }

    /// The address that a person would type: IPv4, then IPv6, then hardware, then EUI-64.
    var firstAddress: String? {
        ipv4.first?.description ?? ipv6.first?.description ?? mac.first?.description ?? eui64.first
    }
}
