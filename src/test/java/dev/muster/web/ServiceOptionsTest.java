package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.web.ServiceOptions.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceOptionsTest {
    @Test
    void listensOnLoopbackUnlessToldOtherwise() {
        ServiceOptions options = good();

        assertThat(options.url()).isEqualTo("http://127.0.0.1:7717");
        assertThat(options.hosts()).isEmpty();
        assertThat(options.jsonLog()).isFalse();
    }

    @Test
    void takesBothSpellingsOfAValue() {
        assertThat(good("--port=1234", "--hosts", "/a=b", "--log-json"))
                .satisfies(
                        options -> {
                            assertThat(options.port()).isEqualTo(1234);
                            assertThat(options.hosts()).contains(Path.of("/a=b"));
                            assertThat(options.jsonLog()).isTrue();
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--prot 1",
                "--port",
                "--port x",
                "--port -1",
                "--port 65536",
                "--log-json=yes",
                "extra",
                "--tls-cert a",
                "--tls-key a",
                "--hosts="
            })
    void refusesWhatItDoesNotKnow(String line) {
        assertThat(ServiceOptions.parse(line.split(" "))).isInstanceOf(Result.Bad.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0.0.0.0", "::", "192.168.1.2", "muster.lan", "127.0.0.1.evil", "127.1"})
    void listensNowhereElseWithoutTls(String host) {
        assertThat(ServiceOptions.parse("--host", host))
                .isInstanceOfSatisfying(
                        Result.Bad.class, bad -> assertThat(bad.problem()).contains("--tls-cert"));
        assertThat(
                        ServiceOptions.parse(
                                "--host", host, "--tls-cert", "/c.pem", "--tls-key", "/k.pem"))
                .isInstanceOf(Result.Good.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "localhost", "::1"})
    void knowsLoopback(String host) {
        assertThat(good("--host", host).host()).isEqualTo(host);
    }

    private static ServiceOptions good(String... args) {
        return ((Result.Good) ServiceOptions.parse(args)).options();
    }
}
