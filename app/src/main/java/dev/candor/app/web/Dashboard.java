package dev.candor.app.web;

import dev.candor.app.web.http.Answer;
import dev.candor.app.web.http.Ask;
import dev.candor.app.web.http.Routes;
import dev.candor.app.web.http.WebServer;
import dev.candor.record.RunDirectory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The dashboard of a data folder: pages, files, and what their scripts ask for. */
public final class Dashboard implements AutoCloseable {
  private final RunsFolder runs;
  private final RunFiles files;
  private final ScenarioFiles scenarios;
  private final FactsReader facts = new FactsReader();
  private final Assets assets = new Assets();
  private final WebServer server;

  private Dashboard(Path folder, String host, int port, @Nullable String token) {
    DataFolder data = DataFolder.of(folder);
    runs = new RunsFolder(data);
    files = new RunFiles(data);
    scenarios = new ScenarioFiles(data);
    server = WebServer.start(host, port, token, routes());
  }

  /**
   * Starts it.
   *
   * @param data in which runs/ and scenarios/ are
   * @param port 0: any free one
   * @param token that clients must show, null: none
   * @throws dev.candor.base.error.CandorException where it cannot listen, or there is no folder
   */
  public static Dashboard start(Path data, String host, int port, @Nullable String token) {
    return new Dashboard(data, host, port, token);
  }

  public int port() {
    return server.port();
  }

  private Routes routes() {
    Routes routes = new Routes();
    pages(routes);
    routes
        .add("GET", "/assets/{name}", ask -> assets.asset(ask, ask.place("name")))
        .add(
            "GET",
            "/runs/{id}/files/{name}",
            ask -> files.get(runs.get(ask.place("id")), ask.place("name")))
        .add("GET", "/api/runs", _ -> list())
        .add("GET", "/api/runs/{id}", this::run)
        .add("GET", "/api/scenarios", _ -> Answer.json(Map.of("scenarios", scenarios.all())))
        .add(
            "GET",
            "/api/scenarios/{*}",
            ask -> Answer.json(Map.of("text", scenarios.text(ask.place("*")))));
    return routes;
  }

  private void pages(Routes routes) {
    routes
        .add("GET", "/", ask -> assets.page(ask, "runs"))
        .add("GET", "/runs/{id}", ask -> assets.page(ask, "run"));
    for (String page : List.of("start", "compare", "trends", "mock")) {
      routes.add("GET", "/" + page, ask -> assets.page(ask, page));
    }
  }

  private List<RunFacts> all() {
    return runs.all().entrySet().stream()
        .map(run -> facts.read(run.getKey(), run.getValue()))
        .sorted(
            Comparator.comparing(
                    RunFacts::start, Comparator.nullsLast(Comparator.<Instant>naturalOrder()))
                .thenComparing(RunFacts::id)
                .reversed())
        .toList();
  }

  private Answer list() {
    return Answer.json(Map.of("runs", all().stream().map(RunFacts::members).toList()));
  }

  private Answer run(Ask ask) {
    String id = ask.place("id");
    RunDirectory run = runs.get(id);
    Map<String, @Nullable Object> members = facts.read(id, run).members();
    members.put("files", files.of(run));
    return Answer.json(members);
  }

  @Override
  public void close() {
    server.close();
  }
}
