package dev.muster.web.view;

import dev.muster.api.Problem;
import dev.muster.api.Problem.Code;
import dev.muster.fleet.Refused;
import dev.muster.git.WorktreeAnswer.Reason;
import dev.muster.session.SessionEvent;
import dev.muster.session.SessionSpec;
import dev.muster.session.StepProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Problem documents (RFC 9457), and the HTTP status of each kind.
public final class Problems {
    public static final String MEDIA_TYPE = "application/problem+json";

    private Problems() {}

    public static Problem of(Refused refused) {
        Code code = code(refused.kind());
        return new Problem(
                "about:blank",
                title(code),
                status(code),
                refused.sentence(),
                code,
                refused.fix(),
                refused.host(),
                null,
                refused.output(),
                refused.findings(),
                refused.field());
    }

    /// A step of preparation that failed on the host, after the start was taken up.
    static Problem of(SessionSpec spec, String step, StepProblem problem) {
        Reason reason = problem.reason();
        Code code = reason == null ? Code.FAILED : code(reason);
        return new Problem(
                "about:blank",
                title(code),
                status(code),
                problem.detail(),
                code,
                problem.fix(),
                spec.host(),
                step,
                problem.output(),
                List.of(),
                reason == null ? null : field(reason));
    }

    static Problem notLaunched(SessionSpec spec, SessionEvent.NotLaunched event) {
        return new Problem(
                "about:blank",
                title(Code.FAILED),
                status(Code.FAILED),
                event.why(),
                Code.FAILED,
                "`muster doctor " + spec.host() + "` says what a session needs there",
                spec.host(),
                null,
                event.output(),
                List.of(),
                null);
    }

    private static @Nullable String field(Reason reason) {
        return switch (reason) {
            case REPO_MISSING, NOT_A_REPO, BARE, NO_COMMITS -> "repo";
            case BASE_MISSING -> "base";
            case BRANCH_EXISTS, BRANCH_ELSEWHERE, BRANCH_CONFLICT, BRANCH_INVALID -> "branch";
            case PATH_TAKEN -> "name";
            case NO_PERMISSION, NOT_TRUSTED, NO_GIT, DISK_FULL, BUSY, FAILED -> null;
        };
    }

    private static Code code(Reason reason) {
        return switch (reason) {
            case REPO_MISSING, BASE_MISSING -> Code.NOT_FOUND;
            case BRANCH_EXISTS, BRANCH_ELSEWHERE, BRANCH_CONFLICT, PATH_TAKEN -> Code.CONFLICT;
            case BRANCH_INVALID -> Code.USAGE;
            case NO_PERMISSION, NOT_TRUSTED -> Code.NOT_ALLOWED;
            case NOT_A_REPO, BARE, NO_COMMITS, NO_GIT, DISK_FULL, BUSY, FAILED -> Code.FAILED;
        };
    }

    public static Problem of(int status, Code code, String detail, @Nullable String fix) {
        return Problem.of(title(code), status, code, detail, fix);
    }

    /// What HTTP itself refuses: no such path, a method or a media type that it does not take.
    public static Problem ofStatus(int status) {
        return switch (status) {
            case 404 ->
                    of(
                            404,
                            Code.NOT_FOUND,
                            "there is nothing at this path",
                            "GET /q/openapi lists all");
            case 405 ->
                    of(
                            405,
                            Code.USAGE,
                            "this path does not take that method",
                            "GET /q/openapi lists all");
            case 406 ->
                    of(
                            406,
                            Code.USAGE,
                            "the answer can't be had as the Accept header wants it",
                            null);
            case 413 -> of(413, Code.USAGE, "the request's body is too large", null);
            case 415 ->
                    of(
                            415,
                            Code.USAGE,
                            "the body's Content-Type is not taken",
                            "send application/json");
            default -> of(status, Code.USAGE, "the request was not understood", null);
        };
    }

    private static Code code(Refused.Kind kind) {
        return switch (kind) {
            case FAILED -> Code.FAILED;
            case USAGE -> Code.USAGE;
            case NOT_FOUND -> Code.NOT_FOUND;
            case CONFLICT -> Code.CONFLICT;
            case WOULD_LOSE -> Code.WOULD_LOSE;
            case UNREACHABLE -> Code.UNREACHABLE;
            case NOT_ALLOWED -> Code.NOT_ALLOWED;
            case UNKNOWN -> Code.UNKNOWN;
        };
    }

    private static int status(Code code) {
        return switch (code) {
            // The service is well: what it was asked to do failed on a host.
            case FAILED -> 502;
            case USAGE -> 400;
            case NOT_FOUND -> 404;
            case CONFLICT, WOULD_LOSE -> 409;
            case UNREACHABLE -> 503;
            case NOT_ALLOWED -> 403;
            case UNKNOWN -> 504;
        };
    }

    private static String title(Code code) {
        return switch (code) {
            case FAILED -> "It failed";
            case USAGE -> "The request makes no sense as it stands";
            case NOT_FOUND -> "Not found";
            case CONFLICT -> "It clashes with what is there";
            case WOULD_LOSE -> "It could lose something";
            case UNREACHABLE -> "The host can't be reached now";
            case NOT_ALLOWED -> "Not allowed";
            case UNKNOWN -> "The outcome is not known yet";
        };
    }
}
