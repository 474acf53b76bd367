package dev.candor.load.driver;

import dev.candor.load.driver.RequestFeed.EndedCall;
import dev.candor.load.driver.RequestFeed.Following;
import dev.candor.load.transport.Dialect;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.protocol.json.JsonText;
import dev.candor.workload.Prompt;
import dev.candor.workload.Session;
import dev.candor.workload.SharedPrefixes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes requests of what sessions ask. <b>For one thread</b>, its feed's. */
final class RequestMaker {
  private static final byte[] NO_BODY = {};

  private final @Nullable Dialect dialect;
  private final Leavers leavers;
  private final SharedPrefixes sharedPrefixes;

  /**
   * @param dialect that requests are encoded in; null: they keep their prompt, and have no body
   * @param leavers users who leave
   * @param sharedPrefixes of the run
   */
  RequestMaker(@Nullable Dialect dialect, Leavers leavers, SharedPrefixes sharedPrefixes) {
    this.dialect = dialect;
    this.leavers = leavers;
    this.sharedPrefixes = sharedPrefixes;
  }

  PreparedRequest prepare(Session session, Session.Call call) {
    Prompt prompt = call.prompt();
    SharedPrefixes.Counted counted = sharedPrefixes.count(prompt);
    return new PreparedRequest(
        session.number(),
        prompt.requestClass(),
        prompt.inputTokens(),
        counted.tokens(),
        prompt.maxTokens(),
        dialect == null ? NO_BODY : dialect.encode(prompt),
        leavers.of(session.number(), call.turn()),
        call.follow() == Session.Follow.NOTHING
            ? new PreparedRequest.Turn(call.turn(), Session.Follow.NOTHING, null, null)
            : new PreparedRequest.Turn(call.turn(), call.follow(), session, counted),
        dialect == null ? prompt : null);
  }

  /** What follows a request that has ended. */
  List<Following> follow(EndedCall ended) {
    PreparedRequest request = ended.request();
    Session session = request.turn().session();
    if (session == null) {
      return List.of();
    }
    byte[] answer = ended.answer();
    Session.Answer answered =
        new Session.Answer(JsonText.decode(answer, 0, answer.length), ended.tokens());
    List<Following> made = new ArrayList<>();
    if (request.turn().counted() != null) {
      sharedPrefixes.answered(request.turn().counted(), answered.text());
    }
    for (Session.Call call : session.next(request.turn().number(), answered)) {
      made.add(new Following(call.waitNanos(), prepare(session, call)));
    }
    return made;
  }
}
