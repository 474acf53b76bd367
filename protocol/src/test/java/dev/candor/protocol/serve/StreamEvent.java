package dev.candor.protocol.serve;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One event of a stream, strictly read.
 *
 * @param name empty where it has none
 */
record StreamEvent(String name, JsonNode data) {

  /** The events before {@code [DONE]}; comments are passed over. */
  static List<StreamEvent> of(CharSequence stream) {
    List<StreamEvent> events = new ArrayList<>();
    for (String block : stream.toString().split("\n\n")) {
      String name = "";
      for (String line : block.split("\n")) {
        if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("data: ") && !line.equals("data: [DONE]")) {
          events.add(new StreamEvent(name, JsonMapper.shared().readTree(line.substring(6))));
        } else if (!line.startsWith(": ") && !line.equals("data: [DONE]")) {
          throw new AssertionError("neither field nor comment: " + line);
        }
      }
    }
    return events;
  }

  static List<String> names(List<StreamEvent> events) {
    return events.stream().map(StreamEvent::name).toList();
  }

  String text(String pointer) {
    return data.at(pointer).asString("");
  }
}
