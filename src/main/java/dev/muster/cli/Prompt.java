package dev.muster.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// A text for an agent: from the command line, a file, or standard input. Not a byte is changed;
/// several arguments are joined by single spaces, as `echo` does.
final class Prompt {
    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Read the text from a file.")
    @Nullable Path file;

    /// The text, if any was given.
    ///
    /// @param words the arguments; a single `-` stands for standard input
    Optional<String> read(List<String> words, Surroundings here) throws IOException, CliException {
        if (file != null && !words.isEmpty()) {
            throw new CliException(
                    ExitCode.USAGE,
                    "Both -f " + file + " and a text were given",
                    "give one of them; options go before the text");
        }
        if (file != null) {
            return Optional.of(decode(Files.readAllBytes(file), file.toString()));
        }
        if (words.equals(List.of("-"))) {
            return Optional.of(decode(here.in().readAllBytes(), "standard input"));
        }
        return words.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", words));
    }

    private static String decode(byte[] bytes, String source) throws CliException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new CliException(
                    ExitCode.USAGE,
                    "The text from " + source + " is not UTF-8",
                    "convert it first, for example with iconv");
        }
    }
}
