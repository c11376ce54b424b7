import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Rewrites picocli's classes in the finished jar from Java 5's class file format to Java 8's.
///
/// Picocli is compiled for Java 5, and an AOT cache takes no class that is older than Java 6's
// format
/// ("Old class has been linked"). So every command would parse and verify picocli anew: 160 ms for
/// a command instead of 120 ms, measured with 25 subcommands. Only the format's version and the
// stack
/// maps, which newer formats require, are new; the code is the same.
///
/// Run by the build: `java ModernPicocli.java muster.jar`.
final class ModernPicocli {
    private static final int JAVA_6 = 50;
    private static final int JAVA_8 = 52;

    private ModernPicocli() {}

    public static void main(String[] args) throws IOException {
        Path jar = Path.of(args[0]);
        // The zip file system copies what is not touched as it is, without unpacking it.
        try (FileSystem zip = FileSystems.newFileSystem(jar);
                URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
            ClassFile format =
                    ClassFile.of(
                            StackMapsOption.GENERATE_STACK_MAPS,
                            ClassHierarchyResolverOption.of(
                                    ClassHierarchyResolver.ofResourceParsing(loader)
                                            .orElse(ClassHierarchyResolver.defaultResolver())));
            for (Path file : classes(zip.getPath("/picocli"))) {
                byte[] old = Files.readAllBytes(file);
                if (ByteBuffer.wrap(old).getShort(6) < JAVA_6) {
                    var time = Files.getLastModifiedTime(file);
                    Files.write(file, modern(format, old));
                    // Else the jar would differ from one build to the next.
                    Files.setLastModifiedTime(file, time);
                }
            }
        }
    }

    private static List<Path> classes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".class")).toList();
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
}
