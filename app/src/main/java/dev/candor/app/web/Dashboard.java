package dev.candor.app.web;

import dev.candor.app.web.RunFacts.State;
import dev.candor.app.web.http.Answer;
import dev.candor.app.web.http.Ask;
import dev.candor.app.web.http.Refusal;
import dev.candor.app.web.http.Routes;
import dev.candor.app.web.http.WebServer;
import dev.candor.app.web.live.LiveRuns;
import dev.candor.app.web.start.Draft;
import dev.candor.app.web.start.DraftEstimate;
import dev.candor.app.web.start.StartedRun;
import dev.candor.app.web.start.StartedRuns;
import dev.candor.record.RunDirectory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The dashboard of a data folder: pages, files, and what their scripts ask for. */
public final class Dashboard implements AutoCloseable {
  private static final String UNNAMED = "scenario.yaml";

  private final DataFolder data;
  private final RunsFolder runs;
  private final RunFiles files;
  private final ScenarioFiles scenarios;
  private final FactsReader facts = new FactsReader();
  private final ComparedRuns compared;
  private final StartedRuns started;
  private final DraftEstimate estimates;
  private final LiveRuns live;
  private final MockProxy mocks = new MockProxy();
  private final Assets assets = new Assets();
  private final WebServer server;

  private Dashboard(
      Path folder,
      String host,
      int port,
      @Nullable String token,
      Function<String, @Nullable String> environment) {
    data = DataFolder.of(folder);
    runs = new RunsFolder(data);
    files = new RunFiles(data);
    scenarios = new ScenarioFiles(data);
    compared = new ComparedRuns(runs, facts);
    started = new StartedRuns(data.started(), data.runs(), environment);
    estimates = new DraftEstimate(environment);
    live = new LiveRuns(new LiveSource(runs, this::find));
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
    return new Dashboard(data, host, port, token, System::getenv);
  }

  public int port() {
    return server.port();
  }

  private Routes routes() {
    Routes routes = new Routes();
    pages(routes);
    runs(routes);
    return routes
        .add("GET", "/api/scenarios", _ -> Answer.json(Map.of("scenarios", scenarios.all())))
        .add(
            "GET",
            "/api/scenarios/{*}",
            ask -> Answer.json(Map.of("text", scenarios.text(ask.place("*")))))
        .add("POST", "/api/estimate", ask -> Answer.json(estimates.of(draft(ask.json()))))
        .add("GET", "/api/compare", ask -> Answer.json(compared.of(ask.parameters("run"))))
        .add("GET", "/api/trends", this::trends)
        .add("GET", "/api/mock", ask -> Answer.json(mocks.state(ask.parameter("url"))))
        .add("PUT", "/api/mock/faults", ask -> Answer.json(mocks.put(ask.json())))
        .add("DELETE", "/api/mock/faults", ask -> Answer.json(mocks.clear(ask.parameter("url"))));
  }

  private void pages(Routes routes) {
    routes
        .add("GET", "/", ask -> assets.page(ask, "runs"))
        .add("GET", "/runs/{id}", ask -> assets.page(ask, "run"))
        .add("GET", "/assets/{name}", ask -> assets.asset(ask, ask.place("name")));
    for (String page : List.of("start", "compare", "trends", "mock")) {
      routes.add("GET", "/" + page, ask -> assets.page(ask, page));
    }
  }

  private void runs(Routes routes) {
    routes
        .add(
            "GET",
            "/runs/{id}/files/{name}",
            ask -> files.get(runs.get(ask.place("id")), ask.place("name")))
        .add("GET", "/api/runs", _ -> list())
        .add("POST", "/api/runs", ask -> start(ask.json()))
        .add("GET", "/api/runs/{id}", this::run)
        .add("GET", "/api/runs/{id}/live", this::watch)
        .add("POST", "/api/runs/{id}/stop", this::stop);
  }

  private Answer list() {
    return Answer.json(Map.of("runs", all().stream().map(RunFacts::members).toList()));
  }

