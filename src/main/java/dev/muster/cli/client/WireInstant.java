package dev.muster.cli.client;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/// Reads an instant of the wire. The form that services write, `2026-11-20T17:00:00.123Z`, is taken
/// apart by hand: `Instant.parse` loads locales and zone rules, and a board holds a thousand of
/// them.
final class WireInstant {
    private static final int TO_SECONDS = 19;
    private static final int NANO_DIGITS = 9;
    private static final int SECONDS_OF_DAY = 86_400;

    private WireInstant() {}

    /// @throws DateTimeException when it is no instant
    static Instant parse(String text) {
        int end = text.length() - 1;
        if (end < TO_SECONDS
                || text.charAt(end) != 'Z'
                || end > TO_SECONDS
                        && (text.charAt(TO_SECONDS) != '.'
                                || end == TO_SECONDS + 1
                                || end > TO_SECONDS + 1 + NANO_DIGITS)
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return Instant.parse(text);
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, TO_SECONDS);
        int nanos = end == TO_SECONDS ? 0 : number(text, TO_SECONDS + 1, end);
        if ((year | month | day | hour | minute | second | nanos) < 0
                || hour > 23
                || minute > 59
                || second > 59) {
            return Instant.parse(text);
        }
        for (int digits = end - TO_SECONDS - 1; nanos > 0 && digits < NANO_DIGITS; digits++) {
            nanos *= 10;
        }
        long days = LocalDate.of(year, month, day).toEpochDay();
        return Instant.ofEpochSecond(
                days * SECONDS_OF_DAY + hour * 3600L + minute * 60L + second, nanos);
    }

    /// What digits say, or -1 where there is something else.
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
