package dev.muster.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each file of `hosts/broken` is refused with the faults that stand beside it, all of them.
class BrokenHostsFilesTest {
    private static final Path FOLDER = Path.of("src/test/resources/hosts/broken");

    static List<Path> brokenFiles() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("brokenFiles")
    void tellsEachFaultWithPlaceCauseAndFix(Path file) throws IOException {
        HostsFile.Result result = HostsFile.read(file, Path.of("/home/me")).result();

        assertThat(result).isInstanceOf(HostsFile.Result.Bad.class);
        assertThat(told((HostsFile.Result.Bad) result)).isEqualTo(expected(file));
    }

    @Test
    void coversAtLeastFiftyFiles() throws IOException {
        assertThat(brokenFiles()).hasSizeGreaterThanOrEqualTo(50);
    }

    private static String told(HostsFile.Result.Bad bad) {
        StringBuilder told = new StringBuilder();
        for (Fault fault : bad.faults()) {
            String name = String.valueOf(Path.of(fault.file()).getFileName());
            told.append(fault.severity() == Fault.Severity.WARNING ? "warning " : "")
                    .append(fault.toString().replace(fault.file(), name))
                    .append('\n');
        }
        return told.toString();
    }

    private static String expected(Path file) throws IOException {
        Path beside = Path.of(file.toString().replaceAll("\\.yaml$", ".faults"));
        return Files.exists(beside) ? Files.readString(beside) : "";
    }
}
