package dev.muster.link;

import java.util.logging.Level;
import java.util.logging.Logger;

/// Closes things whose failure to close changes nothing any more.
final class Closing {
    private static final Logger LOG = Logger.getLogger(Closing.class.getName());

    private Closing() {}

    static void quietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.log(Level.FINE, "closing " + closeable, e);
        }
    }
}
