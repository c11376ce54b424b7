package dev.muster.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Names a text or a tool's input: the same content, the same digest, whatever the order of an
/// object's keys.
public final class Digest {
    private static final ObjectMapper SORTED =
            new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private Digest() {}

    /// 32 hexadecimal digits.
    public static String of(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    }

    /// The whole sum, 64 hexadecimal digits, as `sha256sum` prints it.
    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    public static String of(JsonNode node) {
        Object plain = SORTED.convertValue(node, Object.class);
        try {
            return of(SORTED.writeValueAsString(plain));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree can be written", e);
        }
    }
}
