package dev.muster.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Tests of commands: each has a home of its own and a service that answers what it is told to.
abstract class WithFakeService {
    @TempDir Path home;
    FakeService service;
    CliRun cli;

    @BeforeEach
    void serve() throws IOException {
        service = new FakeService();
        cli = new CliRun(home, service.uri());
    }

    @AfterEach
    void end() {
        service.close();
    }
}
