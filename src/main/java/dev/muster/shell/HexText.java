package dev.muster.shell;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Text that a host script sent as hexadecimal digits, so that any byte can be in it.
public final class HexText {
    private HexText() {}

    /// @throws IllegalArgumentException when these are not hexadecimal digits
    public static String of(String digits) {
        return decode(HexFormat.of().parseHex(digits));
    }

    /// The bytes as UTF-8; where they are something else, as Latin-1, so that every name stays
    /// a name of its own that a person can tell apart.
    public static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }
}
