import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

/**
 * Plays Nuclio's processor for one event: listens, starts a wrapper jar as the processor does, sends the event, prints the lines
 * that come back, and ends the worker by closing the connection.
 */
class Processor {

  public static void main(String[] args) throws Exception {
    if (args.length != 3) {
      System.err.println("usage: java Processor.java WRAPPER_JAR HANDLER BODY");
      System.exit(2);
    }
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      listener.setSoTimeout(120_000);
      Process worker =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-jar", args[0],
                  "-handler", args[1],
                  "-port", String.valueOf(listener.getLocalPort()),
                  "-workerid", "0")
              .inheritIO()
              .start();
      worker.onExit().thenAccept(ended -> System.err.println("the worker exited with " + ended.exitValue()));
      try (Socket socket = listener.accept()) {
        String body = Base64.getEncoder().encodeToString(args[2].getBytes(StandardCharsets.UTF_8));
        String event =
            "{\"id\":\"1\",\"method\":\"POST\",\"path\":\"/\",\"content_type\":\"text/plain\",\"body\":\"" + body + "\"}\n";
        socket.getOutputStream().write(event.getBytes(StandardCharsets.UTF_8));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null) {
          System.out.println(line);
          line = line.startsWith("r") ? null : lines.readLine();
        }
      }
      System.exit(worker.waitFor());
    }
  }
}
