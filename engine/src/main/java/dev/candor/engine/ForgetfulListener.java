package dev.candor.engine;

import java.util.function.LongConsumer;

/** Tells another listener everything, and afterwards a fleet which requests have ended. */
record ForgetfulListener(EngineListener listener, LongConsumer forget) implements EngineListener {
  @Override
  public void scheduled(EngineRequest request, long nanos, int cachedTokens) {
    listener.scheduled(request, nanos, cachedTokens);
  }

  @Override
  public void token(EngineRequest request, int index, long nanos) {
    listener.token(request, index, nanos);
  }

  @Override
  public void tokens(EngineRequest request, int firstIndex, long[] nanos, int from, int count) {
    listener.tokens(request, firstIndex, nanos, from, count);
  }

  @Override
  public void finished(EngineRequest request, long nanos) {
    listener.finished(request, nanos);
    forget.accept(request.id());
  }

  @Override
  public void preempted(EngineRequest request, long nanos) {
    listener.preempted(request, nanos);
  }

  @Override
  public void failed(EngineRequest request, long nanos) {
    listener.failed(request, nanos);
    forget.accept(request.id());
  }
}
