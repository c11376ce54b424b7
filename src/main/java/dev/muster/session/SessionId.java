package dev.muster.session;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.regex.Pattern;

/// A session's identity: a ULID of 26 characters. It is the name of files and tmux sessions on the
/// host, so nothing but these characters ever gets in.
public record SessionId(@JsonValue String value) implements Comparable<SessionId> {
    private static final Pattern FORM = Pattern.compile("[0-7][0-9A-HJKMNP-TV-Z]{25}");
    private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    @JsonCreator
    public SessionId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a session id: " + value);
        }
    }

    public static boolean isValid(String text) {
        return FORM.matcher(text).matches();
    }

    /// The id of what has none of its own: the same for the same words, and sorted by time.
    public static SessionId derived(Instant at, String words) {
        byte[] bytes = new byte[16];
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(words.getBytes(StandardCharsets.UTF_8));
            System.arraycopy(hash, 0, bytes, 6, 10);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
        long millis = Math.clamp(at.toEpochMilli(), 0, (1L << 48) - 1);
        for (int i = 5; i >= 0; i--) {
            bytes[i] = (byte) millis;
            millis >>>= 8;
        }
        StringBuilder digits = new StringBuilder(new BigInteger(1, bytes).toString(32));
        digits.insert(0, "0".repeat(26 - digits.length()));
        for (int i = 0; i < digits.length(); i++) {
            digits.setCharAt(i, CROCKFORD.charAt(Character.digit(digits.charAt(i), 32)));
        }
        return new SessionId(digits.toString());
    }

    @Override
    public int compareTo(SessionId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
