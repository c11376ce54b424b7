package dev.muster.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The JSON Schema of a hosts file, so that editors complete and check it while it is typed.
///
/// Drawn from the same keys that reading goes by. It says less than reading does: what refers to
/// something else in the file, no schema can judge.
public final class HostsSchema {
    /// Where the finished schema lies on the class path.
    public static final String RESOURCE = "/hosts.schema.json";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private HostsSchema() {}

    /// The schema, as draft 2020-12.
    public static String json() {
        ObjectNode schema = JSON.objectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Muster's hosts.yaml");
        schema.setAll(of(HostsKeys.FILE));
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
        try {
            return JsonMapper.builder().build().writer(printer).writeValueAsString(schema) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON nodes can be written", e);
        }
    }

    private static ObjectNode of(Shape<?> shape) {
        return switch (shape) {
            case Shape.Text<?> text -> text(text);
            case Shape.Flag() -> JSON.objectNode().put("type", "boolean");
            case Shape.ListOf<?> list -> {
                ObjectNode schema = JSON.objectNode().put("type", "array");
                schema.set("items", of(list.item()));
                if (!list.mayBeEmpty()) {
                    schema.put("minItems", 1);
                }
                yield schema;
            }
            case Shape.MapOf<?> map -> {
                ObjectNode schema = JSON.objectNode().put("type", "object");
                schema.set("propertyNames", names(map.name()));
                schema.set("additionalProperties", of(map.value()));
                if (!map.mayBeEmpty()) {
                    schema.put("minProperties", 1);
                }
                yield schema;
            }
            case Shape.Section section -> section(section);
            case Shape.Later(Shape<Fields> later) -> of(later);
        };
    }

    private static ObjectNode text(Shape.Text<?> text) {
        ObjectNode schema = JSON.objectNode();
        if (!text.choices().isEmpty()) {
            ArrayNode choices = schema.putArray("enum");
            text.choices().forEach(choices::add);
            return schema;
        }
        if (text.loose()) {
            schema.putArray("type").add("string").add("number").add("boolean");
        } else {
            schema.put("type", "string");
        }
        return withPattern(schema, text);
    }

    /// `<<` merges another mapping, and is no name.
    private static ObjectNode names(Shape.Text<?> name) {
        ObjectNode schema = JSON.objectNode();
        schema.put("pattern", "^(<<|" + name.pattern() + ")$");
        return schema;
    }

    private static ObjectNode withPattern(ObjectNode schema, Shape.Text<?> text) {
        if (!text.pattern().isEmpty()) {
            schema.put("pattern", "^(" + text.pattern() + ")$");
        }
        return schema;
    }

    private static ObjectNode section(Shape.Section section) {
        ObjectNode schema = JSON.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        for (Key<?> key : section.keys()) {
            ObjectNode value = JSON.objectNode().put("description", key.about());
            value.setAll(of(key.shape()));
            properties.set(key.name(), value);
            if (key.required()) {
                schema.withArray("required").add(key.name());
            }
        }
        properties.putObject("<<");
        if (section.extensible()) {
            schema.putObject("patternProperties").putObject("^x-");
        }
        schema.put("additionalProperties", false);
        return schema;
    }
}
