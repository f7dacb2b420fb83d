//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// A disk that fails on demand: a layer between SQLite and the file system (https://sqlite.org/vfs.html).
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

#ifndef WARDLIGHT_FAULT_H
#define WARDLIGHT_FAULT_H

/// What goes wrong, and at which operation.
enum fault_kind {
    FAULT_NONE = 0,
    /// The machine stops: this operation and every later one fail.
    FAULT_CRASH = 1,
    /// No room: this write and the next few fail, later ones go through.
    FAULT_FULL = 2,
    /// This sync fails, and what was written since the last one is lost, as Linux does it.
    FAULT_SYNC = 3,
};

/// Stands before SQLite's own layer, for files with `/fault/` in their path only. To be called once; 0 when it worked.
int fault_install(void);
/// Sets what goes wrong at the operation with this number, counted from now; for FAULT_SYNC syncs alone are counted.
void fault_plan(int kind, long operation);
/// Whether it went wrong yet.
int fault_fired(void);
/// Operations (writes, truncations and syncs) since the last plan.
long fault_operations(void);
/// The power goes: what was synced is there; each later write is there, or not, or torn at 512 octets, by the seed.
/// No connection may be open. Returns the number of files that were written anew, or -1.
int fault_power_loss(unsigned long long seed);

#endif
