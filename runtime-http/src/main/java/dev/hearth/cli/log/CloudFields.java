package dev.hearth.cli.log;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the environment says about lines for Google Cloud Logging.
 *
 * @param executionIds whether lines carry the id of their execution
 * @param project id of the project that traces belong to, or null
 */
public record CloudFields(boolean executionIds, @Nullable String project) {

  private static final String[] PROJECT = {"GOOGLE_CLOUD_PROJECT", "GCP_PROJECT", "GCLOUD_PROJECT"};

  /** From {@code LOG_EXECUTION_ID}, and the first of the variables that name a project. */
  public static CloudFields from(Map<String, String> environment) {
    return new CloudFields(
        "true".equalsIgnoreCase(environment.get("LOG_EXECUTION_ID")), project(environment));
  }

  private static @Nullable String project(Map<String, String> environment) {
    for (String variable : PROJECT) {
      String project = environment.get(variable);
      if (project != null && !project.isEmpty()) {
        return project;
      }
    }
    return null;
  }
}
