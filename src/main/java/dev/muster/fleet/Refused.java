package dev.muster.fleet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An action that was not done, and why: a sentence, and what a person can do.
public final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    /// What a caller decides on.
    public enum Kind {
        /// It was tried and failed.
        FAILED,
        /// The request makes no sense as it stands.
        USAGE,
        NOT_FOUND,
        /// It clashes with what is there.
        CONFLICT,
        /// It could lose something.
        WOULD_LOSE,
        /// The host can't be reached now.
        UNREACHABLE,
        NOT_ALLOWED,
        /// The host was asked and has not answered: done or not is not known yet.
        UNKNOWN
    }

    private final Kind kind;
    private final @Nullable String fix;
    private final @Nullable String host;
    private final @Nullable String output;
    private final @Nullable String field;
    private final transient List<String> findings;

    private Refused(
            Kind kind,
            String detail,
            @Nullable String fix,
            @Nullable String host,
            @Nullable String output,
            @Nullable String field,
            List<String> findings) {
        super(detail);
        this.kind = kind;
        this.fix = fix;
        this.host = host;
        this.output = output;
        this.field = field;
        this.findings = List.copyOf(findings);
    }

    public static Refused of(Kind kind, String detail, @Nullable String fix) {
        return new Refused(kind, detail, fix, null, null, null, List.of());
    }

    public Refused on(String hostName) {
        return new Refused(kind, sentence(), fix, hostName, output, field, findings);
    }

    public Refused withOutput(@Nullable String text) {
        return new Refused(kind, sentence(), fix, host, text, field, findings);
    }

    public Refused withFindings(List<String> lines) {
        return new Refused(kind, sentence(), fix, host, output, field, lines);
    }

    /// @param name the field of the request that is to blame
    public Refused at(String name) {
        return new Refused(kind, sentence(), fix, host, output, name, findings);
    }

    public Kind kind() {
        return kind;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }

    public @Nullable String fix() {
        return fix;
    }

    public @Nullable String host() {
        return host;
    }

    public @Nullable String output() {
        return output;
    }

    public @Nullable String field() {
        return field;
    }

    public List<String> findings() {
        return findings;
    }
}
