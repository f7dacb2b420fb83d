//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// The server: how people and programs look at the hospital.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Hummingbird
