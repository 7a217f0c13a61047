package dev.hearth.http.ops;

import dev.hearth.cloudevents.JsonText;
import dev.hearth.route.Route;
import java.util.Map;
import java.util.TreeMap;

/** Routes as JSON, as they stand in a {@code hearth.yaml}. */
final class RoutesJson {

  private RoutesJson() {}

  static String of(Map<String, Route> routes) {
    StringBuilder out = new StringBuilder("{");
    for (Map.Entry<String, Route> route : new TreeMap<>(routes).entrySet()) {
      out.append(out.length() == 1 ? "" : ",").append(JsonText.print(route.getKey())).append(":{");
      String comma = "";
      for (Route.Target target : route.getValue().targets()) {
        out.append(comma).append(JsonText.print(target.function())).append(':');
        out.append(target.weight());
        comma = ",";
      }
      if (route.getValue().sticky() != null) {
        out.append(",\"sticky\":").append(JsonText.print(route.getValue().sticky()));
      }
      out.append('}');
    }
    return out.append("}\n").toString();
  }
}
