package dev.muster.git;

import dev.muster.git.Finding.Kind;
import dev.muster.shell.HexText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.TreeMap;

/// What the removal script answered.
///
/// @param detail git's message, or what is too large; untrusted, may be empty
/// @param findings at most 50 of a kind
/// @param totals how many there are of each kind of finding
/// @param rescued what was saved, when the worktree was removed by force
public record RemovalAnswer(
        Outcome outcome,
        String detail,
        List<Finding> findings,
        SequencedMap<Kind, Integer> totals,
        List<Rescued> rescued,
        BranchFate branch) {

    /// Each is the script's word for it, in lower case with dashes.
    public enum Outcome {
        /// It was only asked.
        CHECKED,
        /// It is gone.
        REMOVED,
        /// Everything is as it was; the findings say why.
        REFUSED,
        /// Everything is as it was: more than the limit would have to be saved.
        TOO_LARGE,
        /// Everything is as it was: not all of it could be saved.
        NOT_SAVED,
        /// Everything is as it was: the path holds something that this session did not make.
        NOT_OURS,
        /// Everything is as it was: the repo is not there, so nothing could be compared.
        NO_REPO,
        /// Another session is worked on in this repo; nothing was done.
        BUSY,
        /// It is decided and begun; the next request finishes it.
        REMOVING,
        /// It is removed, but some files could not be deleted.
        LEFT_OVER,
        FAILED
    }

    /// A ref of the repo that holds what was saved.
    ///
    /// @param folder of the repo inside that it is of; empty for the worktree itself
    public record Rescued(String ref, String commit, String folder) {}

    /// What became of the branch that Muster made.
    public enum BranchFate {
        DELETED,
        KEPT,
        /// Muster had made none for this session.
        NOT_MADE
    }

    public RemovalAnswer {
        findings = List.copyOf(findings);
        rescued = List.copyOf(rescued);
    }

    /// @throws IllegalArgumentException when the script was cut off before it said what became of
    ///     it: whether it is removed is unknown, and the request is to be repeated
    public static RemovalAnswer parse(String out) {
        var findings = new ArrayList<Finding>();
        var rescued = new ArrayList<Rescued>();
        SequencedMap<Kind, Integer> totals = new TreeMap<>();
        BranchFate branch = BranchFate.NOT_MADE;
        for (String line : out.split("\n")) {
            String[] fields = line.split("\t", -1);
            switch (fields[0]) {
                case "finding", "note" -> {
                    Kind kind = Kind.of(fields[1]);
                    findings.add(
                            new Finding(kind, Integer.parseInt(fields[2]), name(kind, fields[3])));
                }
                case "total" -> totals.put(Kind.of(fields[1]), Integer.parseInt(fields[2]));
                case "rescued" ->
                        rescued.add(new Rescued(fields[1], fields[2], HexText.of(fields[3])));
                case "branch" -> branch = BranchFate.valueOf(fields[1].toUpperCase(Locale.ROOT));
                case "done" -> {
                    String word = fields[1].toUpperCase(Locale.ROOT).replace('-', '_');
                    return new RemovalAnswer(
                            Outcome.valueOf(word),
                            HexText.of(fields[2]),
                            findings,
                            totals,
                            rescued,
                            branch);
                }
                default -> throw new IllegalArgumentException("not of the script: " + line);
            }
        }
        throw new IllegalArgumentException("the removal was cut off: its outcome is not known");
    }

    /// Paths come as git quotes them, all else in hex: a file may well be called `hex:61`.
    private static String name(Kind kind, String field) {
        return switch (kind) {
            case UNCOMMITTED, HIDDEN, UNTRACKED, IGNORED, COMMITS, OPERATION ->
                    GitText.unquote(field);
            case STAGED,
                    NESTED_COMMITS,
                    NESTED_CHANGES,
                    LOCKED,
                    PROCESS,
                    PROCESSES_UNKNOWN,
                    MOUNT,
                    UNREAD,
                    STASH,
                    REFLOG,
                    REATTACHED ->
                    field.isEmpty() ? "" : HexText.of(field.substring("hex:".length()));
        };
    }
}
