package dev.muster.host;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// Finds what a mistyped word was meant to be.
public final class Near {
    /// A longer word is a text, and nobody meant a name by it.
    private static final int LONGEST = 100;

    private Near() {}

    /// The nearest of the known words, if one is near enough to be meant: a third of the letters
    /// may be wrong, but none of a word of two, and case does not count.
    public static Optional<String> of(String word, Collection<String> known) {
        if (word.length() > LONGEST) {
            return Optional.empty();
        }
        int allowed = word.length() < 3 ? 0 : Math.max(1, word.length() / 3);
        String best = null;
        int bestDistance = allowed + 1;
        for (String candidate : known) {
            if (Math.abs(candidate.length() - word.length()) > allowed) {
                continue;
            }
            int distance = distance(lower(word), lower(candidate));
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /// `did you mean `jump`?`, or what to say when nothing is near.
    static String orElse(String word, Collection<String> known, String otherwise) {
        return of(word, known).map(near -> "did you mean `" + near + "`?").orElse(otherwise);
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
    public static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int replaced = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] =
                        Math.min(
                                d[i - 1][j - 1] + replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], 1 + d[i - 2][j - 2]);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
