//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Defense: placeholder for its first test.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Defense
import Testing
