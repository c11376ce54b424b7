package dev.muster.git;

import dev.muster.git.WorktreeAnswer.Refused;
import dev.muster.host.Near;
import java.util.Comparator;
import java.util.List;

/// A refusal in words.
///
/// @param detail a sentence: what was tried, where, what came back
/// @param fix what to do
public record WorktreeProblem(String detail, String fix) {
    private static final int SUGGESTIONS = 3;

    /// What the worktree was to be, for the sentences.
    public record Wish(String host, String repo, String path, String branch, String base) {}

    public static WorktreeProblem of(Refused refused, Wish wish) {
        String repo = "%s on %s".formatted(wish.repo(), wish.host());
        String branch = wish.branch();
        String detail = refused.detail();
        return switch (refused.reason()) {
            case REPO_MISSING ->
                    new WorktreeProblem(
                            "There is no folder " + repo + ".",
                            "Correct the repo's path in the hosts file, or clone it there.");
            case NOT_A_REPO ->
                    new WorktreeProblem(
                            repo + " is not a git repository" + said(detail),
                            "Run `git init` or `git clone` there, or correct the repo's path.");
            case BARE ->
                    new WorktreeProblem(
                            repo + " is a bare repository: sessions need one with a checkout.",
                            "Name a checkout of it in the hosts file.");
            case BASE_MISSING -> baseMissing(repo, wish.base(), detail);
            case BRANCH_EXISTS ->
                    new WorktreeProblem(
                            "The branch %s is already in %s.".formatted(branch, repo),
                            "Choose another name with -n or -b, or ask for this branch with -b.");
            case BRANCH_ELSEWHERE ->
                    new WorktreeProblem(
                            "The branch %s of %s is checked out in %s."
                                    .formatted(branch, repo, detail),
                            "Choose another branch with -b, or switch that worktree to another.");
            case PATH_TAKEN -> pathTaken(wish, detail);
            case BRANCH_INVALID ->
                    new WorktreeProblem(
                            "git takes no branch %s: the name %s."
                                    .formatted(
                                            branch,
                                            WorktreeNaming.problem(branch).orElse("is refused")),
                            "Choose another name with -b.");
            case BRANCH_CONFLICT ->
                    new WorktreeProblem(
                            "git can't keep the branch %s beside the branch %s of %s."
                                    .formatted(branch, detail, repo),
                            "Choose another name with -b.");
            case DISK_FULL ->
                    new WorktreeProblem(
                            "The disk of %s is full%s".formatted(wish.host(), said(detail)),
                            "Free some space there and start again.");
            case NO_PERMISSION ->
                    new WorktreeProblem(
                            "The worktree %s on %s may not be written%s"
                                    .formatted(wish.path(), wish.host(), said(detail)),
                            "Give Muster's user the right to write there, or set `worktrees:`.");
            case BUSY ->
                    new WorktreeProblem(
                            "Another session is being prepared in %s for over a minute: %s."
                                    .formatted(repo, detail),
                            "Try again; if that process hangs, end it.");
            case FAILED ->
                    new WorktreeProblem(
                            "git could not make the worktree %s on %s%s"
                                    .formatted(wish.path(), wish.host(), said(detail)),
                            "See git's message.");
            case NO_GIT ->
                    new WorktreeProblem(
                            "git is not found on " + wish.host() + ".",
                            "Install git there, or put it on the PATH of a non-interactive shell.");
            case NOT_TRUSTED ->
                    new WorktreeProblem(
                            repo + " belongs to another user, so git refuses it" + said(detail),
                            "If you trust it: git config --global --add safe.directory %s"
                                    .formatted(wish.repo()));
            case NO_COMMITS ->
                    new WorktreeProblem(
                            repo + " has no commit yet, so there is nothing to start from.",
                            "Make a first commit there.");
        };
    }

    private static WorktreeProblem baseMissing(String repo, String base, String refs) {
        List<String> near =
                refs.lines()
                        .filter(ref -> nearness(base, ref) <= Math.max(2, base.length() / 3))
                        .sorted(Comparator.comparingInt(ref -> nearness(base, ref)))
                        .limit(SUGGESTIONS)
                        .toList();
        String fix =
                near.isEmpty()
                        ? "Name a branch, tag or commit that is there, or fetch it first."
                        : "Did you mean " + String.join(", ", near) + "?";
        return new WorktreeProblem("There is no base %s in %s.".formatted(base, repo), fix);
    }

    private static WorktreeProblem pathTaken(Wish wish, String how) {
        if (how.equals("registered")) {
            return new WorktreeProblem(
                    "git on %s still lists a worktree %s whose folder is gone."
                            .formatted(wish.host(), wish.path()),
                    "Run `git worktree prune` in %s if it is not needed any more."
                            .formatted(wish.repo()));
        }
        return new WorktreeProblem(
                "%s on %s is there already and is not this session's."
                        .formatted(wish.path(), wish.host()),
                "Choose another name with -n, or move that folder away.");
    }

    private static String said(String output) {
        return output.isBlank() ? "." : ": " + output.strip();
    }

    /// Edit distance, with or without the name of a remote, whichever is nearer.
    private static int nearness(String wanted, String ref) {
        int slash = ref.indexOf('/');
        int whole = Near.distance(wanted, ref);
        return slash < 0 ? whole : Math.min(whole, Near.distance(wanted, ref.substring(slash + 1)));
    }
}
