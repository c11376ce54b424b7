package dev.muster.web.view;

import dev.muster.api.LogEntry;
import dev.muster.fleet.Memory.Remembered;
import dev.muster.git.Changes;
import dev.muster.session.SessionEvent;
import dev.muster.session.SessionSpec;
import dev.muster.session.Signals;
import dev.muster.session.StepProblem;
import org.jspecify.annotations.Nullable;

/// A session's history as lines for people.
public final class Timeline {
    private Timeline() {}

    /// @param spec what was asked of the session, for the sentences on steps that failed
    public static LogEntry entry(SessionSpec spec, Remembered remembered) {
        long seq = remembered.seq();
        return switch (remembered.event()) {
            case SessionEvent.Asked e ->
                    line(
                            seq,
                            e,
                            "asked",
                            null,
                            e.run() <= 1
                                    ? "start was asked for"
                                    : "run " + e.run() + " was asked for",
                            null);
            case SessionEvent.NotLaunched e ->
                    line(seq, e, "failed", null, "not launched: " + e.why(), e.output())
                            .with(Problems.notLaunched(spec, e));
            case SessionEvent.Step e -> step(seq, spec, e);
            case SessionEvent.Started e ->
                    line(seq, e, "started", null, "the agent runs, process " + e.pid(), null);
            case SessionEvent.Reported e ->
                    line(
                            seq,
                            e,
                            "state",
                            null,
                            e.detail() == null ? e.word() : e.word() + ": " + e.detail(),
                            null);
            case SessionEvent.Said e ->
                    line(
                            seq,
                            e,
                            "agent",
                            null,
                            AgentLines.of(e.what()),
                            AgentLines.whole(e.what()));
            case SessionEvent.StopAsked e ->
                    line(seq, e, "stopped", null, "stop was asked for by " + e.by(), null);
            case SessionEvent.Exited e -> line(seq, e, "exited", null, ended(e.status()), null);
            case SessionEvent.Swept e -> line(seq, e, "swept", null, swept(e), null);
            case SessionEvent.Missing e ->
                    line(seq, e, "lost", null, "not on its host any more: " + e.why(), null);
            case SessionEvent.Counted e ->
                    line(seq, e, "changes", null, changes(e.changes()), null);
            case SessionEvent.Noted e -> line(seq, e, e.what(), null, e.text(), e.output());
        };
    }

    private static LogEntry line(
            long seq,
            SessionEvent event,
            String kind,
            @Nullable String step,
            String text,
            @Nullable String output) {
        return new LogEntry(seq, event.at(), kind, step, text, output, null);
    }

    private static LogEntry step(long seq, SessionSpec spec, SessionEvent.Step e) {
        return switch (e.phase()) {
            case BEGIN -> line(seq, e, "step", e.step(), "begins", null);
            case OK ->
                    line(
                            seq,
                            e,
                            "step",
                            e.step(),
                            "done",
                            e.step().equals("setup") ? e.output() : null);
            case FAILED -> {
                StepProblem problem = StepProblem.of(spec, e.step(), e.output());
                yield line(
                                seq,
                                e,
                                "failed",
                                e.step(),
                                problem.detail() + " " + problem.fix(),
                                problem.output())
                        .with(Problems.of(spec, e.step(), problem));
            }
        };
    }

    private static String ended(int status) {
        return status == 0
                ? "the agent ended well"
                : Signals.name(status)
                        .map(signal -> "the agent was ended by signal " + signal)
                        .orElseGet(() -> "the agent ended with exit code " + status);
    }

    private static String swept(SessionEvent.Swept e) {
        if (e.run() == 0) {
            return "looked at its host: not taken up yet";
        }
        if (e.status() != null) {
            return "looked at its host: " + ended(e.status());
        }
        if (e.pane() == null) {
            return "looked at its host: tmux gave no answer";
        }
        return e.pane()
                ? "looked at its host: it runs"
                : "looked at its host: its terminal is gone, without a word of how it ended";
    }

    private static String changes(Changes changes) {
        return changes.files()
                + (changes.files() == 1 ? " file" : " files")
                + ", +"
                + changes.added()
                + " -"
                + changes.removed()
                + ", "
                + changes.commits()
                + (changes.commits() == 1 ? " commit" : " commits");
    }
}
