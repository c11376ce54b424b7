package dev.muster.fleet;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/// Finds names for sessions that were given none.
final class SessionNames {
    private static final int WORDS = 4;
    private static final int LENGTH = 32;

    private SessionNames() {}

    /// The first words of the prompt, or the repo's name; with a number where that is taken.
    static String free(String prompt, String repo, Set<String> taken) {
        String base = slug(prompt);
        if (base.isEmpty()) {
            base = slug(repo);
        }
        if (base.isEmpty()) {
            base = "session";
        }
        String name = base;
        for (int i = 2; taken.contains(name); i++) {
            name = base + "-" + i;
        }
        return name;
    }

    private static String slug(String text) {
        String ascii =
                Normalizer.normalize(
                                text.substring(0, Math.min(text.length(), 200)),
                                Normalizer.Form.NFD)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("\\p{M}+", "")
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-+|-+$", "");
        String[] words = ascii.split("-");
        StringBuilder slug = new StringBuilder();
        for (int i = 0; i < Math.min(WORDS, words.length); i++) {
            if (slug.length() + words[i].length() + 1 > LENGTH && !slug.isEmpty()) {
                break;
            }
            slug.append(slug.isEmpty() ? "" : "-").append(words[i]);
        }
        return slug.length() > LENGTH ? slug.substring(0, LENGTH) : slug.toString();
    }
}
