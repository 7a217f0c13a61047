package dev.hearth.benchmarks.process;

import java.nio.file.Path;

/**
 * A function in a jar, as Hearth is given it.
 *
 * @param jar its archive
 * @param handler its class
 * @param call what it is sent, and answers
 */
record Deployed(Path jar, String handler, Call call) {}
