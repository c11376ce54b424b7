package dev.muster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What holds for every file of the repository.
class RepositoryTest {
    private static final Set<String> NOT_OURS = Set.of(".git", "target", "node_modules", ".idea");

    /// A mirror or a folder of one machine would send everyone else to nowhere. In pieces, so that
    /// this file does not name them itself.
    private static final Pattern OF_ONE_MACHINE =
            Pattern.compile(
                    "(?<![\\w.$}~/-])/(?:work|root)/[\\w.-]+"
                            + "|/home/(?!dev\\b|me\\b|you\\b|user\\b)\\w+/"
                            + "|(?:repo[.]maven|registry[.]npmjs|repo1[.]maven|proxy[.]golang)[.]\\w+"
                            + "|(?:artifactory|nexus)[.]\\w+[.]\\w+");

    @Test
    void namesNoRegistryAndNoFolderOfOneMachine() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files()) {
            String text = text(file);
            OF_ONE_MACHINE
                    .matcher(text)
                    .results()
                    .map(match -> file + ":" + line(text, match) + " says " + match.group())
                    .forEach(found::add);
        }

        assertThat(found).isEmpty();
    }

    /// A formatter cuts off the end of a line of Javadoc that is too long, as a comment of its own.
    @Test
    void noLineOfJavadocIsCutOff() throws IOException {
        Pattern cut = Pattern.compile("(?m)^ *///.*\\R *// .*$");
        List<String> found = new ArrayList<>();
        for (Path file : files()) {
            if (file.toString().endsWith(".java")) {
                String text = text(file);
                cut.matcher(text)
                        .results()
                        .map(m -> file + ":" + line(text, m))
                        .forEach(found::add);
            }
        }

        assertThat(found).isEmpty();
    }

    @Test
    void everyPictureOfTheReadmeIsThere() throws IOException {
        assertThat(
                        Pattern.compile("!\\[[^]]+]\\(([^)]+)\\)")
                                .matcher(Files.readString(Path.of("README.md")))
                                .results()
                                .map(match -> Path.of(match.group(1))))
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(picture -> assertThat(picture).isNotEmptyFile());
    }

    @Test
    void everyPackageSaysWhatItIs() throws IOException {
        List<Path> sources =
                files().stream().filter(file -> file.startsWith("src/main/java")).toList();

        assertThat(sources.stream().map(Path::getParent).distinct())
                .filteredOn(folder -> !folder.endsWith("java"))
                .filteredOn(folder -> holdsJava(sources, folder))
                .isNotEmpty()
                .allSatisfy(
                        folder ->
                                assertThat(folder.resolve("package-info.java"))
                                        .content()
                                        .startsWith("/// "));
    }

    @Test
    void everyScriptPassesShellcheck() throws IOException, InterruptedException {
        assumeThat(isOnPath("shellcheck")).as("shellcheck is installed").isTrue();
        List<String> command = new ArrayList<>(List.of("shellcheck", "--external-sources"));
        for (Path file : files()) {
            if (isShell(file)) {
                command.add(file.toString());
            }
        }

        Process shellcheck = new ProcessBuilder(command).redirectErrorStream(true).start();
        String says =
                new String(shellcheck.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(command).contains("deploy/muster", "deploy/find-jdk.sh", ".ci/run");
        assertThat(shellcheck.waitFor()).as(says).isZero();
    }

    private static boolean holdsJava(List<Path> sources, Path folder) {
        return sources.stream()
                .anyMatch(
                        file ->
                                folder.equals(file.getParent())
                                        && file.toString().endsWith(".java"));
    }

    private static boolean isShell(Path file) throws IOException {
        return file.toString().endsWith(".sh")
                || text(file).lines().findFirst().orElse("").matches("#!.*\\b(sh|bash|dash)\\b.*");
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static long line(String text, MatchResult match) {
        return text.substring(0, match.start()).lines().count();
    }

    /// Binary files have no text.
    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            return "";
        }
    }

    /// Relative to the top of the repository, where Maven runs the tests.
    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        Path top = Path.of("");
        Files.walkFileTree(
                top,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes is) {
                        return NOT_OURS.contains(String.valueOf(dir.getFileName()))
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes is) {
                        // In a worktree, .git is a file that names the place of the real one.
                        if (is.isRegularFile() && !file.endsWith(".git")) {
                            files.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return files;
    }
}
