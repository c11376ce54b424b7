package dev.muster.cli;

import dev.muster.api.SessionRow;
import dev.muster.cli.client.ServiceClient;
import dev.muster.cli.terminal.RemoteTerminal;
import dev.muster.cli.text.Escape;
import java.util.OptionalInt;

/// What `attach` and `shell` have in common.
final class Attachment {
    private final Context context;

    Attachment(Context context) {
        this.context = context;
    }

    /// Opens a session's terminal in the user's, and says afterwards what became of the session.
    ///
    /// @param kind `agent` or `shell`
    /// @param join whether it keeps the size that others who look at it have
    ExitCode open(String ref, String kind, boolean readOnly, boolean join) throws Exception {
        Surroundings here = context.surroundings();
        if (!here.inTerminal() || !here.outTerminal()) {
            throw new CliException(
                    ExitCode.USAGE,
                    "There is no terminal here to show it on",
                    "run it in one; muster peek "
                            + ref
                            + " prints the screen, muster send "
                            + ref
                            + " TEXT types");
        }
        ServiceClient service = context.service();
        SessionRow row = service.get(Paths.session(ref, ""), SessionRow.class);
        boolean agent = kind.equals("agent");
        if (agent && row.lifecycle().equals("ended")) {
            throw new CliException(
                    ExitCode.FAILED,
                    label(row) + " has ended: " + Escape.line(row.state()),
                    "muster resume " + row.name() + " starts it again; muster log shows what was");
        }
        if (!context.options().quiet) {
            context.console().tell("muster: " + (agent ? attached(row, readOnly) : shell(row)));
        }
        String term = here.env("TERM").orElse("xterm-256color");
        OptionalInt exit =
                new RemoteTerminal(
                                service,
                                new RemoteTerminal.Wish(row.id(), kind, readOnly, join, term))
                        .run(here.in());
        if (agent) {
            farewell(service, row);
        }
        return exit.orElse(0) == 0 || !agent ? ExitCode.OK : ExitCode.FAILED;
    }

    private String attached(SessionRow row, boolean readOnly) {
        return (readOnly ? "watching " : "attached to ")
                + label(row)
                + "; to leave it running, press "
                + detachKeys(context.surroundings().env("TMUX").isPresent());
    }

    /// tmux's own: the session's terminal is a tmux client with the stock prefix. Within another
    /// tmux that prefix is the outer one's, which passes it on when it is pressed twice.
    static String detachKeys(boolean inTmux) {
        return inTmux ? "Ctrl-b Ctrl-b d (you are in tmux already)" : "Ctrl-b d";
    }

    private static String shell(SessionRow row) {
        return "a shell in "
                + Escape.line(row.worktree() == null ? "the worktree" : row.worktree())
                + " on "
                + Escape.line(row.host())
                + "; exit ends it";
    }

    private void farewell(ServiceClient service, SessionRow before) throws Exception {
        if (context.options().quiet) {
            return;
        }
        SessionRow row = service.get(Paths.session(before.id(), ""), SessionRow.class);
        context.console()
                .tell(
                        row.lifecycle().equals("ended")
                                ? "muster: "
                                        + label(row)
                                        + " has ended: "
                                        + Escape.line(row.state())
                                        + (row.exitCode() == null
                                                ? ""
                                                : ", exit status " + row.exitCode())
                                : "muster: left " + label(row) + "; it goes on running");
    }

    private static String label(SessionRow row) {
        return Escape.line(row.host()) + "/" + Escape.line(row.name());
    }
}
