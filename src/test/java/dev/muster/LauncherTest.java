package dev.muster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher as installed, with JDKs whose `java` prints what it is called with, one argument to
/// a line, `<` and `>` around it.
class LauncherTest {
    @TempDir Path tmp;
    private Path lib;
    private Path newEnough;
    private Path tooOld;

    @BeforeEach
    void install() throws IOException {
        tmp = tmp.toRealPath();
        lib = Files.createDirectories(tmp.resolve("a $place/share/muster"));
        for (String script : List.of("muster", "find-jdk.sh", "train-aot.sh")) {
            Files.copy(Path.of("deploy", script), lib.resolve(script));
        }
        Files.createFile(lib.resolve("muster.jar"));
        Files.createFile(lib.resolve("muster-commands.jar"));
        newEnough = jdk("new jdk", "25.0.3");
        tooOld = jdk("old", "1.8.0_412");
    }

    @Test
    void passesArgumentsOnAsTheyAre() throws Exception {
        List<String> args = List.of("start", "a b", "", "*", "$HOME", "it's \"so\"", "two\nlines");

        assertThat(muster(newEnough, args.toArray(String[]::new)).out())
                .endsWith(String.join("", args.stream().map(arg -> "<" + arg + ">\n").toList()));
    }

    @Test
    void findsItsJarThroughLinks() throws Exception {
        Path bin = Files.createDirectories(tmp.resolve("bin"));
        Path first = Files.createSymbolicLink(bin.resolve("first"), lib.resolve("muster"));
        Path link = Files.createSymbolicLink(bin.resolve("muster"), first.getFileName());

        assertThat(run(newEnough, link.toString(), "version").out())
                .contains("<-jar>\n<" + lib.resolve("muster-commands.jar") + ">\n<version>\n")
                .contains("<-Dmuster.launcher=" + lib.resolve("muster") + ">\n");
    }

    @Test
    void runsTheServiceFromTheWholeJar() throws Exception {
        assertThat(muster(newEnough, "--server", "http://x", "serve").out())
                .contains("<-jar>\n<" + lib.resolve("muster.jar") + ">\n<--server>\n");
    }

    @Test
    void passesOverAJavaHomeThatIsTooOld() throws Exception {
        Files.createDirectories(tmp.resolve("home/.jdks"));
        Files.move(newEnough, tmp.resolve("home/.jdks/jdk-25"));

        Output output = run(tooOld, "sh", "-c", findJdk("25", "/nowhere"));

        assertThat(output.out()).isEqualTo(tmp.resolve("home/.jdks/jdk-25") + " 25.0.3\n");
    }

    @Test
    void takesTheJdkThatJavaOnThePathBelongsTo() throws Exception {
        Path bin = Files.createDirectories(tmp.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("java"), newEnough.resolve("bin/java"));

        assertThat(run(tooOld, "sh", "-c", findJdk("25", bin + ":/usr/bin:/bin")).out())
                .isEqualTo(newEnough + " 25.0.3\n");
    }

    @Test
    void saysWhichJdksWereTooOld() throws Exception {
        Output output = run(tooOld, "sh", "-c", findJdk("99", "/nowhere"));

        assertThat(output.code()).isEqualTo(1);
        assertThat(output.out())
                .contains(
                        "A JDK 99 or newer is needed for Muster",
                        tooOld + " is 1.8.0_412",
                        "JAVA_HOME");
    }

    @Test
    void usesTheCacheThatWasMadeForThisJarAndJdk() throws Exception {
        madeFor("25.0.3");

        assertThat(muster(newEnough, "version").out()).contains("<-XX:AOTCache=" + cache() + ">\n");
    }

    @Test
    void leavesOutTheCacheOfAnotherJdk() throws Exception {
        madeFor("25.0.2");

        assertThat(muster(newEnough, "version").out()).doesNotContain("AOTCache");
    }

    @Test
    void leavesOutACacheOlderThanTheJar() throws Exception {
        madeFor("25.0.3");
        Files.setLastModifiedTime(
                lib.resolve("muster-commands.jar"), FileTime.from(Instant.now().plusSeconds(3600)));

        assertThat(muster(newEnough, "version").out()).doesNotContain("AOTCache");
    }

    /// Lets a training run tell what it would have been made for, then takes a version for another.
    private void madeFor(String version) throws Exception {
        run(newEnough, "env", "MUSTER_TRAINING=1", lib.resolve("muster").toString(), "version");
        Path note = Path.of(cache() + ".for");
        Files.writeString(note, Files.readString(note).replace(" 25.0.3 ", " " + version + " "));
        Files.createFile(cache());
    }

    private Path cache() {
        return lib.resolve("muster-commands.aot");
    }

    private String findJdk(String needed, String path) {
        return "PATH="
                + path
                + "; . '"
                + lib.resolve("find-jdk.sh")
                + "'; jdk_needed="
                + needed
                + "; if find_jdk java; then echo \"$jdk $jdk_version\";"
                + " else jdk_missing; exit 1; fi";
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = tmp.resolve(name);
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nprintf '<%s>\\n' \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(
                home.resolve("release"),
                "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"\n");
        return home;
    }

    private Output muster(Path javaHome, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(lib.resolve("muster").toString()));
        command.addAll(List.of(args));
        return run(javaHome, command.toArray(String[]::new));
    }

    private Output run(Path javaHome, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> env = builder.environment();
        env.remove("MUSTER_JAVA_OPTS");
        env.put("JAVA_HOME", javaHome.toString());
        env.put("HOME", Files.createDirectories(tmp.resolve("home")).toString());
        env.put("MUSTER_NO_TRAINING", "1");
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Output(process.waitFor(), out);
    }

    private record Output(int code, String out) {}
}
