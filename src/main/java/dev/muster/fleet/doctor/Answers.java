package dev.muster.fleet.doctor;

import dev.muster.shell.HexText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// The facts that a probe's script printed: lines of words with blanks between, free text in hex.
/// What is not there was not learned. The host is not trusted to keep to the form.
record Answers(List<List<String>> lines) {

    static Answers parse(String text) {
        List<List<String>> lines = new ArrayList<>();
        whole(text)
                .filter(line -> !line.isBlank())
                .forEach(line -> lines.add(List.of(line.strip().split(" +"))));
        return new Answers(List.copyOf(lines));
    }

    /// The lines that ended: where an answer broke off, half a word may look like a whole one.
    static Stream<String> whole(String text) {
        return text.substring(0, text.lastIndexOf('\n') + 1).lines();
    }

    boolean has(String name) {
        return first(name).isPresent();
    }

    /// The words after the name, of the first line that has it.
    Optional<List<String>> first(String name) {
        return all(name).findFirst();
    }

    /// The words after the name, of every line that has it.
    Stream<List<String>> all(String name) {
        return lines.stream()
                .filter(line -> line.getFirst().equals(name))
                .map(line -> line.subList(1, line.size()));
    }

    /// The n-th word after the name.
    Optional<String> word(String name, int n) {
        return first(name).filter(words -> words.size() > n).map(words -> words.get(n));
    }

    Optional<String> word(String name) {
        return word(name, 0);
    }

    /// The n-th word after the name, out of hex.
    Optional<String> text(String name, int n) {
        return word(name, n).flatMap(Answers::unhex);
    }

    Optional<String> text(String name) {
        return text(name, 0);
    }

    OptionalLong number(String name, int n) {
        return word(name, n).map(Answers::number).orElse(OptionalLong.empty());
    }

    static OptionalLong number(String word) {
        try {
            return OptionalLong.of(Long.parseLong(word));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    static Optional<String> unhex(String digits) {
        try {
            return Optional.of(HexText.of(digits));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// The line that says most of a program's complaint: the last that is not blank, not too long.
    static String gist(String output) {
        String last =
                output.lines().map(String::strip).filter(l -> !l.isEmpty()).reduce("", (_, b) -> b);
        return last.length() > 300 ? last.substring(0, 300) + "…" : last;
    }
}
