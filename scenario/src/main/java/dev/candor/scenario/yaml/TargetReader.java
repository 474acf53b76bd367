package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.Suggestion;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.Api;
import dev.candor.scenario.Target;
import dev.candor.scenario.Timeouts;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the {@code target} section. */
final class TargetReader {
  private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Set<String> FRAMING_HEADERS =
      Set.of("content-length", "transfer-encoding", "connection", "upgrade", "x-candor-request");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

  private final FileNames files;
  private final Overrides flags;
  private final Function<String, @Nullable String> environment;
  private final Problems problems;

  TargetReader(
      FileNames files,
      Overrides flags,
      Function<String, @Nullable String> environment,
      Problems problems) {
    this.files = files;
    this.flags = flags;
    this.environment = environment;
    this.problems = problems;
  }

  Target read(@Nullable Value value) {
    Section section = new Section(value, problems, Keys.TARGET);
    FlagReader flag = new FlagReader(problems);
    List<URI> urls = urls(section, flag);
    String apiFlag = flags.api();
    String modelFlag = flags.model();
    Section tls = new Section(section.get("tls"), problems, Keys.TLS);
    Api api =
        apiFlag != null
            ? flag.read("--api", apiFlag, Api.OPENAI_CHAT, TargetReader::api)
            : section.read("api", Api.OPENAI_CHAT, TargetReader::api);
    checkApi(api, section, urls.isEmpty());
    return new Target(
        urls,
        api,
        api == Api.GENERIC
            ? new GenericReader(this::headers, problems).read(section.get("generic"))
            : null,
        modelFlag != null
            ? modelFlag
            : section.text("model", urls.isEmpty() ? Target.MOCK_MODEL : "default"),
        section.<@Nullable String>read("api_key", null, this::headerValue),
        headers(section.get("headers")),
        body(section.get("body")),
        section.bool("stream", true),
        section.bool("ignore_eos", false),
        section.read("max_tokens_field", "max_completion_tokens", TargetReader::maxTokensField),
        section.bool("usage", true),
        timeouts(section.get("timeouts")),
        tls.bool("verify", true),
        tls.<@Nullable Path>read("ca", null, files::existing),
        new ConnectionsReader(files, this::resolved, problems)
            .read(section.get("connections"), tls, urls.size()),
        new ClientReader(problems).read(section),
        new MockReader(files, problems).read(section.get("mock")),
        new MetricsReader(problems).read(section.get("metrics")));
  }

  /** The flag's address, else the file's one or several; none: the embedded mock. */
  private List<URI> urls(Section section, FlagReader flag) {
    for (String key : List.of("urls", "mock")) {
      if (section.has("url") && section.has(key)) {
        section.problem(key, "stands beside url; keep one of them");
      }
    }
    if (section.has("urls") && section.has("mock")) {
      section.problem("mock", "stands beside urls; keep one of them");
    }
    String given = flags.url();
    URI one =
        given != null
            ? flag.<@Nullable URI>read("--url", given, null, TargetReader::url)
            : section.<@Nullable URI>read("url", null, TargetReader::url);
    List<URI> urls = new ArrayList<>();
    if (one != null) {
      urls.add(one);
    } else if (given == null) {
      List<Value> items = section.items("urls", "addresses");
      for (Value item : items) {
        try {
          urls.add(url(item.text()));
        } catch (CandorException e) {
          problems.add(item.where(), String.valueOf(e.getMessage()));
        }
      }
      Value listed = section.get("urls");
      if (listed != null && listed.list() != null && items.isEmpty()) {
        section.problem("urls", "is empty, must be a list of addresses");
      }
    }
    return urls;
  }

  /** Keys that mean nothing to a dialect would be left unread without a word. */
  private void checkApi(Api api, Section section, boolean ofMock) {
    boolean generic = api == Api.GENERIC;
    if (generic && !section.has("generic")) {
      section.problem("api", "api: generic needs the section generic beside it");
    } else if (!generic && section.has("generic")) {
      section.problem(
          "generic", "stands beside api: %s; only api: generic reads it".formatted(api.key()));
    }
    if (generic) {
      for (String key : List.of("body", "stream")) {
        if (section.has(key)) {
          section.problem(
              key,
              "stands beside api: generic; generic.%s says it"
                  .formatted(key.equals("body") ? "body" : "frames"));
        }
      }
    }
    if (api != Api.OPENAI_CHAT && section.has("max_tokens_field")) {
      section.problem(
          "max_tokens_field",
          "stands beside api: %s; only openai-chat has a choice".formatted(api.key()));
    }
    boolean ownLimit = api == Api.OLLAMA_CHAT || api == Api.OLLAMA_GENERATE || generic;
    if ((ownLimit || api == Api.OPENAI_EMBEDDINGS) && section.bool("ignore_eos", false)) {
      section.problem("ignore_eos", "api: %s has no such request".formatted(api.key()));
    }
    if (ofMock && (api == Api.OLLAMA_CHAT || api == Api.OLLAMA_GENERATE)) {
      section.problem(
          "api", "the embedded mock does not speak %s; give a url".formatted(api.key()));
    }
  }

