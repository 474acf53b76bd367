package dev.candor.load.transport;

import dev.candor.base.error.CandorException;
import dev.candor.protocol.ResponseReader;
import dev.candor.protocol.body.ChunkReader;
import dev.candor.protocol.body.EndMark;
import dev.candor.protocol.body.ErrorBody;
import dev.candor.protocol.body.EventStreamReader;
import dev.candor.protocol.body.LineStreamReader;
import dev.candor.protocol.body.WholeReader;
import dev.candor.protocol.generic.GenericFields;
import dev.candor.protocol.generic.GenericRequests;
import dev.candor.protocol.generic.GenericScanner;
import dev.candor.scenario.GenericApi;
import dev.candor.scenario.GenericApi.End;
import dev.candor.scenario.GenericApi.Frames;
import dev.candor.scenario.Target;
import dev.candor.workload.Prompt;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A team's own application, spoken to as the scenario says. */
final class GenericDialect implements Dialect {
  private static final String CONTENT_TYPE = "content-type";

  private final GenericApi api;
  private final GenericRequests requests;
  private final Map<String, String> headers = new LinkedHashMap<>();

  /**
   * @throws CandorException for a template that does not fit its content type
   */
  GenericDialect(GenericApi api, Target target) {
    this.api = api;
    if (api.body() != null) {
      headers.put(CONTENT_TYPE, "application/json");
    }
    headers.put("accept", accepted(api.frames()));
    api.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    String template = api.body() == null ? "" : api.body();
    try {
      requests =
          new GenericRequests(template, headers.getOrDefault(CONTENT_TYPE, ""), target.model());
    } catch (CandorException e) {
      throw CandorException.user("target.generic.body: " + e.getMessage());
    }
  }

  private static String accepted(Frames frames) {
    return switch (frames) {
      case SSE -> "text/event-stream";
      case NDJSON -> "application/x-ndjson";
      case CHUNKS -> "*/*";
      case WHOLE -> "application/json";
    };
  }

  @Override
  public String method() {
    return api.method();
  }

  @Override
  public Map<String, String> headers(@Nullable String apiKey) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    if (apiKey != null) {
      all.putIfAbsent("authorization", "Bearer " + apiKey);
    }
    return all;
  }

  @Override
  public String path() {
    return api.path();
  }

  @Override
  public boolean streamed() {
    return api.frames() != Frames.WHOLE;
  }

  @Override
  public byte[] encode(Prompt prompt) {
    return requests.encode(ModelDialect.messages(prompt), prompt.maxTokens());
  }

  @Override
  public ResponseReader newReader() {
    String text = api.text();
    EndMark end = end();
    return switch (api.frames()) {
      case SSE ->
          text == null ? EventStreamReader.ofText(end) : new EventStreamReader(scanner(text), end);
      case NDJSON ->
          text == null ? LineStreamReader.ofText(end) : new LineStreamReader(scanner(text), end);
      case CHUNKS -> new ChunkReader();
      case WHOLE -> text == null ? new ChunkReader() : new WholeReader(scanner(text));
    };
  }

  private EndMark end() {
    return switch (api.end()) {
      case null -> EndMark.BODY;
      case End.Frame frame -> new EndMark(frame.text(), null, false);
      case End.Event event -> new EndMark(null, event.name(), false);
      case End.Field _ -> EndMark.NONE;
    };
  }

  private GenericScanner scanner(String text) {
    End.Field field = api.end() instanceof End.Field found ? found : null;
    return new GenericScanner(
        new GenericFields(
            text,
            api.reasoning(),
            api.inputTokens(),
            api.cachedTokens(),
            api.outputTokens(),
            api.error(),
            field == null ? null : field.pointer(),
            field == null ? null : field.value()));
  }

  @Override
  public String describeError(byte[] body) {
    return ErrorBody.describe(body);
  }
}
