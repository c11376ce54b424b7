package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.cli.CliRun.Result;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Starting a service in the background. The launcher is a shell script that leaves a line for each
/// start; the service that it stands for is a fake one in this JVM, which comes up on seeing that.
class ServiceStartTest {
    @TempDir Path home;
    private final List<FakeService> services = new ArrayList<>();
    private URI address;
    private CliRun cli;
    private Path started;
    private Path pid;

    @BeforeEach
    void prepare() throws IOException {
        address = ExitCodesTest.free();
        cli = new CliRun(home, address);
        started = home.resolve("started");
        pid = home.resolve("pid");
    }

    @AfterEach
    void end() throws IOException {
        services.forEach(FakeService::close);
        if (Files.exists(pid)) {
            long launched = Long.parseLong(Files.readString(pid).strip());
            ProcessHandle.of(launched).ifPresent(ProcessHandle::destroy);
        }
    }

    private void launcher(String script) throws IOException {
        Path file = Files.writeString(home.resolve("launcher"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        cli.serve = List.of(file.toString(), "serve");
    }

    /// Brings the fake service up once the launcher has run.
    private Thread upOnceStarted() {
        return Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                // With its line: it is there empty for a moment.
                                await().atMost(Duration.ofSeconds(60))
                                        .until(
                                                () ->
                                                        Files.exists(started)
                                                                && Files.size(started) > 0);
                                FakeService service = new FakeService(address.getPort());
                                service.json("GET board", 200, Rows.board(List.of(), List.of()));
                                services.add(service);
                            } catch (IOException e) {
                                throw new IllegalStateException(e);
                            }
                        });
    }

    @Test
    void startsAServiceWhereNoneAnswersSaysSoInOneLineAndGoesOn() throws Exception {
        launcher("echo $$ > '" + pid + "'; echo \"$@\" >> '" + started + "'; exec sleep 100");
        Thread up = upOnceStarted();

        Result result = cli.run("status", "--hosts", home.resolve("my hosts.yaml").toString());

        up.join();
        assertThat(result.out()).startsWith("No sessions.");
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.err()).contains("starting the service in the background");
        assertThat(Files.readString(started))
                .isEqualTo("serve --hosts " + home + "/my hosts.yaml\n");
        assertThat(result.status()).isZero();
    }

    @Test
    void startsOneServiceForManyCommandsAtOnce() throws Exception {
        launcher("echo $$ > '" + pid + "'; echo x >> '" + started + "'; exec sleep 100");
        Thread up = upOnceStarted();

        List<Result> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            List<Future<Result>> runs = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                runs.add(threads.submit(() -> cli.run("status")));
            }
            for (Future<Result> run : runs) {
                results.add(run.get());
            }
        }

        up.join();
        assertThat(results).allMatch(result -> result.status() == 0);
        assertThat(Files.readString(started)).isEqualTo("x\n");
        assertThat(results).filteredOn(result -> !result.err().isEmpty()).hasSize(1);
    }

    @Test
    void waitsForAServiceThatSomebodyElseIsStarting() throws Exception {
        launcher("echo x >> '" + started + "'; exit 7");
        Thread up = upOnceStarted();

        assertThat(cli.run("status").out()).startsWith("No sessions.");

        up.join();
    }

    @Test
    void showsTheEndOfTheOutputOfAServiceThatDidNotComeUp() throws IOException {
        launcher("echo \"hosts.yaml:3:5: unknown key\" >&2; exit 4");

        Result result = cli.run("status");

        assertThat(result.status()).isEqualTo(7);
        assertThat(result.err())
                .contains("none could be started. The service ended with status 4")
                .contains("hosts.yaml:3:5: unknown key")
                .contains("fix: see what it says by itself: muster serve");
    }

    @Test
    void keepsTheServicesOutputToTheUser() throws IOException {
        launcher("exit 1");

        cli.run("status");

        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(
                                        cli.folders.data().resolve("service.out"))))
                .isEqualTo("rw-------");
    }

    @Test
    void startsNoneWhenToldNotTo() throws IOException {
        launcher("echo x >> '" + started + "'");

        assertThat(cli.run("status", "--no-start").status()).isEqualTo(7);
        assertThat(started).doesNotExist();
    }

    @Test
    void startsNoneToSayTheVersionOrToStopIt() throws IOException {
        launcher("echo x >> '" + started + "'");

        assertThat(cli.run("version").out()).contains("none runs");
        assertThat(cli.run("stop-service").out()).startsWith("No service runs at");
        assertThat(started).doesNotExist();
    }
}
