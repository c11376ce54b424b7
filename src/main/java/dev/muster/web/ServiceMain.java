package dev.muster.web;

/// Runs the control service.
public final class ServiceMain {
    private ServiceMain() {}

    /// Blocks until the service ends.
    ///
    /// @param args the options of `serve`
    /// @return the exit status
    public static int run(String[] args) {
        throw new UnsupportedOperationException("This build holds no service");
    }
}
