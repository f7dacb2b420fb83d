//===----------------------------------------------------------------------===//
// Wardlight · Ledger
//
// Probable: which device may a row be that has no address, number or tag in common with any?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension ReconcilerDesk {
    /// A row without a device and a device without a row, of one maker and model, at one place, and neither has a rival.
    mutating func findProbable() {
        var rows: [String: [Int]] = [:]
        var seen: [String: [Int]] = [:]
        for index in assets.indices where found[index] == nil && assets[index].status == .inService {
            guard assets[index].isNetworkCapable != false, let kind = kind(assets[index].vendor, assets[index].model),
                let room = assets[index].room
            else { continue }
            for place in places.keys(of: room) { rows["\(kind) \(place)", default: []].append(index) }
        }
        if rows.isEmpty { return }
        for device in devices.indices where !isNamed[device] && isPresent(device) {
            let judgements = devices[device].judgements
            guard let kind = kind(judgements[.vendor]?.value, judgements[.model]?.value) else { continue }
            for place in places.keys(of: device) { seen["\(kind) \(place)", default: []].append(device) }
        }
        var isTaken: Set<Int> = []
        for index in assets.indices where found[index] == nil {
            guard let room = assets[index].room, let kind = kind(assets[index].vendor, assets[index].model) else {
                continue
            }
            // The finest place first.
            for place in places.keys(of: room) {
                let key = "\(kind) \(place)"
                guard rows[key] == [index], let device = seen[key]?.first, seen[key]?.count == 1,
                    !isTaken.contains(device), !contradict(index, device)
                else { continue }
                isTaken.insert(device)
                let words = devices[device].judgements[.model]?.value
                found[index] = Found(
                    device: device, by: "vendor and model at the place",
                    compared: .init(what: "model", seen: words, advisory: assets[index].model ?? "", holds: true),
                    isProbable: true)
                break
            }
        }
    }

    /// A row that has a number or an address of its own, and a device that has another, are two things.
    private func contradict(_ index: Int, _ device: Int) -> Bool {
        if !assets[index].hardware.isEmpty, !devices[device].mac.isEmpty { return true }
        let numbers = numbers(of: device)
        guard !numbers.isEmpty, let serial = serials[index] else { return false }
        switch serial {
        case .exact: return !numbers.contains(serial)
        case .rounded(let range):
            return !numbers.contains {
                if case .exact(let text) = $0, let number = UInt64(text) { range.contains(number) } else { false }
            }
        }
    }

    private mutating func kind(_ vendor: String?, _ model: String?) -> String? {
        guard let vendor, let model else { return nil }
        let (maker, product) = (names.identity(vendor), Words.plain(model))
        if Words.isNothing(maker) || Words.isNothing(product) { return nil }
        // `Philips MX450` and `MX450` of Philips are one model.
        let bare = product.hasPrefix(maker) ? String(product.dropFirst(maker.count)) : product
        return "\(maker)/\(bare.isEmpty ? product : bare)"
    }
}
