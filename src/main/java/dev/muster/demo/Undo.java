package dev.muster.demo;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/// What has to be undone when a demo ends: last made, first ended; the folder at the very end. One
/// step that fails does not keep the others from being done.
final class Undo {
    private final DemoFolder folder;
    private final Deque<Step> steps = new ArrayDeque<>();
    private boolean keepFolder;
    private boolean done;

    interface Step {
        void run() throws IOException, InterruptedException;
    }

    Undo(DemoFolder folder) {
        this.folder = folder;
    }

    synchronized void keepFolder() {
        keepFolder = true;
    }

    /// @throws IOException when the demo has ended meanwhile: the step was done at once then
    synchronized void add(Step step) throws IOException, InterruptedException {
        if (done) {
            step.run();
            removeFolder();
            throw new IOException("The demo has been ended while it was being set up.");
        }
        steps.push(step);
    }

    synchronized void run() throws IOException, InterruptedException {
        if (done) {
            return;
        }
        done = true;
        IOException first = null;
        while (!steps.isEmpty()) {
            try {
                steps.pop().run();
            } catch (IOException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        removeFolder();
        if (first != null) {
            throw first;
        }
    }

    private void removeFolder() throws IOException, InterruptedException {
        if (!keepFolder) {
            folder.delete();
        }
    }
}
