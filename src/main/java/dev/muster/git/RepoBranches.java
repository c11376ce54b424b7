package dev.muster.git;

import dev.muster.shell.HexText;
import dev.muster.shell.Script;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The branches of a repo, the one with the newest commit first.
///
/// @param head the branch that the repo itself stands on, or empty
/// @param branches its own, and those it knows of its remotes (`origin/main`)
/// @param truncated whether there are more than were asked for
public record RepoBranches(Optional<String> head, List<Branch> branches, boolean truncated) {
    private static final Pattern LINE =
            Pattern.compile("branch (\\d{1,11}) refs/(heads|remotes)/(\\S+)");

    public RepoBranches {
        branches = List.copyOf(branches);
    }

    /// @param name as git takes it for a base; untrusted
    /// @param committed when its newest commit was made
    public record Branch(String name, boolean remote, Instant committed) {}

    /// What a host answers.
    public sealed interface Answer {
        record Found(RepoBranches branches) implements Answer {}

        record Missing() implements Answer {}

        record NoGit() implements Answer {}

        record NoRepo() implements Answer {}

        /// Nothing that the script would say: it broke off.
        record Unclear() implements Answer {}
    }

    /// @param repo absolute path on the host
    /// @param limit how many at most
    public static Script script(String repo, int limit) {
        return GitScripts.of(
                "git-branches",
                List.of("git-common", "git-branches"),
                "m_branches \"$1\" \"$2\"",
                List.of(repo, Integer.toString(limit)));
    }

    /// @param limit as the script was given
    public static Answer parse(String text, int limit) {
        List<String> lines = text.lines().toList();
        if (lines.contains("fault missing")) {
            return new Answer.Missing();
        }
        if (lines.contains("fault nogit")) {
            return new Answer.NoGit();
        }
        if (lines.contains("fault norepo")) {
            return new Answer.NoRepo();
        }
        if (lines.isEmpty() || !lines.getLast().equals("done")) {
            return new Answer.Unclear();
        }
        Optional<String> head = Optional.empty();
        List<Branch> branches = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("head ")) {
                head = head(line.substring(5));
            }
            Matcher branch = LINE.matcher(line);
            // `origin/HEAD` points to one of the others.
            if (branch.matches() && !branch.group(3).endsWith("/HEAD")) {
                branches.add(
                        new Branch(
                                branch.group(3),
                                branch.group(2).equals("remotes"),
                                Instant.ofEpochSecond(Long.parseLong(branch.group(1)))));
            }
        }
        boolean more = branches.size() > limit;
        return new Answer.Found(
                new RepoBranches(head, more ? branches.subList(0, limit) : branches, more));
    }

    private static Optional<String> head(String digits) {
        try {
            return Optional.of(HexText.of(digits).replaceFirst("^refs/heads/", ""));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
