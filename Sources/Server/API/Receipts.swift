//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// Receipts: the same key, the same answer, however often a sensor asks, and over restarts.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Synchronization

/// Takes a batch in under its key, once.
///
/// What is known of a key is kept beside the log (`ReceiptBook`), noted before the batch goes to the log and again when it
/// is in. A process that is killed in between leaves a receipt without positions: then the log is asked whether the batch
/// is in it, so that a gateway which was not answered never gets a batch in twice, and never loses one.
final class Receipts: Sendable {
    /// Keys that are worked on in this process.
    private let running = Mutex<Set<[UInt8]>>([])
    private let book: any ReceiptBook

    init(_ book: any ReceiptBook) { self.book = book }

    /// - Parameters:
    ///   - key: digest of the sender and its key.
    ///   - digest: of the body.
    /// - Returns: where it is, and whether it was there before.
    /// - Throws: `Problem` where the key is another batch's, or worked on; what the log says.
    func take(
        _ observations: [Observation], key: [UInt8], digest: [UInt8], into intake: any Intake, at moment: Timestamp
    ) async throws -> (range: Range<UInt64>, isRepeated: Bool) {
        guard running.withLock({ $0.insert(key).inserted }) else {
            throw Problem(.conflict, "running", "The same key is being worked on", "Ask again in a moment.")
        }
        defer { running.withLock { _ = $0.remove(key) } }
        if let known = try await book.receipt(key: key) {
            guard known.digest == digest else {
                throw Problem(.unprocessableContent, "key-used", "That key stands for another body", "Use a new key.")
            }
            if let range = known.range { return (range, true) }
            do throws(IntakeFailure) {
                if let range = try await intake.find(observations, after: known.after) {
                    try? await book.finish(receipt: key, with: range)
                    return (range, true)
                }
            } catch { throw Problem(error) }
        }
        do {
            try await book.begin(receipt: key, digest: digest, after: await intake.position, at: moment)
        } catch let failure as IntakeFailure { throw Problem(failure) }
        let range: Range<UInt64>
        do throws(IntakeFailure) { range = try await intake.append(observations) } catch {
            // A log that has stopped may have the batch all the same; its next start knows.
            if case .stopped = error {} else { try? await book.forget(receipt: key) }
            throw Problem(error)
        }
        // It is in the log: that this cannot be noted is no reason to say otherwise.
        try? await book.finish(receipt: key, with: range)
        return (range, false)
    }
}

extension Intake {
    /// Where a batch lies in a block as a whole, as it was handed in.
    public static func place(of batch: [Observation], in block: LogBlock) -> Range<UInt64>? {
        let all = block.observations
        guard let head = batch.first, all.count >= batch.count else { return nil }
        for start in 0...(all.count - batch.count)
        where all[start] == head && all[start..<(start + batch.count)].elementsEqual(batch) {
            let first = block.first + UInt64(start)
            return first..<(first + UInt64(batch.count))
        }
        return nil
    }
}
