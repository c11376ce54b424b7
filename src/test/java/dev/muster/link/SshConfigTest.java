package dev.muster.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.host.Reach;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is read from `~/.ssh/config`, with OpenSSH's client and without.
class SshConfigTest {
    @TempDir Path home;

    @Test
    void readsWhatTheClientPrints() {
        SshConfig config =
                SshConfig.parse(
                        "user dev\nhostname 10.0.0.1\nidentityfile ~/a b\nidentityfile ~/c\n"
                                + "identitiesonly yes\nproxyjump none\nforwardagent no\n"
                                + "pkcs11provider /lib/token.so\nlocalforward 1 2:3\n");
        assertThat(config.first("user")).contains("dev");
        assertThat(config.all("identityfile")).containsExactly("~/a b", "~/c");
        assertThat(config.yes("identitiesonly")).isTrue();
        assertThat(config.used("proxyjump")).isEmpty();
        assertThat(config.unsupported())
                .containsExactlyInAnyOrder("pkcs11provider /lib/token.so", "localforward 1 2:3");
    }

    @Test
    void expandsTokensAndTheEnvironment() {
        assertThat(
                        SshConfig.expand(
                                "nc %h %p 100%% ${X}",
                                Map.of('h', "dev", 'p', "22"), Map.of("X", "y")))
                .isEqualTo("nc dev 22 100% y");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SshConfig.expand("%q", Map.of(), Map.of()))
                .withMessageContaining("%q");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SshConfig.expand("${NONE}", Map.of(), Map.of()))
                .withMessageContaining("NONE");
    }

    @Test
    void readsPlainFilesWithoutTheClient() throws Exception {
        write("Host work\n  HostName 10.0.0.1\n  Port 2222\n  User dev\n  IdentityFile ~/.ssh/k\n");
        SshTarget target = resolver().resolve("dev-1", ssh("work"));
        assertThat(target.text()).isEqualTo("dev@10.0.0.1:2222");
        assertThat(target.keyAddress()).isEqualTo("[10.0.0.1]:2222");
        assertThat(target.identities()).containsExactly(home.resolve(".ssh/k"));
    }

    @Test
    void dialsTheNameItselfWithoutAnyFile() throws Exception {
        SshTarget target = resolver().resolve("dev-1", ssh("dev.example.com"));
        assertThat(target.name()).isEqualTo("dev.example.com");
        assertThat(target.port()).isEqualTo(22);
        assertThat(target.knownHosts()).contains(home.resolve(".ssh/known_hosts"));
    }

    @Test
    void saysWhichLineNeedsTheClient() throws Exception {
        for (String line : List.of("Include more", "Match host x")) {
            write("Host work\n  Port 1\n" + line + "\n");
            LinkException thrown =
                    catchThrowableOfType(
                            LinkException.class, () -> resolver().resolve("dev-1", ssh("work")));
            assertThat(thrown).hasMessageContaining(line).hasMessageContaining("openssh-client");
        }
    }

    private void write(String text) throws Exception {
        Files.createDirectories(home.resolve(".ssh"));
        Files.writeString(home.resolve(".ssh/config"), text);
    }

    private SshResolver resolver() {
        return new SshResolver(
                new LinkSettings(
                        home,
                        home.resolve("known"),
                        Map.of(),
                        Optional.empty(),
                        LinkTimings.STANDARD),
                _ -> Optional.empty());
    }

    private static Reach.Ssh ssh(String destination) {
        return new Reach.Ssh(
                destination,
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
