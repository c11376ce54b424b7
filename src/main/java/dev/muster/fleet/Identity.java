package dev.muster.fleet;

import dev.muster.host.Folders;
import java.time.Instant;
import java.util.regex.Pattern;

/// Which service this is.
///
/// @param id written into the sessions that it starts as their owner: `[a-z0-9]{8,32}`
/// @param folders where its own files lie
public record Identity(String id, Folders folders, Instant startedAt) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9]{8,32}");

    public Identity {
        if (!FORM.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "a service id has 8 to 32 letters and digits, not: " + id);
        }
    }
}
