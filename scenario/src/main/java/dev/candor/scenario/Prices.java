package dev.candor.scenario;

import org.jspecify.annotations.Nullable;

/**
 * What a target's work costs: by tokens and requests, or by the hours of its GPUs.
 *
 * @param currency ISO 4217 code, for display
 * @param inputPerMillion of prompt tokens that were neither read from the provider's cache nor
 *     written into it
 * @param cachedInputPerMillion of prompt tokens read from the cache
 * @param cacheWritePerMillion of prompt tokens written into the cache, where that is billed apart
 * @param outputPerMillion of answer tokens, reasoning included
 * @param perRequest of each request that the provider takes, whatever its tokens
 * @param batchDiscount share that a batch costs less
 * @param batch whether the discount holds
 * @param gpus what money runs by, whatever is asked; null: by tokens and requests
 * @param origin of the figures, {@link Origin#OWN} where the user gave them
 */
public record Prices(
    String currency,
    double inputPerMillion,
    double cachedInputPerMillion,
    double cacheWritePerMillion,
    double outputPerMillion,
    double perRequest,
    double batchDiscount,
    boolean batch,
    @Nullable GpuHours gpus,
    Origin origin) {

  private static final double MILLION = 1e6;

  /** Prices of tokens alone; what is written into the cache costs as other input. */
  public Prices(
      String currency,
      double inputPerMillion,
      double cachedInputPerMillion,
      double outputPerMillion) {
    this(
        currency,
        inputPerMillion,
        cachedInputPerMillion,
        inputPerMillion,
        outputPerMillion,
        0,
        0,
        false,
        null,
        Origin.OWN);
  }

  /**
   * @param hour price of one GPU's hour
   * @param count of them
   */
  public record GpuHours(double hour, int count) {
    /** What they all cost in {@code nanos}. */
    public double cost(double nanos) {
      return hour * count * nanos / 3.6e12;
    }
  }

  /**
   * Where prices come from.
   *
   * @param model as its list calls it; null: of no list
   * @param source page or file
   * @param asOf the day on which the source said so, ISO 8601
   * @param assumed whether they were looked up by the target's model, unasked
   */
  public record Origin(
      @Nullable String model, @Nullable String source, @Nullable String asOf, boolean assumed) {
    /** The user's own figures. */
    public static final Origin OWN = new Origin(null, null, null, false);
  }

  /**
   * Whether a request costs what the time costs in which it is served: {@link #cost} and {@link
   * #requestPrice} are then 0.
   */
  public boolean byTime() {
    return gpus != null;
  }

  /** What tokens cost, the price of the request apart; 0 where money runs by time. */
  public double cost(long uncachedInput, long cachedInput, long cacheWrite, long output) {
    if (gpus != null) {
      return 0;
    }
    return (uncachedInput * inputPerMillion
            + cachedInput * cachedInputPerMillion
            + cacheWrite * cacheWritePerMillion
            + output * outputPerMillion)
        / MILLION
        * share();
  }

  /** What a request costs beside its tokens; 0 where money runs by time. */
  public double requestPrice() {
    return gpus != null ? 0 : perRequest * share();
  }

  /**
   * The most that so many tokens may cost, whether the cache has the prompt or takes it in; the
   * price of the request is in it.
   */
  public double mostFor(long input, long output) {
    double dearest =
        Math.max(inputPerMillion, Math.max(cachedInputPerMillion, cacheWritePerMillion));
    return gpus != null
        ? 0
        : (input * dearest + output * outputPerMillion) / MILLION * share() + requestPrice();
  }

  private double share() {
    return batch ? 1 - batchDiscount : 1;
  }
}
