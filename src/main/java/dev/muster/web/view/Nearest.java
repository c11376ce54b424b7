package dev.muster.web.view;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds what was probably meant by a word with a typing mistake in it.
public final class Nearest {
    private static final int LONGEST = 64;

    private Nearest() {}

    /// The closest of the words, when it is close enough to be meant: at most one mistake for every
    /// three characters.
    public static Optional<String> to(String word, Collection<String> words) {
        if (word.length() > LONGEST) {
            return Optional.empty();
        }
        return words.stream()
                .filter(each -> each.length() <= LONGEST)
                .filter(each -> distance(word, each) <= Math.max(1, word.length() / 3))
                .min(Comparator.comparingInt(each -> distance(word, each)));
    }

    /// How many characters must be added, removed, replaced or swapped with their neighbour
    /// (optimal string alignment).
    private static int distance(String a, String b) {
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                steps[i][j] = i == 0 || j == 0 ? i + j : step(steps, a, b, i, j);
            }
        }
        return steps[a.length()][b.length()];
    }

    private static int step(int[][] steps, String a, String b, int i, int j) {
        char last = a.charAt(i - 1);
        int replaced = steps[i - 1][j - 1] + (last == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
        boolean swapped =
                i > 1 && j > 1 && last == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, steps[i - 2][j - 2] + 1) : least;
    }
}
