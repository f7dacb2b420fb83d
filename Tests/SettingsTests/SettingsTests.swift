//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Settings: placeholder for its first test.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Settings
import Testing
