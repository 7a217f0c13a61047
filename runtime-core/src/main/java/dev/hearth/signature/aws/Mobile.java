package dev.hearth.signature.aws;

import com.amazonaws.services.lambda.runtime.Client;
import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.serialization.factories.GsonFactory;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What mobile SDKs send along with a call. The vendor's Gson binds it, with the vendor's errors; fields are named as the JSON is.
 */
final class Mobile {

  private Mobile() {}

  static @Nullable CognitoIdentity identity(@Nullable String json) {
    return json == null || json.isEmpty()
        ? null
        : GsonFactory.getInstance().getSerializer(Identity.class).fromJson(json);
  }

  static @Nullable ClientContext client(@Nullable String json) {
    return json == null || json.isEmpty()
        ? null
        : GsonFactory.getInstance().getSerializer(FromClient.class).fromJson(json);
  }

  @SuppressWarnings("UnusedVariable") // Gson sets the fields
  private static final class Identity implements CognitoIdentity {
    private @Nullable String cognitoIdentityId;
    private @Nullable String cognitoIdentityPoolId;

    @Override
    public @Nullable String getIdentityId() {
      return cognitoIdentityId;
    }

    @Override
    public @Nullable String getIdentityPoolId() {
      return cognitoIdentityPoolId;
    }
  }

  @SuppressWarnings("UnusedVariable") // Gson sets the fields
  private static final class FromClient implements ClientContext {
    private @Nullable App client;
    private @Nullable Map<String, String> custom;
    private @Nullable Map<String, String> env;

    @Override
    public @Nullable Client getClient() {
      return client;
    }

    @Override
    public @Nullable Map<String, String> getCustom() {
      return custom;
    }

    @Override
    public @Nullable Map<String, String> getEnvironment() {
      return env;
    }
  }

  @SuppressWarnings({"UnusedVariable", "MemberName"}) // Gson sets the fields, by these names
  private static final class App implements Client {
    private @Nullable String installation_id;
    private @Nullable String app_title;
    private @Nullable String app_version_name;
    private @Nullable String app_version_code;
    private @Nullable String app_package_name;

    @Override
    public @Nullable String getInstallationId() {
      return installation_id;
    }

    @Override
    public @Nullable String getAppTitle() {
      return app_title;
    }

    @Override
    public @Nullable String getAppVersionName() {
      return app_version_name;
    }

    @Override
    public @Nullable String getAppVersionCode() {
      return app_version_code;
    }

    @Override
    public @Nullable String getAppPackageName() {
      return app_package_name;
    }
  }
}
