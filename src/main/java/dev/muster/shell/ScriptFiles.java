package dev.muster.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The `.sh` files of the class path, each read once.
final class ScriptFiles {
    private static final Map<String, String> TEXTS = new ConcurrentHashMap<>();

    private ScriptFiles() {}

    static String text(String name) {
        return TEXTS.computeIfAbsent(name, ScriptFiles::read);
    }

    private static String read(String name) {
        try (InputStream in = ScriptFiles.class.getResourceAsStream("/scripts/" + name + ".sh")) {
            if (in == null) {
                throw new IllegalArgumentException("no script " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
