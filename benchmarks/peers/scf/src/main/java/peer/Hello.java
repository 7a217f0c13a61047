package peer;

import java.util.function.Function;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** The function, as a bean of Spring Cloud Function. */
@SpringBootApplication
public class Hello {
  public static void main(String[] args) {
    SpringApplication.run(Hello.class, args);
  }

  @Bean
  public Function<String, String> greet() {
    return event -> {
      int start = event.indexOf(':') + 2;
      return "Hello, " + event.substring(start, event.indexOf('"', start)) + "!";
    };
  }
}
