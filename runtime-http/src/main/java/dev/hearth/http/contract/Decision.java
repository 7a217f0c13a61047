package dev.hearth.http.contract;

/** What becomes of a request whose body was read: it is answered, or a function is called. */
public sealed interface Decision permits Answer, Dispatch {}
