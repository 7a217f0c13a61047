package dev.hearth.signature.google;

import com.google.cloud.functions.Context;
import org.jspecify.annotations.Nullable;

/**
 * What a background function is told about its event; each is null where the event did not say.
 *
 * @param resource a name, or the text of a JSON object
 */
record EventContext(
    @Nullable String eventId,
    @Nullable String timestamp,
    @Nullable String eventType,
    @Nullable String resource)
    implements Context {}
