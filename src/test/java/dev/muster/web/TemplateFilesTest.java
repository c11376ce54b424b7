package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.Template;
import dev.muster.api.Templates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateFilesTest {
    @TempDir Path folder;

    private TemplateFiles files() {
        return new TemplateFiles(folder.resolve("templates"));
    }

    private static Template template(String name, String prompt) {
        return new Template(
                name, List.of("dev-1"), "api", null, null, "claude", null, null, null, prompt);
    }

    @Test
    void writesWhatAPersonWouldWrite() throws IOException {
        files().save(template("fix", "Fix {{ticket}}.\nRun the tests.\n"));

        assertThat(folder.resolve("templates/fix.yaml"))
                .hasContent(
                        """
                        hosts:
                        - dev-1
                        repo: api
                        agent: claude
                        prompt: |
                          Fix {{ticket}}.
                          Run the tests.
                        """);
    }

    @Property(tries = 300)
    void givesBackEveryPromptAsItWas(@ForAll @NotEmpty String prompt) throws IOException {
        // Half of a surrogate pair is no text, and is refused with the request.
        String text = prompt.replaceAll("\\p{Cs}", "x");
        Template kept = template("t", text);
        assertThat(TemplateFiles.parse("t", TemplateFiles.text(kept))).isEqualTo(kept);
    }

    @Test
    void showsTheOthersBesideAFileThatIsBroken() throws IOException {
        files().save(template("good", "x"));
        Path templates = folder.resolve("templates");
        Files.writeString(templates.resolve("typo.yaml"), "repo: api\npromt: x\n");
        Files.writeString(templates.resolve("list.yaml"), "- a\n");
        Files.writeString(templates.resolve("torn.yaml"), "prompt: \"x\n");
        Files.writeString(templates.resolve("a b.yaml"), "repo: api\n");
        Files.writeString(templates.resolve("notes.txt"), "not mine\n");
        Files.writeString(templates.resolve("empty.yaml"), "");

        Templates all = files().all();

        assertThat(all.templates()).extracting(Template::name).containsExactly("empty", "good");
        assertThat(all.problems())
                .extracting(problem -> problem.file() + ": " + problem.detail())
                .satisfiesExactly(
                        bad -> assertThat(bad).startsWith("a b.yaml: its name"),
                        bad -> assertThat(bad).startsWith("list.yaml: it is not a mapping"),
                        bad -> assertThat(bad).startsWith("torn.yaml: line "),
                        bad -> assertThat(bad).contains("typo.yaml:", "unknown key `promt`"));
    }

    @Test
    void staysInItsFolder() {
        assertThat(List.of("../x", "a/b", ".hidden", "", "a b", "x.yaml", "x\u0000y"))
                .noneMatch(TemplateFiles::isName);
    }

    @Test
    void removesOne() throws IOException {
        files().save(template("gone", "x"));
        assertThat(files().remove("gone")).isTrue();
        assertThat(files().remove("gone")).isFalse();
        assertThat(files().all().templates()).isEmpty();
    }
}
