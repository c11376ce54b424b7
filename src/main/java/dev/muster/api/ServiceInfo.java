package dev.muster.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `GET /api/v1/service`: which service this is.
///
/// @param id the owner id that it writes into its sessions
/// @param hostsFile the file it reads, or null for the built-in default (this machine as `local`)
/// @param hostsDigest SHA-256 of the file's bytes as last applied, in hex, or null
/// @param hostsErrors what is wrong with a newer version that was not applied; empty when fine
/// @param sshAuthSock whether the ssh-agent it knows answers
public record ServiceInfo(
        String version,
        String id,
        long pid,
        Instant startedAt,
        @Nullable String hostsFile,
        @Nullable String hostsDigest,
        List<String> hostsErrors,
        boolean sshAuthSock) {}
