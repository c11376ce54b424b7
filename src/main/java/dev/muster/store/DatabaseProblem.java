package dev.muster.store;

import dev.muster.fleet.Memory.MemoryException;
import java.sql.SQLException;
import java.util.Locale;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// Says what is wrong with a database in words of people.
final class DatabaseProblem {
    /// SQLite's result codes (<https://www.sqlite.org/rescode.html>); the lowest byte of an
    /// extended one is the primary one.
    private static final int BUSY = 5;

    private static final int LOCKED = 6;
    private static final int READ_ONLY = 8;
    private static final int IO_ERROR = 10;
    private static final int CORRUPT = 11;
    private static final int FULL = 13;
    private static final int NO_DATABASE = 26;

    private DatabaseProblem() {}

    /// @param what was tried: `read` or `written`
    static MemoryException of(JdbiException e, String what) {
        SQLException cause = sql(e);
        if (cause == null || !String.valueOf(cause.getMessage()).startsWith("[SQLITE_")) {
            return said(
                    what, e.getMessage(), "see that it answers and may be written; try again", e);
        }
        return switch (cause.getErrorCode() & 0xff) {
            case FULL ->
                    said(
                            what,
                            "its disk is full",
                            "free some space on the disk of Muster's data",
                            e);
            case READ_ONLY ->
                    said(
                            what,
                            "it is read-only",
                            "make the folder of Muster's data and all files in it writable",
                            e);
            case BUSY, LOCKED ->
                    said(
                            what,
                            "another program holds it locked",
                            "close what has Muster's database open (a backup, a shell), then try"
                                    + " again",
                            e);
            case IO_ERROR ->
                    said(
                            what,
                            "its disk fails: " + words(cause),
                            "look after the disk of Muster's data; its sessions go on meanwhile",
                            e);
            case CORRUPT, NO_DATABASE ->
                    said(
                            what,
                            "it is damaged",
                            "stop the service, put a backup in its place or move it away: every"
                                    + " session is found again from its host",
                            e);
            default -> said(what, words(cause), "try again; the service's log tells more", e);
        };
    }

    private static MemoryException said(
            String what, @Nullable String why, String fix, JdbiException e) {
        return new MemoryException("the database could not be " + what + ": " + why, fix, e);
    }

    private static String words(SQLException e) {
        return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    }

    private static @Nullable SQLException sql(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof SQLException found) {
                return found;
            }
        }
        return null;
    }
}
