//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Words of products' names that never decide, and words for one thing.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension ProductWords {
    /// Say what kind of thing it is, never which.
    static let generic: Set<String> = [
        "a", "all", "an", "and", "application", "applications", "as", "based", "by", "device", "devices", "enabled",
        "family",
        "firmware",
        "for", "from", "in", "includes", "including", "installed", "insulin", "integrated", "integration", "into",
        "lvp", "machine", "machines", "model",
        "models",
        "monitor", "monitors", "number", "of", "on", "only", "or", "part", "patient", "platform", "platforms",
        "product",
        "products", "pump", "pumps", "range", "series", "software", "system", "systems", "that", "the", "to", "type",
        "ultrasound", "unit",
        "units", "used", "using", "version", "versions", "w", "with",
    ]
    /// Words for one thing.
    static let same = [
        "wireless": "wifi", "wlan": "wifi", "modules": "module", "batteries": "battery", "gateways": "gateway",
        "servers": "server",
        "workstations": "workstation", "ventilators": "ventilator", "stations": "station", "beds": "bed",
        "specimen": "speciman",
        "programmers": "programmer", "centre": "center", "pcu": "pc", "adaptor": "adapter", "anaesthesia": "anesthesia",
    ]
}
