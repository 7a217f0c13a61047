import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Fission does to a runtime: waits for its port, has it load a function, sends a request. */
final class FissionRouter {

  private static final Pattern READY = Pattern.compile("hearth ready: contract=fission (http://\\S+)");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private FissionRouter() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    String runtime = awaitReady(Long.parseLong(args[0]), Path.of(args[1]));
    Path jar = Path.of(args[2]).toAbsolutePath();
    String name = args.length > 4 ? args[4] : "Fission";
    String load =
        """
        {"filepath": "%s", "functionName": "%s", "url": "", "envVersion": 2,
         "FunctionMetadata": {"name": "hello", "namespace": "default"}}"""
            .formatted(jar, args[3]);
    System.out.println("POST /v2/specialize  " + post(runtime + "/v2/specialize", "application/json", load));
    System.out.println("POST /               " + post(runtime + "/", "text/plain", name));
  }

  private static String awaitReady(long pid, Path log) throws IOException, InterruptedException {
    for (int i = 0; i < 600 && ProcessHandle.of(pid).isPresent(); i++) {
      Matcher ready = READY.matcher(Files.readString(log));
      if (ready.find()) {
        return ready.group(1);
      }
      Thread.sleep(100);
    }
    throw new IOException("the runtime did not get ready: " + Files.readString(log));
  }

  private static String post(String url, String type, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", type)
            .header("X-Fission-Function-Name", "hello")
            .POST(BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new IOException(url + " answered " + response.statusCode() + " " + response.body());
    }
    return response.statusCode() + " " + response.body().strip();
  }
}
