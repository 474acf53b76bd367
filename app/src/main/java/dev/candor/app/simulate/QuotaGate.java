package dev.candor.app.simulate;

import dev.candor.load.transport.ServerHints;
import dev.candor.load.transport.simulated.Gate;
import dev.candor.mock.quota.QuotaDecision;
import dev.candor.mock.quota.QuotaHeaders;
import dev.candor.mock.quota.QuotaMessages;
import dev.candor.mock.quota.Quotas;
import dev.candor.scenario.Api;
import dev.candor.scenario.Quota;
import dev.candor.scenario.Target;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The mock's quotas, enforced by the same {@link Quotas}. Windows count from the start of the run.
 * <b>For its scheduler's thread only.</b>
 */
final class QuotaGate implements Gate {
  private static final int TOO_MANY_REQUESTS = 429;

  private final Quotas quotas;
  private final String key;
  private final String model;
  private final boolean anthropic;

  QuotaGate(List<Quota> quotas, Target target, long startNanos) {
    this.quotas = new Quotas(quotas, startNanos);
    String secret = target.apiKey();
    this.key = secret == null ? "" : secret;
    this.model = target.model();
    this.anthropic = target.api() == Api.ANTHROPIC_MESSAGES;
  }

  @Override
  public Decision admit(Arrival arrival, long nanos) {
    QuotaDecision decision =
        quotas.admit(
            key, model, arrival.promptTokens(), Math.max(0, arrival.request().maxTokens()), nanos);
    return switch (decision) {
      case QuotaDecision.Admitted _ ->
          new Admitted(
              null,
              (served, at) ->
                  quotas.settle(
                      decision,
                      Math.max(0, served.promptTokens() - served.cachedTokens()),
                      served.outputTokens(),
                      at));
      case QuotaDecision.Refused refused ->
          new Refused(
              TOO_MANY_REQUESTS,
              anthropic
                  ? QuotaMessages.anthropic(model, refused)
                  : QuotaMessages.openAi(model, refused),
              ServerHints.read(headers(refused)::get));
    };
  }

  /** As at the epoch: only how far a reset is from the response's date matters. */
  private Map<String, String> headers(QuotaDecision.Refused refused) {
    Map<String, String> headers =
        new HashMap<>(
            anthropic
                ? QuotaHeaders.anthropic(refused, Instant.EPOCH)
                : QuotaHeaders.openAi(refused));
    headers.put(
        "date",
        DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.EPOCH.atOffset(ZoneOffset.UTC)));
    return headers;
  }
}
