package dev.candor.mock;

import dev.candor.base.error.CandorException;
import dev.candor.mock.audit.AuditJson;
import dev.candor.mock.audit.RetryAudit;
import dev.candor.mock.fault.FaultsJson;
import dev.candor.mock.http.Reply;
import dev.candor.mock.metrics.MockMetrics;
import dev.candor.protocol.serve.Provider;
import dev.candor.protocol.serve.ServiceError;
import dev.candor.scenario.yaml.MockFile;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the mock tells of itself, and how it is changed while it serves. Needs no key: the mock
 * listens on loopback only. <b>For the mock's event loop.</b>
 */
final class Inspection {
  private static final String FAULTS = "/admin/faults";
  private static final Set<String> PATHS =
      Set.of("/health", "/ping", "/truth", "/metrics", "/audit", FAULTS, "/reset_prefix_cache");
  private static final int TOLD = 1_000;

  private final TruthLog truth;
  private final Lateness lateness;
  private final MockMetrics metrics;
  private final RetryAudit audit;
  private final ServiceFaults faults;
  private final int replicas;
  private final PrefixCaches caches;
  private final Executor aside;

  /** The prefix caches of all replicas. */
  interface PrefixCaches {
    /** False where one is in use: then none is emptied. */
    boolean reset();
  }

  /**
   * @param aside where long texts are written, so that they make nobody's tokens late
   */
  Inspection(
      TruthLog truth,
      Lateness lateness,
      MockMetrics metrics,
      RetryAudit audit,
      ServiceFaults faults,
      int replicas,
      PrefixCaches caches,
      Executor aside) {
    this.truth = truth;
    this.lateness = lateness;
    this.metrics = metrics;
    this.audit = audit;
    this.faults = faults;
    this.replicas = replicas;
    this.caches = caches;
    this.aside = aside;
  }

  boolean handles(String path) {
    return PATHS.contains(path);
  }

  void handle(FullHttpRequest request, String path, Reply reply) {
    String method = request.method().name();
    switch (method + " " + path) {
      case "GET /health", "GET /ping", "POST /ping" ->
          reply.whole(200, "text/plain", "ok", Map.of());
      case "GET /truth" -> truth(request, reply);
      case "DELETE /truth" -> {
        truth.forget();
        lateness.reset();
        reply.json(200, "{}");
      }
      case "GET /metrics" -> metrics(request, reply);
      case "GET /audit" ->
          written(
              reply,
              () -> new Written(200, "application/json", AuditJson.text(audit.report()), Map.of()));
      case "DELETE /audit" -> {
        audit.reset();
        reply.json(200, "{}");
      }
      case "GET /admin/faults" -> rules(reply);
      case "PUT /admin/faults", "POST /admin/faults" -> replace(request, reply);
      case "DELETE /admin/faults" -> {
        var _ = faults.replace(List.of());
        rules(reply);
      }
      case "POST /reset_prefix_cache" -> resetPrefixCache(reply);
      default -> error(reply, 405, "%s does not take %s".formatted(path, method));
    }
  }

  private static void error(Reply reply, int status, String message) {
    reply.json(status, Provider.OPENAI.errorBody(ServiceError.of(status, message), ""));
  }

  private void truth(FullHttpRequest request, Reply reply) {
    int count = last(request);
    written(reply, () -> told(count));
  }

  private Written told(int count) {
    LatenessReport report = LatenessReport.of(lateness);
    String lines =
        Stream.concat(Stream.of(report.json()), truth.last(count).stream().map(TruthJson::line))
            .collect(Collectors.joining("\n", "", "\n"));
    String warning = report.warning();
    return new Written(
        200,
        "application/x-ndjson",
        lines,
        warning == null ? Map.of() : Map.of("warning", "199 candor \"" + warning + "\""));
  }

  private record Written(int status, String type, String body, Map<String, String> headers) {}

  private void written(Reply reply, Supplier<Written> writing) {
    aside.execute(
        () -> {
          Written text = writing.get();
          reply
              .channel()
              .eventLoop()
              .execute(
                  () -> {
                    if (reply.isOpen()) {
                      reply.whole(text.status(), text.type(), text.body(), text.headers());
                    }
                  });
        });
  }

  private static int last(FullHttpRequest request) {
    try {
      List<String> last = new QueryStringDecoder(request.uri()).parameters().get("last");
      return last == null ? TOLD : Math.max(0, Integer.parseInt(last.getFirst()));
    } catch (IllegalArgumentException e) {
      // No number, or percent signs that encode nothing.
      return TOLD;
    }
  }

  private void metrics(FullHttpRequest request, Reply reply) {
    MockMetrics.Exposition told = metrics.scrape(request.headers().get("accept"));
    reply.whole(200, told.contentType(), told.body(), Map.of());
  }

  private void rules(Reply reply) {
    reply.json(200, FaultsJson.write(faults.timetable().rules()));
  }

  private void replace(FullHttpRequest request, Reply reply) {
    String text = request.content().toString(StandardCharsets.UTF_8);
    try {
      var _ = faults.replace(MockFile.faults("body", text, replicas));
    } catch (CandorException e) {
      error(reply, 400, String.valueOf(e.getMessage()));
      return;
    }
    rules(reply);
  }

  /** As vLLM: 200 where all is forgotten. */
  private void resetPrefixCache(Reply reply) {
    if (caches.reset()) {
      reply.json(200, "{}");
    } else {
      error(reply, 409, "requests hold blocks; try again when none is running");
    }
  }
}
