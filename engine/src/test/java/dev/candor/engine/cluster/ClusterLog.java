package dev.candor.engine.cluster;

import dev.candor.engine.EngineListener;
import dev.candor.engine.EngineRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps what a cluster tells, as lines and by request. */
final class ClusterLog implements EngineListener {
  final List<String> lines = new ArrayList<>();
  final Map<Long, List<Long>> tokenNanos = new HashMap<>();
  final Map<Long, Long> scheduledNanos = new HashMap<>();
  final Map<Long, Long> finishedNanos = new HashMap<>();
  final Map<Long, Integer> cachedTokens = new HashMap<>();
  final List<Long> failed = new ArrayList<>();

  @Override
  public void scheduled(EngineRequest request, long nanos, int cached) {
    lines.add("%d scheduled r%d cached %d".formatted(nanos, request.id(), cached));
    scheduledNanos.put(request.id(), nanos);
    cachedTokens.put(request.id(), cached);
  }

  @Override
  public void token(EngineRequest request, int index, long nanos) {
    lines.add("%d token r%d %d".formatted(nanos, request.id(), index));
    List<Long> tokens = tokenNanos.computeIfAbsent(request.id(), id -> new ArrayList<>());
    if (index != tokens.size()) {
      throw new AssertionError("token %d after %d of them".formatted(index, tokens.size()));
    }
    tokens.add(nanos);
  }

  @Override
  public void finished(EngineRequest request, long nanos) {
    lines.add("%d finished r%d".formatted(nanos, request.id()));
    finishedNanos.put(request.id(), nanos);
  }

  @Override
  public void preempted(EngineRequest request, long nanos) {
    lines.add("%d preempted r%d".formatted(nanos, request.id()));
  }

  @Override
  public void failed(EngineRequest request, long nanos) {
    lines.add("%d failed r%d".formatted(nanos, request.id()));
    failed.add(request.id());
  }

  List<Long> tokensOf(long id) {
    return tokenNanos.getOrDefault(id, List.of());
  }

  long firstTokenNanos(long id) {
    return tokensOf(id).getFirst();
  }
}
