package dev.muster.cli;

import dev.muster.api.LogEntry;
import dev.muster.api.SessionRow;
import dev.muster.cli.text.Columns;
import dev.muster.cli.text.Console;
import dev.muster.cli.text.Escape;
import org.jspecify.annotations.Nullable;

/// Follows a session until its agent runs or it has ended, with one line on the terminal that says
/// what is being done.
final class StartProgress implements SessionEvents.Listener {
    private final Console console;
    private final boolean visible;
    private @Nullable SessionRow last;

    StartProgress(Console console, boolean quiet) {
        this.console = console;
        this.visible = console.errTerminal() && !quiet;
    }

    @Override
    public boolean entry(LogEntry entry) {
        String step = entry.step() == null ? "" : Escape.line(entry.step()) + ": ";
        show(step + Escape.line(entry.text()));
        return true;
    }

    @Override
    public boolean session(SessionRow row) {
        last = row;
        if (row.lifecycle().equals("queued")) {
            String why = row.detail() == null ? "" : ": " + row.detail();
            show("queued" + Escape.line(why));
        }
        // A host that is gone may be gone for hours: nobody waits in front of that.
        return !isSettled(row) && !row.stale();
    }

    /// The row that ended the waiting.
    SessionRow settled(SessionRow atFirst) {
        return last == null ? atFirst : last;
    }

    static boolean isSettled(SessionRow row) {
        return row.lifecycle().equals("running") || row.lifecycle().equals("ended");
    }

    private void show(String text) {
        if (visible) {
            console.err().print("\r" + Columns.fit(text, console.width() - 1) + "\u001b[K");
            console.err().flush();
        }
    }

    void erase() {
        if (visible) {
            console.err().print("\r\u001b[K");
            console.err().flush();
        }
    }
}
