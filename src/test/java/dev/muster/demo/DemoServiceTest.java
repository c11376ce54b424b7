package dev.muster.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DemoServiceTest {
    @TempDir Path dir;

    @Test
    void tellsWithItsLogThatTheServiceEndedAsItStarted() throws Exception {
        try (Demo demo = demo()) {
            DemoService service =
                    demo.serve(List.of("/bin/sh", "-c", "echo no database; exit 3"), 0);

            assertThatThrownBy(() -> service.await(() -> false))
                    .hasMessage("The service ended with status 3 as it started.");
            assertThat(service.logTail()).isEqualTo("no database");
        }
        assertThat(dir).isEmptyDirectory();
    }

    @Test
    void endsTheServiceWithTheDemo() throws Exception {
        DemoService service;
        try (Demo demo = demo()) {
            service = demo.serve(List.of("/bin/sh", "-c", "exec sleep 1000"), 0);
            service.await(() -> true);
            assertThat(service.isAlive()).isTrue();
        }
        assertThat(service.isAlive()).isFalse();
    }

    private Demo demo() throws Exception {
        Map<String, String> env = Map.of("PATH", System.getenv("PATH"));
        return Demo.in(dir, env, new DemoAgent.BuiltIn());
    }
}
