package dev.muster.session;

import dev.muster.git.WorktreeAnswer;
import dev.muster.git.WorktreeAnswer.Reason;
import dev.muster.git.WorktreeProblem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Why a step of preparation failed, in words.
///
/// @param detail a sentence
/// @param fix what to do
/// @param output what the step printed, where that says more than the sentence
/// @param reason why git made no worktree, where that was the step; else null
public record StepProblem(
        String detail, String fix, @Nullable String output, @Nullable Reason reason) {

    private StepProblem(String detail, String fix, @Nullable String output) {
        this(detail, fix, output, null);
    }

    public static StepProblem of(SessionSpec spec, String step, @Nullable String output) {
        return switch (step) {
            case "worktree" ->
                    worktree(spec, output == null ? "" : output)
                            .orElseGet(() -> plain(spec, step, output));
            case "setup" ->
                    new StepProblem(
                            "The setup command of " + spec.repo() + " failed.",
                            "`muster shell "
                                    + spec.name()
                                    + "` opens the worktree; `muster resume "
                                    + spec.name()
                                    + "` tries again",
                            output);
            case "agent" ->
                    new StepProblem(
                            firstLine(output)
                                    .orElse("The agent " + spec.agent() + " was not started."),
                            "`muster doctor " + spec.host() + "` says what the agent needs there",
                            output);
            default -> plain(spec, step, output);
        };
    }

    /// The commit that a worktree was made from, as its step said.
    static Optional<String> startCommit(SessionEvent.Step step) {
        if (!step.step().equals("worktree") || step.output() == null) {
            return Optional.empty();
        }
        try {
            return WorktreeAnswer.parse(step.output().lines()) instanceof WorktreeAnswer.Made made
                    ? Optional.of(made.commit())
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<StepProblem> worktree(SessionSpec spec, String output) {
        try {
            return switch (WorktreeAnswer.parse(output.lines())) {
                case WorktreeAnswer.Made made -> Optional.empty();
                case WorktreeAnswer.Refused refused -> {
                    WorktreeProblem problem =
                            WorktreeProblem.of(
                                    refused,
                                    new WorktreeProblem.Wish(
                                            spec.host(),
                                            spec.repoPath(),
                                            String.valueOf(spec.worktree()),
                                            String.valueOf(spec.branch()),
                                            spec.base() == null ? "HEAD" : spec.base()));
                    yield Optional.of(
                            new StepProblem(
                                    problem.detail(), problem.fix(), null, refused.reason()));
                }
            };
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static StepProblem plain(SessionSpec spec, String step, @Nullable String output) {
        return new StepProblem(
                "The step `" + step + "` failed on " + spec.host() + ".",
                "`muster log " + spec.name() + "` shows its output",
                output);
    }

    private static Optional<String> firstLine(@Nullable String output) {
        return output == null ? Optional.empty() : output.lines().findFirst();
    }
}
