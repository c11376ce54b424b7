package dev.muster.session;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Text that a host script sent as hexadecimal digits, so that any byte can be in it.
final class HostText {
    private HostText() {}

    /// @throws IllegalArgumentException when it is not hexadecimal
    static String ofHex(String digits) {
        return new String(HexFormat.of().parseHex(digits), StandardCharsets.UTF_8);
    }
}
