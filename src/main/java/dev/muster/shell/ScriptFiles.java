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
        return file(name + ".sh");
    }

    static String file(String path) {
        return TEXTS.computeIfAbsent(path, ScriptFiles::read);
    }

    private static String read(String path) {
        try (InputStream in = ScriptFiles.class.getResourceAsStream("/scripts/" + path)) {
            if (in == null) {
                throw new IllegalArgumentException("no script " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
