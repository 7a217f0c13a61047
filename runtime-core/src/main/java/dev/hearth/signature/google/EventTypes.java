package dev.hearth.signature.google;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names of event types, legacy and CloudEvents. */
final class EventTypes {

  static final String ANALYTICS_WRITTEN = "google.firebase.analytics.log.v1.written";

  /** Legacy type, CloudEvents type; where two legacy types became one, the first is the way back. */
  private static final String[] PAIRS = {
    LegacyEvent.PUBSUB_PUBLISH,
    "google.cloud.pubsub.topic.v1.messagePublished",
    "providers/cloud.pubsub/eventTypes/topic.publish",
    "google.cloud.pubsub.topic.v1.messagePublished",
    "google.storage.object.finalize",
    "google.cloud.storage.object.v1.finalized",
    "google.storage.object.delete",
    "google.cloud.storage.object.v1.deleted",
    "google.storage.object.archive",
    "google.cloud.storage.object.v1.archived",
    "google.storage.object.metadataUpdate",
    "google.cloud.storage.object.v1.metadataUpdated",
    "providers/cloud.storage/eventTypes/object.change",
    "google.cloud.storage.object.v1.changed",
    "providers/cloud.firestore/eventTypes/document.write",
    "google.cloud.firestore.document.v1.written",
    "providers/cloud.firestore/eventTypes/document.create",
    "google.cloud.firestore.document.v1.created",
    "providers/cloud.firestore/eventTypes/document.update",
    "google.cloud.firestore.document.v1.updated",
    "providers/cloud.firestore/eventTypes/document.delete",
    "google.cloud.firestore.document.v1.deleted",
    "providers/firebase.auth/eventTypes/user.create",
    "google.firebase.auth.user.v1.created",
    "providers/firebase.auth/eventTypes/user.delete",
    "google.firebase.auth.user.v1.deleted",
    "providers/firebase.remoteConfig/remoteconfig.update",
    "google.firebase.remoteconfig.remoteConfig.v1.updated",
    "providers/google.firebase.analytics/eventTypes/event.log",
    ANALYTICS_WRITTEN,
    "providers/google.firebase.database/eventTypes/ref.create",
    "google.firebase.database.ref.v1.created",
    "providers/google.firebase.database/eventTypes/ref.write",
    "google.firebase.database.ref.v1.written",
    "providers/google.firebase.database/eventTypes/ref.update",
    "google.firebase.database.ref.v1.updated",
    "providers/google.firebase.database/eventTypes/ref.delete",
    "google.firebase.database.ref.v1.deleted",
  };

  /** Beginning of a legacy type, the service its events come from. */
  private static final String[] SERVICES = {
    "providers/cloud.firestore/", "firestore.googleapis.com",
    "providers/google.firebase.analytics/", "firebaseanalytics.googleapis.com",
    "providers/firebase.auth/", "firebaseauth.googleapis.com",
    "providers/google.firebase.database/", "firebasedatabase.googleapis.com",
    "providers/firebase.remoteConfig/", "firebaseremoteconfig.googleapis.com",
    "providers/cloud.pubsub/", LegacyEvent.PUBSUB_SERVICE,
    "providers/cloud.storage/", "storage.googleapis.com",
    "google.pubsub.", LegacyEvent.PUBSUB_SERVICE,
    "google.storage.", "storage.googleapis.com",
  };

  private static final Map<String, String> TO_CLOUD_EVENTS = new HashMap<>();
  private static final Map<String, String> TO_LEGACY = new HashMap<>();

  static {
    for (int i = 0; i < PAIRS.length; i += 2) {
      TO_CLOUD_EVENTS.put(PAIRS[i], PAIRS[i + 1]);
      TO_LEGACY.putIfAbsent(PAIRS[i + 1], PAIRS[i]);
    }
  }

  private EventTypes() {}

  static @Nullable String toCloudEvents(@Nullable String legacyType) {
    return TO_CLOUD_EVENTS.get(legacyType);
  }

  static @Nullable String toLegacy(String type) {
    return TO_LEGACY.get(type);
  }

  /** The service that events of a known legacy type come from. */
  static @Nullable String service(String legacyType) {
    for (int i = 0; i < SERVICES.length; i += 2) {
      if (legacyType.startsWith(SERVICES[i])) {
        return SERVICES[i + 1];
      }
    }
    return null;
  }
}
