package dev.muster.page;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A host as a scenario wants it: all is as usual that is not said.
///
/// @param home what its home's folder is called; null: as the host
/// @param stranger whether nobody here has seen its keys
/// @param passphrase of the key that it lets in; null: that key needs none
/// @param says what its programs and rc files print about it; null: the truth
record NewHost(
        @Nullable String home,
        boolean stranger,
        @Nullable String passphrase,
        @Nullable String says) {
    static final NewHost USUAL = new NewHost(null, false, null, null);

    String homeOf(String name) {
        return Optional.ofNullable(home).orElse(name);
    }
}
