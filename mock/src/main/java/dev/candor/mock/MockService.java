package dev.candor.mock;

import dev.candor.base.random.Seed;
import dev.candor.base.time.Clock;
import dev.candor.mock.http.Reply;
import dev.candor.mock.http.RequestHandler;
import dev.candor.mock.prompt.PromptReader;
import dev.candor.protocol.serve.Dialect;
import dev.candor.protocol.serve.EmbeddingsBody;
import dev.candor.protocol.serve.EmbeddingsRequest;
import dev.candor.protocol.serve.Provider;
import dev.candor.protocol.serve.ServedModel;
import dev.candor.protocol.serve.ServiceError;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Routes requests: what applications ask, and what those who test them ask. */
final class MockService implements RequestHandler {
  private static final String MODELS = "/v1/models";
  private static final String IDENTITY = "identity";

  private final MockOptions options;
  private final Clock clock;
  private final PromptReader prompts;
  private final RequestParser parser;
  private final LargeBodies bodies;
  private final GenerationService generations;
  private final Inspection inspection;
  private final int maxModelLen;
  private final long startSeconds;

  MockService(
      MockOptions options,
      Clock clock,
      PromptReader prompts,
      RequestParser parser,
      LargeBodies bodies,
      GenerationService generations,
      Inspection inspection,
      int maxModelLen) {
    this.options = options;
    this.clock = clock;
    this.prompts = prompts;
    this.parser = parser;
    this.bodies = bodies;
    this.generations = generations;
    this.inspection = inspection;
    this.maxModelLen = maxModelLen;
    this.startSeconds = clock.wallTime().getEpochSecond();
  }

  @Override
  public InFlight handle(FullHttpRequest request, Reply reply) {
    String path = request.uri().split("\\?", 2)[0];
    if (inspection.handles(path)) {
      inspection.handle(request, path, reply);
      return InFlight.NOTHING;
    }
    Provider provider = provider(request, path);
    String key = options.requiredKey();
    if (key != null && !key.equals(ClientRequest.apiKey(request.headers()))) {
      return refuse(reply, provider, ServiceError.of(401, "the API key is missing or wrong"));
    }
    if (request.method().equals(HttpMethod.POST)) {
      String encoding = request.headers().get(HttpHeaderNames.CONTENT_ENCODING, IDENTITY);
      if (!encoding.equalsIgnoreCase(IDENTITY)) {
        return refuse(
            reply,
            provider,
            ServiceError.of(415, "content-encoding: found " + encoding + ", must be identity"));
      }
      for (Dialect dialect : Dialect.values()) {
        if (path.equals(dialect.path())) {
          return generate(dialect, request, reply);
        }
      }
      if (path.equals(EmbeddingsRequest.PATH)) {
        return embed(request, reply);
      }
    } else if (request.method().equals(HttpMethod.GET) && path.startsWith(MODELS)) {
      return models(provider, path, reply);
    }
    return refuse(
        reply,
        provider,
        ServiceError.of(404, "there is no " + request.method() + " " + path + " here"));
  }

  /** In whose shape errors and models are told. */
  private static Provider provider(FullHttpRequest request, String path) {
    return path.startsWith(Dialect.MESSAGES.path())
            || request.headers().contains("anthropic-version")
        ? Provider.ANTHROPIC
        : Provider.OPENAI;
  }

  private static InFlight refuse(Reply reply, Provider provider, ServiceError error) {
    reply.json(error.status(), provider.errorBody(error, "req_refused"));
    return InFlight.NOTHING;
  }

  private InFlight generate(Dialect dialect, FullHttpRequest request, Reply reply) {
    ClientRequest client = ClientRequest.of(dialect, request.headers(), clock.nanoTime());
    byte[] body = ByteBufUtil.getBytes(request.content());
    return bodies.read(
        body.length,
        () -> parser.parse(client, body),
        parsed -> generations.serve(parsed, reply),
        error -> refuse(reply, dialect.provider(), error));
  }

  /** Aside: a few bytes may ask for millions of numbers. */
  private InFlight embed(FullHttpRequest request, Reply reply) {
    byte[] body = ByteBufUtil.getBytes(request.content());
    return bodies.readAside(
        body.length,
        () -> embeddings(body),
        answer -> {
          reply.json(200, answer);
          return InFlight.NOTHING;
        },
        error -> refuse(reply, Provider.OPENAI, error));
  }

  private String embeddings(byte[] body) {
    EmbeddingsRequest request = EmbeddingsRequest.read(body);
    Seed seed = new Seed(options.seed()).derive("embeddings");
    return EmbeddingsBody.write(
        request,
        options.model(),
        input -> seed.derive(input.text()).stream(),
        prompts.count(request.inputs()));
  }

  private InFlight models(Provider provider, String path, Reply reply) {
    ServedModel model = new ServedModel(options.model(), startSeconds, maxModelLen);
    if (path.equals(MODELS)) {
      reply.whole(200, "application/json", provider.models(List.of(model)), Map.of());
    } else if (decoded(path).equals(MODELS + "/" + options.model())) {
      reply.json(200, provider.model(model));
    } else {
      return refuse(
          reply, provider, ServiceError.of(404, "there is no model of that name; GET " + MODELS));
    }
    return InFlight.NOTHING;
  }

  /** As it is where its percent signs encode nothing. */
  private static String decoded(String path) {
    try {
      return URLDecoder.decode(path, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return path;
    }
  }
}
