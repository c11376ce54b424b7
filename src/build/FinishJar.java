import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Makes commands start fast from the jar that Quarkus has built: 80 ms less of 180 ms, measured
/// with 25 subcommands and an AOT cache on two busy cores.
///
/// - Picocli is compiled for Java 5, and an AOT cache takes no class of a format older than Java
///   6's ("Old class has been linked"): every command would parse and verify it anew. Its classes
///   are given Java 8's format. Only the version and the stack maps, which newer formats require,
///   are new.
/// - Opening a jar reads its whole directory, and Quarkus's has 30,000 entries. Commands get a jar
///   of their own, beside it, with the few that they use. That it holds all that our own classes in
///   it ask for is checked here; `serve` and `demo` are run from the whole jar. (To name the whole
///   jar as its class path would be no help: picocli looks for classes that are nowhere, which
///   opens both.)
///
/// Run by the build: `java FinishJar.java muster.jar muster-commands.jar`.
final class FinishJar {
    private static final int JAVA_6 = 50;
    private static final int JAVA_8 = 52;

    private static final List<String> OF_COMMANDS =
            List.of(
                    "dev/muster/cli",
                    "dev/muster/api",
                    "dev/muster/host",
                    "dev/muster/demo",
                    "picocli",
                    "com/fasterxml",
                    "org/yaml",
                    "org/jline",
                    "org/jspecify",
                    "META-INF/jline",
                    "META-INF/services/org/jline",
                    "META-INF/services/com.fasterxml");

    private FinishJar() {}

    public static void main(String[] args) throws IOException {
        Path whole = Path.of(args[0]);
        // The zip file system copies what is not touched as it is, without unpacking it.
        try (FileSystem zip = FileSystems.newFileSystem(whole)) {
            modernise(zip, whole);
        }
        Path commands = Path.of(args[1]);
        Files.deleteIfExists(commands);
        try (FileSystem from = FileSystems.newFileSystem(whole);
                FileSystem to =
                        FileSystems.newFileSystem(
                                commands, Map.of("create", true, "compressionMethod", "STORED"))) {
            split(from, to);
            check(to);
        }
    }

    private static void modernise(FileSystem zip, Path jar) throws IOException {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
            ClassFile format =
                    ClassFile.of(
                            StackMapsOption.GENERATE_STACK_MAPS,
                            ClassHierarchyResolverOption.of(
                                    ClassHierarchyResolver.ofResourceParsing(loader)
                                            .orElse(ClassHierarchyResolver.defaultResolver())));
            for (Path file : files(zip.getPath("/picocli"))) {
                byte[] old = Files.readAllBytes(file);
                if (file.toString().endsWith(".class")
                        && ByteBuffer.wrap(old).getShort(6) < JAVA_6) {
                    FileTime time = Files.getLastModifiedTime(file);
                    Files.write(file, modern(format, old));
                    // Else the jar would differ from one build to the next.
                    Files.setLastModifiedTime(file, time);
                }
            }
        }
    }

    private static byte[] modern(ClassFile format, byte[] old) {
        // Passing each instruction on makes the stack maps be computed.
        ClassTransform code = ClassTransform.transformingMethodBodies((to, part) -> to.with(part));
        return format.transformClass(
                format.parse(old),
                code.andThen(
                        (to, part) -> {
                            if (part instanceof ClassFileVersion) {
                                to.withVersion(JAVA_8, 0);
                            } else {
                                to.with(part);
                            }
                        }));
    }

    private static void split(FileSystem from, FileSystem to) throws IOException {
        Path manifest = from.getPath("/META-INF/MANIFEST.MF");
        FileTime time = Files.getLastModifiedTime(manifest);
        Path copy = to.getPath("/META-INF/MANIFEST.MF");
        Files.createDirectories(copy.getParent());
        try (var in = Files.newInputStream(manifest);
                OutputStream out = Files.newOutputStream(copy)) {
            in.transferTo(out);
        }
        Files.setLastModifiedTime(copy, time);
        Path root = from.getPath("/");
        for (Path file : files(root)) {
            String name = root.relativize(file).toString();
            if (isOfCommands(name)) {
                Path target = to.getPath("/" + name);
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
                Files.setLastModifiedTime(target, time);
            }
        }
        for (Path folder : all(to.getPath("/"))) {
            if (Files.isDirectory(folder) && folder.getNameCount() > 0) {
                Files.setLastModifiedTime(folder, time);
            }
        }
    }

    /// Of `cli`, `api` and `host` only: the classes that start the service and the demo name more,
    /// and are run from the whole jar.
    private static void check(FileSystem commands) throws IOException {
        Set<String> missing = new TreeSet<>();
        for (Path file : files(commands.getPath("/dev/muster"))) {
            if (file.toString().matches("/dev/muster/(cli|api|host)/.*[.]class")) {
                for (PoolEntry entry : ClassFile.of().parse(file).constantPool()) {
                    if (entry instanceof ClassEntry used
                            && !used.asInternalName().startsWith("[")
                            && !used.asInternalName().startsWith("java/")
                            && Files.notExists(
                                    commands.getPath("/" + used.asInternalName() + ".class"))) {
                        missing.add(used.asInternalName() + ", which " + file + " uses");
                    }
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    "muster-commands.jar lacks classes; add them to FinishJar.OF_COMMANDS:\n  "
                            + String.join("\n  ", missing));
        }
    }

    private static boolean isOfCommands(String name) {
        return name.matches("dev/muster/[^/]+") || OF_COMMANDS.stream().anyMatch(name::startsWith);
    }

    private static List<Path> files(Path folder) throws IOException {
        return all(folder).stream().filter(Files::isRegularFile).toList();
    }

    private static List<Path> all(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.sorted().toList();
        }
    }
}
