package io.fission;

/** Fission's context, which holds nothing; Fission passes null for it. */
public interface Context {}
