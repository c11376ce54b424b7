package dev.muster.notify;

import dev.muster.host.Notices.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Finds what the hosts file only names. Looked up for each use: a secret is changed without a
/// restart, and kept nowhere.
///
/// @param env variables of the service
record Secrets(Function<String, Optional<String>> env) {

    /// @throws Missing with a sentence that names the place, never the value
    String of(Secret secret) throws Missing {
        return switch (secret) {
            case Secret.Plain plain -> plain.value();
            case Secret.Env(String name) ->
                    env.apply(name)
                            .map(String::strip)
                            .filter(value -> !value.isEmpty())
                            .orElseThrow(
                                    () ->
                                            new Missing(
                                                    "the variable "
                                                            + name
                                                            + " is not set where the service"
                                                            + " runs"));
            case Secret.File(String path) -> firstLine(path);
        };
    }

    private static String firstLine(String path) throws Missing {
        try (Stream<String> lines = Files.lines(Path.of(path))) {
            return lines.findFirst()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .orElseThrow(() -> new Missing("the file " + path + " is empty"));
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new Missing("the file " + path + " can't be read");
        }
    }

    static final class Missing extends Exception {
        private static final long serialVersionUID = 1L;

        Missing(String why) {
            super(why);
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }
}
