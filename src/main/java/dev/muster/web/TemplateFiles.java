package dev.muster.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.muster.api.Template;
import dev.muster.api.Templates;
import dev.muster.api.Templates.TemplateProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Templates of starts, each in a file of its own: a person edits them with an editor or on the
/// page, shares them, and puts them under version control. They are not in `hosts.yaml`, whose
/// comments and order a program that writes would not keep; nor in the database, which may be lost.
final class TemplateFiles {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final String ENDING = ".yaml";
    private static final int LARGEST = 1 << 20;

    private static final YAMLMapper YAML =
            YAMLMapper.builder(
                            YAMLFactory.builder()
                                    .disable(Feature.WRITE_DOC_START_MARKER)
                                    .disable(Feature.SPLIT_LINES)
                                    .enable(Feature.MINIMIZE_QUOTES)
                                    .enable(Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                                    .enable(Feature.LITERAL_BLOCK_STYLE)
                                    .build())
                    .serializationInclusion(JsonInclude.Include.NON_EMPTY)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final Path folder;

    TemplateFiles(Path folder) {
        this.folder = folder;
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches() && !name.endsWith(ENDING);
    }

    /// All that there are now. A file that can't be read hides no other.
    Templates all() throws IOException {
        List<Template> templates = new ArrayList<>();
        List<TemplateProblem> problems = new ArrayList<>();
        for (Path file : files()) {
            String name = file.getFileName().toString();
            String bare = name.substring(0, name.length() - ENDING.length());
            try {
                if (!isName(bare)) {
                    throw new IOException("its name is none for a template");
                }
                templates.add(read(bare, file));
            } catch (JsonProcessingException e) {
                problems.add(new TemplateProblem(name, sentence(e)));
            } catch (IOException e) {
                problems.add(new TemplateProblem(name, String.valueOf(e.getMessage())));
            }
        }
        return new Templates(folder.toString(), templates, problems);
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ENDING))
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static Template read(String name, Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException("it is larger than 1 MiB");
        }
        return parse(name, Files.readString(file));
    }

    static Template parse(String name, String text) throws IOException {
        JsonNode tree = YAML.readTree(text);
        if (tree == null || tree.isMissingNode() || tree.isNull()) {
            return YAML.treeToValue(YAML.createObjectNode().put("name", name), Template.class);
        }
        if (!(tree instanceof ObjectNode keys)) {
            throw new IOException("it is not a mapping of keys to values");
        }
        if (keys.has("name")) {
            throw new IOException("it has a key `name`: a template is called as its file");
        }
        return YAML.treeToValue(keys.put("name", name), Template.class);
    }

    /// Writes it whole or not at all, in place of the one with its name.
    void save(Template template) throws IOException {
        ServiceFiles.folder(folder);
        Path fresh = Files.createTempFile(folder, ".new", ENDING);
        try {
            Files.writeString(fresh, text(template));
            Files.move(fresh, file(template.name()), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /// As a person would write it: what is not set is left out, and a prompt stands in lines.
    static String text(Template template) throws IOException {
        ObjectNode keys = YAML.valueToTree(template);
        keys.remove("name");
        return keys.isEmpty() ? "" : YAML.writeValueAsString(keys);
    }

    /// @return whether there was one
    boolean remove(String name) throws IOException {
        return Files.deleteIfExists(file(name));
    }

    private Path file(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("no name of a template: " + name);
        }
        return folder.resolve(name + ENDING);
    }

    private static String sentence(JsonProcessingException e) {
        String what =
                e instanceof UnrecognizedPropertyException unknown
                        ? "unknown key `"
                                + unknown.getPropertyName()
                                + "`; the keys are "
                                + String.join(
                                        ", ",
                                        unknown.getKnownPropertyIds().stream()
                                                .map(String::valueOf)
                                                .filter(key -> !key.equals("name"))
                                                .toList())
                        : e.getOriginalMessage();
        JsonLocation at = e.getLocation();
        return at == null || at.getLineNr() < 1
                ? what
                : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": " + what;
    }
}
