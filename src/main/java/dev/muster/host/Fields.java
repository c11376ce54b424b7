package dev.muster.host;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The values of one section that was read.
///
/// @param at where the section begins
/// @param places where each key stands, those with a refused value too
/// @param whole false when a syntax error cut the section off
record Fields(
        Place at, Map<String, Shape.Located<?>> values, Map<String, Place> places, boolean whole) {

    /// A section that was not written.
    static final Fields NONE = new Fields(Place.START, Map.of(), Map.of(), true);

    /// The value; empty when there is none or it was refused.
    <T> Optional<T> get(Key<T> key) {
        return located(key).map(Shape.Located::value);
    }

    /// A list, or a mapping from names; empty when there is none.
    <T> List<T> all(Key<List<T>> key) {
        return get(key).orElse(List.of());
    }

    /// The values of a list.
    <T> List<T> items(Key<List<Shape.Located<T>>> key) {
        return all(key).stream().map(Shape.Located::value).toList();
    }

    @SuppressWarnings("unchecked") // put there by the key's own shape
    <T> Optional<Shape.Located<T>> located(Key<T> key) {
        return Optional.ofNullable((Shape.Located<T>) values.get(key.name()));
    }

    /// Whether the key was written, even with a value that was refused.
    boolean has(Key<?> key) {
        return places.containsKey(key.name());
    }

    /// Where the key stands; the section itself when it does not.
    Place keyAt(Key<?> key) {
        return places.getOrDefault(key.name(), at);
    }
}
