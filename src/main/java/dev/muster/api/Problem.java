package dev.muster.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a request was not done: `application/problem+json` (RFC 9457) with what a person can do.
///
/// @param type `about:blank`
/// @param title a few words
/// @param status the HTTP status
/// @param detail a sentence: what was tried, where, what came back
/// @param code what a program decides on
/// @param fix what to do, or null
/// @param host the host it happened on, or null
/// @param step the step that failed, or null
/// @param output the remote output, untrusted, or null
/// @param findings what would be lost, what is ambiguous, …: one line each, untrusted
/// @param field the field of the request that is to blame, or null
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        Code code,
        @Nullable String fix,
        @Nullable String host,
        @Nullable String step,
        @Nullable String output,
        List<String> findings,
        @Nullable String field) {

    /// One that says what went wrong and what to do, and nothing of a host or a field.
    public static Problem of(
            String title, int status, Code code, String detail, @Nullable String fix) {
        return new Problem(
                "about:blank", title, status, detail, code, fix, null, null, null, List.of(), null);
    }

    /// The same, with something else to do about it.
    public Problem withFix(String otherFix) {
        return new Problem(
                type, title, status, detail, code, otherFix, host, step, output, findings, field);
    }

    /// Each one maps to one exit code of the command line.
    public enum Code {
        /// It was tried and failed.
        FAILED,
        /// The request makes no sense as it stands.
        USAGE,
        /// No such host, repo or session; or the name means several.
        NOT_FOUND,
        /// It clashes with what is there: a name taken, a branch checked out elsewhere.
        CONFLICT,
        /// Refused because it could lose something.
        WOULD_LOSE,
        /// The host can't be reached now.
        UNREACHABLE,
        /// Host key not trusted, caller not allowed, secret missing.
        NOT_ALLOWED,
        /// It was asked and the host has not answered: done or not is not known yet.
        UNKNOWN
    }
}
