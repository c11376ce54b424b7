package dev.muster.git;

import java.util.Optional;

/// Where a session's worktree goes, what its branch is called, and which names are possible.
public final class WorktreeNaming {
    /// What every branch that Muster names begins with.
    public static final String PREFIX = "muster/";

    private WorktreeNaming() {}

    /// @param repo absolute path of the repo on its host
    /// @param folder the repo's `worktrees:`, when set
    /// @param name the session's
    /// @return absolute path on the host
    public static String path(String repo, Optional<String> folder, String name) {
        String base = repo;
        while (base.length() > 1 && base.endsWith("/")) {
            base = base.substring(0, base.length() - 1);
        }
        String parent = folder.orElse(base + ".worktrees");
        return parent.endsWith("/") ? parent + name : parent + "/" + name;
    }

    public static String branch(String session) {
        return PREFIX + session;
    }

    /// Why git takes no branch of that name, in words that follow the name; empty when it does.
    /// The rules are those of git-check-ref-format(1) and of `git check-ref-format --branch`.
    public static Optional<String> problem(String branch) {
        if (branch.isEmpty()) {
            return Optional.of("is empty");
        }
        if (branch.startsWith("-")) {
            return Optional.of("begins with a dash");
        }
        if (branch.equals("HEAD") || branch.equals("@")) {
            return Optional.of("is a name that git keeps for itself");
        }
        if (branch.startsWith("/") || branch.endsWith("/") || branch.contains("//")) {
            return Optional.of("has an empty part between slashes");
        }
        for (String part : branch.split("/", -1)) {
            if (part.startsWith(".")) {
                return Optional.of("has a part that begins with a dot");
            }
            if (part.endsWith(".lock")) {
                return Optional.of("has a part that ends with .lock");
            }
        }
        if (branch.contains("..")) {
            return Optional.of("has two dots in a row");
        }
        if (branch.endsWith(".")) {
            return Optional.of("ends with a dot");
        }
        if (branch.contains("@{")) {
            return Optional.of("contains @{");
        }
        return branch.chars()
                .filter(c -> c <= ' ' || c == 127 || "~^:?*[\\".indexOf(c) >= 0)
                .mapToObj(WorktreeNaming::described)
                .findFirst();
    }

    private static String described(int c) {
        if (c == ' ') {
            return "contains a space";
        }
        return c < ' ' || c == 127
                ? "contains a control character"
                : "contains " + Character.toString(c);
    }
}
