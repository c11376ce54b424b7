package dev.muster;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Who may import whom. A package that is not in {@link #MAY_IMPORT} fails: it has to be given its
/// place first.
class ArchitectureTest {
    private static final String ROOT = "dev.muster";

    /// What a service is made of, from what people see down to what hosts are. Each imports what
    /// stands below it.
    private static final List<String> SERVICE =
            List.of(
                    "web", "notify", "plan", "fleet", "session", "agent", "git", "tmux", "link",
                    "shell", "host");

    /// Packages beside that order: what each may import, and nothing else of ours.
    private static final Map<String, Set<String>> MAY_IMPORT =
            Map.of(
                    // Main: hands over to one of these.
                    "", Set.of("cli", "web", "demo"),
                    "cli", Set.of("api", "host", "demo"),
                    "api", Set.of(),
                    // Implements what these declare; nobody imports it.
                    "store", Set.copyOf(below("web")),
                    "demo", Set.of("api", "host", "link", "shell"));

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(ROOT);

    @Test
    void importsGoDownTheListOnly() {
        assertThat(
                        dependencies()
                                .filter(d -> !mayImport(feature(d.from()), feature(d.to())))
                                .map(Import::toString)
                                .distinct()
                                .toList())
                .isEmpty();
    }

    @Test
    void everyPackageHasItsPlaceInTheList() {
        Set<String> known = new TreeSet<>(SERVICE);
        known.addAll(MAY_IMPORT.keySet());

        assertThat(CLASSES.stream().map(ArchitectureTest::feature).toList()).isSubsetOf(known);
    }

    @Test
    void nothingGoesInACircle() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void commandsKnowNoSshNoDatabaseAndNoQuarkus() {
        noClasses()
                .that()
                .resideInAnyPackage(in("cli"), in("api"), in("host"), in("shell"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.sshd..",
                        "org.jdbi..",
                        "java.sql..",
                        "javax.sql..",
                        "io.quarkus..",
                        "io.vertx..",
                        "jakarta..")
                .check(CLASSES);
    }

    @Test
    void sqlIsInStoreOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(in("store"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.jdbi..", "org.flywaydb..", "java.sql..", "javax.sql..")
                .check(CLASSES);
    }

    @Test
    void sshIsInLinkAndInTheServersOfTheDemoOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages(in("link"), in("demo"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.sshd..", "org.bouncycastle..")
                .check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<JavaPackage> packages =
                CLASSES.stream().map(JavaClass::getPackage).collect(Collectors.toSet());

        assertThat(packages)
                .isNotEmpty()
                .allSatisfy(
                        each ->
                                assertThat(each.isAnnotatedWith(NullMarked.class))
                                        .as("package-info of %s says @NullMarked", each.getName())
                                        .isTrue());
    }

    private static boolean mayImport(String from, String to) {
        Set<String> named = MAY_IMPORT.get(from);
        if (named != null) {
            return named.contains(to);
        }
        return below(from).contains(to) || from.equals("web") && to.equals("api");
    }

    private static List<String> below(String feature) {
        return SERVICE.subList(SERVICE.indexOf(feature) + 1, SERVICE.size());
    }

    private static Stream<Import> dependencies() {
        return CLASSES.stream()
                .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
                .filter(each -> isOurs(each.getTargetClass().getBaseComponentType()))
                .map(Import::of)
                .filter(each -> !feature(each.from()).equals(feature(each.to())));
    }

    private static boolean isOurs(JavaClass each) {
        return (each.getPackageName() + ".").startsWith(ROOT + ".");
    }

    /// `dev.muster.link.auth.Agent` is of `link`, `dev.muster.Main` of the empty name.
    private static String feature(JavaClass each) {
        String rest = each.getPackageName().substring(ROOT.length());
        return rest.isEmpty() ? "" : rest.substring(1).split("\\.", 2)[0];
    }

    private static String in(String feature) {
        return ROOT + "." + feature + "..";
    }

    private record Import(JavaClass from, JavaClass to) {
        static Import of(Dependency dependency) {
            return new Import(
                    dependency.getOriginClass(),
                    dependency.getTargetClass().getBaseComponentType());
        }

        @Override
        public String toString() {
            return from.getName() + " imports " + to.getName();
        }
    }
}
