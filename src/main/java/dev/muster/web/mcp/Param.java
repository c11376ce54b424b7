package dev.muster.web.mcp;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/// What a tool can be given. The schema that agents see and the check of what they send both come
/// from here.
sealed interface Param {
    String name();

    /// For the agent that reads it.
    String about();

    boolean required();

    /// @param choices the only values; empty for any
    record Text(String name, String about, boolean required, List<String> choices)
            implements Param {}

    /// @param otherwise what holds when nothing is given
    record Number(String name, String about, long least, long most, long otherwise)
            implements Param {
        @Override
        public boolean required() {
            return false;
        }
    }

    record Flag(String name, String about) implements Param {
        @Override
        public boolean required() {
            return false;
        }
    }

    record Texts(String name, String about) implements Param {
        @Override
        public boolean required() {
            return false;
        }
    }

    static Param text(String name, String about) {
        return new Text(name, about, true, List.of());
    }

    static Param maybe(String name, String about) {
        return new Text(name, about, false, List.of());
    }

    /// A property of a JSON Schema.
    default JsonObject schema() {
        JsonObject schema = new JsonObject();
        switch (this) {
            case Text text -> {
                schema.put("type", "string");
                if (!text.choices().isEmpty()) {
                    schema.put("enum", new JsonArray(text.choices()));
                }
            }
            case Number number ->
                    schema.put("type", "integer")
                            .put("minimum", number.least())
                            .put("maximum", number.most())
                            .put("default", number.otherwise());
            case Flag flag -> schema.put("type", "boolean").put("default", false);
            case Texts texts ->
                    schema.put("type", "array")
                            .put("items", new JsonObject().put("type", "string"));
        }
        return schema.put("description", about());
    }

    /// The schema of a tool's arguments.
    static JsonObject schema(List<Param> params) {
        JsonObject properties = new JsonObject();
        JsonArray required = new JsonArray();
        for (Param param : params) {
            properties.put(param.name(), param.schema());
            if (param.required()) {
                required.add(param.name());
            }
        }
        return new JsonObject()
                .put("type", "object")
                .put("properties", properties)
                .put("required", required)
                .put("additionalProperties", false);
    }
}
