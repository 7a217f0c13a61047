package dev.hearth.cli.log;

/** How a line looks. Stateless. */
interface Layout {

  /** Adds the line, its end included. */
  void write(Bytes out, Entry entry);
}
