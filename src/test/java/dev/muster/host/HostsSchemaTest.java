package dev.muster.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostsSchemaTest {
    private static final Path FILE = Path.of("src/main/resources" + HostsSchema.RESOURCE);

    private final Schema schema =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(HostsSchema.json());

    /// To bring it up to date: `mvn test -Dtest=HostsSchemaTest -Dschema.write=true`.
    @Test
    void isTheOneThatIsShipped() throws IOException {
        if (Boolean.getBoolean("schema.write")) {
            Files.writeString(FILE, HostsSchema.json());
        }
        assertThat(FILE).hasContent(HostsSchema.json());
    }

    @Test
    void acceptsTheExample() throws IOException {
        assertThat(faults(Files.readString(Path.of("hosts.example.yaml")))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "agents",
                "destinations",
                "empty-group",
                "environment",
                "flags",
                "hosts-is-a-list",
                "hosts-without-a-host",
                "labels",
                "local-paths",
                "no-hosts",
                "repo-paths",
                "rules",
                "unknown-keys",
                "values-that-are-not-texts",
                "wrong-types"
            })
    void refusesWhatReadingRefuses(String name) throws IOException {
        Path file = Path.of("src/test/resources/hosts/broken", name + ".yaml");

        assertThat(faults(Files.readString(file))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hosts: { 1: { ssh: one, env: { PORT: 8080, CI: true }, labels: { a: 1 } } }",
                "hosts: { a: { ssh: 'dev@[::1]:22', repos: { x: { path: ~/ } } } }",
                "hosts: { dev-01..08: { ssh: 'dev-{n}', jump: 'a,b@c:2', shared: false } }",
                "{ x-any: [1], hosts: { a: { local: true, home: /srv, agent: codex } } }"
            })
    void acceptsWhatReadingAccepts(String text) {
        assertThat(Parsed.of(text)).isInstanceOf(HostsFile.Result.Good.class);
        assertThat(faults(text)).isEmpty();
    }

    private List<Error> faults(String yaml) {
        return schema.validate(yaml, InputFormat.YAML);
    }
}
