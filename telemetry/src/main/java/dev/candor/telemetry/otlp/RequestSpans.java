package dev.candor.telemetry.otlp;

import static dev.candor.record.AttemptRecord.NONE;

import dev.candor.base.random.Seed;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.scenario.Scenario;
import dev.candor.telemetry.figures.PhaseName;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A span an attempt, of a share of the requests, made when it has ended: its instants are those of
 * the record, to the nanosecond. For one thread.
 */
final class RequestSpans {
  private static final AttributeKey<Long> REQUEST = AttributeKey.longKey("candor.request");
  private static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("candor.attempt");
  private static final AttributeKey<Long> TURN = AttributeKey.longKey("candor.turn");
  private static final AttributeKey<Boolean> RETRIED = AttributeKey.booleanKey("candor.retried");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("candor.outcome");

  private final Scenario scenario;
  private final String run;
  private final Tracer tracer;
  private final SpanIds ids;
  private final double share;
  private final long seed;
  private final long startNanos;
  private final String name;

  /**
   * @param start of the run on the calendar
   * @param share of the requests that have spans, 0 to 1
   */
  RequestSpans(
      Scenario scenario, String run, Tracer tracer, SpanIds ids, double share, Instant start) {
    this.scenario = scenario;
    this.run = run;
    this.tracer = tracer;
    this.ids = ids;
    this.share = share;
    this.seed = new Seed(scenario.seed()).derive("spans").value();
    this.startNanos = TimeUnit.SECONDS.toNanos(start.getEpochSecond()) + start.getNano();
    this.name = GenAi.operation(scenario.target().api()) + " " + scenario.target().model();
  }

  /** Whether a request has spans: by its number alone, so that all its attempts do or none. */
  boolean chosen(long request) {
    return (Seed.mixed(seed + request) >>> 11) * 0x1.0p-53 < share;
  }

  void add(AttemptRecord a, PhaseName phase) {
    if (!chosen(a.request())) {
      return;
    }
    ids.next(a.request(), a.attempt());
    Span span =
        tracer
            .spanBuilder(name)
            .setParent(Context.root())
            .setSpanKind(SpanKind.CLIENT)
            .setStartTimestamp(startNanos + a.intended(), TimeUnit.NANOSECONDS)
            .startSpan();
    span.setAllAttributes(attributes(a, phase));
    event(span, "candor.sent", a.sent());
    event(span, "candor.headers", a.headers());
    event(span, "candor.first_token", a.first());
    if (a.firstAnswer() != a.first()) {
      event(span, "candor.first_answer_token", a.firstAnswer());
    }
    event(span, "candor.last_token", a.last());
    if (a.outcome() != Outcome.COMPLETED) {
      span.setAttribute(GenAi.ERROR, a.outcome().key());
      span.setStatus(StatusCode.ERROR, a.outcome().key());
    }
    span.end(startNanos + Math.max(a.end(), a.intended()), TimeUnit.NANOSECONDS);
  }

  private void event(Span span, String event, long nanos) {
    if (nanos != NONE) {
      span.addEvent(event, Attributes.empty(), startNanos + nanos, TimeUnit.NANOSECONDS);
    }
  }

  private Attributes attributes(AttemptRecord a, PhaseName phase) {
    var attributes =
        GenAi.of(scenario, a).toBuilder()
            .put(GenAi.CONVERSATION, run + "-" + a.session())
            .put(GenAi.PHASE, phase.name())
            .put(GenAi.WARMUP, phase.warmup())
            .put(GenAi.CLASS, a.requestClass())
            .put(REQUEST, a.request())
            .put(ATTEMPT, (long) a.attempt())
            .put(TURN, (long) a.turn())
            .put(RETRIED, a.retried())
            .put(OUTCOME, a.outcome().key());
    if (a.maxTokens() > 0) {
      attributes.put(GenAi.MAX_TOKENS, (long) a.maxTokens());
    }
    if (a.finishReason() != null) {
      attributes.put(GenAi.FINISH, List.of(a.finishReason()));
    }
    if (a.first() != NONE && a.sent() != NONE) {
      attributes.put(GenAi.TO_FIRST_CHUNK, (a.first() - a.sent()) / 1e9);
    }
    if (a.inputTokens() != NONE) {
      attributes.put(GenAi.INPUT, (long) a.inputTokens());
    }
    if (a.cachedTokens() != NONE) {
      attributes.put(GenAi.CACHED, (long) a.cachedTokens());
    }
    if (a.outputTokens() != NONE) {
      attributes.put(GenAi.OUTPUT, (long) a.outputTokens());
    }
    if (a.httpStatus() != 0) {
      attributes.put(GenAi.STATUS, (long) a.httpStatus());
    }
    return attributes.build();
  }
}
