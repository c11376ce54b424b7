package dev.muster.api;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/// Makes the ids of sessions and prompts: 48 bits of milliseconds, then 80 random bits, as 26
/// characters of Crockford's base 32 (https://github.com/ulid/spec). Ids made later sort later,
/// but those of one millisecond are in no order: nothing in Muster asks for more.
public final class Ulid {
    private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final int LENGTH = 26;

    private Ulid() {}

    /// A new id: unguessable, and never made twice.
    public static String next() {
        return of(System.currentTimeMillis(), new SecureRandom());
    }

    /// @param millis since the epoch, less than 2^48
    static String of(long millis, RandomGenerator random) {
        if (millis < 0 || millis >= 1L << 48) {
            throw new IllegalArgumentException("a ULID can't hold the time " + millis);
        }
        char[] text = new char[LENGTH];
        write(text, 0, 10, millis);
        // 80 random bits as two halves of 40: eight digits of five bits each.
        write(text, 10, 8, random.nextLong());
        write(text, 18, 8, random.nextLong());
        return new String(text);
    }

    /// Whether a text has the form that {@link #next} gives.
    public static boolean isValid(String text) {
        if (text.length() != LENGTH || text.charAt(0) > '7') {
            return false;
        }
        return text.chars().allMatch(c -> "0123456789ABCDEFGHJKMNPQRSTVWXYZ".indexOf(c) >= 0);
    }

    private static void write(char[] text, int from, int digits, long value) {
        long rest = value;
        for (int i = from + digits - 1; i >= from; i--) {
            text[i] = DIGITS[(int) (rest & 31)];
            rest >>>= 5;
        }
    }
}
