package dev.muster.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.shell.Script;
import dev.muster.testing.HostFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The journal's rotation in the shells that hosts have, with writers at work meanwhile.
class RotateScriptIT {
    private static final String FIRST = "g1";
    private static final int LARGE = 400;

    @TempDir Path home;
    private HostFolder host;
    private Path state;

    @BeforeEach
    void hasAJournal() throws Exception {
        host = HostFolder.in(home);
        state = host.state();
        Files.writeString(state.resolve("gen"), FIRST + "\n");
        Files.createFile(journal(FIRST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh", "mksh"})
    void losesAndTearsNothingWhileWritersWriteAndTheRotatorIsKilled(String shell) throws Exception {
        HostFolder.assumeInstalled(shell);
        List<Process> writers = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
            writers.add(host.start(shell, writer(writer)));
        }
        Random random = new Random(7);
        for (int rotation = 2; rotation < 30; rotation++) {
            String current = Files.readString(state.resolve("gen")).strip();
            Awaitility.await("enough to rotate")
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> Files.size(journal(current)) >= LARGE);
            // As the service does: each name sorts after the one before.
            String next = "g%04d".formatted(rotation);
            Process rotator = host.start(shell, Generations.rotation(current, next, LARGE));
            if (random.nextInt(3) == 0) {
                Thread.sleep(random.nextInt(8));
                rotator.destroyForcibly();
            }
            rotator.waitFor();
        }
        Files.createFile(home.resolve("enough"));
        int written = 0;
        for (Process writer : writers) {
            written += Integer.parseInt(new String(writer.getInputStream().readAllBytes()).strip());
        }
        TreeMap<String, Integer> counted = new TreeMap<>();
        int generations = 0;
        try (Stream<Path> files = Files.list(state)) {
            for (Path file :
                    files.filter(f -> f.getFileName().toString().startsWith("journal.")).toList()) {
                generations++;
                byte[] bytes = Files.readAllBytes(file);
                for (JournalRecord record :
                        new JournalReader(0).take(bytes, bytes.length, Instant.EPOCH)) {
                    switch (record.content()) {
                        case JournalRecord.Content.Of of ->
                                counted.merge(String.valueOf(of.events()), 1, Integer::sum);
                        case JournalRecord.Content.Next next ->
                                assertThat(journal(next.generation())).exists();
                        case JournalRecord.Content.Gap gap ->
                                throw new AssertionError("a torn record of " + gap.bytes());
                    }
                }
            }
        }
        assertThat(generations).isGreaterThan(5);
        assertThat(counted).hasSize(written);
        assertThat(counted.values()).containsOnly(1);
    }

    @Test
    void goesOnWithTheRotationThatWasCutOffAndNotWithAnother() throws Exception {
        Files.writeString(journal(FIRST), "\n{}\n".repeat(200));
        Files.writeString(state.resolve("next." + FIRST), "g2\n");
        Generations found = answer(Generations.rotation(FIRST, "g9", LARGE));
        assertThat(found.current()).isEqualTo("g2");
        assertThat(found.sizes()).containsOnlyKeys(FIRST, "g2");
        assertThat(journal(FIRST)).content().endsWith("\n{\"next\":\"g2\"}\n");
    }

    @Test
    void leavesASmallJournalAndOneThatIsNotWrittenAnyMore() throws Exception {
        assertThat(answer(Generations.rotation(FIRST, "g2", LARGE)).current()).isEqualTo(FIRST);
        Files.writeString(journal("g0"), "\n{}\n".repeat(200));
        Generations found = answer(Generations.rotation("g0", "g2", LARGE));
        assertThat(found.current()).isEqualTo(FIRST);
        assertThat(found.sizes()).containsOnlyKeys("g0", FIRST);
    }

    @Test
    void deletesWhatIsOldAndWhollyReadAndNothingElse() throws Exception {
        TreeMap<String, Long> cursors = new TreeMap<>();
        for (String generation : List.of("old", "torn", "unread", "young", FIRST)) {
            Files.writeString(journal(generation), "\n{}\n");
            cursors.put(generation, 4L);
        }
        Files.writeString(journal("torn"), "\n{}\n\n{\"s\":");
        cursors.put("torn", 5L);
        cursors.put("unread", 0L);
        cursors.put("absent", 0L);
        Instant then = Instant.now().minus(8, ChronoUnit.DAYS);
        for (String generation : List.of("old", "torn", "unread", FIRST)) {
            Files.setLastModifiedTime(journal(generation), FileTime.from(then));
        }
        assertThat(Generations.pruned(host.said(Generations.pruning(cursors))))
                .containsExactly("old", "torn");
        assertThat(journal("old")).doesNotExist();
        for (String kept : List.of("unread", "young", FIRST)) {
            assertThat(journal(kept)).exists();
        }
    }

    private Script writer(int number) throws IOException {
        String text =
                HostFolder.stateOnly()
                        + Files.readString(Path.of("src/main/resources/scripts/lib/journal.sh"))
                        + """
                        i=0
                        while [ ! -e "$HOME/enough" ]; do
                          i=$((i + 1))
                          m_put "{\\"s\\":\\"01ARZ3NDEKTSV4RRFFQ69G5FAV\\",\\"k\\":\\"exit\\",\\"run\\":$1,\\"rc\\":$i}"
                        done
                        echo "$i"
                        """;
        return new Script("writer", text, List.of(Integer.toString(number)), new byte[0]);
    }

    private Path journal(String generation) {
        return state.resolve("journal." + generation);
    }

    private Generations answer(Script script) throws Exception {
        return Generations.parse(host.said(script));
    }
}
