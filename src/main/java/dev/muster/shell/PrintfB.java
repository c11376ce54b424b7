package dev.muster.shell;

import java.nio.charset.StandardCharsets;

/// Text as one line that `printf %b` turns back into the same bytes (POSIX, utility `printf`).
public final class PrintfB {
    private PrintfB() {}

    /// Pure printable ASCII without a newline: no locale and no `read -r` changes it.
    public static String line(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder out = new StringBuilder(bytes.length + bytes.length / 8);
        for (byte signed : bytes) {
            int b = signed & 0xff;
            if (b == '\n') {
                out.append("\\n");
            } else if (b == '\\') {
                out.append("\\\\");
            } else if (b >= ' ' && b < 0x7f) {
                out.append((char) b);
            } else {
                out.append("\\0");
                out.append((char) ('0' + (b >> 6)));
                out.append((char) ('0' + (b >> 3 & 7)));
                out.append((char) ('0' + (b & 7)));
            }
        }
        return out.toString();
    }
}
