package dev.candor.protocol.serve;

import java.util.List;

/** Whose errors and models the dialects have. */
public enum Provider {
  OPENAI {
    @Override
    public String errorBody(ServiceError error, String requestId) {
      return "{" + OpenAiBodies.errorField(error) + "}";
    }

    @Override
    public String model(ServedModel model) {
      return OpenAiBodies.model(model);
    }

    @Override
    public String models(List<ServedModel> models) {
      return OpenAiBodies.models(models);
    }
  },

  ANTHROPIC {
    @Override
    public String errorBody(ServiceError error, String requestId) {
      return AnthropicBodies.error(error, requestId);
    }

    @Override
    public String model(ServedModel model) {
      return AnthropicBodies.model(model);
    }

    @Override
    public String models(List<ServedModel> models) {
      return AnthropicBodies.models(models);
    }
  };

  /**
   * The body of an error response.
   *
   * @param requestId as in the response's header; used where the provider repeats it
   */
  public abstract String errorBody(ServiceError error, String requestId);

  /** What is told of one model. */
  public abstract String model(ServedModel model);

  /** The list of all models. */
  public abstract String models(List<ServedModel> models);
}