  /** Newest first. */
  private List<RunFacts> all() {
    Map<String, RunDirectory> directories = runs.all();
    List<RunFacts> all = new ArrayList<>();
    directories.forEach((id, run) -> all.add(facts.read(id, run)));
    for (StartedRun run : started.all()) {
      if (!directories.containsKey(run.id())) {
        all.add(withoutDirectory(run));
      }
    }
    all.sort(
        Comparator.comparing(
                RunFacts::start, Comparator.nullsLast(Comparator.<Instant>naturalOrder()))
            .thenComparing(RunFacts::id)
            .reversed());
    return all;
  }

  private @Nullable RunFacts find(String id) {
    RunDirectory directory = runs.find(id);
    if (directory != null) {
      return facts.read(id, directory);
    }
    StartedRun run = DataFolder.isName(id) ? started.find(id) : null;
    return run == null ? null : withoutDirectory(run);
  }

  private RunFacts get(String id) {
    RunFacts known = find(id);
    if (known == null) {
      throw DataFolder.nothing("run");
    }
    return known;
  }

  private static String whyNot(StartedRun run, String said) {
    String reason =
        run.stopped()
            ? "it was stopped before it began"
            : "it did not begin: its process said nothing";
    return said.isEmpty() ? reason : "it did not begin: " + said;
  }

  /** Of a run that is about to begin, or never did. */
  private RunFacts withoutDirectory(StartedRun run) {
    boolean alive = started.isAlive(run);
    String said = started.said(run);
    return new RunFacts(
        run.id(),
        run.scenario(),
        alive ? State.RUNNING : State.FAILED,
        null,
        alive ? null : whyNot(run, said),
        run.begun(),
        null,
        null,
        null,
        List.of(),
        null,
        null,
        Map.of());
  }

  private Answer run(Ask ask) {
    String id = ask.place("id");
    Map<String, @Nullable Object> members = get(id).members();
    RunDirectory directory = runs.find(id);
    StartedRun ours = started.find(id);
    members.put("files", directory == null ? List.of() : files.of(directory));
    members.put("can_stop", ours != null && started.isAlive(ours));
    return Answer.json(members);
  }

  private Answer watch(Ask ask) {
    String id = ask.place("id");
    var _ = get(id);
    return live.watch(id, ask.headers().getFirst("Last-Event-ID"));
  }

  private Answer start(JsonNode body) throws InterruptedException {
    Draft draft = draft(body);
    boolean yes = body.path("yes").booleanValue(false);
    return switch (started.start(draft, Json.texts(body, "tags"), yes)) {
      case StartedRuns.Begun(String id) -> Answer.json(201, Map.of("id", id));
      case StartedRuns.Asked(String question) -> Answer.json(409, Map.of("question", question));
    };
  }

  private Draft draft(JsonNode body) {
    String text = Json.needed(body, "scenario");
    String path = Json.text(body, "path");
    String budget = Json.text(body, "budget");
    if (path == null) {
      return Draft.of(UNNAMED, text, data.scenarios(), data.root(), budget);
    }
    Path file = data.find(data.scenarios(), path);
    Path folder = file == null ? null : file.getParent();
    if (file == null || folder == null) {
      throw DataFolder.nothing("scenario");
    }
    return Draft.of(
        String.valueOf(Objects.requireNonNull(file.getFileName())),
        text,
        folder,
        data.root(),
        budget);
  }

  private Answer stop(Ask ask) {
    RunFacts run = get(ask.place("id"));
    if (run.state() != State.RUNNING) {
      throw new Refusal(409, "the run is over already");
    }
    if (!started.stop(run.id())) {
      throw new Refusal(
          409,
          "the run was not started here, so that its process is not known; Ctrl-C in its terminal ends it, or SIGTERM to its process");
    }
    return Answer.json(202, Map.of("id", run.id()));
  }

  private Answer trends(Ask ask) {
    String tag = ask.parameter("tag");
    String figure = ask.parameter("figure");
    return Answer.json(
        RunTrends.of(
            all(),
            tag == null || tag.isBlank() ? null : tag,
            figure == null || figure.isBlank() ? RunTrends.USUAL : figure));
  }

  @Override
  public void close() {
    live.close();
    server.close();
    mocks.close();
  }
}
