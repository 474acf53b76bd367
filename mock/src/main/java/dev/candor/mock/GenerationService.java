package dev.candor.mock;

import dev.candor.base.random.Seed;
import dev.candor.base.time.Clock;
import dev.candor.mock.answer.AnswerPlan;
import dev.candor.mock.answer.AnswerPlans;
import dev.candor.mock.audit.Attempt;
import dev.candor.mock.audit.AttemptResult;
import dev.candor.mock.audit.RetryAudit;
import dev.candor.mock.fault.AnswerFaults;
import dev.candor.mock.fault.RequestFacts;
import dev.candor.mock.http.Reply;
import dev.candor.mock.http.RequestHandler.InFlight;
import dev.candor.mock.metrics.MockMetrics;
import dev.candor.mock.prompt.PromptReader;
import dev.candor.mock.quota.QuotaDecision;
import dev.candor.mock.quota.QuotaHeaders;
import dev.candor.mock.quota.QuotaMessages;
import dev.candor.mock.quota.Quotas;
import dev.candor.mock.times.TokenTimes;
import dev.candor.protocol.serve.AnswerIdentity;
import dev.candor.protocol.serve.GenerationRequest;
import dev.candor.protocol.serve.Provider;
import dev.candor.protocol.serve.ServiceError;
import dev.candor.scenario.MockFault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What happens to a request for text, in order: faults that leave no answer, quotas, the context's
 * length, the queue, and then its tokens. <b>For the mock's event loop.</b>
 */
final class GenerationService {
  private static final int LONGEST_NAME = 200;

  private final MockOptions options;
  private final Clock clock;
  private final Seed seed;
  private final AnswerPlans plans;
  private final PromptReader prompts;
  private final TokenTimes times;
  private final Quotas quotas;
  private final RetryAudit audit;
  private final ServiceFaults faults;
  private final AdmissionQueue queue;
  private final Exchanges exchanges;
  private final MockMetrics metrics;
  private final TruthLog truth;
  private final RequestNumbers numbers = new RequestNumbers();

  GenerationService(
      MockOptions options,
      Clock clock,
      AnswerPlans plans,
      PromptReader prompts,
      TokenTimes times,
      Quotas quotas,
      RetryAudit audit,
      ServiceFaults faults,
      AdmissionQueue queue,
      Exchanges exchanges,
      MockMetrics metrics,
      TruthLog truth) {
    this.options = options;
    this.clock = clock;
    this.seed = new Seed(options.seed()).derive("mock");
    this.plans = plans;
    this.prompts = prompts;
    this.times = times;
    this.quotas = quotas;
    this.audit = audit;
    this.faults = faults;
    this.queue = queue;
    this.exchanges = exchanges;
    this.metrics = metrics;
    this.truth = truth;
  }

  InFlight serve(ParsedRequest request, Reply reply) {
    RequestNumbers.Numbered number =
        numbers.next(request.client().header("x-candor-request"), request.fingerprint());
    Attempt attempt =
        audit.begin(request.call(), request.client().arrivalNanos(), request.prompt().tokens());
    AnswerFaults struck = strike(request, number);
    Visit visit = new Visit(request, reply, number, attempt, struck);
    MockFault.Replacing instead = struck.instead();
    if (instead != null) {
      return visit.instead(instead);
    }
    QuotaDecision decision =
        quotas.admit(
            request.client().apiKey(),
            request.generation().model(),
            request.prompt().tokens(),
            Math.max(0, request.generation().maxTokens()),
            request.client().arrivalNanos());
    return switch (decision) {
      case QuotaDecision.Refused refused -> visit.overQuota(refused);
      case QuotaDecision.Admitted _ -> visit.generate(decision);
    };
  }

  private AnswerFaults strike(ParsedRequest request, RequestNumbers.Numbered number) {
    RequestFacts facts =
        new RequestFacts(
            number.drawn(),
            request.generation().model(),
            request.client().dialect().path(),
            request.client()::header);
    List<MockFault.OfAnswer> struck =
        faults.timetable().strike(facts, request.client().arrivalNanos());
    return AnswerFaults.of(struck, seed.derive("faults").derive(number.drawn()));
  }

  /** One request's way through. */
  private final class Visit {
    private ParsedRequest request;
    private final Reply reply;
    private final RequestNumbers.Numbered number;
    private final Attempt attempt;
    private final AnswerFaults struck;
    private final String id;
    private final Provider provider;

    Visit(
        ParsedRequest request,
        Reply reply,
        RequestNumbers.Numbered number,
        Attempt attempt,
        AnswerFaults struck) {
      this.request = request;
      this.reply = reply;
      this.number = number;
      this.attempt = attempt;
      this.struck = struck;
      this.id = Long.toString(number.told());
      this.provider = request.client().dialect().provider();
    }

    private AnswerIdentity identity() {
      return new AnswerIdentity(id, options.model(), clock.wallTime().getEpochSecond());
    }

    private Map<String, String> requestId() {
      return switch (provider) {
        case OPENAI -> Map.of("x-request-id", "req_" + id);
        case ANTHROPIC -> Map.of("request-id", "req_" + id);
      };
    }

    InFlight instead(MockFault.Replacing fault) {
      if (struck.delayNanos() == 0) {
        sendInstead(fault);
      } else {
        exchanges.scheduler().after(struck.delayNanos(), () -> sendInstead(fault));
      }
      return InFlight.NOTHING;
    }

