package dev.muster.fleet;

import dev.muster.fleet.Refused.Kind;
import dev.muster.git.Removal;
import dev.muster.git.RemovalAnswer;
import dev.muster.git.RemovalAnswer.Outcome;
import dev.muster.git.RemovalCheck;
import dev.muster.link.Link;
import dev.muster.link.LinkException;
import dev.muster.link.RunResult;
import dev.muster.session.HostFacts;
import dev.muster.session.Session;
import dev.muster.session.SessionSpec;
import dev.muster.shell.HostScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Takes a session off its host, and nothing that is nowhere else with it. Every step may be
/// repeated, so that whoever finds a removal half done goes on with it.
public final class Removing {
    /// A large worktree takes its time, above all when all of it is saved first.
    private static final Duration LONG = Duration.ofMinutes(10);

    /// How often a removal that was cut off is taken up again at once.
    private static final int TRIES = 3;

    /// What was done.
    ///
    /// @param text a sentence
    /// @param notes what else to know: how rescued work comes back, what was left
    public record Removed(String text, List<String> notes) {}

    private final Link link;
    private final HostFacts facts;

    Removing(Link link, HostFacts facts) {
        this.link = link;
        this.facts = facts;
    }

    /// @throws Refused when something would be lost, or could not be looked at; nothing was changed
    /// @throws LinkException when the host gave no answer: it may be done or not
    Removed remove(Session session, boolean force)
            throws Refused, LinkException, InterruptedException {
        SessionSpec spec = session.spec();
        List<String> notes = new ArrayList<>();
        String text = spec.name() + " is removed";
        if (spec.worktree() != null) {
            RemovalAnswer answer = removeWorktree(spec, spec.worktree(), force);
            text = explain(spec, answer, force, notes);
        }
        bury(spec);
        return new Removed(text, notes);
    }

    private RemovalAnswer removeWorktree(SessionSpec spec, String worktree, boolean force)
            throws Refused, LinkException, InterruptedException {
        Removal removal =
                new Removal(
                        spec.id().value(),
                        facts.state() + "/sessions/" + spec.id() + "/git",
                        spec.repoPath(),
                        worktree,
                        String.valueOf(spec.branch()),
                        spec.disposable(),
                        Removal.LIMIT);
        Removal.Mode mode = force ? Removal.Mode.FORCE : Removal.Mode.REMOVE;
        RunResult result = link.run(removal.script(mode), LONG);
        for (int i = 1; i < TRIES; i++) {
            try {
                RemovalAnswer answer = RemovalAnswer.parse(result.outText());
                if (answer.outcome() != Outcome.REMOVING) {
                    return answer;
                }
            } catch (IllegalArgumentException e) {
                // Cut off on the host: the next call goes on where it stopped.
            }
            result = link.run(removal.script(mode), LONG);
        }
        try {
            return RemovalAnswer.parse(result.outText());
        } catch (IllegalArgumentException e) {
            throw Refused.of(
                            Kind.FAILED,
                            "removing the worktree of " + spec.name() + " broke off on its host",
                            "try again: it goes on where it stopped, and nothing is lost by that")
                    .on(spec.host())
                    .withOutput(result.outText() + result.errText());
        }
    }

    /// One sentence on what became of the worktree.
    ///
    /// @throws Refused when it is still there
    private static String explain(
            SessionSpec spec, RemovalAnswer answer, boolean force, List<String> notes)
            throws Refused {
        String name = spec.name();
        return switch (answer.outcome()) {
            case REMOVED, LEFT_OVER -> {
                notes.addAll(RemovalCheck.lines(answer));
                notes.addAll(RemovalCheck.recovery(answer.rescued()));
                if (answer.outcome() == Outcome.LEFT_OVER) {
                    notes.add("some files could not be deleted: " + answer.detail());
                }
                String branch =
                        switch (answer.branch()) {
                            case DELETED -> " with its branch " + spec.branch();
                            case KEPT -> "; its branch " + spec.branch() + " is kept";
                            case NOT_MADE -> "";
                        };
                yield answer.rescued().isEmpty()
                        ? name + " is removed" + branch
                        : name
                                + " is removed"
                                + branch
                                + "; what was only there is saved in the repo";
            }
            case NOT_OURS -> {
                notes.add(spec.worktree() + " is not this session's and was left alone");
                yield name + " is removed";
            }
            case NO_REPO -> {
                if (force) {
                    notes.add(
                            "the repo "
                                    + spec.repoPath()
                                    + " is not there; the files in "
                                    + spec.worktree()
                                    + " were left alone");
                    yield name + " is removed from the board";
                }
                throw wouldLose(
                        spec,
                        "the repo " + spec.repoPath() + " is not there: nothing could be compared",
                        "`--force` takes the session off the board and leaves its files",
                        List.of());
            }
            case REFUSED ->
                    throw wouldLose(
                            spec,
                            "removing " + name + " would lose work",
                            "commit and push it, or `muster rm --force "
                                    + name
                                    + "`, which saves all of it in the repo first",
                            RemovalCheck.lines(answer));
            case TOO_LARGE ->
                    throw wouldLose(
                            spec,
                            "more than "
                                    + (Removal.LIMIT >> 20)
                                    + " MiB would have to be saved: "
                                    + answer.detail(),
                            "move large files away first, or name them under `disposable:`",
                            RemovalCheck.lines(answer));
            case NOT_SAVED ->
                    throw wouldLose(
                            spec,
                            "not all of it could be saved: " + answer.detail(),
                            "see what is named, then try again",
                            RemovalCheck.lines(answer));
            case BUSY ->
                    throw Refused.of(
                                    Kind.CONFLICT,
                                    "another session is worked on in "
                                            + spec.repoPath()
                                            + ": "
                                            + answer.detail(),
                                    "try again in a moment")
                            .on(spec.host());
            case CHECKED, REMOVING, FAILED ->
                    throw Refused.of(
                                    Kind.FAILED,
                                    "removing " + name + " failed: " + answer.detail(),
                                    "`muster doctor " + spec.host() + "`")
                            .on(spec.host());
        };
    }

    private static Refused wouldLose(
            SessionSpec spec, String detail, String fix, List<String> findings) {
        return Refused.of(Kind.WOULD_LOSE, detail, fix).on(spec.host()).withFindings(findings);
    }

    private void bury(SessionSpec spec) throws Refused, LinkException, InterruptedException {
        RunResult result = link.run(HostScript.named("bury", spec.id().value(), spec.name()), LONG);
        if (!result.outText().strip().equals("buried")) {
            throw Refused.of(
                            Kind.FAILED,
                            "the files of " + spec.name() + " could not be removed on its host",
                            "try again; `muster doctor " + spec.host() + "`")
                    .on(spec.host())
                    .withOutput(result.outText() + result.errText());
        }
    }
}
