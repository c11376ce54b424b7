package dev.muster.link;

/// The host key that a connection was verified by.
///
/// @param type `ssh-ed25519`
/// @param fingerprint `SHA256:…`
/// @param source file and line of known_hosts that vouch for it
public record VerifiedKey(String type, String fingerprint, String source) {}
