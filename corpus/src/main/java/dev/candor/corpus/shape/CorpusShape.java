package dev.candor.corpus.shape;

import dev.candor.base.error.CandorException;
import dev.candor.corpus.Corpus;
import dev.candor.corpus.CorpusRow;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A corpus described.
 *
 * @param classes requests by class
 * @param sources requests by the file that they came from
 * @param byClass shapes of the classes; the twelve that come first, and the rest as one
 */
public record CorpusShape(
    TrafficShape shape,
    Map<String, Long> classes,
    Map<String, Long> sources,
    Map<String, TrafficShape> byClass) {

  /** How the requests of classes are called that are shown together. */
  public static final String OTHERS = "(others)";

  private static final int MOST_CLASSES = 12;
  private static final int MOST_NAMES = 1000;

  /** The shape of {@code corpus}; an answer's tokens take so long each where no end is known. */
  public static TrafficShape of(Corpus corpus, long nanosPerToken) {
    ShapeCollector collector = new ShapeCollector();
    read(corpus, row -> collector.add(shape(row, nanosPerToken)));
    return finished(corpus, collector);
  }

  /** All that is to be said of {@code corpus}. */
  public static CorpusShape inDetail(Corpus corpus, long nanosPerToken, boolean eachClass) {
    ShapeCollector all = new ShapeCollector();
    Map<String, Long> classes = new TreeMap<>();
    Map<String, Long> sources = new TreeMap<>();
    Map<String, ShapeCollector> byClass = new TreeMap<>();
    read(
        corpus,
        row -> {
          RequestShape request = shape(row, nanosPerToken);
          all.add(request);
          count(classes, row.requestClass());
          count(sources, row.source());
          if (eachClass) {
            String name =
                byClass.containsKey(row.requestClass()) || byClass.size() < MOST_CLASSES
                    ? row.requestClass()
                    : OTHERS;
            byClass.computeIfAbsent(name, _ -> new ShapeCollector()).add(request);
          }
        });
    Map<String, TrafficShape> shapes = new TreeMap<>();
    byClass.forEach((name, collector) -> shapes.put(name, collector.shape()));
    return new CorpusShape(finished(corpus, all), classes, sources, shapes);
  }

  /** Hands over the requests of {@code corpus} in the order of their arrivals. */
  public static void forEach(Corpus corpus, Consumer<RequestShape> consumer) {
    read(corpus, row -> consumer.accept(RequestShape.of(row)));
  }

  private static void read(Corpus corpus, Consumer<CorpusRow> consumer) {
    TimeOrder order = new TimeOrder(consumer);
    corpus.forEachWithoutTexts(order::add);
    order.finish();
  }

  private static RequestShape shape(CorpusRow row, long nanosPerToken) {
    RequestShape request = RequestShape.of(row);
    return nanosPerToken == 0 ? request : request.withAssumedEnd(nanosPerToken);
  }

  private static void count(Map<String, Long> names, String name) {
    boolean known = names.containsKey(name) || names.size() < MOST_NAMES;
    names.merge(known ? name : OTHERS, 1L, Long::sum);
  }

  private static TrafficShape finished(Corpus corpus, ShapeCollector collector) {
    try {
      return collector.shape();
    } catch (CandorException e) {
      throw CandorException.user("%s: %s".formatted(corpus.file(), e.getMessage()));
    }
  }
}
