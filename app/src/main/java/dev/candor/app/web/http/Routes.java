package dev.candor.app.web.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which request is answered by what. Filled before the first one. */
public final class Routes {
  private final List<Route> all = new ArrayList<>();

  /** Answers a request. */
  @FunctionalInterface
  public interface Handler {
    Answer answer(Ask ask) throws InterruptedException;
  }

  private record Route(String method, List<String> pattern, Handler handler) {

    /** What the names stand for, null where {@code path} is another. */
    @Nullable Map<String, String> match(List<String> path) {
      Map<String, String> places = new LinkedHashMap<>();
      for (int i = 0; i < pattern.size(); i++) {
        String part = pattern.get(i);
        if (part.equals("{*}")) {
          return path.size() > i ? rest(places, path.subList(i, path.size())) : null;
        }
        if (i >= path.size()) {
          return null;
        }
        if (part.startsWith("{")) {
          places.put(part.substring(1, part.length() - 1), path.get(i));
        } else if (!part.equals(path.get(i))) {
          return null;
        }
      }
      return path.size() == pattern.size() ? places : null;
    }

    private static Map<String, String> rest(Map<String, String> places, List<String> rest) {
      places.put("*", String.join("/", rest));
      return places;
    }
  }

  /**
   * Adds one.
   *
   * @param pattern such as {@code /api/runs/{id}}; a last {@code {*}} is all that follows
   */
  public Routes add(String method, String pattern, Handler handler) {
    List<String> parts =
        pattern.equals("/") ? List.of() : List.of(pattern.substring(1).split("/", -1));
    all.add(new Route(method, parts, handler));
    return this;
  }

  /**
   * Answers {@code ask}.
   *
   * @throws Refusal where nothing is there, or not for its method
   */
  Answer answer(Ask ask) throws InterruptedException {
    String method = ask.method().equals("HEAD") ? "GET" : ask.method();
    TreeSet<String> others = new TreeSet<>();
    for (Route route : all) {
      Map<String, String> places = route.match(ask.path());
      if (places != null && route.method().equals(method)) {
        return route.handler().answer(ask.at(places));
      }
      if (places != null) {
        others.add(route.method());
      }
    }
    throw others.isEmpty()
        ? Refusal.notFound("there is no such page")
        : new Refusal(405, "this address takes " + String.join(", ", others));
  }
}
