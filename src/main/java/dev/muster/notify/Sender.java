package dev.muster.notify;

/// Brings a notice to one target. Takes no longer than some seconds.
interface Sender {
    Outcome send(Notice notice) throws InterruptedException;
}
