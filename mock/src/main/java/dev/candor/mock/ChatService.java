package dev.candor.mock;

import dev.candor.base.random.Seed;
import dev.candor.base.time.Clock;
import dev.candor.protocol.openai.serve.ChatChunks;
import dev.candor.protocol.openai.serve.ChatRequest;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Answers chat requests; what all connections share. Thread-safe. */
final class ChatService {
  final MockOptions options;
  final Clock clock;
  private final TruthLog truth;
  private final ServiceTimes times;
  private final AtomicLong arrivals = new AtomicLong();
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private int serving;

  ChatService(MockOptions options, Clock clock, TruthLog truth) {
    this.options = options;
    this.clock = clock;
    this.truth = truth;
    this.times = new DistributedTimes(options.settings(), new Seed(options.seed()).derive("mock"));
  }

  /** The number by which a request draws: the client's, or the order of arrival. */
  long number(String header) {
    long arrival = arrivals.getAndIncrement();
    try {
      return header.isEmpty() ? arrival : Long.parseLong(header);
    } catch (NumberFormatException e) {
      return arrival;
    }
  }

  /** Answers on the channel's event loop, as soon as the concurrency limit has room. */
  void answer(Channel channel, ChatRequest request, long number) {
    long arrival = clock.nanoTime();
    admit(() -> channel.eventLoop().execute(() -> serve(channel, request, number, arrival)));
  }

  private void serve(Channel channel, ChatRequest request, long number, long arrival) {
    int promptTokens = options.promptTokens().applyAsInt(request.contents());
    ServiceTimes.Answer answer = times.plan(number, request.maxTokens(), request.ignoreEos());
    ChatChunks chunks =
        new ChatChunks("chatcmpl-" + number, options.model(), clock.wallTime().getEpochSecond());
    long start = options.settings().maxConcurrency() > 0 ? clock.nanoTime() : arrival;
    StreamedAnswer.Ending ending =
        (intended, emitted, tokens, events, sent, complete) -> {
          release();
          truth.add(
              new TruthRecord(
                  number,
                  arrival,
                  start,
                  clock.nanoTime(),
                  promptTokens,
                  sent,
                  Math.min(sent, answer.reasoningTokens()),
                  Arrays.copyOf(intended, events),
                  Arrays.copyOf(emitted, events),
                  Arrays.copyOf(tokens, events),
                  complete));
        };
    if (request.stream()) {
      new StreamedAnswer(
              channel,
              clock,
              request,
              answer,
              chunks,
              promptTokens,
              options.settings().answers().tokensPerChunk(),
              options.fault(),
              ending)
          .start(start);
    } else {
      whole(channel, request, answer, chunks, promptTokens, start, ending);
    }
  }

  private void whole(
      Channel channel,
      ChatRequest request,
      ServiceTimes.Answer answer,
      ChatChunks chunks,
      int promptTokens,
      long start,
      StreamedAnswer.Ending ending) {
    long at = start + Arrays.stream(answer.gapsNanos()).sum();
    var _ =
        channel
            .eventLoop()
            .schedule(
                () -> {
                  if (!channel.isActive()) {
                    ending.ended(
                        new long[] {at}, new long[1], new int[] {answer.tokens()}, 0, 0, false);
                    return;
                  }
                  AnswerText text = new AnswerText(answer.seed());
                  String thought = text.next(answer.reasoningTokens());
                  boolean stopped =
                      !request.ignoreEos()
                          && (request.maxTokens() == 0 || answer.tokens() < request.maxTokens());
                  byte[] body =
                      chunks.whole(
                          text.next(answer.tokens() - answer.reasoningTokens()),
                          thought,
                          stopped ? "stop" : "length",
                          promptTokens,
                          answer.tokens(),
                          answer.reasoningTokens());
                  long emitted = clock.nanoTime();
                  MockConnection.respond(channel, 200, "application/json", body);
                  ending.ended(
                      new long[] {at},
                      new long[] {emitted},
                      new int[] {answer.tokens()},
                      1,
                      answer.tokens(),
                      true);
                },
                Math.max(0, at - clock.nanoTime()),
                TimeUnit.NANOSECONDS);
  }

  private void admit(Runnable service) {
    int limit = options.settings().maxConcurrency();
    synchronized (waiting) {
      if (limit > 0 && serving >= limit) {
        waiting.add(service);
        return;
      }
      serving++;
    }
    service.run();
  }

  private void release() {
    Runnable next;
    synchronized (waiting) {
      next = waiting.poll();
      if (next == null) {
        serving--;
      }
    }
    if (next != null) {
      next.run();
    }
  }
}
