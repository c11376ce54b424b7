package dev.muster.git;

import dev.muster.git.Finding.Kind;
import dev.muster.git.RemovalAnswer.Rescued;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.function.Function;

/// Says in words what a removal found, and how saved work comes back. Pure.
public final class RemovalCheck {
    private static final int NAMED = 3;

    private RemovalCheck() {}

    /// Whether the worktree could go without anything being lost.
    public static boolean clean(RemovalAnswer answer) {
        return answer.findings().stream().noneMatch(finding -> finding.kind().blocking());
    }

    /// A line for each kind of thing that holds the removal up, and for each that is worth to know.
    public static List<String> lines(RemovalAnswer answer) {
        SequencedSet<Kind> kinds = new TreeSet<>();
        answer.findings().forEach(finding -> kinds.add(finding.kind()));
        var lines = new ArrayList<String>();
        for (Kind kind : kinds) {
            List<Finding> of = answer.findings().stream().filter(f -> f.kind() == kind).toList();
            int total = Math.max(answer.totals().getOrDefault(kind, 0), of.size());
            lines.addAll(lines(kind, of, total));
        }
        return lines;
    }

    private static List<String> lines(Kind kind, List<Finding> findings, int total) {
        Finding first = findings.getFirst();
        return switch (kind) {
            case UNCOMMITTED -> one(files(total, "with uncommitted changes", findings));
            case HIDDEN -> one(files(total, "changed though marked as unchanged", findings));
            case UNTRACKED -> one(files(total, "not tracked", findings));
            case IGNORED ->
                    one(files(total, "ignored by git, but not put there by Muster", findings));
            case STAGED -> one(first.count() + " staged changes, of a worktree that was deleted");
            case COMMITS ->
                    one(
                            "%s on no remote and no other branch, the newest %s"
                                    .formatted(count(first.count(), "commit"), first.name()));
            case NESTED_COMMITS ->
                    each(
                            findings,
                            f ->
                                    "%s only in the repo %s inside"
                                            .formatted(count(f.count(), "commit"), f.name()));
            case NESTED_CHANGES ->
                    each(
                            findings,
                            f ->
                                    "%s not committed in the repo %s inside"
                                            .formatted(count(f.count(), "change"), f.name()));
            case OPERATION -> one(operation(first.name()) + " in progress");
            case LOCKED ->
                    one(
                            "locked with `git worktree lock`"
                                    + (first.name().isBlank() ? "" : ": " + first.name().strip()));
            case PROCESS ->
                    each(
                            findings,
                            f -> "process %d works inside: %s".formatted(f.count(), f.name()));
            case PROCESSES_UNKNOWN ->
                    one(
                            "which processes work inside is not known: the host has no /proc and no"
                                    + " lsof");
            case MOUNT -> one("a file system is mounted inside: " + first.name());
            case UNREAD -> each(findings, f -> "could not be read: " + f.name().strip());
            case STASH ->
                    one(
                            "the repo has %s; they stay there"
                                    .formatted(count(first.count(), "stash")));
            case REFLOG ->
                    one(
                            "%s, amended or rebased, only in the worktree's reflog"
                                    .formatted(count(first.count(), "older commit")));
            case REATTACHED -> one("git had forgotten this worktree: it was registered again");
        };
    }

    private static List<String> one(String line) {
        return List.of(line);
    }

    private static List<String> each(List<Finding> findings, Function<Finding, String> words) {
        return findings.stream().map(words).toList();
    }

    private static String files(int total, String what, List<Finding> findings) {
        List<String> names = findings.stream().limit(NAMED).map(Finding::name).toList();
        int rest = total - names.size();
        String more = rest > 0 ? " and %d more".formatted(rest) : "";
        return "%s %s: %s%s".formatted(count(total, "file"), what, String.join(", ", names), more);
    }

    private static String count(int count, String what) {
        if (count == 1) {
            return "1 " + what;
        }
        return count + " " + (what.endsWith("h") ? what + "es" : what + "s");
    }

    private static String operation(String file) {
        return switch (file) {
            case "MERGE_HEAD" -> "a merge";
            case "rebase-merge", "rebase-apply" -> "a rebase";
            case "CHERRY_PICK_HEAD" -> "a cherry-pick";
            case "REVERT_HEAD" -> "a revert";
            case "BISECT_LOG" -> "a bisect";
            default -> "a sequence of picks or reverts";
        };
    }

    /// How a person gets back what was saved, one line each, to be typed in the repo.
    public static List<String> recovery(List<Rescued> rescued) {
        return rescued.stream().map(RemovalCheck::recovery).toList();
    }

    private static String recovery(Rescued saved) {
        String ref = saved.ref();
        int own = ref.indexOf("/refs/", "refs/".length());
        String what = own >= 0 ? ref.substring(own + 1) : what(ref);
        String whose = saved.folder().isEmpty() ? "" : " of the repo " + saved.folder() + " inside";
        return "%s%s: git worktree add --detach PATH %s".formatted(what, whose, ref);
    }

    private static String what(String ref) {
        String last = ref.substring(ref.lastIndexOf('/') + 1);
        if (ref.contains("/stash/")) {
            return "a stash";
        }
        return switch (last) {
            case "work" -> "all files, tracked and untracked";
            case "ignored" -> "the ignored files";
            case "index" -> "what was staged";
            case "head" -> "the commit that was checked out";
            case "branch" -> "the branch";
            case "reflog" -> "older commits, as parents of one";
            case "gitdir" -> "git's own files";
            case "files" -> "the files";
            default -> last;
        };
    }
}