  static URI url(String text) {
    try {
      URI url = URI.create(text);
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (http && url.getHost() != null && url.getUserInfo() == null && hasPort(url)) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Answered below.
    }
    throw CandorException.user(
        "found '%s', must be an address such as http://127.0.0.1:8000/v1".formatted(text));
  }

  /** Whether a socket can have its port, if it names one. */
  static boolean hasPort(URI url) {
    return url.getPort() == -1 || (url.getPort() > 0 && url.getPort() <= 0xFFFF);
  }

  private static Api api(String text) {
    for (Api api : Api.values()) {
      if (api.key().equals(text)) {
        return api;
      }
    }
    List<String> known = Arrays.stream(Api.values()).map(Api::key).toList();
    throw CandorException.user("found '%s'; %s".formatted(text, Suggestion.of(text, known)));
  }

  private static String maxTokensField(String text) {
    if (text.equals("max_completion_tokens") || text.equals("max_tokens")) {
      return text;
    }
    throw CandorException.user(
        "found '%s', must be max_completion_tokens or max_tokens".formatted(text));
  }

  /** Environment variables are for secrets: only keys and headers may name them. */
  private String resolved(String text) {
    Matcher matcher = VARIABLE.matcher(text);
    StringBuilder result = new StringBuilder();
    while (matcher.find()) {
      String value = environment.apply(matcher.group(1));
      if (value == null) {
        throw CandorException.user(
            "the environment variable %s is not set".formatted(matcher.group(1)));
      }
      matcher.appendReplacement(result, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(result).toString();
  }

  /** Headers, in which variables of the environment stand for secrets. */
  Map<String, String> headers(@Nullable Value value) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (value != null) {
      Map<String, Value> entries = value.map();
      if (entries == null) {
        problems.add(value.where(), "found %s, must be a mapping".formatted(Section.kind(value)));
        return headers;
      }
      for (Map.Entry<String, Value> entry : entries.entrySet()) {
        try {
          headers.put(headerName(entry.getKey()), headerValue(entry.getValue().text()));
        } catch (CandorException e) {
          problems.add(entry.getValue().where(), String.valueOf(e.getMessage()));
        }
      }
    }
    return headers;
  }

  /** A token of RFC 9110, and none of those by which HTTP frames the request. */
  private static String headerName(String name) {
    if (!HEADER_NAME.matcher(name).matches()) {
      throw CandorException.user(
          "found '%s', must be a header's name: letters, digits and -".formatted(name));
    }
    if (FRAMING_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
      throw CandorException.user("the header '%s' is Candor's to set".formatted(name));
    }
    return name;
  }

  private String headerValue(String text) {
    String value = resolved(text);
    if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c > 0xFF || c == 0x7F)) {
      throw CandorException.user("its value has a character that no header may have");
    }
    return value.strip();
  }

  private Map<String, @Nullable Object> body(@Nullable Value value) {
    if (value == null) {
      return Map.of();
    }
    if (value.map() == null) {
      problems.add(value.where(), "found %s, must be a mapping".formatted(Section.kind(value)));
      return Map.of();
    }
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    value.map().forEach((key, item) -> body.put(key, json(item)));
    return body;
  }

  /** YAML's core schema: what stands in quotes is text, whatever it looks like. */
  private static @Nullable Object json(Value value) {
    if (value.map() != null) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      value.map().forEach((key, item) -> fields.put(key, json(item)));
      return fields;
    }
    if (value.list() != null) {
      List<@Nullable Object> items = new ArrayList<>();
      value.list().forEach(item -> items.add(json(item)));
      return items;
    }
    String text = value.text();
    if (value.quoted()) {
      return text;
    }
    if (text.isEmpty() || text.equals("null") || text.equals("~")) {
      return null;
    }
    if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    }
    if (text.matches("-?\\d{1,18}")) {
      return Long.valueOf(text);
    }
    return text.matches("-?\\d+\\.\\d+([eE]-?\\d+)?") ? (Object) Double.valueOf(text) : text;
  }

  private Timeouts timeouts(@Nullable Value value) {
    Section section = new Section(value, problems, Keys.TIMEOUTS);
    Timeouts normal = Timeouts.DEFAULT;
    return new Timeouts(
        section.read("connect", normal.connectNanos(), Section::positiveNanos),
        section.read("headers", normal.headersNanos(), Section::positiveNanos),
        section.read("first_token", normal.firstTokenNanos(), Section::positiveNanos),
        section.read("idle", normal.idleNanos(), Section::positiveNanos),
        section.read("total", normal.totalNanos(), Section::positiveNanos));
  }
}
