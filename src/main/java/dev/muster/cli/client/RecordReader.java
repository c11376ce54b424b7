package dev.muster.cli.client;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads records from JSON: components by their names; text, numbers, booleans, instants and enums;
/// lists, arrays, maps and records of these. What is missing or null is null, 0, false, or an empty
/// list or map, unless its component is `@Nullable`: a service of another version may not know it
/// yet, or no more. Properties without a component are passed over.
final class RecordReader {
    private static final ClassValue<Shape> SHAPES =
            new ClassValue<>() {
                @Override
                protected Shape computeValue(Class<?> type) {
                    return Shape.of(type);
                }
            };

    private final JsonParser in;

    private RecordReader(JsonParser in) {
        this.in = in;
    }

    /// @param in at its beginning
    static <T> T read(JsonParser in, Class<T> type) throws IOException {
        RecordReader reader = new RecordReader(in);
        if (in.nextToken() == null) {
            throw reader.unlike("JSON, there is nothing");
        }
        Object value = reader.value(type);
        if (value == null) {
            throw reader.unlike("a value, there is null");
        }
        return type.cast(value);
    }

    private @Nullable Object value(Type type) throws IOException {
        if (type == JsonNode.class) {
            // Null is a value there.
            return Json.tree(in);
        }
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (type instanceof ParameterizedType generic) {
            Type[] of = generic.getActualTypeArguments();
            return generic.getRawType() == Map.class ? map(of[1]) : list(of[0]);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            return record(SHAPES.get(plain));
        }
        if (plain.isArray()) {
            List<@Nullable Object> list = list(plain.componentType());
            Object array = Array.newInstance(plain.componentType(), list.size());
            for (int i = 0; i < list.size(); i++) {
                Array.set(array, i, list.get(i));
            }
            return array;
        }
        return scalar(plain);
    }

    private Object record(Shape shape) throws IOException {
        expect(JsonToken.START_OBJECT, "an object");
        @Nullable Object[] values = shape.empty.clone();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            Integer at = shape.positions.get(in.currentName());
            in.nextToken();
            if (at == null) {
                in.skipChildren();
            } else {
                Object value = value(shape.types[at]);
                values[at] = value == null ? shape.empty[at] : value;
            }
        }
        try {
            return shape.constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new JsonParseException(in, "" + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(shape.constructor + " can't be called", e);
        }
    }

    private List<@Nullable Object> list(Type of) throws IOException {
        expect(JsonToken.START_ARRAY, "a list");
        List<@Nullable Object> list = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(of));
        }
        return list;
    }

    private Map<String, @Nullable Object> map(Type of) throws IOException {
        expect(JsonToken.START_OBJECT, "an object");
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            in.nextToken();
            map.put(name, value(of));
        }
        return map;
    }

    private Object scalar(Class<?> type) throws IOException {
        if (type == String.class) {
            expect(JsonToken.VALUE_STRING, "text");
            return in.getText();
        }
        if (type == boolean.class || type == Boolean.class) {
            return in.getBooleanValue();
        }
        if (type == int.class || type == Integer.class) {
            return in.getIntValue();
        }
        if (type == long.class || type == Long.class) {
            return in.getLongValue();
        }
        if (type == double.class || type == Double.class) {
            return in.getDoubleValue();
        }
        expect(JsonToken.VALUE_STRING, "text");
        if (type == Instant.class) {
            try {
                return WireInstant.parse(in.getText());
            } catch (DateTimeException e) {
                throw new JsonParseException(in, "" + e.getMessage(), e);
            }
        }
        for (Object constant : constants(type)) {
            if (((Enum<?>) constant).name().equals(in.getText())) {
                return constant;
            }
        }
        throw unlike("one of the values of " + type.getSimpleName());
    }

    private static Object[] constants(Class<?> type) {
        Object[] constants = type.getEnumConstants();
        if (constants == null) {
            throw new IllegalArgumentException(type + " has no place on the wire");
        }
        return constants;
    }

    private void expect(JsonToken token, String what) throws JsonParseException {
        if (in.currentToken() != token) {
            throw unlike(what);
        }
    }

    private JsonParseException unlike(String wanted) {
        return new JsonParseException(in, "wanted " + wanted);
    }

    private static @Nullable Object nothing(RecordComponent component) {
        Class<?> type = component.getType();
        if (type == List.class || type == Map.class) {
            if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                return null;
            }
            return type == List.class ? List.of() : Map.of();
        }
        if (type == boolean.class) {
            return false;
        }
        if (type == int.class) {
            return 0;
        }
        if (type == long.class) {
            return 0L;
        }
        return type == double.class ? 0.0 : null;
    }

    /// A record's components, found once.
    private record Shape(
            Constructor<?> constructor,
            Map<String, Integer> positions,
            Type[] types,
            @Nullable Object[] empty) {

        static Shape of(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            Map<String, Integer> positions = new HashMap<>();
            Class<?>[] classes = new Class<?>[components.length];
            Type[] types = new Type[components.length];
            @Nullable Object[] empty = new @Nullable Object[components.length];
            for (int i = 0; i < components.length; i++) {
                positions.put(components[i].getName(), i);
                classes[i] = components[i].getType();
                types[i] =
                        classes[i] == List.class || classes[i] == Map.class
                                ? components[i].getGenericType()
                                : classes[i];
                empty[i] = RecordReader.nothing(components[i]);
            }
            try {
                Constructor<?> constructor = type.getDeclaredConstructor(classes);
                // A record of another package may be hidden in it.
                constructor.setAccessible(true);
                return new Shape(constructor, positions, types, empty);
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException("A record has a constructor: " + type, e);
            }
        }
    }
}
