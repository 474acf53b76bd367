package dev.candor.mock;

import dev.candor.base.random.Seed;
import dev.candor.base.time.Clock;
import dev.candor.mock.http.Reply;
import dev.candor.mock.http.RequestHandler;
import dev.candor.mock.prompt.PromptReader;
import dev.candor.protocol.serve.Dialect;
import dev.candor.protocol.serve.EmbeddingsBody;
import dev.candor.protocol.serve.EmbeddingsRequest;
import dev.candor.protocol.serve.InvalidRequestException;
import dev.candor.protocol.serve.Provider;
import dev.candor.protocol.serve.ServedModel;
import dev.candor.protocol.serve.ServiceError;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Routes requests: what applications ask, and what those who test them ask. */
final class MockService implements RequestHandler {
  private static final String MODELS = "/v1/models";

  private final MockOptions options;
  private final Clock clock;
  private final PromptReader prompts;
  private final LargeBodies bodies;
  private final GenerationService generations;
  private final Inspection inspection;
  private final int maxModelLen;
  private final long startSeconds;

  MockService(
      MockOptions options,
      Clock clock,
      PromptReader prompts,
      LargeBodies bodies,
      GenerationService generations,
      Inspection inspection,
      int maxModelLen) {
    this.options = options;
    this.clock = clock;
    this.prompts = prompts;
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
    ClientRequest client =
        ClientRequest.of(
            dialect, request.headers(), ByteBufUtil.getBytes(request.content()), clock.nanoTime());
    return bodies.parse(
        client,
        reply,
        parsed -> generations.serve(parsed, reply),
        invalid -> refuse(reply, dialect.provider(), ServiceError.of(invalid)));
  }

  private InFlight embed(FullHttpRequest request, Reply reply) {
    try {
      EmbeddingsRequest embeddings =
          EmbeddingsRequest.read(ByteBufUtil.getBytes(request.content()));
      Seed seed = new Seed(options.seed()).derive("embeddings");
      reply.json(
          200,
          EmbeddingsBody.write(
              embeddings,
              options.model(),
              input -> seed.derive(input.text()).stream(),
              prompts.read(embeddings.inputs(), 0).tokens()));
      return InFlight.NOTHING;
    } catch (InvalidRequestException e) {
      return refuse(reply, Provider.OPENAI, ServiceError.of(e));
    }
  }

  private InFlight models(Provider provider, String path, Reply reply) {
    ServedModel model = new ServedModel(options.model(), startSeconds, maxModelLen);
    if (path.equals(MODELS)) {
      reply.whole(200, "application/json", provider.models(List.of(model)), Map.of());
    } else if (URLDecoder.decode(path, StandardCharsets.UTF_8)
        .equals(MODELS + "/" + options.model())) {
      reply.json(200, provider.model(model));
    } else {
      return refuse(
          reply, provider, ServiceError.of(404, "there is no model of that name; GET " + MODELS));
    }
    return InFlight.NOTHING;
  }
}
