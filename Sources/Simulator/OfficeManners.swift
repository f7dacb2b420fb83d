//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Manners of computers in offices: Windows and what comes with it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

extension Station {
    /// Registers its name, asks its neighbours for others, reaches for Microsoft's servers, greets the file server.
    mutating func behavesLikeWindows(_ name: String) {
        isCalled(name)
        let registered = String(name.prefix(15)).uppercased()
        isCalled(registered)
        does(after: 3, every: 0) { stage in
            for suffix: UInt8 in [0x00, 0x20] {
                let transaction = UInt16(stage.chance.below(65_536))
                stage.broadcast(
                    from: 137, to: 137,
                    NetBIOS.registration(
                        of: registered, suffix: suffix, address: stage.me.address, transaction: transaction),
                    subnet: true)
                stage.pause(microseconds: 10_000...250_000)
            }
        }
        does(after: 5, every: 240) { stage in
            let transaction = UInt16(stage.chance.below(65_536))
            stage.multicast(
                from: stage.port(), to: 0xE000_00FC, 5_355,
                DNS.query("wpad", transaction: transaction, wantsRecursion: false))
        }
        looksUp(["settings-win.data.microsoft.com", "ctldl.windowsupdate.com", "sim-dc01.hospital.example"])
        let agent = "Microsoft-CryptoAPI/10.0"
        fetches(
            from: .proxy, 80, "/msdownload/update/v3/static/trustedr/en/disallowedcertstl.cab",
            host: "ctldl.windowsupdate.com", agent: agent, server: "squid/5.7", every: 300)
        encryptsOutside(["settings-win.data.microsoft.com", "v10.events.data.microsoft.com"], .windows, every: 200)
    }

    /// Greets the file server now and then.
    mutating func sharesFiles(_ name: String, _ release: SMB.Release) {
        does(after: 11, every: 300) { stage in
            let session = UInt64(stage.chance.within(1...1_000_000)) << 24
            // Units of 100 ns between 1601 and 1970.
            let ticks = UInt64(stage.time / 100) + 116_444_736_000_000_000
            stage.talk(
                stage.me, stage[.directory], 445, as: "smb",
                [
                    (.client, SMB.negotiate(client: stage.chance.bytes(16))),
                    (.server, SMB.negotiated(server: Array("SIMULATED-DC-001".utf8), ticks: ticks)),
                    (.client, SMB.beginSession(release)),
                    (
                        .server,
                        SMB.challenge(
                            computer: "SIM-DC01", domain: "SIMHOSPITAL", random: stage.chance.bytes(8), session: session
                        )
                    ),
                    (
                        .client,
                        SMB.endSession(
                            computer: String(name.prefix(15)).uppercased(), session: session, release)
                    ),
                    (.server, SMB.welcomed(session: session)),
                ])
        }
    }

    static let windowsWants: [UInt8] = [1, 3, 6, 15, 31, 33, 43, 44, 46, 47, 119, 121, 249, 252]

    /// A workstation: leases its address as Windows does.
    mutating func leasesLikeWindows(_ name: String) {
        // The version that it tells when it signs on.
        let system = OfficeSystem.of(station: number)
        known[.os] = system.name
        leases(
            Lease(
                host: name, vendorClass: "MSFT 5.0", wants: Self.windowsWants,
                fullName: name + ".hospital.example"))
        behavesLikeWindows(name)
        sharesFiles(name, system.release)
    }
}
