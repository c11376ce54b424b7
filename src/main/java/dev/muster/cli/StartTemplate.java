package dev.muster.cli;

import dev.muster.api.Template;
import dev.muster.api.Templates;
import dev.muster.api.Templates.TemplateProblem;
import dev.muster.cli.client.ProblemException;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The template that a start begins with: one that the page keeps, too. What the command line says
/// itself counts more.
final class StartTemplate {
    /// As the page's form has it.
    private static final Pattern HOLE = Pattern.compile("\\{\\{\\s*([A-Za-z][\\w -]{0,30}?)\\s*}}");

    private static final Template NONE =
            new Template("", List.of(), null, null, null, null, null, null, null, null);

    @Option(
            names = "--template",
            paramLabel = "TEMPLATE",
            description = "Begin with what a template of ~/.config/muster/templates says.")
    @Nullable String name;

    @Option(
            names = "--word",
            paramLabel = "WORD=TEXT",
            description = "What stands for {{WORD}} in the template's text; may be repeated.")
    List<String> words = List.of();

    /// The template that was asked for, its words filled in; without `--template` one that says
    /// nothing.
    ///
    /// @param text what the command line gives in place of the template's text, or null
    Template chosen(Context context, @Nullable String text)
            throws IOException, ProblemException, InterruptedException, CliException {
        Template template =
                name == null
                        ? NONE
                        : named(name, context.service().get("templates", Templates.class));
        String its = text == null && template.prompt() != null ? template.prompt() : "";
        String filled = filled(its, Pairs.of("--word", words));
        return new Template(
                template.name(),
                template.hosts(),
                template.repo(),
                template.base(),
                template.branch(),
                template.agent(),
                template.model(),
                template.account(),
                template.headless(),
                filled.isEmpty() ? text : filled);
    }

    private static Template named(String name, Templates all) throws CliException {
        for (Template template : all.templates()) {
            if (template.name().equals(name)) {
                return template;
            }
        }
        for (TemplateProblem problem : all.problems()) {
            if (problem.file().equals(name + ".yaml")) {
                throw new CliException(
                        ExitCode.FAILED,
                        "The template `" + name + "` can't be read: " + problem.detail(),
                        "mend " + all.folder() + "/" + problem.file());
            }
        }
        throw new CliException(
                ExitCode.NOT_FOUND,
                "There is no template `" + name + "` in " + all.folder(),
                all.templates().isEmpty()
                        ? "keep one on the page that muster dashboard opens"
                        : "there are "
                                + String.join(
                                        ", ",
                                        all.templates().stream().map(Template::name).toList()));
    }

    private static String filled(String text, Map<String, String> words) throws CliException {
        Matcher holes = HOLE.matcher(text);
        Set<String> asked = new LinkedHashSet<>();
        holes.results().forEach(hole -> asked.add(hole.group(1)));
        for (String word : words.keySet()) {
            if (!asked.contains(word)) {
                throw new CliException(
                        ExitCode.USAGE,
                        "Nothing in the text asks for the word `" + word + "`",
                        asked.isEmpty() ? null : "it asks for " + String.join(", ", asked));
            }
        }
        asked.removeAll(words.keySet());
        if (!asked.isEmpty()) {
            throw new CliException(
                    ExitCode.USAGE,
                    "The template's text asks for " + String.join(", ", asked),
                    "give each: --word '" + asked.iterator().next() + "=TEXT'");
        }
        return holes.replaceAll(
                hole -> Matcher.quoteReplacement(words.getOrDefault(hole.group(1), "")));
    }
}
