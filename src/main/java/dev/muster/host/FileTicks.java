package dev.muster.host;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Tells when one file may have changed: by the system's events for each folder on the way to it,
/// since editors rename, and links are swapped; and by looking at its time and size now and then.
final class FileTicks implements AutoCloseable {
    private static final int MAX_LINKS = 40;
    private static final int MAX_SETTLING = 20;

    private final Path file;
    private final Optional<WatchService> service;
    private final Map<Path, WatchKey> watched = new HashMap<>();
    private Stamp last;

    FileTicks(Path file) {
        this.file = file.toAbsolutePath();
        this.service = open();
        this.last = stamp();
        follow();
    }

    /// What changes when a file is written, replaced or removed.
    private record Stamp(@Nullable Object key, @Nullable FileTime modified, long size) {
        static final Stamp NONE = new Stamp(null, null, -1);
    }

    /// Waits until something happened, or the time is up; true when the file may have changed.
    boolean await(Duration atMost) throws InterruptedException {
        boolean told = poll(atMost);
        Stamp now = stamp();
        boolean differs = !now.equals(last);
        last = now;
        follow();
        return told || differs;
    }

    /// Waits until nothing has happened for a while; not for ever, since a folder may be busy.
    void settle(Duration quiet) throws InterruptedException {
        int rounds = 0;
        while (rounds < MAX_SETTLING && await(quiet)) {
            rounds++;
        }
    }

    private static Optional<WatchService> open() {
        try {
            return Optional.of(FileSystems.getDefault().newWatchService());
        } catch (IOException e) {
            // Out of inotify instances, for one: looking now and then has to do.
            return Optional.empty();
        }
    }

    private boolean poll(Duration atMost) throws InterruptedException {
        if (service.isEmpty()) {
            Thread.sleep(atMost);
            return false;
        }
        try {
            WatchKey key = service.get().poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
            boolean told = key != null;
            while (key != null) {
                key.pollEvents();
                if (!key.reset()) {
                    watched.values().remove(key);
                }
                key = service.get().poll();
            }
            return told;
        } catch (ClosedWatchServiceException e) {
            throw new InterruptedException("the watch was closed");
        }
    }

    private Stamp stamp() {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(now.fileKey(), now.lastModifiedTime(), now.size());
        } catch (IOException e) {
            return Stamp.NONE;
        }
    }

    /// Watches the folders on the way to the file as it is now, and no others.
    private void follow() {
        if (service.isEmpty()) {
            return;
        }
        SequencedSet<Path> folders = foldersOnTheWay();
        watched.entrySet()
                .removeIf(
                        entry -> {
                            boolean left = !folders.contains(entry.getKey());
                            if (left) {
                                entry.getValue().cancel();
                            }
                            return left;
                        });
        folders.forEach(folder -> watch(folder, service.get()));
    }

    private void watch(Path folder, WatchService with) {
        if (watched.containsKey(folder)) {
            return;
        }
        try {
            watched.put(
                    folder,
                    folder.register(
                            with,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY,
                            StandardWatchEventKinds.ENTRY_DELETE));
        } catch (IOException e) {
            // Not there yet, not readable, or no watches left: the next look tries again.
            return;
        }
    }

    private SequencedSet<Path> foldersOnTheWay() {
        SequencedSet<Path> folders = new LinkedHashSet<>();
        Path at = file;
        for (int i = 0; i < MAX_LINKS; i++) {
            Path folder = at.getParent();
            if (folder == null) {
                break;
            }
            folders.add(real(folder));
            try {
                if (!Files.isSymbolicLink(at)) {
                    break;
                }
                at = folder.resolve(Files.readSymbolicLink(at));
            } catch (IOException e) {
                break;
            }
        }
        return folders;
    }

    /// Where a folder really lies, so that it is watched anew once a link leads elsewhere.
    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            return folder;
        }
    }

    @Override
    public void close() throws IOException {
        if (service.isPresent()) {
            service.get().close();
        }
    }
}
