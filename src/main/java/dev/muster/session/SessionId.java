package dev.muster.session;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/// A session's identity: a ULID of 26 characters. It is the name of files and tmux sessions on the
/// host, so nothing but these characters ever gets in.
public record SessionId(@JsonValue String value) implements Comparable<SessionId> {
    private static final Pattern FORM = Pattern.compile("[0-7][0-9A-HJKMNP-TV-Z]{25}");

    @JsonCreator
    public SessionId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a session id: " + value);
        }
    }

    public static boolean isValid(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public int compareTo(SessionId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
