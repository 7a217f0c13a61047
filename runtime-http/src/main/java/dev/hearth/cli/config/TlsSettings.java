package dev.hearth.cli.config;

import java.nio.file.Path;

/**
 * The certificate that is served with.
 *
 * @param cert PEM: the server's certificate, then those between it and its root
 * @param key PEM: its private key
 */
public record TlsSettings(Path cert, Path key) {}
