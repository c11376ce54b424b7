package dev.muster.cli.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The secret that shows the service who asks: `$MUSTER_TOKEN`, else the file that the service
/// made.
///
/// @param given from the environment
/// @param file read anew each time, since a service that is just starting writes it
public record Token(Optional<String> given, Path file) {
    public static Token of(Map<String, String> env, Path file) {
        return new Token(
                Optional.ofNullable(env.get("MUSTER_TOKEN")).filter(t -> !t.isBlank()), file);
    }

    Optional<String> read() throws IOException {
        if (given.isPresent()) {
            return given;
        }
        try {
            return Optional.of(Files.readString(file).strip()).filter(t -> !t.isEmpty());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
