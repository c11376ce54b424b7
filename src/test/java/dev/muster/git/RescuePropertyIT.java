package dev.muster.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.git.Removal.Mode;
import dev.muster.git.RemovalAnswer.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;

/// Whatever files an agent leaves: a removal either finds nothing, or refuses, and `--force` saves
/// every byte of them.
class RescuePropertyIT {
    private static final String ID = "01JD0000000000000000000001";

    /// @param path below the worktree; what git ignores is decided by its name
    record Left(String path, String content, Kind kind) {}

    enum Kind {
        FILE,
        EXECUTABLE,
        LINK
    }

    @Property(tries = 6, shrinking = ShrinkingMode.OFF)
    void savesWhateverIsLeft(@ForAll("trees") List<Left> left) throws IOException {
        check(left);
    }

    @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED)
    @Tag("long")
    void savesWhateverIsLeftManyTimes(@ForAll("trees") List<Left> left) throws IOException {
        check(left);
    }

    private void check(List<Left> left) throws IOException {
        Path folder = Files.createTempDirectory("muster-rescue");
        try {
            var host = new GitHost(folder);
            Path tree = folder.resolve("worktrees/one");
            host.added(ID, tree, "muster/one", "");
            for (Left file : left) {
                leave(tree, file);
            }
            var expected = contents(tree);
            var before = contents(host.repo);
            var removal =
                    new Removal(
                            ID,
                            host.session(ID).toString(),
                            host.repo.toString(),
                            tree.toString(),
                            "muster/one",
                            List.of(),
                            Removal.LIMIT);
            if (!expected.equals(before)) {
                var ran = host.run(removal.script(Mode.REMOVE));
                assertThat(RemovalAnswer.parse(ran.out()).outcome()).isEqualTo(Outcome.REFUSED);
                assertThat(contents(tree)).isEqualTo(expected);
            }
            var ran = host.run(removal.script(Mode.FORCE));
            assertThat(RemovalAnswer.parse(ran.out()).outcome())
                    .as("%s %s", ran.out(), ran.err())
                    .isEqualTo(Outcome.REMOVED);
            var restored = new TreeMap<String, String>();
            for (String part : List.of("work", "ignored")) {
                String ref = "refs/muster/rescue/" + ID + "/" + part;
                if (!host.git("for-each-ref", ref).isEmpty()) {
                    Path at = folder.resolve("restored-" + part);
                    host.git("worktree", "add", "-q", "--detach", at.toString(), ref);
                    restored.putAll(contents(at));
                }
            }
            assertThat(restored).isEqualTo(expected);
        } finally {
            new ProcessBuilder("rm", "-rf", folder.toString()).start().onExit().join();
        }
    }

    /// Writes it where nothing is in the way: a name may have become a folder's before.
    private static void leave(Path tree, Left left) throws IOException {
        Path file = tree.resolve(left.path());
        for (Path up = file.getParent(); up != null && !up.equals(tree); up = up.getParent()) {
            if (Files.isSymbolicLink(up) || Files.isRegularFile(up)) {
                return;
            }
        }
        if (Files.isDirectory(file) && !Files.isSymbolicLink(file)) {
            return;
        }
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
        switch (left.kind()) {
            case FILE -> Files.writeString(file, left.content());
            case EXECUTABLE -> {
                Files.writeString(file, left.content());
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            case LINK -> Files.createSymbolicLink(file, Path.of("../" + left.path()));
        }
    }

    private static TreeMap<String, String> contents(Path root) throws IOException {
        var contents = new TreeMap<String, String>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.toList()) {
                Path name = root.relativize(path);
                if (name.startsWith(".git")) {
                    continue;
                }
                if (Files.isSymbolicLink(path)) {
                    contents.put(name.toString(), "-> " + Files.readSymbolicLink(path));
                } else if (Files.isRegularFile(path)) {
                    String bytes = HexFormat.of().formatHex(Files.readAllBytes(path));
                    contents.put(name.toString(), Files.isExecutable(path) + " " + bytes);
                }
            }
        }
        return contents;
    }

    @Provide
    Arbitrary<List<Left>> trees() {
        Arbitrary<String> odd =
                Arbitraries.strings()
                        .withChars(" \"'\\$`*?[]!#~\n\t\r\u0001-:;|&<>éü漢\u007fab.")
                        .ofMinLength(1)
                        .ofMaxLength(8)
                        .filter(RescuePropertyIT::possible);
        Arbitrary<String> plain =
                Arbitraries.of(
                        "a.txt", "build", "x.log", ".gitignore", ".gitattributes", "d", ".env");
        Arbitrary<String> path =
                Arbitraries.oneOf(odd, plain)
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(3)
                        .map(parts -> String.join("/", parts));
        Arbitrary<String> content =
                Arbitraries.oneOf(
                        Arbitraries.just(""),
                        Arbitraries.strings().ascii().ofMaxLength(40),
                        Arbitraries.strings().withChars("\r\n\0ab$Id*").ofMaxLength(20));
        return Combinators.combine(path, content, Arbitraries.of(Kind.class))
                .as(RescuePropertyIT::left)
                .list()
                .ofMaxSize(12);
    }

    /// Rules of git's own stay sane: they would decide what is ignored, or convert on the way back.
    private static Left left(String path, String content, Kind kind) {
        boolean rules = path.endsWith(".gitignore") || path.endsWith(".gitattributes");
        return rules ? new Left(path, "# none\n", Kind.FILE) : new Left(path, content, kind);
    }

    private static boolean possible(String name) {
        return !Set.of(".", "..").contains(name)
                && name.getBytes(StandardCharsets.UTF_8).length < 200;
    }
}
