package dev.candor.load.driver;

import dev.candor.load.transport.Dialect;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.workload.Session;
import dev.candor.workload.SessionSource;
import dev.candor.workload.SharedPrefixes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jctools.queues.MpscUnboundedArrayQueue;
import org.jctools.queues.SpscArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Encodes requests on a thread of its own, bounded in count and bytes for every loop apart: one
 * that takes none cannot keep the others from theirs. A request that is larger than the bound is
 * encoded when nothing else is ready.
 */
public final class AheadFeed implements RequestFeed {
  private static final int MOST_AHEAD = 4096;
  private static final int LEAST_AHEAD = 16;
  private static final long BYTES_AHEAD = 128L << 20;

  /**
   * Between two looks at full queues, by request that they hold: rare looks at long ones, whose
   * every wake-up interrupts a loop that shares the core; short ones are empty sooner.
   */
  private static final long PAUSE_NANOS_A_REQUEST = 10_000;

  private static final long LEAST_PAUSE_NANOS = 200_000;
  private static final long MOST_PAUSE_NANOS = 10_000_000;

  private final List<SpscArrayQueue<PreparedRequest>> queues = new ArrayList<>();
  private final MpscUnboundedArrayQueue<Follow> follows = new MpscUnboundedArrayQueue<>(1024);
  private final RequestMaker maker;
  private final SessionSource sessions;
  private final AtomicLongArray bytesAhead;
  private final CountDownLatch firstFilled = new CountDownLatch(1);
  private final int ahead;
  private final long firstNumber;
  private final Runnable onFailure;
  private final Thread thread;
  private volatile boolean closed;
  private volatile @Nullable Throwable failure;

  /**
   * Starts encoding.
   *
   * @param wanted requests to keep ready, over all loops; as many are made before the run starts
   * @param onFailure called once, on the feed's thread, where encoding ends before its time
   */
  public AheadFeed(
      SessionSource sessions, Dialect dialect, int loops, int wanted, Runnable onFailure) {
    this(sessions, dialect, Leavers.NONE, new SharedPrefixes(), 0, loops, wanted, onFailure);
  }

  /**
   * As above.
   *
   * @param leavers users who leave
   * @param sharedPrefixes of the run
   * @param firstNumber of the requests of this feed
   */
  public AheadFeed(
      SessionSource sessions,
      Dialect dialect,
      Leavers leavers,
      SharedPrefixes sharedPrefixes,
      long firstNumber,
      int loops,
      int wanted,
      Runnable onFailure) {
    this.maker = new RequestMaker(dialect, leavers, sharedPrefixes);
    this.firstNumber = firstNumber;
    this.onFailure = onFailure;
    this.sessions = sessions;
    // No more than that: encoding competes with the loops for the machine while the run lasts.
    this.ahead = Math.clamp(wanted / loops, LEAST_AHEAD, MOST_AHEAD);
    this.bytesAhead = new AtomicLongArray(loops);
    for (int i = 0; i < loops; i++) {
      queues.add(new SpscArrayQueue<>(MOST_AHEAD));
    }
    thread = Thread.ofPlatform().daemon().name("candor-feed").start(this::fill);
  }

  /** Waits until the first requests are ready. */
  public void awaitReady() throws InterruptedException {
    firstFilled.await();
    switch (failure) {
      case RuntimeException failed -> throw failed;
      case Error failed -> throw failed;
      case null, default -> {}
    }
  }

  /** What ended the encoding before its time, or null. */
  public @Nullable Throwable failure() {
    return failure;
  }

  private void fill() {
    CoreSharing.yieldToLoops();
    long[] made = new long[queues.size()];
    long pauseNanos =
        Math.clamp(ahead * PAUSE_NANOS_A_REQUEST, LEAST_PAUSE_NANOS, MOST_PAUSE_NANOS);
    try {
      while (!closed) {
        boolean any = followAll();
        for (int loop = 0; loop < made.length && !closed; loop++) {
          SpscArrayQueue<PreparedRequest> queue = queues.get(loop);
          if (queue.size() >= ahead || bytesAhead.get(loop) > BYTES_AHEAD / made.length) {
            continue;
          }
          Session session = sessions.session(firstNumber + loop + made[loop]++ * made.length);
          PreparedRequest next = maker.prepare(session, session.first());
          bytesAhead.addAndGet(loop, next.body().length);
          queue.offer(next);
          any = true;
          // A user who waits for an answer's next message comes before sessions that are to begin.
          var _ = followAll();
        }
        if (!any) {
          firstFilled.countDown();
          LockSupport.parkNanos(pauseNanos);
        }
      }
    } catch (RuntimeException | Error e) {
      failure = e;
      onFailure.run();
    } finally {
      firstFilled.countDown();
    }
  }

  /** Makes what the loops wait for; whether there was any. */
  private boolean followAll() {
    boolean any = false;
    for (Follow next = follows.poll(); next != null && !closed; next = follows.poll()) {
      List<Following> made = maker.follow(next.ended());
      Consumer<List<Following>> then = next.then();
      next.loop().execute(() -> then.accept(made));
      any = true;
    }
    return any;
  }

  @Override
  public void follow(EndedCall ended, Executor loop, Consumer<List<Following>> then) {
    follows.add(new Follow(ended, loop, then));
    LockSupport.unpark(thread);
  }

  /** What a loop has asked for. */
  private record Follow(EndedCall ended, Executor loop, Consumer<List<Following>> then) {}

  @Override
  public @Nullable PreparedRequest poll(int loop) {
    PreparedRequest next = queues.get(loop).poll();
    if (next != null) {
      bytesAhead.addAndGet(loop, -next.body().length);
    }
    return next;
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
