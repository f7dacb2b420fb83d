//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Blocks: a long list whose copies cost little when one of them changes.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// A list in blocks of 256: after a copy a change of one element copies its block, not the whole list.
public struct Blocks<Element: Sendable>: Sendable {
    private var blocks: [[Element]] = []
    public private(set) var count = 0

    /// Large enough that the list of blocks is short, small enough that a copied block is not felt.
    private static var size: Int { 256 }

    public init() {}

    public init(_ elements: some Sequence<Element>) { for element in elements { append(element) } }

    @inlinable public var isEmpty: Bool { count == 0 }
    @inlinable public var indices: Range<Int> { 0..<count }

    public subscript(place: Int) -> Element {
        get { blocks[place >> 8][place & 255] }
        _modify { yield &blocks[place >> 8][place & 255] }
    }

    public mutating func append(_ element: Element) {
        if count & 255 == 0 {
            var block: [Element] = []
            block.reserveCapacity(Self.size)
            block.append(element)
            blocks.append(block)
        } else {
            blocks[count >> 8].append(element)
        }
        count += 1
    }

    @discardableResult
    public mutating func removeLast() -> Element {
        precondition(count > 0, "nothing is left to remove")
        count -= 1
        let element = blocks[count >> 8].removeLast()
        if count & 255 == 0 { blocks.removeLast() }
        return element
    }

    /// All of them, in order.
    public var elements: [Element] { blocks.flatMap(\.self) }
}
