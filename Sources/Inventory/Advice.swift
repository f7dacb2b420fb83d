//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Advice: what is wrong with the mirror port, and how is it mended?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

enum Advice {
    /// One line for each thing that keeps the sensor from seeing the truth, in the order of the inputs.
    static func lines(for inputs: [Coverage]) -> [String] {
        inputs.flatMap { input in lines(for: input).map { "\(input.input): \($0)" } }
    }

    /// Thresholds: 5 % of duplicates is far beyond what retransmissions by switches give; more than half of the TCP
    /// conversations with one direction is no accident; 1 % cut packets already costs names and models.
    private static func lines(for input: Coverage) -> [String] {
        var lines: [String] = []
        if input.packets >= 20 && input.duplicates > input.packets / 20 {
            lines.append(
                "\(percent(input.duplicates, input.packets)) of the packets were seen twice. The mirror session copies "
                    + "both directions of more than one port on the way: mirror only received traffic (rx), or one "
                    + "side. Duplicates were counted once.")
        }
        if input.tcpConversations >= 4 && input.tcpOneWay > input.tcpConversations / 2 {
            lines.append(
                "of \(percent(input.tcpOneWay, input.tcpConversations)) of the TCP conversations only one direction "
                    + "was seen. Let the mirror session copy both directions (rx and tx), and check that both halves "
                    + "of a tap are connected.")
        }
        if input.packets > 0 && input.truncated > input.packets / 100 {
            lines.append(
                "\(percent(input.truncated, input.packets)) of the packets were cut. Record whole packets: snap length "
                    + "0 or 262144 (tcpdump -s 0), and no slicing on the packet broker.")
        }
        if input.dropped > 0 {
            lines.append(
                "\(input.dropped) packets were lost before they could be read. Mirror less, or give the sensor a "
                    + "faster port and a larger capture buffer.")
        }
        return lines
    }

    /// Whole per cent, at least 1.
    private static func percent(_ part: UInt64, _ whole: UInt64) -> String {
        let share = whole == 0 ? 0 : Double(part) * 100 / Double(whole)
        return "\(max(1, Int(share.rounded()))) %"
    }
}