    private void sendInstead(MockFault.Replacing fault) {
      if (!reply.isOpen()) {
        close(0, new AttemptResult.ClientGone(), struck.names());
        return;
      }
      int status =
          new InsteadOfAnswer(
                  reply,
                  request.client().dialect(),
                  request.generation(),
                  identity(),
                  request.prompt().tokens(),
                  requestId())
              .send(fault);
      close(
          status,
          fault instanceof MockFault.ErrorStatus error
              ? AttemptResult.Failed.status(error.status(), error.retryAfterNanos())
              : AttemptResult.Failed.fault(AnswerFaults.name(fault)),
          struck.names());
    }

    InFlight overQuota(QuotaDecision.Refused refused) {
      String asked = request.generation().model();
      String model = asked.length() > LONGEST_NAME ? asked.substring(0, LONGEST_NAME) : asked;
      metrics.refused(refused.kind().headerName());
      ServiceError error =
          switch (provider) {
            case OPENAI ->
                new ServiceError(
                    429,
                    QuotaMessages.openAiType(refused),
                    QuotaMessages.OPENAI_CODE,
                    null,
                    QuotaMessages.openAi(model, refused));
            case ANTHROPIC -> ServiceError.of(429, QuotaMessages.anthropic(model, refused));
          };
      return refuse(
          error,
          quotaHeaders(refused),
          new AttemptResult.Failed(
              "429", refused.retryAfterNanos(), refused.retryAfterNanos() != null));
    }

    private Map<String, String> quotaHeaders(QuotaDecision decision) {
      return switch (provider) {
        case OPENAI -> QuotaHeaders.openAi(decision);
        case ANTHROPIC -> QuotaHeaders.anthropic(decision, clock.wallTime());
      };
    }

    private InFlight refuse(ServiceError error, Map<String, String> headers, AttemptResult result) {
      Map<String, String> all = new HashMap<>(requestId());
      all.putAll(headers);
      reply.whole(error.status(), "application/json", provider.errorBody(error, "req_" + id), all);
      close(error.status(), result, List.of());
      return InFlight.NOTHING;
    }

    private InFlight refuse(int status, String message) {
      return refuse(
          ServiceError.of(status, message),
          status == 503 ? Map.of("retry-after", "1") : Map.of(),
          AttemptResult.Failed.status(status, status == 503 ? 1_000_000_000L : null));
    }

    /** The end of a request that was never begun. */
    private void close(int status, AttemptResult result, List<String> faults) {
      long now = clock.nanoTime();
      attempt.end(result, now, 0);
      faults.forEach(metrics::fault);
      truth.add(
          TruthRecord.refused(
              number.told(),
              request.client().dialect().path(),
              status,
              request.client().arrivalNanos(),
              now,
              request.prompt().tokens(),
              faults));
    }

    /** A prefix cache holds blocks; without one there is nothing to write. */
    private int fullBlocks(int promptTokens) {
      int block = times.blockSize();
      return block == 0 ? 0 : promptTokens / block * block;
    }

    InFlight generate(QuotaDecision decision) {
      GenerationRequest generation = request.generation();
      int promptTokens = Math.max(1, request.prompt().tokens());
      int room = times.room(promptTokens);
      if (room < Math.max(1, generation.maxTokens())) {
        quotas.settle(decision, 0, 0, clock.nanoTime());
        return refuse(400, tooLong(promptTokens, generation.maxTokens(), room));
      }
      AnswerPlan plan = plans.plan(number.drawn(), generation, room);
      Map<String, String> headers = new HashMap<>(requestId());
      headers.putAll(quotaHeaders(decision));
      Admitted admitted =
          new Admitted(
              number.told(),
              request.client().dialect(),
              generation.stream(),
              generation.maxTokens(),
              id,
              promptTokens,
              generation.cachesPrompt() ? fullBlocks(promptTokens) : 0,
              request.client().arrivalNanos(),
              headers,
              attempt,
              decision);
      Exchange exchange =
          new Exchange(
              exchanges,
              reply,
              admitted,
              plan,
              struck,
              request.client().dialect().writer(identity(), generation),
              options.settings().answers().tokensPerChunk());
      // The queue may hold it for long, and its texts are no longer needed.
      request = request.withoutPrompt();
      queue.admit(exchange, () -> start(exchange));
      return exchange;
    }

    private String tooLong(int promptTokens, int maxTokens, int room) {
      return "this model's context has %d tokens, found a prompt of %d and an answer of up to %d; shorten one of them"
          .formatted(promptTokens + room, promptTokens, Math.max(1, maxTokens));
    }

    private void start(Exchange exchange) {
      exchanges.serving(exchange);
      long now = queue.limits() ? clock.nanoTime() : request.client().arrivalNanos();
      TokenTimes.Handle handle = times.begin(exchange, number.drawn(), prompted(exchange), now);
      switch (handle.admission()) {
        case ACCEPTED -> exchange.timedBy(handle);
        case TOO_LONG ->
            turnAway(
                exchange,
                400,
                "the prompt and its answer can never fit into the KV cache; shorten one of them");
        case QUEUE_FULL -> turnAway(exchange, 503, "the queue is full; try again later");
        case DOWN -> turnAway(exchange, 503, "no replica is up; try again later");
      }
    }

    private TokenTimes.Prompted prompted(Exchange exchange) {
      long[] hashes = new long[0];
      if (times.blockSize() > 0) {
        prompts.continueWith(request.prompt(), exchange.plan());
        hashes = request.prompt().hashes();
      }
      return new TokenTimes.Prompted(
          exchange.admitted().promptTokens(), exchange.plan().tokens(), hashes);
    }

    private void turnAway(Exchange exchange, int status, String message) {
      exchange.discard();
      exchanges.forget(exchange);
      quotas.settle(exchange.admitted().quota(), 0, 0, clock.nanoTime());
      refuse(status, message);
    }
  }
}
