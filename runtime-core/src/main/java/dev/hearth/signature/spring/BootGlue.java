package dev.hearth.signature.spring;

import dev.hearth.function.Environment;
import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.Codec;
import dev.hearth.signature.spi.Glue;
import dev.hearth.signature.spi.Target;
import java.util.LinkedHashMap;
import java.util.Map;

/** Binds a Spring Boot application: an instance is a context, started without a web server. */
public final class BootGlue implements Glue {

  /** Made by the host, by name. */
  public BootGlue() {}

  @Override
  public Binding bind(Target target) {
    Map<String, Object> forced = new LinkedHashMap<>();
    forced.put("spring.main.web-application-type", "none");
    forced.put("spring.main.register-shutdown-hook", "false");
    if (target.selection() != null) {
      forced.put(Settings.PREFIX + "definition", target.selection());
    }
    return new SpringBinding(
        new Applications(target.type(), target.variables(), forced, target.codec()), true);
  }

  /** Starts the application. */
  private record Applications(
      Class<?> startClass, Map<String, String> variables, Map<String, Object> forced, Codec codec)
      implements SpringBinding.Source {
    @Override
    public Catalogue open(Environment environment) throws Throwable {
      BootApplication application =
          BootApplication.start(startClass, variables, forced, environment);
      try {
        return application.hasCatalogue()
            ? ContextCatalogue.of(application)
            : BeanFactoryBeans.of(application, codec);
      } catch (RuntimeException | LinkageError e) {
        application.close();
        throw e;
      }
    }
  }
}
