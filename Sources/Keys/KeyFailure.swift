//===----------------------------------------------------------------------===//
// Wardlight · Keys
//
// What can go wrong with keys and certificates, and what to do about it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Why a key or certificate could not be made, read or written. Holds names of files, never a key.
public enum KeyFailure: Error, Hashable, Sendable {
    case noSuchFile(String)
    case cannotRead(String)
    case cannotWrite(String, String)
    /// Not a certificate, or not a key, in PEM.
    case notPEM(String)
    /// A name that cannot stand in a certificate.
    case notAName(String)
    /// The key does not belong to the certificate.
    case strangers(certificate: String, key: String)
    case cannotSign(String)

    /// In one line, with the cure.
    public var words: String {
        switch self {
        case .noSuchFile(let path): "\(path): no such file; `wardlight init` makes it."
        case .cannotRead(let path): "\(path): no permission to read it; it must belong to who runs wardlight."
        case .cannotWrite(let path, let reason): "\(path): cannot be written (\(reason))."
        case .notPEM(let path): "\(path): holds no certificate or key in PEM ('-----BEGIN …')."
        case .notAName(let name): "\(name): neither a host name nor an address in numbers."
        case .strangers(let certificate, let key):
            "\(key): is not the key of \(certificate); put the right one there, or move both away and run `wardlight init`."
        case .cannotSign(let reason): "a certificate cannot be signed (\(reason))."
        }
    }
}
