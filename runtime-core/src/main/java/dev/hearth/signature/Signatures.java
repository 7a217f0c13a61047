package dev.hearth.signature;

import static java.util.Objects.requireNonNull;

import dev.hearth.loader.DeployException;
import dev.hearth.loader.FunctionLoader;
import dev.hearth.loader.StoredArchive;
import dev.hearth.signature.HandlerSearch.Found;
import dev.hearth.signature.aws.LambdaSignature;
import dev.hearth.signature.azure.AzureSignature;
import dev.hearth.signature.fission.FissionSignature;
import dev.hearth.signature.fn.FnSignature;
import dev.hearth.signature.funqy.FunqySignature;
import dev.hearth.signature.google.GoogleSignature;
import dev.hearth.signature.kubeless.KubelessSignature;
import dev.hearth.signature.micronaut.MicronautSignature;
import dev.hearth.signature.nuclio.NuclioSignature;
import dev.hearth.signature.openfaas.OpenFaasSignature;
import dev.hearth.signature.openwhisk.OpenWhiskSignature;
import dev.hearth.signature.plain.Composition;
import dev.hearth.signature.plain.PlainSignature;
import dev.hearth.signature.spi.Binding;
import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.Recognised;
import dev.hearth.signature.spi.Signature;
import dev.hearth.signature.spi.Target;
import dev.hearth.signature.spring.SpringSignature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds and binds the handler of an archive. Thread-safe. */
public final class Signatures {

  private final List<Signature> known;

  private Signatures(List<Signature> known) {
    this.known = List.copyOf(known);
  }

  /** The signatures that come with Hearth; a class that has several is taken for the first of them. */
  public static Signatures standard() {
    return of(
        List.of(
            new FissionSignature(),
            new LambdaSignature(),
            new GoogleSignature(),
            new AzureSignature(),
            new OpenFaasSignature(),
            new NuclioSignature(),
            new OpenWhiskSignature(),
            new KubelessSignature(),
            new FnSignature(),
            new FunqySignature(),
            new MicronautSignature(),
            new SpringSignature(),
            new PlainSignature()));
  }

  /** These signatures, in this order. */
  public static Signatures of(List<Signature> signatures) {
    return new Signatures(signatures);
  }

  /**
   * Finds and binds the handler; runs none of the function's code. The context class loader is expected to be
   * the function's.
   *
   * @param handler as the user wrote it, or several composed by {@code |} or {@code ,}; null or empty to go by
   *     the manifest, then by the only class with a known signature
   * @throws DeployException if there is none, more than one, or it cannot be bound
   */
  public Bound bind(StoredArchive archive, FunctionLoader loader, @Nullable String handler) {
    return bind(archive, loader, handler, Map.of(), null);
  }

  /**
   * As {@link #bind(StoredArchive, FunctionLoader, String)}, for a function that has variables.
   *
   * @param variables of the function's spec; some signatures look at one
   */
  public Bound bind(
      StoredArchive archive,
      FunctionLoader loader,
      @Nullable String handler,
      Map<String, String> variables) {
    return bind(archive, loader, handler, variables, null);
  }

  /**
   * As {@link #bind(StoredArchive, FunctionLoader, String, Map)}, for a function that has a name.
   *
   * @param function its name; where no handler is named and the archive has several functions that their authors named, the one
   *     of this name is meant; null for none
   */
  public Bound bind(
      StoredArchive archive,
      FunctionLoader loader,
      @Nullable String handler,
      Map<String, String> variables,
      @Nullable String function) {
    HandlerSearch search =
        new HandlerSearch(
            known, requireNonNull(archive, "archive"), requireNonNull(loader, "loader"));
    World world = new World(loader);
    try {
      List<Bound> parts = new ArrayList<>(1);
      for (Found found : search.find(handler, variables, function)) {
        parts.add(bind(found, world, variables));
      }
      return parts.size() == 1 ? parts.get(0) : compose(parts);
    } catch (BindingException e) {
      throw new DeployException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Bound bind(Found found, World world, Map<String, String> variables) {
    Recognised recognised = found.recognised();
    for (String set : recognised.provided()) {
      world.function().provide(set);
    }
    List<String> names = recognised.classes();
    String className = found.name().className();
    try {
      List<Class<?>> types = new ArrayList<>(1);
      for (int i = 0; i < Math.max(1, names.size()); i++) {
        className = names.isEmpty() ? className : names.get(i);
        types.add(Class.forName(className, false, world.function()));
      }
      Target target =
          new Target(
              types, found.name().method(), recognised.selection(), world.codec(), variables);
      Binding binding = world.glue(recognised).bind(target);
      String handler = names.isEmpty() ? found.name().toString() : String.join(",", names);
      return new Bound(handler, recognised.signature(), binding);
    } catch (ClassNotFoundException | LinkageError | TypeNotPresentException e) {
      throw new DeployException(
          "handler class " + className + " cannot be loaded: " + MissingClass.explain(e), e);
    }
  }

  private static Bound compose(List<Bound> parts) {
    List<Binding> bindings = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Bound part : parts) {
      bindings.add(part.binding());
      names.add(part.handler());
    }
    String handler = String.join("|", names);
    return new Bound(handler, "composition", Composition.of(bindings, handler));
  }
}
