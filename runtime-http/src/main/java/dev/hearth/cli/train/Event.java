package dev.hearth.cli.train;

/**
 * What the function is sent.
 *
 * @param body not changed
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Event(byte[] body, String contentType) {}
