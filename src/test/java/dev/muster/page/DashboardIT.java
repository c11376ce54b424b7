package dev.muster.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.muster.testing.PersonsMuster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The page in a real browser, over a service from the packaged jar and real hosts. Each file of
/// `src/main/webui/e2e/scenarios` is a test, named by the sentence that the file begins with; they
/// share one service and stand in each other's way in nothing, so that two run at a time: they wait
/// more than they work. Those in `alone` would disturb others, and run afterwards one by one.
/// `-Dscenario=NAME` runs one of them.
class DashboardIT {
    private static final Path WEBUI = Path.of("src/main/webui").toAbsolutePath();
    private static final Path SHOTS = Path.of("target/e2e").toAbsolutePath();

    /// Short: tmux sockets lie below it.
    @TempDir static Path folder;

    private static PageWorld world;
    private static Door door;
    private static String chromium = "";
    private static final Map<Scenario, CompletableFuture<PersonsMuster.Ran>> RUNS =
            new LinkedHashMap<>();
    private static final ExecutorService LANES = Executors.newFixedThreadPool(2);

    @BeforeAll
    static void startEverything() throws Exception {
        assumeThat(Path.of("target/muster.jar")).as("the packaged jar").exists();
        assumeThat(WEBUI.resolve("node_modules/playwright-core"))
                .as("the page was built here, with Node.js")
                .exists();
        dev.muster.testing.TestSshd.assumeInstalled();
        Optional<Path> browser =
                Stream.of("chromium", "chromium-browser", "google-chrome")
                        .flatMap(DashboardIT::onPath)
                        .findFirst();
        assumeThat(browser).as("chromium is installed").isPresent();
        chromium = browser.orElseThrow().toString();
        Files.createDirectories(SHOTS);
        world = PageWorld.start(folder);
        door = new Door(world);
        List<Scenario> together = scenarios().stream().filter(each -> !each.alone()).toList();
        together.forEach(
                each -> RUNS.put(each, CompletableFuture.supplyAsync(() -> run(each), LANES)));
        CompletableFuture<?> before =
                CompletableFuture.allOf(RUNS.values().toArray(CompletableFuture[]::new));
        for (Scenario each : scenarios().stream().filter(Scenario::alone).toList()) {
            CompletableFuture<PersonsMuster.Ran> run =
                    before.handleAsync((_, _) -> run(each), LANES);
            RUNS.put(each, run);
            before = run;
        }
    }

    @AfterAll
    static void stopEverything() throws Exception {
        LANES.close();
        if (door != null) {
            door.close();
        }
        if (world != null) {
            world.close();
        }
    }

    static List<Scenario> scenarios() throws IOException {
        try (Stream<Path> files = Files.walk(WEBUI.resolve("e2e/scenarios"))) {
            String only = System.getProperty("scenario", "");
            return files.filter(file -> file.toString().endsWith(only + ".mjs"))
                    .sorted()
                    .map(Scenario::of)
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void holds(Scenario scenario) {
        PersonsMuster.Ran ran = Objects.requireNonNull(RUNS.get(scenario)).join();
        assertThat(ran.status()).as("%s\n%s", scenario.file(), ran.out()).isZero();
    }

    private static PersonsMuster.Ran run(Scenario scenario) {
        Map<String, String> env = new LinkedHashMap<>(world.environment());
        env.put("BASE", world.address().toString());
        env.put("DOOR", door.address().toString());
        env.put("CHROMIUM", chromium);
        env.put("SHOTS", SHOTS.toString());
        env.put("TERMINALS", world.terminalHost());
        if (System.getProperty("screenshots.update") != null) {
            env.put("UPDATE", WEBUI.resolve("screenshots").toString());
        }
        try {
            return PersonsMuster.finish(
                    new ProcessBuilder("node", scenario.file().toString())
                            .directory(WEBUI.toFile()),
                    env);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    /// @param sentence what the file's first comment says
    record Scenario(Path file, String sentence) {
        boolean alone() {
            return file.getParent().endsWith("alone");
        }

        static Scenario of(Path file) {
            try {
                String text = Files.readString(file);
                String comment = text.substring(text.indexOf("/*") + 2, text.indexOf("*/"));
                return new Scenario(file, comment.replaceAll("\\s*\\n[ *]*", " ").strip());
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public String toString() {
            return sentence;
        }
    }

    private static Stream<Path> onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable);
    }
}
