package dev.candor.analysis.detail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the figures of a run leave out. Bounded, however long the run was, and the same whether it
 * is made from the records or while the run goes on. Warm-up is in the heat maps alone.
 *
 * @param ttft TTFT of completed attempts over the second in which they were sent; null: none
 * @param itl gaps between tokens over the second in which they ended; null: none
 * @param slowest requests by e2e, the slowest first, {@value DetailFigures#REQUESTS} at most; those
 *     that failed are half of them at most, so that timeouts do not hide all else
 * @param sampled requests drawn at random, each of the run's with the same chance, in the order of
 *     their start; {@value DetailFigures#REQUESTS} at most
 * @param prompts TTFT of completed attempts drawn at random, against their prompts; {@value
 *     DetailFigures#PROMPTS} at most, in the order of the prompts' length
 * @param promptsSeen how many they were drawn from
 */
public record Detail(
    @Nullable HeatMap ttft,
    @Nullable HeatMap itl,
    List<RequestTimeline> slowest,
    List<RequestTimeline> sampled,
    List<PromptPoint> prompts,
    long promptsSeen) {

  /** Nothing is known. */
  public static final Detail NONE = new Detail(null, null, List.of(), List.of(), List.of(), 0);
}
