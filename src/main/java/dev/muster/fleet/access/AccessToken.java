package dev.muster.fleet.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/// A token that a person made, without the token itself.
///
/// @param name unique among those that are not revoked; the audit names it
/// @param digest SHA-256 of the token, in hex: a token is 32 random bytes, which no slower digest
///     would protect better
public record AccessToken(String name, TokenScope scope, String digest, Instant createdAt) {

    /// @param token as its holder shows it
    public static String digest(String token) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
