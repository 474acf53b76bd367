package dev.candor.app.simulate;

import dev.candor.load.transport.PreparedRequest;
import dev.candor.load.transport.simulated.Answering;
import dev.candor.load.transport.simulated.SimulatedAnswer;
import dev.candor.scenario.ClusterPlan;
import java.util.List;

/**
 * The answers of a cluster, whose models go by the request's class.
 *
 * @param answers of the models, whose blocks may differ in size
 */
record ModelAnswers(ClusterPlan.Models models, List<MockAnswers> answers) implements Answering {
  @Override
  public int promptTokens(PreparedRequest request) {
    return answers.getFirst().promptTokens(request);
  }

  @Override
  public SimulatedAnswer answer(PreparedRequest request, long number, int room) {
    return answers.get(model(request)).answer(request, number, room);
  }

  @Override
  public int model(PreparedRequest request) {
    return models.of(request.requestClass());
  }
}
