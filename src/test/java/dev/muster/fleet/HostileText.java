package dev.muster.fleet;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;

/// Random text that shells, git and tmux would love to act on. All of it, if any shell ran it,
/// would leave a canary file behind.
final class HostileText {
    private final Random random;
    private final List<String> pieces;

    HostileText(Random random, Path canary) {
        this.random = random;
        String run = "touch " + canary;
        this.pieces =
                List.of(
                        "$(" + run + ")",
                        "`" + run + "`",
                        ";" + run + ";",
                        "'\n" + run + "\n'",
                        "\"\n" + run + "\n\"",
                        "|" + run + "&",
                        "\n" + run + "\n",
                        "#(" + run + ")",
                        "$HOME",
                        "${IFS}",
                        "%s%n\\n\\0101\\c",
                        "!!",
                        "!" + run,
                        "~",
                        "*",
                        "'",
                        "\"",
                        "\\",
                        "\t",
                        "\n",
                        "--",
                        "{prompt}",
                        "EOF\n",
                        "end\n",
                        "x");
    }

    /// Anything that is delivered: all of Unicode but for control characters and lone surrogates.
    String text(int pieceCount) {
        StringBuilder text = new StringBuilder();
        if (random.nextInt(4) == 0) {
            text.append('-');
        }
        for (int i = 0; i < pieceCount; i++) {
            if (random.nextInt(3) == 0) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            } else {
                text.appendCodePoint(codePoint());
            }
        }
        return text + "\n".repeat(random.nextInt(3));
    }

    /// Characters and noncharacters, combining and right-to-left ones, of one to four bytes.
    private int codePoint() {
        int[] ends = {0x80, 0x800, 0x10000, 0x110000};
        IntPredicate refused =
                c ->
                        Character.isISOControl(c)
                                || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        int end = ends[random.nextInt(ends.length)];
        return random.ints(0x20, end).filter(refused.negate()).findFirst().orElseThrow();
    }

    /// A name that git may take for a branch, or may not.
    String branch() {
        StringBuilder name = new StringBuilder();
        String odd = "$'\"`;&|()<>!#%=+,{}]@/.-_aZ09äß漢🎉\u0301";
        int[] characters = odd.codePoints().toArray();
        for (int i = 0; i < 1 + random.nextInt(24); i++) {
            name.appendCodePoint(characters[random.nextInt(characters.length)]);
        }
        return name.toString();
    }
}
