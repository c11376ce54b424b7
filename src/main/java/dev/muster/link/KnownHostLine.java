package dev.muster.link;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// One line of a known_hosts file.
///
/// @param patterns host patterns or one hashed name, as written
/// @param blob the key in base64
record KnownHostLine(
        String file, int number, Marker marker, List<String> patterns, String type, String blob) {

    enum Marker {
        NONE,
        CERT_AUTHORITY,
        REVOKED
    }

    /// Empty for blank lines, comments and what is no such line: OpenSSH passes over them too.
    static Optional<KnownHostLine> parse(String file, int number, String text) {
        String line = text.strip();
        if (line.isEmpty() || line.startsWith("#")) {
            return Optional.empty();
        }
        String[] words = line.split("[ \t]+");
        int at = 0;
        Marker marker = Marker.NONE;
        if (words[0].startsWith("@")) {
            switch (words[0]) {
                case "@cert-authority" -> marker = Marker.CERT_AUTHORITY;
                case "@revoked" -> marker = Marker.REVOKED;
                default -> {
                    return Optional.empty();
                }
            }
            at = 1;
        }
        if (words.length < at + 3) {
            return Optional.empty();
        }
        List<String> patterns = List.of(words[at].split(","));
        return Optional.of(
                new KnownHostLine(file, number, marker, patterns, words[at + 1], words[at + 2]));
    }

    /// Whether it is about this server.
    ///
    /// @param address `name` or `[name]:port`
    boolean matches(String address) {
        String name = address.toLowerCase(Locale.ROOT);
        boolean found = false;
        for (String pattern : patterns) {
            boolean negated = pattern.startsWith("!");
            String plain = negated ? pattern.substring(1) : pattern;
            boolean fits = plain.startsWith("|1|") ? hashed(plain, name) : wild(plain, name);
            if (fits && negated) {
                return false;
            }
            found |= fits;
        }
        return found;
    }

    /// Whether it is about this server and this key.
    boolean holds(String address, String otherBlob) {
        return blob.equals(otherBlob) && matches(address);
    }

    private static boolean wild(String pattern, String name) {
        String lower = pattern.toLowerCase(Locale.ROOT);
        if (lower.indexOf('*') < 0 && lower.indexOf('?') < 0) {
            return lower.equals(name);
        }
        StringBuilder regex = new StringBuilder();
        for (char c : lower.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote("" + c));
        }
        return Pattern.matches(regex.toString(), name);
    }

    /// `|1|salt|hash`, both in base64: HMAC-SHA1 of the name (ssh-keygen(1), -H).
    private static boolean hashed(String pattern, String name) {
        String[] parts = pattern.split("\\|");
        if (parts.length != 4) {
            return false;
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(parts[2]), "HmacSHA1"));
            byte[] hash = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
            return MessageDigest.isEqual(hash, Base64.getDecoder().decode(parts[3]));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            // A damaged line says nothing about any server.
            return false;
        }
    }

    String source() {
        return file + ":" + number;
    }

    /// `ssh-ed25519 SHA256:…`
    String fingerprint() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(Base64.getDecoder().decode(blob));
            return type + " SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return type + " (a damaged line)";
        }
    }
}
