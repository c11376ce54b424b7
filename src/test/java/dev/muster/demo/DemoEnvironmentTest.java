package dev.muster.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoEnvironmentTest {
    private static final DemoFolder FOLDER = new DemoFolder(Path.of("/tmp/demo"));

    private final DemoEnvironment env =
            new DemoEnvironment(
                    Map.of(
                            "PATH", "/opt/bin:/usr/bin",
                            "HOME", "/home/me",
                            "LC_ALL", "C.UTF-8",
                            "XDG_STATE_HOME", "/home/me/state",
                            "SSH_AUTH_SOCK", "/tmp/agent",
                            "MUSTER_SERVER", "https://muster.example.com",
                            "MUSTER_TOKEN", "secret",
                            "BASH_ENV", "/home/me/.env",
                            "GIT_DIR", "/home/me/repo/.git"),
                    FOLDER);

    @Test
    void takesOverWhatProgramsNeedAndNothingThatLeadsToTheUsersFiles() {
        assertThat(env.control())
                .containsEntry("PATH", "/opt/bin:/usr/bin")
                .containsEntry("LC_ALL", "C.UTF-8")
                .doesNotContainKeys(
                        "XDG_STATE_HOME",
                        "SSH_AUTH_SOCK",
                        "MUSTER_SERVER",
                        "MUSTER_TOKEN",
                        "BASH_ENV",
                        "GIT_DIR");
        assertThat(env.control().values()).noneMatch(value -> value.contains("/home/me"));
    }

    @Test
    void keepsAllOfMustersFilesInTheDemosFolder() {
        assertThat(env.folders().config()).startsWithRaw(FOLDER.root());
        assertThat(env.folders().data()).startsWithRaw(FOLDER.root());
        assertThat(env.folders().cache()).startsWithRaw(FOLDER.root());
    }

    @Test
    void marksEveryProcessOfEachHost() {
        assertThat(env.host("dev-1"))
                .containsEntry("HOME", "/tmp/demo/dev-1")
                .containsEntry(DemoEnvironment.MARK, "/tmp/demo");
    }
}
