package dev.muster.cli.client;

/// One event of a stream.
///
/// @param name `board`, `change`, `entry`, `session`
/// @param data a JSON document
public record ServerEvent(String name, String data) {}
