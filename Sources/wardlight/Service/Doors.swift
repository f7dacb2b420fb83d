//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// Doors: which room stands behind which of the protocols that lower floors declare.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Store
import Twin

extension SQLiteLog: Ground {}
extension Projection: Shelf {}
