//===----------------------------------------------------------------------===//
// Wardlight · Settings
//
// The settings file: wardlight.yaml, read with line numbers.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Yams

/// What `wardlight.yaml` says.
public struct SettingsFile: Sendable {
    public init() {}
}
