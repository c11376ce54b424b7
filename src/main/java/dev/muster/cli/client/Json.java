package dev.muster.cli.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/// The wire's JSON, read and written. Properties that this version does not know are passed over,
/// so that an older command line reads a newer service.
///
/// Records are read by {@link RecordReader}, since making Jackson's mapper loads time zones,
/// locales and date formats: more time than all else that `muster status` does. It is made for what
/// is written, and for JSON of no fixed shape.
public final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /// @param type a record of the wire, an array of them, or another that Jackson knows
    /// @throws JsonProcessingException when it is not what `type` says
    public static <T> T read(String text, Class<T> type) throws JsonProcessingException {
        if (!type.isRecord() && !type.isArray()) {
            return Mapper.INSTANCE.readValue(text, type);
        }
        try (JsonParser in = FACTORY.createParser(text)) {
            return RecordReader.read(in, type);
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("A text in memory can't be read", e);
        }
    }

    /// The JSON value at the parser, of whatever shape.
    static JsonNode tree(JsonParser in) throws IOException {
        return Mapper.INSTANCE.readTree(in);
    }

    public static String write(Object value) {
        try {
            return Mapper.INSTANCE.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A wire record can't be written as JSON", e);
        }
    }

    /// Made when first needed.
    private static final class Mapper {
        private static final JsonMapper INSTANCE =
                JsonMapper.builder()
                        // Of java.time the wire holds instants only.
                        .addModule(
                                new SimpleModule().addSerializer(Instant.class, new WriteInstant()))
                        .build();
    }

    private static final class WriteInstant extends StdSerializer<Instant> {
        private static final long serialVersionUID = 1L;

        WriteInstant() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writeString(value.toString());
        }
    }
}
