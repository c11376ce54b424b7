package dev.muster.notify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs as Standard Webhooks says (standardwebhooks.com), for which many languages have a library:
/// HMAC-SHA256 over the message's id, its time and its body.
final class Signature {
    private static final String PREFIX = "whsec_";

    private Signature() {}

    /// The value of `webhook-signature`.
    ///
    /// @param secret `whsec_` and Base64, else any text
    /// @param seconds of the epoch, as in `webhook-timestamp`: whoever checks it refuses old ones
    static String of(String secret, String id, long seconds, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key(secret), "HmacSHA256"));
            String signed = id + "." + seconds + "." + body;
            byte[] hash = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private static byte[] key(String secret) {
        if (secret.startsWith(PREFIX)) {
            try {
                byte[] key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
                if (key.length > 0) {
                    return key;
                }
            } catch (IllegalArgumentException e) {
                // No Base64: then it is a text as any other.
            }
        }
        return secret.getBytes(StandardCharsets.UTF_8);
    }
}
