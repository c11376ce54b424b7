package dev.muster.host;

/// A key that a section of the file may have.
///
/// @param about what it means, in half a sentence, for editors and messages
/// @param <T> what its value reads as
record Key<T>(String name, Shape<T> shape, boolean required, String about) {

    static <T> Key<T> of(String name, Shape<T> shape, String about) {
        return new Key<>(name, shape, false, about);
    }

    static <T> Key<T> required(String name, Shape<T> shape, String about) {
        return new Key<>(name, shape, true, about);
    }
}
